"""Plain Python: plain text in, Markdown that reads back as that text out."""

import re
from collections.abc import Mapping

from tables.reader.blocks import Block, BlockKind, scan
from tables.reader.blocks.rules import HEADING_END
from tables.reader.building.labels import label_of
from tables.reader.front_matter import KNOWN_KEYS
from tables.reader.inline import Renderer
from tables.reader.limits import LIMITS

MEANT = re.compile(r"[\\`*_\[\]<>&~#]")
FRONT_MATTER = ("id", "title", "description", "author", "licence", "source", "lang", "tags")
DIRECTIVE = ("id", "title", "kind", "subject", "skip", "none")


class Speller:
    """Writes what the site keeps as plain text. Escapes only where the text would read differently without."""

    def __init__(self) -> None:
        self.renderer = Renderer()

    def heading(self, level: int, words: str) -> str:
        """A heading line."""
        return f"{'#' * level} {self._spell(words)}"

    def label(self, words: str) -> str:
        """The line that names the table or list below it: bold with a colon, or what else reads back."""
        raw, escaped = (form.replace("\n", "<br>") for form in (words, _escape(words)))
        lines = (f"**{raw}:**", f"**{escaped}:**", f"{raw}:", f"{escaped}:")
        return next((line for line in lines if self._reads_as_label(line, words)), lines[1])

    def names_what_follows(self, block: Block) -> bool:
        """Whether a block, put directly above a table or list, would be taken for its label."""
        return label_of(block, self.renderer, LIMITS.heading_length) is not None

    def _spell(self, words: str) -> str:
        is_plain = "[" not in words and not HEADING_END.search(words) and self.renderer.inline(words).text == words
        return words if is_plain else _escape(words)

    def _reads_as_label(self, line: str, words: str) -> bool:
        if "[" in line.replace("\\[", ""):
            return False
        block = scan([line]).root.children[0]
        return block.kind is BlockKind.PARAGRAPH and label_of(block, self.renderer, LIMITS.heading_length) == words


def _escape(words: str) -> str:
    return MEANT.sub(r"\\\g<0>", words)


def front_matter(pairs: Mapping[str, str]) -> str:
    """The lines between which a document says what it is; empty when it says nothing. Always in the same order."""
    if not pairs:
        return ""
    keys = [*(key for key in FRONT_MATTER if key in pairs), *sorted(pairs.keys() - KNOWN_KEYS)]
    return "\n".join(["---", *(f"{key}: {_quoted(pairs[key])}".rstrip() for key in keys), "---"])


def _quoted(value: str) -> str:
    """The value, in quotes where it would lose something without."""
    loses = value != value.strip() or (len(value) > 1 and value[0] == value[-1] and value[0] in "\"'")
    return f'"{value}"' if loses else value


def directive(keys: Mapping[str, str]) -> str:
    """The comment that sets keys for the table below it."""
    return f"<!-- study: {' '.join(_pair(key, keys[key]) for key in DIRECTIVE if key in keys)} -->"


def guide_comment(title: str) -> str:
    """The comment that names a document whose topics are headings of level 1."""
    return f"<!-- study-guide: {_pair('title', title.replace('-->', '→'))} -->"


def _pair(key: str, value: str) -> str:
    if '"' not in value:
        return f'{key}="{value}"'
    return f"{key}='{value.replace(chr(39), '’')}'"


def link_definitions(links: Mapping[str, Mapping[str, str]]) -> str:
    """The addresses that references in a document point to, a line for each label."""
    return "\n".join(_definition(label, **links[label]) for label in sorted(links))


def _definition(label: str, address: str, title: str) -> str:
    definition = f"[{label}]: <{re.sub(r'[\\<>&]', r'\\\g<0>', address)}>"
    spelled = f'{definition} "{re.sub(r"[\\\"&]", r"\\\g<0>", title)}"' if title else definition
    return spelled.replace("\n", "&#10;")
