"""Plain Python: the list attached to a table in, its points out, with those that read as a decision."""

import re

from tables.reader.blocks import Block, BlockKind
from tables.reader.building.context import Context
from tables.reader.building.labels import is_bold
from tables.reader.building.parts import Part, shown_lines
from tables.reader.document import Point, PointList
from tables.reader.inline import Renderer

ARROW = re.compile("-{1,2}>|={1,2}>|[→⇒➔➜⟶⟹]")
ASKING = re.compile(r"(need|want|if|when|you|must|should|looking)\b", re.IGNORECASE)
NAME_FIRST = re.compile(
    r"(?P<mark>\*\*|__)(?P<name>[^*_\n]+?)(?P<inner>[:：])?(?P=mark)[ \t]*(?P<outer>[:：])?[ \t]*(?P<when>.+)"
)
NAME_SECOND = re.compile(r"(?:use|choose|pick)[ \t]+(\*\*|__)([^*_\n]+?)\1[ \t]+((?:for|when|if)\b.+)", re.IGNORECASE)
CONDITION = re.compile(r"(when|if|for)\b", re.IGNORECASE)

type Decision = tuple[str, str, str]
"""The shape, the Markdown of the question and that of its answer."""


def make_points(label: str, part: Part, context: Context) -> PointList:
    """The items of a list as points. Nested items stay in theirs, their text on lines of its own."""
    block = part.block
    points = [_make_point(item, context, is_top=part.is_top) for item in block.children]
    decisions = [_read_decision(_leaves(item), context.renderer) for item in block.children]
    shapes = [decision[0] for decision in decisions if decision]
    shape = max(set(shapes), key=shapes.count) if shapes else ""
    is_asked = shapes.count(shape) > 1 and shapes.count(shape) * 2 > len(points)
    if is_asked:
        pairs = zip(points, decisions, strict=True)
        points = [_with_decision(point, decision, shape, context.renderer) for point, decision in pairs]
    return PointList(label, block.line, block.last_line, tuple(points), asks=is_asked and shape == "arrow")


def _leaves(item: Block) -> list[Block]:
    """The blocks with lines in an item, in order. Without recursion."""
    leaves: list[Block] = []
    stack = list(reversed(item.children))
    while stack:
        block = stack.pop()
        leaves += [block] if block.lines else []
        stack.extend(reversed(block.children))
    return leaves


def _make_point(item: Block, context: Context, *, is_top: bool) -> Point:
    texts: list[str] = []
    fragments: list[str] = []
    for leaf in _leaves(item):
        lines = leaf.lines if leaf.kind in (BlockKind.FENCE, BlockKind.CODE) else ["\n".join(shown_lines(leaf))]
        for line in lines:
            rendered = context.renderer.inline(line)
            context.note_markup(rendered, leaf.line)
            texts.append(rendered.text)
            fragments.append(rendered.html)
    source = _source(item, context) if is_top or item.line == item.last_line else _inner_source(item)
    return Point(item.line, source, "\n".join(texts), "<br>".join(fragments))


def _inner_source(item: Block) -> str:
    """The Markdown of an item of several lines inside a list or quote, without the marks of those."""
    return "\n\n".join("\n".join(leaf.lines) for leaf in _leaves(item))


def _source(item: Block, context: Context) -> str:
    """The Markdown of an item without its marker and the indentation of its lines."""
    first, *rest = context.lines[item.line - 1 : item.last_line]
    margin = " " * item.indent
    content = re.sub(r"^.*?(?:[-+*]|[0-9]{1,9}[.)])[ \t]*", "", first, count=1)
    return "\n".join([content, *(line.removeprefix(margin) for line in rest)]).strip(" \t\n")


def _read_decision(leaves: list[Block], renderer: Renderer) -> Decision | None:
    """The decision that the first line of an item spells out."""
    line = leaves[0].lines[0] if leaves and leaves[0].kind is BlockKind.PARAGRAPH else ""
    parts = [part.strip(" \t") for part in ARROW.split(line)]
    if len(parts) == 2 and all(parts) and parts[0].count("`") % 2 == 0:
        question, answer = parts
        is_question = question.rstrip("*_ ").endswith(("?", "？", "؟")) or ASKING.match(question.lstrip("*_"))
        return ("arrow", question, answer) if is_question or is_bold(renderer.inline(answer).html) else None
    if second := NAME_SECOND.fullmatch(line):
        return "use", second[3], second[2]
    first = NAME_FIRST.fullmatch(line)
    if first and (first["inner"] or first["outer"]) and CONDITION.match(first["when"]):
        return "name", first["when"], first["name"]
    return None


def _with_decision(point: Point, decision: Decision | None, shape: str, renderer: Renderer) -> Point:
    if decision is None or decision[0] != shape:
        return point
    question, answer = (renderer.inline(part).text for part in decision[1:])
    return Point(point.line, point.source, point.text, point.html, question, answer)
