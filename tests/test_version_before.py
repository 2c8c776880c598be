"""
Two neighbouring versions and one database: a backup of the one is restored by the other, and the one may come back.

The version before is played by its migrations: for each app the state before the last one, with all that hang on it.
"""

import json
from contextlib import contextmanager
from io import StringIO
from itertools import chain

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from quizzes.models import Answer
from studysite.backups import writing
from studysite.backups.reading import read_head, read_lines, read_tables
from studysite.backups.writing import kept_fields, kept_models, write_backup
from tests.people.whole import make_zenobia
from tests.places import manage, new_database

pytestmark = pytest.mark.django_db(transaction=True)
AFTERWARDS = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studysite.settings")
import django; django.setup()
from django.core.management import call_command
call_command("restore", {kept!r})
call_command("migrate", check_unapplied=True)
call_command("rebuild_memory", check=True)
call_command("backup", {again!r})
"""
APPS = ("accounts", "tables", "quizzes")


@pytest.fixture
def filled(transactional_db):
    """Rows in every table that may name a person, and the memory that follows from the log of answers."""
    make_zenobia()
    call_command("rebuild_memory", stdout=StringIO())


def last_of(loader, app):
    """The last migration of an app, and the one before it."""
    [last] = loader.graph.leaf_nodes(app)
    [before] = [parent.key for parent in loader.graph.node_map[last].parents if parent.key[0] == app]
    return last, before


def models_before(loader, app):
    """The models as the code knew them before the last migration of an app and all that hang on it."""
    last, _ = last_of(loader, app)
    undone = set(loader.graph.backwards_plan(last))
    return loader.project_state([node for node in loader.graph.nodes if node not in undone]).apps


@contextmanager
def migrated_back(app):
    """The database as the version before left it; gives its models."""
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate([last_of(executor.loader, app)[1]])
    try:
        yield models_before(executor.loader, app)
    finally:
        MigrationExecutor(connection).migrate(leaves)


def rows_of(path):
    """For each table of a backup its rows, each a dictionary."""
    lines = read_lines(path)
    read_head(lines, path)
    return {
        label: [dict(zip(names, row, strict=True)) for row in rows] for label, names, rows in read_tables(lines, path)
    }


@pytest.mark.parametrize("app", ["accounts", "quizzes"])
def test_backup_of_the_version_before_is_restored_and_brought_up_to_this_one(filled, tmp_path, monkeypatch, app):
    kept, again = tmp_path / "before.gz", tmp_path / "after.gz"
    with migrated_back(app) as models, monkeypatch.context() as patch:
        patch.setattr(writing, "apps", models)
        counts = write_backup(kept)

    with new_database(tmp_path) as url:
        restored = manage(url, "-c", AFTERWARDS.format(kept=str(kept), again=str(again)))

    assert restored.returncode == 0, restored.stderr
    assert "1 learners looked at, 0 differ" in restored.stdout
    assert counts["quizzes.Answer"] == Answer.objects.count() > 0
    assert lost(rows_of(kept), rows_of(again)) == []


def lost(before, after):
    """Rows of tables and fields that both versions have, and that are not the same afterwards."""
    return [
        (label, row)
        for label in before.keys() & after.keys()
        for row in shared(before[label], after[label]) - shared(after[label], before[label])
    ]


def shared(rows, others):
    """Rows as text, with those fields alone that the others have too."""
    names = set(chain.from_iterable(others))
    return {json.dumps({name: row[name] for name in names & row.keys()}, sort_keys=True) for row in rows}


@pytest.mark.parametrize("app", APPS)
def test_version_before_still_reads_and_writes_every_table_once_this_one_has_migrated(filled, app):
    models = kept_models(models_before(MigrationExecutor(connection).loader, app))

    with transaction.atomic():
        rows = {model: list(model._base_manager.all()) for model in models}
        for model in models:
            model._base_manager.all()._raw_delete("default")
        for model in models:
            model._base_manager.bulk_create(rows[model])
            model._base_manager.bulk_update(rows[model], changeable(model))
        connection.check_constraints()
        counts = {model._meta.label: model._base_manager.count() for model in models}
        transaction.set_rollback(True)

    assert counts == {model._meta.label: len(rows[model]) for model in models}
    assert sum(count > 0 for count in counts.values()) > len(models) * 0.8


def changeable(model):
    """The names of the fields that an update may write."""
    return [field.name for field in kept_fields(model) if not field.primary_key]
