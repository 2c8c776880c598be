"""What the database holds, against what the site has said was kept."""

from collections.abc import Iterable, Iterator

from tests.abuse.learners import Form, Learner
from tests.abuse.results import Tried, none_of
from tests.abuse.sites import Site

ANSWERS = "SELECT sitting_id, position, chosen FROM quizzes_answer"


def stored(site: Site) -> dict[tuple[int, int], int]:
    """Every answer in the database: the number of what was chosen by sitting and position."""
    return {(sitting, position): chosen for sitting, position, chosen in site.rows(ANSWERS)}


def is_stored(site: Site, form: Form) -> bool:
    """Whether the answer to a question is in the database."""
    where = f"sitting_id = {form.sitting} AND position = {form.position}"
    return bool(site.rows(f"SELECT 1 FROM quizzes_answer WHERE {where}"))


def lost(held: dict[tuple[int, int], int], learners: Iterable[Learner]) -> list[str]:
    """What was said to be kept and is not there, or is there otherwise."""
    said = {key: choice for learner in learners for key, choice in learner.kept.items()}
    return [f"{key}: {choice} is {held.get(key)}" for key, choice in said.items() if held.get(key) != choice]


def doubled(site: Site) -> list[str]:
    """Slots with two answers, answers that moved one memory twice, facts asked more or less often than counted."""
    twice = site.rows("SELECT slot_id, count(*) FROM quizzes_answer GROUP BY slot_id HAVING count(*) > 1")
    moved = site.rows(
        "SELECT answer_id, fact_id FROM quizzes_answerfact GROUP BY answer_id, fact_id HAVING count(*) > 1"
    )
    counted = site.rows(
        "SELECT m.learner_id, m.fact_id, m.asked, count(f.id) FROM quizzes_memory m LEFT JOIN quizzes_answerfact f "
        "ON f.learner_id = m.learner_id AND f.fact_id = m.fact_id "
        "GROUP BY m.learner_id, m.fact_id, m.asked HAVING m.asked <> count(f.id)"
    )
    return [str(row) for row in (*twice, *moved, *counted)]


def in_order(site: Site, what: str, learners: Iterable[Learner]) -> Iterator[Tried]:
    """Nothing lost, nothing twice, and every memory what its log of answers says."""
    held, learners = stored(site), list(learners)
    said = sum(len(learner.kept) for learner in learners)
    yield none_of(f"{what}: answers lost of {said} acknowledged", "none", lost(held, learners))
    yield none_of(f"{what}: anything twice among {len(held)} stored", "none", doubled(site))
    checked = site.manage("rebuild_memory", "--check").strip().rpartition("\n")[2]
    yield Tried(f"{what}: memory against its log", "0 differ", checked, ", 0 differ" in checked)
