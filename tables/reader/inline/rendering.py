"""Plain Python: the Markdown of one cell, title or point in, its plain text and its safe HTML out."""

import re
import threading
import unicodedata
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from tables.reader.cleaning import clean_blocks, clean_inline, escape
from tables.reader.document import Cell
from tables.reader.inline.extension import WRAPPER, InlineExtension, StudyInline, spoken_text
from tables.reader.inline.pieces import Known
from tables.reader.inline.rules import HIDDEN

MARKUP = re.compile(r"[\\`<&\[*_\n]|~~")
RUNS = re.compile(r"\*+|_+|~~+")
BREAKS = re.compile(r"[ \t]*+\n[ \t]*+")
STASH_MARKS = str.maketrans("\x02\x03", "\ufffd\ufffd")


@dataclass(frozen=True, slots=True)
class Caps:
    """How much markup one text may hold before it is shown as it was written."""

    length: int = 4_000
    runs: int = 200
    brackets: int = 200


CAPS = Caps()
NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Rendered:
    """
    One text, rendered.

    `is_capped` says that it held too much markup and is shown as written, `kept_stars` that a star was read as
    arithmetic where GFM reads emphasis; `missing` are reference labels without a definition, `unknown` tags that HTML
    does not know and that are not shown, `footnotes` its marks.
    """

    text: str
    html: str
    is_capped: bool = False
    kept_stars: bool = False
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()


class Renderer:
    """Renders the texts of one document, with one Markdown instance. Not to be shared between threads."""

    def __init__(self, known: Known = NOTHING, caps: Caps = CAPS) -> None:
        self.caps = caps
        self.markdown = Markdown(extensions=[InlineExtension()], output_format="html")
        self.pattern = self._pattern()
        self.pattern.known = known

    def _pattern(self) -> StudyInline:
        pattern = self.markdown.inlinePatterns["study"]
        assert isinstance(pattern, StudyInline)
        return pattern

    def inline(self, source: str) -> Rendered:
        """
        One line of inline Markdown. Plain text without any markup takes a short way.

        What passes the caps is never given to Markdown.
        """
        shown = HIDDEN.sub("", source.translate(STASH_MARKS))
        if not holds_markup(shown):
            return _as_written(shown)
        if self.is_too_much(shown):
            return _as_written(shown, is_capped=True)
        root = Element("div")
        SubElement(root, WRAPPER).text = shown
        text, fragment = self._run(root)
        return Rendered(
            _normal(text),
            clean_inline(fragment),
            kept_stars=self.pattern.kept_stars,
            missing=tuple(self.pattern.missing),
            unknown=tuple(self.pattern.unknown),
            footnotes=tuple(self.pattern.footnotes),
        )

    def blocks(self, root: Element) -> Rendered:
        """A tree of block elements whose texts are inline Markdown, already within the caps."""
        text, fragment = self._run(root)
        spoken = unicodedata.normalize("NFC", HIDDEN.sub("", text)).strip(" \t\n")
        return Rendered(spoken, clean_blocks(fragment).strip(), footnotes=tuple(self.pattern.footnotes))

    def is_too_much(self, text: str, caps: Caps | None = None) -> bool:
        """Whether a text holds more than the caps allow. Long runs count as if each pair of marks were a run."""
        caps = caps or self.caps
        if len(text) > caps.length or max(text.count("["), text.count("]")) > caps.brackets:
            return True
        lengths = [len(run) for run in RUNS.findall(text)]
        return max(len(lengths), sum(lengths) // 2) > caps.runs

    def _run(self, root: Element) -> tuple[str, str]:
        """The text and the HTML of a tree, before cleaning."""
        self.pattern.forget()
        self.markdown.htmlStash.reset()
        for processor in self.markdown.treeprocessors:
            processor.run(root)
        text = spoken_text(root, self.markdown)
        fragment = self.markdown.serializer(root).replace(f"<{WRAPPER}>", "").replace(f"</{WRAPPER}>", "")
        fragment = fragment.removeprefix("<div>").removesuffix("</div>")
        for postprocessor in self.markdown.postprocessors:
            fragment = postprocessor.run(fragment)
        return text, fragment


def holds_markup(text: str) -> bool:
    """Whether Markdown could make anything of a text."""
    return MARKUP.search(text) is not None


def _as_written(text: str, *, is_capped: bool = False) -> Rendered:
    return Rendered(_normal(text), escape(text), is_capped=is_capped)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", BREAKS.sub("\n", text)).strip(" \t\n")


_standing = threading.local()


def render_cell(source: str, known: Known = NOTHING) -> Cell:
    """
    One cell's Markdown (with `|`, not `\\|`) as a cell.

    Keeps one Markdown instance for each thread.
    """
    if not hasattr(_standing, "renderer"):
        _standing.renderer = Renderer()
    renderer: Renderer = _standing.renderer
    renderer.pattern.known = known
    rendered = renderer.inline(source)
    return Cell(source, rendered.text, rendered.html)
