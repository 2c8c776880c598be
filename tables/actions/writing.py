"""
Write rows of one model as tuples, in plain SQL.

Several times as fast as Django's own, which makes a model of each row and compiles a statement of all of them: worth it
where a guide has many thousand rows or questions, and where every answer of every learner writes the same few columns.
No signals; what is not named has its default when it is inserted.
"""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BooleanField, CharField, Field, ForeignKey, IntegerField, Max, Model, QuerySet, TextField

BATCH = 2000
TAKEN_AS_IT_IS = (BooleanField, CharField, ForeignKey, IntegerField, TextField)
"""Fields whose values a database driver takes as they are; keys to other tables are whole numbers here."""

type Values = tuple[Any, ...]


def upsert(
    model: type[Model], names: Sequence[str], rows: Iterable[Values], *, unique: Sequence[str] = ("key",)
) -> None:
    """Insert rows, or bring those of the same `unique` fields to these values. `names` are fields, as in the rows."""
    columns = [_column(field) for field in _fields(model, names)]
    key = [_column(field) for field in _fields(model, unique)]
    changed = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns if column not in key)
    _insert(model, names, rows, f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}")


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert rows that are not there yet."""
    _insert(model, names, rows, "")


def insert_numbered(
    model: type[Model], names: Sequence[str], rows: Iterable[Values], among: QuerySet[Any]
) -> list[int]:
    """
    Insert rows that are not there yet. Gives their primary keys, in the order of the rows.

    Asks for numbers alone: they grow with each row. `among` is where the rows belong and nobody else adds meanwhile.
    """
    last = among.order_by().aggregate(last=Max("pk", default=0))["last"]
    insert(model, names, rows)
    return list(among.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True))


def _insert(model: type[Model], names: Sequence[str], rows: Iterable[Values], on_conflict: str) -> None:
    named = _fields(model, names)
    others = [field for field in model._meta.concrete_fields if field not in named and not field.primary_key]
    defaults = tuple(field.get_default() for field in others)
    fields = [*named, *others]
    columns = ", ".join(_column(field) for field in fields)
    statement = f"INSERT INTO {_table(model)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))}){on_conflict}"
    _execute(statement, fields, ((*row, *defaults) for row in rows))


def update(model: type[Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Change rows by their primary keys, which stand last in each."""
    *fields, key = _fields(model, (*names, "pk"))
    changed = ", ".join(f"{_column(field)} = %s" for field in fields)
    _execute(f"UPDATE {_table(model)} SET {changed} WHERE {_column(key)} = %s", [*fields, key], rows)


def values_of(instance: Model, names: Sequence[str]) -> Values:
    """The values of these fields of an instance, a foreign key as the id that it holds."""
    return tuple(getattr(instance, field.attname) for field in _fields(type(instance), names))


def _fields(model: type[Model], names: Iterable[str]) -> "list[Field[Any, Any]]":
    found = [model._meta.pk if name == "pk" else model._meta.get_field(name) for name in names]
    return [field for field in found if isinstance(field, Field)]


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(field: "Field[Any, Any]") -> str:
    return connection.ops.quote_name(str(field.column))


def _execute(statement: str, fields: "Sequence[Field[Any, Any]]", rows: Iterable[Values]) -> None:
    # The proxy that Django calls `connection` looks for the thread's own at every look: too dear for each value.
    database = connections[DEFAULT_DB_ALIAS]
    prepared = [
        (place, field.get_db_prep_save) for place, field in enumerate(fields) if not isinstance(field, TAKEN_AS_IT_IS)
    ]
    with database.cursor() as cursor:
        for some in batched(rows, BATCH):
            values = [list(row) for row in some]
            for row in values:
                for place, prepare in prepared:
                    if row[place] is not None:
                        row[place] = prepare(row[place], database)
            cursor.executemany(statement, values)
