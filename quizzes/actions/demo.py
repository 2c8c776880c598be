"""Fill a site with made-up guides and learners, to try it at any size."""

from dataclasses import dataclass

from django.utils import timezone

from quizzes.actions.bank import refresh_bank
from quizzes.actions.demo_learners import learners_exist, make_group, make_learners
from quizzes.demo.documents import Document, documents
from tables.actions.concepts import refresh_concepts
from tables.actions.publishing import publish
from tables.models import Guide
from tables.reader import read


class HoldsMore(Exception):
    """The site holds what is not the project's own, or was made before; the message says so. Nothing was made."""


@dataclass(frozen=True, slots=True)
class Size:
    """
    How much is made. `columns` counts the one that names the rows; `asked` is for how many guides questions are made.

    Learners study those guides, in turns; the answers are shared out evenly. The first `members` of them are a group.
    """

    tables: int = 40
    rows: int = 100
    columns: int = 11
    asked: int = 2
    learners: int = 50
    answers: int = 10_000
    members: int = 300


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, in numbers."""

    guides: int
    questions: int
    answers: int


def make_demo(size: Size, *, seed: int, adds: bool = False) -> Made:
    """
    Make guides, questions, learners with accounts nobody can sign in to, their answers and what they remember of them.

    The same seed makes the same. Each guide and each few thousand answers are written by themselves, so memory does not
    grow with the size. Raises HoldsMore unless it `adds`, and ValueError for a size that is none.
    """
    if not adds and Guide.objects.count() > 1:
        raise HoldsMore("The site holds guides already (--add makes more all the same).")
    if learners_exist(seed):
        raise HoldsMore(f"What seed {seed} makes is here already: choose another one by --seed.")
    guides = [
        _publish(document)
        for document in documents(tables=size.tables, rows=size.rows, columns=size.columns, seed=seed)
    ]
    asked = guides[: size.asked]
    for guide in asked:
        refresh_bank(guide)
    made = make_learners(asked, learners=size.learners, answers=size.answers, seed=seed, now=timezone.now())
    make_group(made.users[: size.members], asked, seed=seed)
    return Made(len(guides), made.questions, made.answers)


def _publish(document: Document) -> Guide:
    source = document.text.encode()
    guide = publish(None, read(source, document.title), source, name="make_demo").guide
    refresh_concepts(guide)
    return guide
