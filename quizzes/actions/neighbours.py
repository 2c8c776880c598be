"""The row that is most easily taken for another one, to lay the two side by side."""

from quizzes.actions.mixups import Part, find_parts
from quizzes.actions.tables_at_hand import fetch_tables
from quizzes.generation.index import Index
from quizzes.generation.similarity import NEIGHBOURHOOD, nearest
from quizzes.generation.sources import Thing
from quizzes.models import Confusion, Learner
from tables.models import Column, Row, Table


def neighbour_of(learner: Learner, table: Table, slug: str) -> Part | None:
    """
    What the learner most often takes this row (of an aspect table: column) for, else the one most like it.

    None where the table has no such row, or no other. At most 7 queries, however long the table.
    """
    part = next(iter(find_parts(table, [slug])), None)
    if part is None:
        return None
    model: type[Row] | type[Column] = Column if table.kind == "aspect" else Row
    mine = model.objects.live().get(table=table, slug=slug)
    said = Confusion.objects.filter(learner=learner.pk, table=table, asked=mine.key, count__gt=0).order_by("-count")
    keys = list(said.values_list("said", flat=True)[:1]) if learner.pk else []
    found = model.objects.live().filter(table=table, key__in=keys).first() if keys else None
    if found is None:
        found = _most_alike(table, part, mine)
    return next(iter(find_parts(table, [found.slug])), None) if found else None


def _most_alike(table: Table, part: Part, mine: Row | Column) -> Row | Column | None:
    if isinstance(mine, Column):
        others = Column.objects.live().filter(table=table, position__gt=0).exclude(pk=mine.pk)
        return others.order_by("position").first()
    around = Row.objects.live().filter(
        table=table, position__range=(mine.position - NEIGHBOURHOOD, mine.position + NEIGHBOURHOOD)
    )
    rows = {row.key.hex: row for row in around}
    at_hand = fetch_tables(Thing(table.key.hex, row_key=key) for key in rows)
    found = nearest(Index(at_hand.tables.values()), part.thing)
    return rows.get(found.row_key) if found else None
