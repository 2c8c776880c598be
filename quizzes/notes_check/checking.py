"""Plain Python: every finding of one guide's notes."""

from quizzes.generation.pins import Pins
from quizzes.notes_check.findings import Code, Finding
from quizzes.notes_check.gaps import dangling, placeholders
from quizzes.notes_check.naming import other_rows, short_names
from quizzes.notes_check.notes import Notes
from quizzes.notes_check.points import points_apart
from quizzes.notes_check.repeats import apart, left_out, same_facts
from tables.versions.state import GuideState

RULES = (apart, points_apart, left_out, short_names, dangling, placeholders, other_rows, same_facts)


def findings_of(state: GuideState, pins: Pins | None = None) -> list[Finding]:
    """
    What an author may want to look at: kind by kind in the order of `Code`, each in the order of the document.

    Cost grows with the cells, not with pairs of them.
    """
    return findings_in(Notes(state, pins or Pins()))


def findings_in(notes: Notes) -> list[Finding]:
    """The same for notes that were read before."""
    found = {finding.key: finding for rule in RULES for finding in rule(notes)}
    kinds = {code: place for place, code in enumerate(Code)}

    def order(finding: Finding) -> tuple[int, int, int]:
        return kinds[finding.code], notes.order[finding.places[0].table_key], finding.line

    return sorted(found.values(), key=order)
