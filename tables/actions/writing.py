"""
Write rows of one model as tuples, in plain SQL.

Several times as fast as Django's own, which makes a model of each row and compiles a statement of all of them: worth it
where a guide has many thousand rows or questions, and where every answer of every learner writes the same few columns.
No signals; what is not named has its default when it is inserted.
"""

from collections.abc import Callable, Iterable, Sequence
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


def insert_new(instance: Model) -> None:
    """Insert one row as an instance says that has no row yet. The instance has its primary key then."""
    fields = [field for field in _all_fields(type(instance)) if not field.primary_key]
    row = [getattr(instance, field.attname) for field in fields]
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        statement = f"{_inserting(type(instance), fields)} RETURNING {_column(instance._meta.pk)}"
        cursor.execute(statement, _prepare(row, _to_prepare(fields), database))
        [instance.pk] = cursor.fetchone()
    instance._state.adding, instance._state.db = False, DEFAULT_DB_ALIAS


def _insert(model: type[Model], names: Sequence[str], rows: Iterable[Values], on_conflict: str) -> None:
    named = _fields(model, names)
    others = [field for field in _all_fields(model) if field not in named and not field.primary_key]
    defaults = tuple(field.get_default() for field in others)
    fields = [*named, *others]
    _execute(_inserting(model, fields) + on_conflict, fields, ((*row, *defaults) for row in rows))


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


def _all_fields(model: type[Model]) -> "Sequence[Field[Any, Any]]":
    return model._meta.concrete_fields


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(field: "Field[Any, Any]") -> str:
    return connection.ops.quote_name(str(field.column))


def _inserting(model: type[Model], fields: "Sequence[Field[Any, Any]]") -> str:
    columns, places = ", ".join(map(_column, fields)), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {_table(model)} ({columns}) VALUES ({places})"


def _execute(statement: str, fields: "Sequence[Field[Any, Any]]", rows: Iterable[Values]) -> None:
    # The proxy that Django calls `connection` looks for the thread's own at every look: too dear for each value.
    database = connections[DEFAULT_DB_ALIAS]
    wanted = _to_prepare(fields)
    with database.cursor() as cursor:
        for some in batched(rows, BATCH):
            cursor.executemany(statement, [_prepare(row, wanted, database) for row in some])


def _to_prepare(fields: "Sequence[Field[Any, Any]]") -> list[tuple[int, Callable[[Any, Any], Any]]]:
    """The places of the values that a database driver does not take as they are, and what makes it take them."""
    return [
        (place, field.get_db_prep_save) for place, field in enumerate(fields) if not isinstance(field, TAKEN_AS_IT_IS)
    ]


def _prepare(row: Sequence[Any], wanted: Iterable[tuple[int, Callable[[Any, Any], Any]]], database: Any) -> list[Any]:
    values = list(row)
    for place, prepare in wanted:
        if values[place] is not None:
            values[place] = prepare(values[place], database)
    return values
