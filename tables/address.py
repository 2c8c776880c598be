"""Plain Python: turns the query part of a table page's address into what it asks for, and back into an address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from studysite.numbers import number_in
from tables.conditions import OF_NUMBERS, Condition, How, is_number
from tables.reader.forms import is_placeholder

ROWS_ON_A_PAGE = 200
LONGEST_QUERY = 200
LONGEST_NAME = 40
MOST_NOTICES = 5
MOST_CONDITIONS = 10
CHIP, CONDITION = "c-", "f-"
DIRECTIONS = {"asc": False, "desc": True}


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What an address asks of a table. Columns are named by their slugs.

    `chips` holds the chosen values of a column, as the address spells them; `conditions` are what else is asked of
    columns, all at once. `values` are the columns after the one that names the rows, as in the document; `shown` those
    to show, in their order; `usual` those shown to this reader where an address names none. `chooses` says that the
    list of columns was just used, and is no part of an address. `covered` are the columns hidden in cover mode, in the
    order shown. `selects` is the mode in which rows are ticked to be compared. `notices` say in sentences what was left
    out.
    """

    query: str = ""
    chips: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    sort: str = ""
    is_descending: bool = False
    values: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    chooses: bool = False
    covers: bool = False
    selects: bool = False
    covered: tuple[str, ...] = ()
    page: int = 1
    notices: tuple[str, ...] = ()

    @property
    def filters(self) -> bool:
        """Whether it may leave rows out."""
        return bool(self.query or self.chips or self.conditions)

    @property
    def direction(self) -> str:
        """How it is sorted, as `aria-sort` says it; empty where rows stand in the order of the document."""
        if not self.sort:
            return ""
        return "descending" if self.is_descending else "ascending"

    @property
    def address(self) -> str:
        """The query part that asks for just this, with its question mark; empty for a table as it stands."""
        return "?" + urlencode(self.pairs) if self.pairs else ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The same as names and values."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(CHIP + slug, value) for slug, values in self.chips.items() for value in values]
        pairs += [(CONDITION + condition.column, condition.value) for condition in self.conditions]
        pairs += self.kept
        if self.covers and self.covered != self.shown:
            pairs += [("cover", slug) for slug in self.covered] or [("cover", "")]
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that filters must send along, as hidden fields."""
        columns = [] if self.shows_all else [("column", slug) for slug in self.shown]
        everything = [("column", "")] if self.shows_all and self.usual != self.values else []
        sort = [("sort", self.sort), ("dir", "desc" if self.is_descending else "asc")] if self.sort else []
        mode = [("mode", "cover")] if self.covers else [("mode", "select")] if self.selects else []
        return columns + everything + sort + mode

    @property
    def shows_all(self) -> bool:
        """Whether every column is shown, as in the document."""
        return self.shown == self.values

    @property
    def listed(self) -> list[str]:
        """All value columns to choose from: what is left out stands behind what it follows in the document."""
        listed = list(self.shown)
        for place, slug in enumerate(self.values):
            if slug not in self.shown:
                listed.insert(listed.index(self.values[place - 1]) + 1 if place else 0, slug)
        return listed

    def sorted_by(self, slug: str) -> "Asked":
        """The same after a press on this column's header: ascending, descending, then the order of the document."""
        if self.sort != slug:
            return replace(self, sort=slug, is_descending=False, page=1)
        if not self.is_descending:
            return replace(self, is_descending=True, page=1)
        return replace(self, sort="", is_descending=False, page=1)

    def reading(self) -> "Asked":
        """The same with nothing hidden."""
        return replace(self, covers=False, covered=self.shown, selects=False)

    def selecting(self) -> "Asked":
        """The same with nothing hidden and rows that can be ticked."""
        return replace(self.reading(), selects=True)

    def covering(self) -> "Asked":
        """The same in cover mode; with every value column hidden unless it is in that mode already."""
        return replace(self, covers=True, selects=False)

    def with_covered(self, slug: str) -> "Asked":
        """The same with one more column hidden."""
        return replace(self, covered=tuple(each for each in self.shown if each == slug or each in self.covered))

    def with_all_columns(self) -> "Asked":
        """The same with every column, as in the document; in cover mode what comes back is hidden."""
        covered = tuple(slug for slug in self.values if slug in self.covered or slug not in self.shown)
        return replace(self, shown=self.values, covered=covered)

    def unfiltered(self) -> "Asked":
        """The same with every row."""
        return replace(self, query="", chips={}, conditions=(), page=1)

    def at(self, page: int) -> "Asked":
        """Another page of the same."""
        return replace(self, page=page)


def page_address(position: int) -> str:
    """The query part under which a table shows the row of this position, counted from 0; empty for the first page."""
    return Asked(page=position // ROWS_ON_A_PAGE + 1).address


def read_address(
    parameters: Iterable[tuple[str, Sequence[str]]], columns: Sequence[str], kept: Sequence[str] = ()
) -> Asked:
    """
    What the parameters of an address ask of a table with these columns (slugs; the first names the rows).

    `kept` are the columns that this reader keeps for the table, shown where the address names none.
    Never fails: what means nothing here is left out with a notice, what the site does not know at all in silence.
    """
    given = {name: list(values) for name, values in parameters}
    notices: list[str] = []
    query, chips = _query(given, notices), _chips(given, columns, notices)
    conditions = _conditions(given, columns, notices)
    sort, is_descending = _sort(given, columns, notices)
    values, covers = tuple(columns[1:]), _last(given, "mode") == "cover"
    usual = tuple(slug for slug in kept if slug in values) or values
    before = _columns(given["column"], columns, notices) if "column" in given else usual
    shown = _chosen(given, columns, notices) if "show" in given else before
    return Asked(
        query=query,
        chips=chips,
        conditions=conditions,
        sort=sort,
        is_descending=is_descending,
        values=values,
        usual=usual,
        shown=shown,
        chooses="show" in given,
        covers=covers,
        selects=_last(given, "mode") == "select",
        covered=_covered(given, values, before, shown, notices) if covers else shown,
        page=_page(given),
        notices=tuple(notices[:MOST_NOTICES]),
    )


def _last(given: Mapping[str, Sequence[str]], name: str) -> str:
    return (given.get(name) or [""])[-1].strip()


def _query(given: Mapping[str, Sequence[str]], notices: list[str]) -> str:
    query = " ".join(_last(given, "q").replace("\0", " ").split())
    if len(query) > LONGEST_QUERY:
        notices.append(f"Only the first {LONGEST_QUERY} characters of the filter were used.")
    return query[:LONGEST_QUERY].strip()


def _chips(
    given: Mapping[str, Sequence[str]], columns: Sequence[str], notices: list[str]
) -> dict[str, tuple[str, ...]]:
    asked = {name.removeprefix(CHIP): values for name, values in given.items() if name.startswith(CHIP)}
    for slug in asked:
        if slug not in columns:
            notices.append(_unknown(slug))
    chosen = {
        slug: tuple(dict.fromkeys(value for value in asked.get(slug, ()) if not is_placeholder(value)))
        for slug in columns
    }
    return {slug: values for slug, values in chosen.items() if values}


def _conditions(
    given: Mapping[str, Sequence[str]], columns: Sequence[str], notices: list[str]
) -> tuple[Condition, ...]:
    """Those that the address names, and the one that the form for a new one spells in three fields."""
    asked = [
        (name.removeprefix(CONDITION), *value.partition(":")[::2])
        for name, values in given.items()
        if name.startswith(CONDITION)
        for value in values
    ]
    new = _last(given, "by"), _last(given, "how"), _last(given, "text")
    asked += [new] if new[0] and (new[2] or new[1] == How.NONE) else []
    found = (_condition(slug, how, text, columns, notices) for slug, how, text in asked)
    conditions = dict.fromkeys(condition for condition in found if condition)
    in_order = sorted(conditions, key=lambda condition: columns.index(condition.column))
    if len(in_order) > MOST_CONDITIONS:
        notices.append(f"Only the first {MOST_CONDITIONS} filters by column were used.")
    return tuple(in_order[:MOST_CONDITIONS])


def _condition(slug: str, how: str, text: str, columns: Sequence[str], notices: list[str]) -> Condition | None:
    text = " ".join(text.replace("\0", " ").split())[:LONGEST_QUERY].strip()
    if slug not in columns:
        notices.append(_unknown(slug))
    elif how not in set(How):
        notices.append(f"A column is not filtered by “{_short(how)}”: that part of the address was left out.")
    elif How(how) in OF_NUMBERS and not is_number(text):
        notices.append(f"“{_short(text)}” is no number: nothing is more or less than that.")
    elif text or how == How.NONE:
        return Condition(slug, How(how), "" if how == How.NONE else text)
    return None


def _sort(given: Mapping[str, Sequence[str]], columns: Sequence[str], notices: list[str]) -> tuple[str, bool]:
    sort, direction = _last(given, "sort"), _last(given, "dir") or "asc"
    if direction not in DIRECTIONS:
        notices.append(f"Rows are sorted “asc” or “desc”: “{_short(direction)}” was left out.")
    if sort and sort not in columns:
        notices.append(_unknown(sort))
        sort = ""
    return sort, bool(sort) and DIRECTIONS.get(direction, False)


def _columns(wanted: Sequence[str], columns: Sequence[str], notices: list[str]) -> tuple[str, ...]:
    """The value columns that are named, in that order, each once; all where none is."""
    notices += [_unknown(slug) for slug in dict.fromkeys(wanted) if slug and slug not in columns]
    return tuple(dict.fromkeys(slug for slug in wanted if slug in columns[1:])) or tuple(columns[1:])


def _chosen(given: Mapping[str, Sequence[str]], columns: Sequence[str], notices: list[str]) -> tuple[str, ...]:
    """What the list of columns spells in other fields: those that are ticked, after a press on one of its buttons."""
    if "all" in given:
        return tuple(columns[1:])
    shown = list(_columns(given["show"], columns, notices))
    earlier = _last(given, "earlier")
    slug = earlier or _last(given, "later")
    if slug in shown:
        place = shown.index(slug)
        shown.remove(slug)
        shown.insert(max(place - 1, 0) if earlier else place + 1, slug)
    return tuple(shown)


def _covered(
    given: Mapping[str, Sequence[str]],
    values: Sequence[str],
    before: Sequence[str],
    shown: Sequence[str],
    notices: list[str],
) -> tuple[str, ...]:
    """
    The columns to hide: all where the address names none, none where it names an empty one.

    What was not shown `before` is hidden too, or choosing columns would tell what is to be recalled.
    """
    if "cover" not in given:
        return tuple(shown)
    wanted = [slug for slug in given["cover"] if slug]
    notices += [_unknown(slug) for slug in wanted if slug not in values]
    return tuple(slug for slug in shown if slug in wanted or slug not in before)


def _page(given: Mapping[str, Sequence[str]]) -> int:
    return max(number_in(_last(given, "page")), 1)


def _unknown(slug: str) -> str:
    return f"This table has no column “{_short(slug)}”: that part of the address was left out."


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "…"
