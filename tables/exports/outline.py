"""Plain Python: which headings a guide needs, and at which level, to read back with the same topics and paths."""

from collections.abc import Iterable, Sequence
from itertools import chain

from tables.reader.blocks import BlockKind, scan
from tables.versions.state import GuideState, Prose, TableState, live

DEEPEST = 6
HEADINGS = ("<h4>", "<h5>", "<h6>")


def topic_level(guide: GuideState) -> int:
    """
    The level of the headings of topics: 2 below the guide's title, or 1 where only that leaves room for all else.

    Text may hold headings of level 2 that name no table, and paths may be too deep.
    """
    tables = live(guide.tables)
    is_deep = any(len(table.path) + 3 > DEEPEST for table in tables)
    prose = chain(guide.intro, *(topic.intro for topic in guide.topics), *(t.intro + t.notes for t in tables))
    needs_room = is_deep or any(heading_level(note) == 2 for note in prose)
    return 1 if needs_room and sum(topic.title != "" for topic in live(guide.topics)) > 1 else 2


def heading_level(note: dict[str, str]) -> int:
    """The level of the heading that a note is; 0 for another note."""
    if not note["html"].startswith(HEADINGS):
        return 0
    blocks = scan(note["source"].split("\n")).root.children
    return blocks[0].level if blocks and blocks[0].kind is BlockKind.HEADING else 0


class Outline:
    """The headings below a topic that are open at one place, as the reader keeps them: level and text."""

    def __init__(self, level: int) -> None:
        self.level = level
        self.open: list[tuple[int, str]] = []
        self.name = ""

    def enter(self, level: int, text: str) -> None:
        """Go below a heading, which closes those of its level and deeper."""
        self.open = [entry for entry in self.open if entry[0] < level]
        self.open.append((level, text))
        self.name = text

    def enter_topic(self, title: str) -> None:
        """Go below the heading of a topic or, before any topic, of the guide."""
        self.open.clear()
        self.name = title

    def pass_over(self, prose: Prose) -> None:
        """Take note of headings within text."""
        for note in prose:
            if level := heading_level(note):
                self.enter(level, note["source"])

    def missing(self, path: Sequence[str], title: str) -> list[tuple[int, str]]:
        """The headings to write so that a table of this title stands below this path, its own last."""
        wanted = [(self.level + number, text) for number, text in enumerate([*path, title], start=1)]
        known = 0
        while known < len(path) and self.open[known : known + 1] == [wanted[known]]:
            known += 1
        return wanted[known:]


def sections(tables: Sequence[TableState]) -> list[list[TableState]]:
    """The tables of a topic by the heading they stand below: a companion or second of a name stays with the first."""
    grouped: list[list[TableState]] = []
    for place, table in enumerate(tables):
        if grouped and _joins(table, tables[place + 1 :], grouped[-1]):
            grouped[-1].append(table)
        else:
            grouped.append([table])
    return grouped


def _joins(table: TableState, following: Sequence[TableState], section: list[TableState]) -> bool:
    name = section_name(section)
    is_named = "title" in table.directive
    if table.path != section[0].path or table.intro:
        return False
    if table.shown_with or table.number > 1:
        return is_named or table.title == name or all("title" in other.directive for other in section)
    if table.label:
        return False
    return _goes_on(name, following) if is_named else _is_followed(section, following)


def _goes_on(name: str, following: Iterable[TableState]) -> bool:
    """Whether a later table that names itself by its heading says that it stands below the same one."""
    after = next((table for table in following if "title" not in table.directive), None)
    return after is not None and after.title == name and bool(after.shown_with or after.number > 1)


def _is_followed(section: Sequence[TableState], following: Iterable[TableState]) -> bool:
    """Whether a later table has a number that counts from tables whose titles all come from directives."""
    titles = {table.title for table in section if "title" in table.directive}
    return len(titles) == len(section) and any(
        "title" in table.directive and table.number > 1 and table.title in titles for table in following
    )


def section_name(section: Sequence[TableState]) -> str:
    """The text of the heading above tables; a title set by a directive hides it."""
    return next((table.title for table in section if "title" not in table.directive), section[0].title)
