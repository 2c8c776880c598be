"""Change a guide's content by hand: what editors write in the admin, kept in step as an import would keep it."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from studysite.accounts.models import User
from tables.actions.indexing import refresh_entries
from tables.actions.publishing import GuideHasMoved
from tables.actions.states import load, write
from tables.identity import Mint
from tables.models import Guide, Table, Topic
from tables.versions.changes import Diff, compare
from tables.versions.editing import Sources, TableEdit, edit_table
from tables.versions.merging import short


@transaction.atomic
def save_table(table: Table, edit: TableEdit) -> Diff:
    """
    Write an editor's changes to one table, and raise the guide's version if they change anything.

    Texts, HTML, counts, chips and the author's questions follow. Questions for learners are made anew when somebody
    next asks for them. Raises GuideHasMoved when the table was archived meanwhile.
    """
    guide = Guide.objects.select_for_update().get(pk=table.guide_id)
    stored = load(guide)
    mint = Mint(guide.key, stored.state.keys())
    now = timezone.now()
    tables = tuple(
        edit_table(state, edit, mint, now) if state.key == table.key else state for state in stored.state.tables
    )
    if not any(state.key == table.key and state.archived_at is None for state in tables):
        raise GuideHasMoved("The table has left the guide.")
    after = replace(stored.state, tables=tables)
    diff = compare(stored.state, after, against=guide.version)
    write(guide, stored, after)
    if not diff.is_empty:
        raise_version(guide, tables=[table.pk])
    return diff


def save_row(table: Table, row: UUID, sources: Sources) -> Diff:
    """Write new Markdown into cells of one row, by the keys of their columns."""
    return save_table(table, TableEdit(rows={row: sources}))


@transaction.atomic
def rename_topic(topic: Topic, title: str) -> None:
    """Give a topic another title; its slug stays."""
    guide = Guide.objects.select_for_update().get(pk=topic.guide_id)
    if Topic.objects.filter(pk=topic.pk).exclude(title=title).update(title=short(title)):
        raise_version(guide, tables=[])


@transaction.atomic
def save_guide(guide: Guide, *, title: str, visibility: str, owner: User | None) -> None:
    """Give a guide another title, other readers or another owner; its slug stays."""
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    before = (guide.title, guide.visibility, guide.owner_id)
    guide.title, guide.visibility, guide.owner = short(title), visibility, owner
    if before != (guide.title, guide.visibility, guide.owner_id):
        raise_version(guide, tables=[])


def raise_version(guide: Guide, *, tables: Collection[int] | None = None) -> None:
    """
    Say that the content is another: all caches and the question bank go by the version, and search finds what is new.

    `tables` are the ids of those that changed; None stands for all.
    """
    guide.version += 1
    guide.save()
    refresh_entries(guide, tables=tables)
