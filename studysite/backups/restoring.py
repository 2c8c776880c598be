"""A backup, put into an empty database; all of it or nothing, and counted afterwards."""

from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from studysite.backups.reading import Line, check_backup, read_head, read_lines, read_tables
from studysite.backups.values import DamagedBackup
from studysite.backups.writing import ROWS_AT_ONCE, AnyField, kept_fields, kept_models

MADE_BY_MIGRATING = {"contenttypes.ContentType", "auth.Permission"}
type Migration = tuple[str, str]


class NotEmpty(ValueError):
    """The database holds something already; said in a sentence for whoever runs the site."""


def restore_backup(path: Path) -> dict[str, int]:
    """
    Make the tables as they were when the backup was made, fill them, count them, then bring them up to this version.

    Gives the number of rows of each table, as counted in the database. Raises DamagedBackup for a file that is not
    whole or comes from a newer version, NotEmpty where anything is there already; then nothing is filled.
    """
    check_backup(path)
    lines = read_lines(path)
    stage = [(app, name) for app, name in read_head(lines, path)["migrations"]]
    registry = migrated_to(stage)
    with transaction.atomic(durable=True):
        counts = fill(registry, lines, path)
        connection.check_constraints()
    call_command("migrate", verbosity=0, interactive=False)
    return counts


def migrated_to(stage: list[Migration]) -> Apps:
    """The models as of these migrations, whose tables are there now and empty. Raises DamagedBackup or NotEmpty."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    unknown = [".".join(migration) for migration in stage if migration not in graph.nodes]
    if unknown:
        raise DamagedBackup(f"The backup comes from a newer version, which has {unknown[0]}: install that first.")
    applied, wanted = set(executor.loader.applied_migrations), set(stage)
    if applied and applied != wanted:
        raise NotEmpty("The database has tables of another version: name a new and empty one.")
    ends = [node for node in stage if not any(child.key in wanted for child in graph.node_map[node].children)]
    if not applied:
        executor.migrate(ends)
    registry = executor.loader.project_state(ends).apps
    refuse_filled(registry)
    return registry


def refuse_filled(registry: Apps) -> None:
    """Raise NotEmpty where any table has a row that is not of the migrations' own making; those are taken away."""
    filled = [model._meta.label for model in kept_models(registry) if model._base_manager.exists()]
    held = sorted(set(filled) - MADE_BY_MIGRATING)
    if held:
        raise NotEmpty(f"The database is not empty, it holds {', '.join(held)}: name a new and empty one.")
    for label in sorted(filled):  # auth.Permission before contenttypes.ContentType, to which it points
        registry.get_model(label)._base_manager.all().delete()


def fill(registry: Apps, lines: Iterator[Line], path: Path) -> dict[str, int]:
    """Put every row where it belongs; give the rows that the database then counts. Raises DamagedBackup if not all."""
    known = {model._meta.label: model for model in kept_models(registry)}
    put: dict[str, int] = {}
    for label, names, rows in read_tables(lines, path):
        if label not in known:
            raise DamagedBackup(f"The backup has a table {label}, of which its migrations know nothing.")
        put[label] = insert(known[label], names, rows)
    counts = {label: known[label]._base_manager.count() for label in put}
    if counts != put:
        raise DamagedBackup("The database does not count the rows that were put into it.")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(statement)
    return counts


def insert(model: type[Model], names: list[str], rows: Iterable[list[Any]]) -> int:
    """Insert rows as they are, without anything that saving would change; how many there were."""
    by_name = {field.attname: field for field in kept_fields(model)}
    fields = [by_name[name] for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})"
    count = 0
    with connection.cursor() as cursor:
        for batch in batched(rows, ROWS_AT_ONCE):
            cursor.executemany(statement, [prepared(fields, row) for row in batch])
            count += len(batch)
    return count


def prepared(fields: list[AnyField], row: list[Any]) -> list[Any]:
    """One row as the database's driver wants it."""
    pairs = zip(fields, row, strict=True)
    return [field.get_db_prep_save(field.to_python(value), connection) for field, value in pairs]
