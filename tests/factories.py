"""Keyword functions that make what a test needs; what is not said is a real row of the seed document."""

import uuid
from collections.abc import Sequence
from html import escape
from itertools import count

from quizzes.models import Learner
from studysite.accounts.models import Group, User
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table, Topic
from tables.reader.forms import fold
from tables.reader.names import make_slug

PASSWORD = "correct horse battery"
ACTIVATIONS = [
    ("Function", "Range", "Hidden Layer", "Output Layer", "Issue"),
    ("ReLU", "0 to inf", "Default choice", "No", "Dying ReLU"),
    ("Leaky ReLU", "-inf to inf", "When ReLU fails", "No", "-"),
    ("Sigmoid", "0 to 1", "Rarely", "Binary classification", "Vanishing gradient"),
    ("TanH", "-1 to 1", "RNNs", "No", "Vanishing gradient"),
    ("Softmax", "0-1 (sum=1)", "No", "Multi-class (single label)", "-"),
    ("Swish", "~-0.3 to inf", "40+ layers", "No", "-"),
]
DECISIONS = [
    ("Question", "Answer"),
    ("Multi-class classification output?", "Softmax"),
    ("Binary classification output?", "Sigmoid"),
    ("General hidden layer?", "ReLU"),
    ("RNN?", "TanH"),
    ("Very deep network (40+ layers)?", "Swish"),
]
TECHNIQUES = [
    ("Technique", "How It Works", "Trade-off"),
    ("Activation Checkpointing", "Clear activations, recompute", "Memory vs. compute"),
    ("Activation Offloading", "Move to CPU", "Memory vs. I/O"),
    ("Gradient Checkpointing", "Store fewer gradients", "Memory vs. compute"),
    ("Mixed Precision (fp16)", "16-bit floats", "Memory vs. precision"),
]
_numbers = count(1)


def make_user(name: str = "alice", **fields: object) -> User:
    """A person who can sign in with PASSWORD."""
    return User.objects.create_user(username=name, password=PASSWORD, **fields)


def make_learner(user: User | None = None) -> Learner:
    """The learner of this account, or a guest."""
    return Learner.objects.create(user=user, guest_key=None if user else uuid.uuid4())


def make_guide(
    *,
    title: str = "Section 6",
    visibility: str = Guide.Visibility.PUBLIC,
    owner: User | None = None,
    group: Group | None = None,
) -> Guide:
    """An empty guide."""
    slug = f"{make_slug(title, 'guide')}-{next(_numbers)}"
    return Guide.objects.create(
        key=uuid.uuid4(), slug=slug, title=title, visibility=visibility, owner=owner, group=group, version=1
    )


def make_topic(guide: Guide, *, title: str = "Neural Network Comparisons") -> Topic:
    """A topic after those the guide has."""
    position = guide.topics.count()
    return Topic.objects.create(
        guide=guide, key=uuid.uuid4(), slug=f"{make_slug(title, 'topic')}-{position}", title=title, position=position
    )


def make_table(
    topic: Topic,
    *,
    title: str = "Activation Functions",
    grid: Sequence[Sequence[str]] = ACTIVATIONS,
    kind: str = "entity",
    label: str = "",
    shown_with: Table | None = None,
    facets: Sequence[str] = (),
    points: Sequence[str] = (),
) -> Table:
    """
    A table after those the guide has, with the first line of `grid` as its header.

    Rows of a decision or lookup table become decision questions. `facets` names the columns that get chips.
    """
    position = topic.guide.tables.count()
    table = Table.objects.create(
        guide=topic.guide, topic=topic, key=uuid.uuid4(), slug=f"{make_slug(title + label, 'table')}-{position}",
        title=title, label=label, shown_with=shown_with, position=position, kind=kind, path=[],
        row_count=len(grid) - 1, column_count=len(grid[0]),
    )  # fmt: skip
    columns = [
        Column.objects.create(
            table=table, key=uuid.uuid4(), slug=make_slug(name, f"column-{place}"), name=name, source=name, text=name,
            html=escape(name), position=place, is_facet=name in facets,
        )
        for place, name in enumerate(grid[0])
    ]  # fmt: skip
    for place, texts in enumerate(grid[1:]):
        _make_row(table, columns, texts, place)
    for place, text in enumerate(points):
        Point.objects.create(table=table, key=uuid.uuid4(), source=text, text=text, html=escape(text), position=place)
    return table


def _make_row(table: Table, columns: list[Column], texts: Sequence[str], place: int) -> None:
    cells = {
        column.key.hex: {"source": text, "text": text, "html": escape(text, quote=False)}
        for column, text in zip(columns, texts, strict=True)
    }
    row = Row.objects.create(
        table=table, key=uuid.uuid4(), slug=make_slug(texts[0], f"row-{place}"), subject=texts[0], cells=cells,
        folded="\n".join(fold(text) for text in texts), position=place,
    )  # fmt: skip
    if table.kind in {"decision", "lookup"}:
        DecisionQuestion.objects.create(
            table=table, row=row, key=uuid.uuid4(), question=texts[0], answer=texts[1], position=place
        )
