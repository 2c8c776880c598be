"""Take a reading of a document into the database: a new guide, or the next version of one that stands."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from studysite.accounts.models import Group, User
from studysite.collector import collector_at_rest
from tables.actions.indexing import refresh_entries
from tables.actions.states import load, write
from tables.identity import guide_key
from tables.models import Guide, GuideQuerySet, Version
from tables.reader.document import Reading
from tables.reader.names import make_slug, unique_slug
from tables.reader.reading import UNTITLED
from tables.versions.changes import Diff, compare
from tables.versions.merging import NO_CHOICES, Choices, merge
from tables.versions.state import GuideState


class NotPublished(Exception):
    """A reading that cannot be published as it is. Nothing was written."""


class ReadingHasErrors(NotPublished):
    """The document must be mended first; the reading's `errors` say where."""


class GuideHasMoved(NotPublished):
    """The guide was changed after the difference was shown: the author has to look again."""


class RenamesAreGuessed(NotPublished):
    """Parts were found by likeness under new names; `diff.guessed` lists them. Publish again with them accepted."""

    def __init__(self, diff: Diff) -> None:
        super().__init__(f"{len(diff.guessed)} renames were guessed.")
        self.diff = diff


@dataclass(frozen=True, slots=True)
class Publication:
    """
    What publishing did: the guide before and after, and what changed in words.

    `guessed` are the keys of parts that were found by likeness under a new name.
    """

    guide: Guide
    diff: Diff
    before: GuideState
    after: GuideState
    guessed: frozenset[UUID] = frozenset()

    @property
    def is_first(self) -> bool:
        """Whether the guide was new."""
        return not self.before.tables


def find_guide(reading: Reading, among: GuideQuerySet | None = None) -> Guide | None:
    """
    The guide that this document is a newer version of: of the same document id, else of the same title.

    It is one of `among`, by default one that everybody may read. What has no name of its own is nothing's newer
    version. At most 2 queries.
    """
    guides = Guide.objects.visible_to_visitors() if among is None else among
    document_id = reading.front_matter.get("id", "")
    of_id = guides.filter(document_id=document_id).first() if document_id else None
    if of_id or reading.title == UNTITLED:
        return of_id
    return guides.filter(title=reading.title).first()


def check(guide: Guide | None, reading: Reading, choices: Choices = NO_CHOICES) -> Publication:
    """What publishing would do. Writes nothing; `publication.guide` is not saved when it would be a new one."""
    guide = guide or _new_guide(reading, owner=None, visibility=Guide.Visibility.PUBLIC)
    before = load(guide).state if guide.pk else GuideState(guide.key, title="")
    return _next(guide, before, reading, timezone.now(), choices)


@collector_at_rest()
@transaction.atomic
def publish(
    guide: Guide | None,
    reading: Reading,
    source: bytes,
    *,
    name: str = "",
    by: User | None = None,
    against: int | None = None,
    accept_renames: bool = False,
    visibility: str = Guide.Visibility.PUBLIC,
    group: Group | None = None,
    choices: Choices = NO_CHOICES,
) -> Publication:
    """
    Make a reading the guide's newest version, or a new guide's first one; all of it or nothing.

    Parts keep their keys, parts that are gone are archived, and every call leaves a line in the guide's history. A
    reading that says nothing new leaves the rest as it is. `against` is the version of the guide that the author was
    shown the difference to. About 30 queries, and two more for each 500 parts of a kind that differ.

    Raises ReadingHasErrors, GuideHasMoved, or RenamesAreGuessed unless renames are accepted.
    """
    if reading.errors:
        raise ReadingHasErrors(f"{len(reading.errors)} errors.")
    if guide is None:
        guide = _save_new(_new_guide(reading, owner=None if group else by, visibility=visibility, group=group))
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    if against is not None and guide.version != against:
        raise GuideHasMoved(f"The guide is at version {guide.version}, the difference was made to {against}.")
    stored = load(guide)
    publication = _next(guide, stored.state, reading, timezone.now(), choices)
    if publication.diff.guessed and not accept_renames:
        raise RenamesAreGuessed(publication.diff)
    write(guide, stored, publication.after)
    if not publication.diff.is_empty:
        _save_guide(guide, publication.after)
        refresh_entries(guide)
    _keep_version(guide, source, name, by, publication.diff)
    return publication


def _new_guide(reading: Reading, *, owner: User | None, visibility: str, group: Group | None = None) -> Guide:
    taken = set(Guide.objects.values_list("slug", flat=True))
    slug = unique_slug(make_slug(reading.title, "guide"), taken)
    key = guide_key(reading.front_matter.get("id", "") or reading.title, Guide.objects.values_list("key", flat=True))
    return Guide(key=key, slug=slug, title="", owner=owner, visibility=visibility, group=group)


def _save_new(guide: Guide) -> Guide:
    try:
        guide.save()
    except IntegrityError as error:
        raise GuideHasMoved("Another guide of this name was made at the same moment.") from error
    return guide


def _next(guide: Guide, before: GuideState, reading: Reading, at: datetime, choices: Choices) -> Publication:
    merged = merge(before, reading, at, choices)
    diff = compare(before, merged.state, against=guide.version, guessed=merged.guessed)
    return Publication(guide, diff, before, merged.state, merged.guessed)


def _save_guide(guide: Guide, state: GuideState) -> None:
    guide.title, guide.document_id = state.title, state.document_id
    guide.front_matter, guide.intro, guide.links = state.front_matter, state.intro, state.links
    guide.version += 1
    guide.save()


def _keep_version(guide: Guide, source: bytes, name: str, by: User | None, diff: Diff) -> None:
    Version.objects.create(
        guide=guide,
        number=guide.version,
        name=name[:255],
        source=source,
        sha256=hashlib.sha256(source).hexdigest(),
        summary=diff.summary,
        imported_by=by,
    )
