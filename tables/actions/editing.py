"""Change a guide's content by hand, kept in step as an import would keep it; who changed what is kept too."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from studysite.accounts.actions.groups import lock
from studysite.accounts.models import Group, User
from tables.actions.concepts import refresh_concepts
from tables.actions.indexing import refresh_entries
from tables.actions.publishing import GuideHasMoved
from tables.actions.states import Stored, load, write
from tables.exports.markdown import guide_markdown
from tables.identity import Mint
from tables.models import Edit, Guide, Table, Topic, Version
from tables.reader.names import tidy_title
from tables.versions.changes import Diff, compare
from tables.versions.editing import Sources, TableEdit, edit_table
from tables.versions.footnotes import known_of, place_footnotes
from tables.versions.parts import short
from tables.versions.state import GuideState, live
from tables.versions.taking_back import edit_between, from_json, says, to_json

MOST_AT_ONCE = 6000
"""Cells of a guide whose concepts are made anew while an editor waits."""
EDITED = "Changed on the site"
MOST_SENTENCES = 20
"""How many differences of one edit are told in words."""


class CannotRevert(Exception):
    """The change cannot be taken back any more; the message says why."""


@transaction.atomic
def save_table(
    table: Table,
    edit: TableEdit,
    *,
    by: User | None = None,
    reverts: Edit | None = None,
    seen: TableEdit | None = None,
) -> Diff:
    """
    Write an editor's changes to one table; if they change anything the guide's version is raised and they are noted.

    Texts, HTML, counts, chips and the author's questions follow, in a guide of `MOST_AT_ONCE` cells or fewer its
    concepts too. Questions for learners are made anew when somebody next asks for them. `seen` holds the texts that the
    editor wrote over. Raises GuideHasMoved when one of them says something else by now, or the table was archived.
    """
    guide = Guide.objects.select_for_update().get(pk=table.guide_id)
    stored = load(guide)
    mint = Mint(guide.key, stored.state.keys())
    now = timezone.now()
    if seen and not any(says(state, seen) for state in stored.state.tables if state.key == table.key):
        raise GuideHasMoved("Somebody changed this meanwhile.")
    known = known_of(stored.state)
    tables = tuple(
        edit_table(state, edit, mint, now, known) if state.key == table.key else state for state in stored.state.tables
    )
    if not any(state.key == table.key and state.archived_at is None for state in tables):
        raise GuideHasMoved("The table has left the guide.")
    after = place_footnotes(replace(stored.state, tables=tables))
    diff = compare(stored.state, after, against=guide.version)
    write(guide, stored, after)
    if not diff.is_empty:
        guide.intro = after.intro
        raise_version(guide, tables=_ids_of_changed(stored, after))
        keep_document(guide, after, diff, by=by)
        note_edit(table, stored.state, after, diff, number=guide.version, by=by, reverts=reverts)
        if sum(state.row_count * state.column_count for state in live(after.tables)) <= MOST_AT_ONCE:
            refresh_concepts(guide, stored=Stored(after, stored.ids))
    return diff


def _ids_of_changed(stored: Stored, after: GuideState) -> list[int]:
    pairs = zip(stored.state.tables, after.tables, strict=True)
    return [stored.ids[old.key] for old, new in pairs if old != new]


def keep_document(guide: Guide, after: GuideState, diff: Diff, *, by: User | None) -> None:
    """Keep the whole document as it is after a change on the site, as one more version."""
    source = "".join(guide_markdown(after)).encode()
    Version.objects.create(
        guide=guide,
        number=guide.version,
        name=EDITED,
        source=source,
        sha256=hashlib.sha256(source).hexdigest(),
        summary=diff.summary,
        imported_by=by,
    )


def note_edit(
    table: Table,
    before: GuideState,
    after: GuideState,
    diff: Diff,
    *,
    number: int,
    by: User | None,
    reverts: Edit | None,
) -> None:
    """Keep who changed what, with all that it takes to undo just this."""
    old, new = (next(state for state in guide.tables if state.key == table.key) for guide in (before, after))
    Edit.objects.create(
        guide_id=table.guide_id,
        table=table,
        by=by,
        number=number,
        sentences=[change.sentence[:500] for change in diff.changes[:MOST_SENTENCES]] or [diff.summary],
        forward=to_json(edit_between(old, new)),
        back=to_json(edit_between(new, old)),
        reverts=reverts,
    )


@transaction.atomic
def revert(edit: Edit, *, by: User) -> Diff:
    """
    Take one change back, whatever was changed elsewhere since. The edit comes with its table.

    Raises CannotRevert where the same place was changed again, or the table or a row of it is gone.
    """
    if hasattr(edit, "reverted_by"):
        raise CannotRevert("This was taken back already.")
    guide = Guide.objects.select_for_update().get(pk=edit.guide_id)
    stored = load(guide).state
    mint = Mint(guide.key, stored.keys())
    table = next((state for state in live(stored.tables) if state.key == edit.table.key), None)
    if table is None:
        raise CannotRevert(f"“{edit.table.name}” is not in the guide any more.")
    forward = from_json(edit.forward)
    if not forward.known_rows <= {row.key for row in table.rows}:
        raise CannotRevert("A row that was changed stands in another table now. Change it there by hand.")
    done_again = edit_table(table, forward, mint, timezone.now(), known_of(stored))
    if done_again != table:
        raise CannotRevert("The same place was changed again later. Take that back first, or change it by hand.")
    return save_table(edit.table, from_json(edit.back), by=by, reverts=edit)


def save_row(table: Table, row: UUID, sources: Sources, *, by: User | None = None) -> Diff:
    """Write new Markdown into cells of one row, by the keys of their columns."""
    return save_table(table, TableEdit(rows={row: sources}), by=by)


@transaction.atomic
def rename_topic(topic: Topic, title: str, *, by: User | None = None) -> None:
    """Give a topic another title; its slug stays."""
    guide = Guide.objects.select_for_update().get(pk=topic.guide_id)
    stored = load(guide)
    title = short(tidy_title(title))
    topics = tuple(replace(each, title=title) if each.key == topic.key else each for each in stored.state.topics)
    _keep_titles(guide, stored, replace(stored.state, topics=topics), by=by)


@transaction.atomic
def save_guide(
    guide: Guide,
    *,
    title: str,
    visibility: str,
    owner: User | None,
    place: int | None = None,
    group: Group | None = None,
    by: User | None = None,
) -> None:
    """
    Give a guide another title, other readers, another owner or place on the shelf; its slug stays.

    Another title is another version of its document; the rest is none. Given a group it is that group's and nobody
    else's; without one and with an owner it is of no group. Raises GuideHasMoved where that group was closed meanwhile.
    """
    if group and lock(group).closed_at:
        raise GuideHasMoved(f"{group} was closed meanwhile, and its guides are its owner's. Nothing was kept.")
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    before = (guide.visibility, guide.owner_id, guide.place, guide.group_id)
    guide.visibility = visibility
    guide.owner = None if group else owner
    guide.group = group or (None if owner else guide.group)
    guide.place = guide.place if place is None else place
    if before != (guide.visibility, guide.owner_id, guide.place, guide.group_id):
        guide.save()
    title = short(tidy_title(title)) or guide.title
    if title != guide.title:
        stored = load(guide)
        guide.title = title
        if tidy_title(guide.front_matter.get("title", "")):
            guide.front_matter = guide.front_matter | {"title": title}
        _keep_titles(guide, stored, replace(stored.state, title=title, front_matter=guide.front_matter), by=by)


def _keep_titles(guide: Guide, stored: Stored, after: GuideState, *, by: User | None) -> None:
    """Write other titles of the guide or its topics, as one more version of its document."""
    diff = compare(stored.state, after, against=guide.version)
    write(guide, stored, after)
    if not diff.is_empty:
        raise_version(guide, tables=[], keeps_cells=True)
        keep_document(guide, after, diff, by=by)


def raise_version(guide: Guide, *, tables: Collection[int] | None = None, keeps_cells: bool = False) -> None:
    """
    Say that the content is another: all caches and the question bank go by the version, and search finds what is new.

    `tables` are the ids of those that changed; None stands for all. Concepts stay as they are where `keeps_cells`.
    """
    if keeps_cells and guide.has_concepts:
        guide.concepts_version += 1
    guide.version += 1
    guide.save()
    refresh_entries(guide, tables=tables)
