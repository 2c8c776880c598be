"""Plain Python: topics and tables while a document is being sorted into them, before anything is rendered."""

from dataclasses import dataclass, field

from tables.reader.blocks import Block
from tables.reader.building.outline import Section
from tables.reader.building.parts import Part


@dataclass(slots=True, eq=False)
class TableDraft:
    """A table and the parts that belong to it. `number` counts equal names below one heading from 1."""

    block: Block
    title: str
    path: tuple[str, ...]
    section: Section | None
    label: str = ""
    companion: bool = False
    number: int = 1
    intro: list[Part] = field(default_factory=list)
    notes: list[Part] = field(default_factory=list)
    points: tuple[str, Part] | None = None
    directive: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class TopicDraft:
    """A topic, its introduction and its tables."""

    title: str
    line: int
    intro: list[Part] = field(default_factory=list)
    tables: list[TableDraft] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Draft:
    """A document sorted into topics. `intro` is what stands below its title."""

    intro: list[Part] = field(default_factory=list)
    topics: list[TopicDraft] = field(default_factory=list)
