"""Plain Python: the row of blocks in, each of them given to the topic or table it belongs to out."""

from collections import Counter

from tables.reader.blocks import Block, BlockKind
from tables.reader.building.context import Context
from tables.reader.building.directives import is_directive, read_directive, warn_of_lost
from tables.reader.building.drafts import Draft, TableDraft, TopicDraft
from tables.reader.building.labels import label_of
from tables.reader.building.outline import Outline, Role, Section, enter
from tables.reader.building.parts import Part, is_silent
from tables.reader.forms import fold


class Assembler:
    """
    Goes through the blocks once. `pending` are those since the last heading or table, whose place is not yet known.

    `guide_title` names tables above which no heading stands.
    """

    def __init__(self, outline: Outline, guide_title: str, context: Context) -> None:
        self.outline = outline
        self.guide_title = guide_title
        self.context = context
        self.draft = Draft()
        self.path: list[Section] = []
        self.topic: TopicDraft | None = None
        self.table: TableDraft | None = None
        self.names: Counter[str] = Counter()
        self.pending: list[Part] = []
        self.count = 0

    def assemble(self, parts: list[Part]) -> Draft:
        """Sort all parts; stops with an error where there are too many tables or topics."""
        for part in parts:
            section = self.outline.sections.get(part.block)
            if section:
                self._flush()
                if not self._enter(section):
                    return self.draft
            elif part.block.kind is BlockKind.TABLE:
                if not self._add_table(part.block):
                    return self.draft
            elif part.block.kind is not BlockKind.HEADING or not part.is_top:
                self.pending.append(part)
        self._flush()
        return self.draft

    def _enter(self, section: Section) -> bool:
        """Go below a heading; tells whether there is room for it."""
        enter(self.path, section)
        self.table = None
        self.names.clear()
        if section.role is not Role.TOPIC:
            return True
        most = self.context.limits.topics
        if len(self.draft.topics) >= most:
            message = f"The document has more than {most:,} topics; “{section.text}” is the first too many."
            self.context.problems.error("too-many-topics", section.block.line, message, "Split it into several guides.")
            return False
        self.topic = TopicDraft(section.text, section.block.line)
        self.draft.topics.append(self.topic)
        return True

    # Text

    def _flush(self) -> None:
        """Give what is pending to the table above it or to its heading."""
        section = self.path[-1] if self.path else None
        parts = self._take_pending()
        if self.table:
            self._give_notes(self.table, parts)
        elif section and section.role is Role.TITLE and not section.names_table:
            self._give_stray([Part(section.block), *parts])
        elif section and section.role is Role.TITLE:
            self._give_stray(parts)
        else:
            self._give_intro(section, parts)

    def _take_pending(self) -> list[Part]:
        parts, self.pending = self.pending, []
        for part in parts:
            if is_directive(part.block):
                warn_of_lost(part.block, self.context.problems)
        return parts

    def _give_intro(self, section: Section | None, parts: list[Part]) -> None:
        """To the topic or to the guide, whichever heading stands above."""
        is_topic = section and section.role is Role.TOPIC and self.topic
        target = self.topic.intro if is_topic and self.topic else self.draft.intro
        target.extend(parts)

    def _give_stray(self, parts: list[Part]) -> None:
        """Text below a heading without a table: to the table above it in the topic, else to the topic or the guide."""
        if self.topic and self.topic.tables:
            self.topic.tables[-1].notes.extend(parts)
        elif self.topic:
            self.topic.intro.extend(parts)
        else:
            self.draft.intro.extend(parts)

    def _give_notes(self, table: TableDraft, parts: list[Part]) -> None:
        """Text straight after a table: first the list that may be attached to it, then notes."""
        heard = [part for part in parts if not is_silent(part.block)]
        label, taken = self._attached_list(heard) if not table.notes else ("", 0)
        if taken and not table.points:
            table.points = label, heard[taken - 1]
            heard = heard[taken:]
        table.notes.extend(heard)

    def _attached_list(self, parts: list[Part]) -> tuple[str, int]:
        """The label of the list that these parts begin with, and how many of them are the list and its label."""
        kinds = [part.block.kind for part in parts[:2]]
        if kinds[:1] == [BlockKind.LIST]:
            return "", 1
        label = self._label(parts[0].block) if kinds[1:] == [BlockKind.LIST] else None
        return (label, 2) if label else ("", 0)

    def _label(self, block: Block) -> str | None:
        return label_of(block, self.context.renderer, self.context.limits.heading_length)

    # Tables

    def _add_table(self, block: Block) -> bool:
        """Take up a table with its label and directive; tells whether there is room for it."""
        self.count += 1
        if self.count > self.context.limits.tables:
            message = f"The document has more than {self.context.limits.tables:,} tables; the rest was not read."
            self.context.problems.error("too-many-tables", block.line, message, "Split it by topic.")
            return False
        section = self.path[-1] if self.path else None
        table = TableDraft(block, section.text if section else self.guide_title, self._steps(), section)
        self._take_label(table)
        self._give_lead(table)
        table.title = table.directive.get("title", table.title)
        table.companion = bool(table.label) and self.table is not None
        name = fold(f"{table.title}: {table.label}" if table.companion else table.title)
        self.names[name] += 1
        table.number = self.names[name]
        self._current_topic(block.line).tables.append(table)
        self.table = table
        return True

    def _steps(self) -> tuple[str, ...]:
        """The headings between the topic and the title."""
        return tuple(section.text for section in self.path[:-1] if section.role is Role.TITLE)

    def _take_label(self, table: TableDraft) -> None:
        """Take the label and the directive off the end of what is pending, in either order."""
        top = table.block.line
        for _ in range(2):
            part = self._last_heard()
            if part is None or part.block.last_line + 2 < top:
                return
            if is_directive(part.block) and not table.directive:
                table.directive = read_directive(part.block, self.context.problems)
            elif not table.label and (label := self._label(part.block)):
                table.label = label
            else:
                return
            top = part.block.line
            self.pending.pop()

    def _last_heard(self) -> Part | None:
        """The last pending part that is a directive or shows something."""
        while self.pending and is_silent(self.pending[-1].block) and not is_directive(self.pending[-1].block):
            self.pending.pop()
        return self.pending[-1] if self.pending else None

    def _give_lead(self, table: TableDraft) -> None:
        """Give the text above a table to the table before it, to its topic, or to itself as introduction."""
        if self.table is None and (table.section is None or table.section.role is Role.TITLE):
            table.intro = self._take_pending()
        else:
            self._flush()

    def _current_topic(self, line: int) -> TopicDraft:
        if self.topic is None:
            self.topic = TopicDraft("", line)
            self.draft.topics.append(self.topic)
        return self.topic
