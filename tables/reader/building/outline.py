"""Plain Python: the headings of a document in, its title and what each heading is to the tables below it out."""

from dataclasses import dataclass
from enum import StrEnum

from tables.reader.blocks import Block, BlockKind
from tables.reader.building.parts import Part


class Role(StrEnum):
    """What a heading stands for."""

    GUIDE = "guide"
    TOPIC = "topic"
    TITLE = "title"


@dataclass(slots=True, eq=False)
class Section:
    """A heading and what it is; `names_table` says that it is the title or in the path of a table."""

    block: Block
    level: int
    text: str
    role: Role = Role.TITLE
    names_table: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings by block, the text that may serve as the guide's title ("" if none), and the level of its topics."""

    sections: dict[Block, Section]
    title: str
    topic_level: int


def outline(parts: list[Part], texts: dict[Block, str], *, has_title: bool) -> Outline:
    """
    Sort out the headings. `texts` are their plain texts; empty ones count as none.

    `has_title` says that the front matter names the guide. One heading of level 1 is the guide; several are topics.
    """
    sections = {block: Section(block, block.level, text) for block, text in texts.items() if text}
    found = list(sections.values())
    guide = _guide_section(found, parts, has_title=has_title)
    if guide:
        guide.role = Role.GUIDE
    many = sum(section.level == 1 for section in found) > 1
    topic_level = 1 if many else guide.level + 1 if guide else 2
    for section in found:
        if section.level == topic_level and section is not guide:
            section.role = Role.TOPIC
    _mark_used(parts, sections)
    title = guide.text if guide else "" if many else _first_text(found, parts)
    return Outline(sections, title, topic_level)


def _guide_section(found: list[Section], parts: list[Part], *, has_title: bool) -> Section | None:
    """The one heading that names the whole document, if there is one."""
    firsts = [section for section in found if section.level == 1]
    if firsts or not found or has_title:
        return firsts[0] if len(firsts) == 1 else None
    first, rest = found[0], found[1:]
    is_above_all = rest and all(section.level > first.level for section in rest)
    return first if is_above_all and first.block.line < _first_table_line(parts) else None


def _first_text(found: list[Section], parts: list[Part]) -> str:
    return found[0].text if found and found[0].block.line < _first_table_line(parts) else ""


def _first_table_line(parts: list[Part]) -> float:
    return next((part.block.line for part in parts if part.block.kind is BlockKind.TABLE), float("inf"))


def _mark_used(parts: list[Part], sections: dict[Block, Section]) -> None:
    """Mark every heading that a table takes its title or a step of its path from."""
    path: list[Section] = []
    for part in parts:
        section = sections.get(part.block)
        if section:
            enter(path, section)
        elif part.block.kind is BlockKind.TABLE:
            for step in path:
                step.names_table = True


def enter(path: list[Section], section: Section) -> None:
    """Put a heading at the end of the path, in the place of those of its level or below."""
    while path and path[-1].level >= section.level:
        path.pop()
    path.append(section)
