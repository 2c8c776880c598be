"""Publish a document with all that follows for learners: content, facts and questions change in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from quizzes.actions.bank import refresh_bank
from quizzes.facts import FactCounts, count_facts, facts_of
from studysite.accounts.models import Group, User
from tables.actions.publishing import Publication, check, publish
from tables.models import Guide
from tables.reader.document import Reading
from tables.versions.merging import NO_CHOICES, Choices
from tables.versions.state import GuideState, live


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing a document did, or would do: to its guide, and to the facts that learners know."""

    publication: Publication
    facts: FactCounts

    @property
    def summary(self) -> str:
        """What happened, in one or two sentences."""
        if self.publication.is_first:
            return f"New guide: {_sizes(self.publication.after)} and {_count(self.facts.new, 'fact')}."
        if not self.publication.diff.changes:
            return self.publication.diff.summary
        kept = f"Learners keep progress on {self.facts.kept} of {_count(self.facts.before, 'fact')}."
        return f"{self.publication.diff.summary} {kept}"

    @property
    def fates(self) -> str:
        """What becomes of what learners know, in a sentence; empty where all of it is kept."""
        facts = self.facts
        said = [f"{_count(facts.changed, 'fact')} changed and will be asked anew soon"] if facts.changed else []
        said += [f"{_count(facts.retired, 'fact')} rest until they come back"] if facts.retired else []
        said += [f"{_count(facts.new, 'fact')} {'is' if facts.new == 1 else 'are'} new"] if facts.new else []
        return f"{', '.join(said)}." if said and not self.publication.is_first else ""


@transaction.atomic
def publish_document(
    guide: Guide | None,
    reading: Reading,
    source: bytes,
    *,
    pins: Mapping[str, Any] | None = None,
    name: str = "",
    by: User | None = None,
    against: int | None = None,
    accept_renames: bool = False,
    visibility: str = Guide.Visibility.PUBLIC,
    group: Group | None = None,
    choices: Choices = NO_CHOICES,
) -> Outcome:
    """
    Publish a reading (see `tables.actions.publishing.publish`) and bring facts and questions in step.

    `pins` replace the author's pins for this guide; None keeps them. Sittings under way go on with the questions they
    started with, and no past answer is judged again. Raises what publishing raises, and BadPin.
    """
    publication = publish(
        guide,
        reading,
        source,
        name=name,
        by=by,
        against=against,
        accept_renames=accept_renames,
        visibility=visibility,
        group=group,
        choices=choices,
    )
    refresh_bank(publication.guide, pins=pins)
    return _outcome(publication)


def check_document(guide: Guide | None, reading: Reading, choices: Choices = NO_CHOICES) -> Outcome:
    """What publishing a reading would do. Writes nothing."""
    return _outcome(check(guide, reading, choices))


def _outcome(publication: Publication) -> Outcome:
    return Outcome(publication, count_facts(facts_of(publication.before), facts_of(publication.after)))


def _sizes(guide: GuideState) -> str:
    tables = live(guide.tables)
    rows = sum(table.row_count for table in tables)
    return ", ".join([_count(len(live(guide.topics)), "topic"), _count(len(tables), "table"), _count(rows, "row")])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
