"""
Plain Python: a question, its right option and the one chosen in; the two rows side by side out.

Nothing is fetched here: the caller hands over the tables, or only those rows of them, that `things_to_fetch` names.
Questions of cells have their column (`quizzes.contrasts.cells`), those that show several rows, pairs of them
(`quizzes.contrasts.several`); here the author's own questions, whose column is found by their words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from quizzes.contrasts.cards import Card, CardLine, Contrast, Layout, Line, Role, Sentence, Side
from quizzes.contrasts.sentences import about_chosen, answering, standing_in, telling_apart
from quizzes.generation.options import Option
from quizzes.generation.sources import SourceTable, Thing
from quizzes.generation.words import comparable, meaning, words
from tables.reader.document import Kind
from tables.reader.forms import is_placeholder

Tables = Mapping[str, SourceTable]


def things_to_fetch(right: Option, chosen: Option | None, neighbour: Thing | None) -> set[Thing]:
    """Every row (or column of an aspect table) that `contrast` may show: at most 17."""
    things = {*right.things, *(chosen.things if chosen else ())}
    return things | {neighbour} if neighbour else things


def contrast(
    asks: str, right: Option, *, tables: Tables, chosen: Option | None = None, neighbour: Thing | None = None
) -> Contrast:
    """
    What to show once the question `asks` is answered by `chosen` (None: "I don't know"; the right option itself too).

    `tables`, by key, may hold fewer rows than the guide, or none: then less is shown, the right answer always.
    """
    mine = [thing for thing in right.things if is_there(tables, thing)]
    if chosen is not None and not chosen.is_right:
        theirs = [thing for thing in chosen.things if is_there(tables, thing) and thing not in mine]
        more = _more_on(chosen, tables)
        if pair := _best_pair(asks, mine, theirs, tables):
            return side_by_side(asks, pair, Role.CHOSEN, tables, more)
        if mine and theirs:
            return _two_rows(asks, mine, theirs, tables, more)
        if theirs:
            return _answer(asks, right, tables, theirs[0], more)
    else:
        more = ()
    if mine and right.has_own_row and neighbour and is_there(tables, neighbour) and neighbour not in mine:
        return side_by_side(asks, (_of_table(mine, neighbour), neighbour), Role.NEIGHBOUR, tables, more)
    if mine:
        cards = tuple(card(asks, thing, Role.RIGHT, tables) for thing in mine)
        return Contrast(Layout.PARTS, cards=cards, sentences=(answering(asks, right.text), *more))
    return _answer(asks, right, tables, None, more)


def contrast_reversed(
    right: Option, answer: str, *, tables: Tables, chosen: Option | None = None, neighbour: Thing | None = None
) -> Contrast:
    """
    What to show once it was asked which question leads to `answer`: the rows that the two questions' answers name.

    The options' texts are questions, their things those of their answers; the chosen one's `answer_to` is its answer.
    """
    turned = replace(right, text=answer, answer_to=right.text)
    if chosen is not None and chosen.answer_to:
        chosen = replace(chosen, text=chosen.answer_to, answer_to=chosen.text)
    return contrast(right.text, turned, tables=tables, chosen=chosen, neighbour=neighbour)


def is_there(tables: Tables, thing: Thing) -> bool:
    """Whether the table at hand holds the thing, with at least one value to show."""
    return thing.table_key in tables and bool(tables[thing.table_key].values(thing))


def _of_table(things: Iterable[Thing], other: Thing) -> Thing:
    mine = list(things)
    return next((thing for thing in mine if thing.table_key == other.table_key), mine[0])


def _more_on(chosen: Option, tables: Tables) -> tuple[Sentence, ...]:
    table = tables.get(chosen.table_key)
    more = about_chosen(chosen, table.title if table else "")
    return (more,) if more else ()


def _best_pair(asks: str, mine: list[Thing], theirs: list[Thing], tables: Tables) -> tuple[Thing, Thing] | None:
    """Two things of one table: of rows before of columns, then the pair whose right one says most of the question."""
    pairs = [(one, other) for one in mine for other in theirs if one.table_key == other.table_key]

    def fitness(pair: tuple[Thing, Thing]) -> tuple[bool, int]:
        table = tables[pair[0].table_key]
        return table.kind is not Kind.ASPECT, _shared_with_row(asks, table, pair[0])

    return max(pairs, key=fitness, default=None)


def _shared_with_row(asks: str, table: SourceTable, thing: Thing) -> int:
    return max((len(words(asks) & words(value)) for _, value in table.values(thing) or ()), default=0)


def side_by_side(
    asks: str, pair: tuple[Thing, Thing], role: Role, tables: Tables, more: tuple[Sentence, ...] = (), column: str = ""
) -> Contrast:
    """The right thing and another one of its table; `column` decides where it differs, else the words of `asks` do."""
    right, other = _side(pair[0], Role.RIGHT, tables), _side(pair[1], role, tables)
    mine, theirs = (tables[thing.table_key].values(thing) or [] for thing in pair)
    compared = tuple(lines(asks, mine, theirs, column))
    layout = Layout.NEIGHBOUR if role is Role.NEIGHBOUR else Layout.SIDE_BY_SIDE
    return Contrast(layout, right, other, compared, sentences=(telling_apart(right, other, compared), *more))


def _two_rows(
    asks: str, mine: list[Thing], theirs: list[Thing], tables: Tables, more: tuple[Sentence, ...]
) -> Contrast:
    best = max(mine, key=lambda thing: _shared_with_row(asks, tables[thing.table_key], thing))
    right, other = card(asks, best, Role.RIGHT, tables), card(asks, theirs[0], Role.CHOSEN, tables)
    return Contrast(Layout.TWO_ROWS, cards=(right, other), sentences=(standing_in(right), *more))


def _answer(asks: str, right: Option, tables: Tables, chosen: Thing | None, more: tuple[Sentence, ...]) -> Contrast:
    cards = (card(asks, chosen, Role.CHOSEN, tables),) if chosen else ()
    return Contrast(Layout.ANSWER, cards=cards, sentences=(answering(asks, right.text), *more))


def _side(thing: Thing, role: Role, tables: Tables) -> Side:
    table = tables[thing.table_key]
    return Side(table.name_of(thing), role, table.title, thing)


def card(asks: str, thing: Thing, role: Role, tables: Tables, column: str = "") -> Card:
    """A row by itself, with the cell of the column marked; on a right row else the one most like the question."""
    values = [(header, shown(value)) for header, value in tables[thing.table_key].values(thing) or ()]
    shared = [len(words(asks) & words(value)) for _, value in values]
    most = max(shared, default=0)
    deciding = shared.index(most) if most and role is Role.RIGHT else None
    if column:
        deciding = next((place for place, (header, _) in enumerate(values) if header == column), None)
    cells = tuple(CardLine(header, value, place == deciding) for place, (header, value) in enumerate(values))
    return Card(_side(thing, role, tables), cells)


def shown(value: str) -> str:
    """A cell's text as it is shown: empty for a placeholder, which stands for no value."""
    return "" if is_placeholder(value) else value


def lines(asks: str, right: list[tuple[str, str]], other: list[tuple[str, str]], column: str = "") -> Iterator[Line]:
    """The deciding column (`column` where it differs), the other differing ones by how many words differ, the equal."""
    cells = [(column, shown(mine), shown(theirs)) for (column, mine), (_, theirs) in zip(right, other, strict=False)]
    equal = [cell for cell in cells if comparable(cell[1]) == comparable(cell[2])]
    differing = [cell for cell in cells if cell not in equal]
    deciding = max(differing, key=lambda cell: (cell[0] == column, *_decisiveness(asks, *cell)), default=None)
    # The sort is stable: of columns that differ as much, the table's first stays first.
    by_difference = sorted(differing, key=lambda cell: (cell is not deciding, -_difference(cell[1], cell[2])))
    yield from (Line(*cell, is_same=False, decides=cell is deciding) for cell in by_difference)
    yield from (Line(*cell, is_same=True, decides=False) for cell in equal)


def _decisiveness(asks: str, column: str, right: str, other: str) -> tuple[int, int, int, int]:
    """How well a column decides: words of the question in both cells, in the right one, in its name; difference."""
    asked = words(asks)
    return (
        len(asked & (words(right) | words(other))),
        len(asked & words(right)),
        len(asked & words(column)),
        _difference(right, other),
    )


def _difference(one: str, other: str) -> int:
    return len(meaning(one) ^ meaning(other))
