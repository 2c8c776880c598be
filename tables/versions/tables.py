"""Plain Python: the topics and tables of a stored guide and of a newer reading in, which is which out."""

from collections.abc import Hashable

from tables.reader import document
from tables.reader.document import Reading
from tables.versions.grids import Grid, form, grid_of_reading, grid_of_state, standing
from tables.versions.matching import Features, Matching, match_likest, match_names, overlaps
from tables.versions.state import GuideState, TableState, TopicState

SAME_SUBJECTS = 0.5
SAME_FACTS = 0.6
SAME_TABLES = 0.5


class _Side:
    """The tables of one version by place: their names as (topic, title, label), their ids and grids."""

    def __init__(self, names: list[tuple[str, str, str]], ids: list[str], grids: list[Grid]) -> None:
        self.names = [(form(topic), form(title), form(label)) for topic, title, label in names]
        self.ids, self.grids = ids, grids
        self.facts = {place: grid.facts() for place, grid in enumerate(grids)}


def match_tables(old: GuideState, new: Reading) -> Matching:
    """
    Match by directive id, then by topic, title and label, then by title and label elsewhere, then by content.

    Places are those of `old.tables` and of the reading's tables. Live tables go before archived ones in each half.
    """
    olds, news = _side_of_state(old), _side_of_reading(new)
    live = [place for place, table in enumerate(old.tables) if table.archived_at is None]
    archived = [place for place, table in enumerate(old.tables) if table.archived_at is not None]
    matching = Matching()
    for places in (live, archived):
        _match_by_name(matching, olds, news, places)
    for places in (live, archived):
        _match_by_content(matching, olds, news, places)
    return matching


def _side_of_state(guide: GuideState) -> _Side:
    topics = {topic.key: topic.title for topic in guide.topics}
    return _Side(
        names=[(topics[table.topic], table.title, table.label) for table in guide.tables],
        ids=[table.directive.get("id", "") for table in guide.tables],
        grids=[_standing_grid(table) for table in guide.tables],
    )


def _standing_grid(table: TableState) -> Grid:
    return grid_of_state(table, standing(table, table.columns), standing(table, table.rows))


def _side_of_reading(reading: Reading) -> _Side:
    tables = [(topic, table) for topic in reading.topics for table in topic.tables]
    return _Side(
        names=[(topic.title, table.title, table.label) for topic, table in tables],
        ids=[table.directive.get("id", "") for _, table in tables],
        grids=[grid_of_reading(table) for _, table in tables],
    )


def _match_by_name(matching: Matching, olds: _Side, news: _Side, places: list[int]) -> None:
    for name_of in (_id_name, _full_name, _name_elsewhere):
        old_names = {place: name for place in places if (name := name_of(olds, place)) is not None}
        new_names = {place: name for place in range(len(news.names)) if (name := name_of(news, place)) is not None}
        match_names(matching, old_names, new_names, olds.facts, news.facts)


def _id_name(side: _Side, place: int) -> Hashable:
    return side.ids[place] or None


def _full_name(side: _Side, place: int) -> Hashable:
    return side.names[place]


def _name_elsewhere(side: _Side, place: int) -> Hashable:
    return side.names[place][1:]


def _match_by_content(matching: Matching, olds: _Side, news: _Side, places: list[int]) -> None:
    for features_of, least in ((_subjects_under_header, SAME_SUBJECTS), (_facts, SAME_FACTS)):
        old = {place: features_of(olds, place) for place in matching.free_old(places)}
        new = {place: features_of(news, place) for place in matching.free_new(range(len(news.names)))}
        match_likest(matching, _shares(old, new), least=least)


def _shares(old: Features, new: Features) -> dict[tuple[int, int], float]:
    """For each pair with something in common its share of the features of the one that has more."""
    return {
        (one, other): count / max(len(old[one]), len(new[other])) for (one, other), count in overlaps(old, new).items()
    }


def _subjects_under_header(side: _Side, place: int) -> frozenset[Hashable]:
    grid = side.grids[place]
    header = tuple(sorted(grid.headers))
    return frozenset((header, subject) for subject in grid.subjects)


def _facts(side: _Side, place: int) -> frozenset[Hashable]:
    return side.facts[place]


def match_topics(old: GuideState, new: Reading, tables: Matching) -> Matching:
    """
    Match topics by title, then by the tables they hold.

    A topic renamed is no guess: its tables were found by their own names. Nothing a learner knows hangs on topics.
    """
    held_old = _tables_of_topics(old)
    held_new = _tables_of_new_topics(new, tables)
    titles = {place: form(topic.title) for place, topic in enumerate(new.topics)}
    matching = Matching()
    for is_archived in (False, True):
        names = {
            place: form(topic.title)
            for place, topic in enumerate(old.topics)
            if (topic.archived_at is not None) is is_archived
        }
        match_names(matching, names, titles, held_old, held_new)
    free_old = {place: held_old[place] for place in matching.free_old(range(len(old.topics)))}
    free_new = {place: held_new[place] for place in matching.free_new(titles)}
    match_likest(matching, _shares(free_old, free_new), least=SAME_TABLES)
    return matching


def _tables_of_topics(guide: GuideState) -> dict[int, frozenset[Hashable]]:
    def held(topic: TopicState) -> frozenset[Hashable]:
        tables = enumerate(guide.tables)
        return frozenset(p for p, t in tables if t.topic == topic.key and t.archived_at == topic.archived_at)

    return {place: held(topic) for place, topic in enumerate(guide.topics)}


def _tables_of_new_topics(reading: Reading, tables: Matching) -> dict[int, frozenset[Hashable]]:
    place = 0
    held: dict[int, frozenset[Hashable]] = {}
    for number, topic in enumerate(reading.topics):
        places = range(place, place := place + len(topic.tables))
        held[number] = frozenset(tables.old_of[p] for p in places if p in tables.old_of)
    return held


def first_of_heading(tables: list[tuple[int, document.Table]]) -> dict[int, int]:
    """
    For each companion its place and the place of the table on whose page it is shown: the first of its heading.

    Where a directive hides the name of that heading, that is the table before it, or the one that is shown with.
    """
    first: dict[tuple[int, tuple[str, ...], str], int] = {}
    shown_with: dict[int, int] = {}
    for place, (topic, table) in enumerate(tables):
        heading = (topic, table.path, table.title)
        if table.companion and place:
            shown_with[place] = first.get(heading, shown_with.get(place - 1, place - 1))
        first.setdefault(heading, place)
    return shown_with
