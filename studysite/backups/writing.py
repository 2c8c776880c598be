"""Everything the database holds, as it stood at one moment, written to one file while the site goes on."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

from studysite.backups.values import EDITION, FORMAT, as_line

ROWS_AT_ONCE = 2000
type AnyField = Field[Any, Any]


def write_backup(path: Path) -> dict[str, int]:
    """
    Write all of the database to a new file that only its owner can read; give the number of rows of each table.

    Memory stays the same however much there is. The file has its name only when it is whole. Raises FileExistsError
    where something has that name already.
    """
    if path.exists():
        raise FileExistsError(path)
    partial = path.with_name(f"{path.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw, one_moment():
        with gzip.open(raw, "wt", encoding="utf-8", compresslevel=6) as file:
            counts: dict[str, int] = {}
            file.writelines(f"{as_line(line)}\n" for line in lines(counts))
        raw.flush()
        os.fsync(raw.fileno())
    partial.rename(path)
    return counts


@contextmanager
def one_moment() -> Iterator[None]:
    """
    A transaction that sees the database as it was when it began, and holds nobody up who writes.

    On SQLite that is a reader's view of the write-ahead log: a deferred transaction, where ours are immediate.
    """
    usual = getattr(connection, "transaction_mode", None)
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # read by the SQLite backend alone
    try:
        with transaction.atomic(durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]


def lines(counts: dict[str, int]) -> Iterator[Any]:
    """Every line of a backup, decoded; `counts` is filled on the way with the number of rows of each table."""
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    yield {"format": FORMAT, "edition": EDITION, "made_at": datetime.now(UTC), "migrations": applied}
    for model in kept_models(apps):
        names = [field.attname for field in kept_fields(model)]
        label = model._meta.label
        yield {"table": label, "fields": names}
        counts[label] = 0
        for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=ROWS_AT_ONCE):
            counts[label] += 1
            yield row
    yield {"rows": counts}


def kept_models(registry: Apps) -> list[type[Model]]:
    """Every model with a table of its own, those between two others included, by name."""
    models = registry.get_models(include_auto_created=True)
    ours = [model for model in models if model._meta.managed and not model._meta.proxy]
    return sorted(ours, key=lambda model: model._meta.label)


def kept_fields(model: type[Model]) -> list[AnyField]:
    """The columns of a model's table that are not reckoned by the database."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]
