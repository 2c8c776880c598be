"""
Queries that are asked with every request: Django makes their SQL once in a process, each call fills in its values.

To make the SQL of a wide query takes Django longer than the database takes to answer it. This is for the few that stand
in the way of every answer and every page; all others are plain querysets.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import datetime
from inspect import signature
from typing import Any

from django.db import connections
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Hole(Expression):
    """The place of a value that each call fills in."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def _resolve_output_field(self) -> None:
        return None  # that of what it is compared with

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """A placeholder, with the hole itself as what stands there."""
        return "%s", [self]


class Prepared[Found]:
    """
    A query made by `make`, whose parameters (or `names`) are what changes from call to call: numbers, texts, moments.

    Whatever else `make` looks at, it looks at once: no time, no reader, no setting. Which database is asked is decided
    with each call. `select_for_update` is not checked for a transaction.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Found]], names: Iterable[str] = ()) -> None:
        self._make = make
        self._names = frozenset(names or signature(make).parameters)
        self._queryset: QuerySet[Any, Found] | None = None
        self._made: dict[str, tuple[SQLCompiler, str, tuple[Any, ...], Any]] = {}

    def __call__(self, **values: int | float | str | datetime) -> list[Found]:
        """What is found for these values. One query. Raises TypeError for other names or types than it takes."""
        if values.keys() != self._names:
            raise TypeError(f"Wanted {sorted(self._names)}, got {sorted(values)}.")
        for name, value in values.items():
            if not isinstance(value, int | float | str | datetime):
                raise TypeError(f"{name} is {value!r}, which is neither a number nor a text nor a moment.")
        if self._queryset is None:
            self._queryset = self._make(**{name: Hole(name) for name in self._names})
        asked = self._queryset.all()
        asked.query.get_compiler = lambda using, **options: self._filled(using, values)  # type: ignore[method-assign]
        return list(asked)

    def first(self, **values: int | float | str | datetime) -> Found | None:
        """The first that is found. One query, which finds all."""
        return next(iter(self(**values)), None)

    def _filled(self, using: str, values: dict[str, int | float | str | datetime]) -> SQLCompiler:
        """A compiler for this connection that has done its work, but for the values."""
        if using not in self._made:
            self._made[using] = self._compile(using)
        made, sql, params, converters = self._made[using]
        given = {name: _as_stored(value, using) for name, value in values.items()}
        filled = tuple(given[each.name] if isinstance(each, Hole) else each for each in params)
        compiler = copy(made)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *args, **options: (sql, filled)  # type: ignore[method-assign]
        compiler.get_converters = lambda expressions: converters  # type: ignore[method-assign]
        return compiler

    def _compile(self, using: str) -> tuple[SQLCompiler, str, tuple[Any, ...], Any]:
        assert self._queryset is not None
        compiler = self._queryset.all().query.get_compiler(using)
        sql, params = compiler.as_sql()
        selected: Sequence[Any] = [column[0] for column in compiler.select[: compiler.col_count]]
        return compiler, sql, tuple(params), compiler.get_converters(selected)


def _as_stored(value: int | float | str | datetime, using: str) -> Any:
    """A value as this database compares it: some keep moments as texts."""
    return connections[using].ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
