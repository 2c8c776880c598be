"""Plain Python: a comment above a table in, the keys it sets for that table out."""

import re

from tables.reader.blocks import Block, BlockKind
from tables.reader.document import Kind
from tables.reader.problems import Problems

DIRECTIVE = re.compile(r"\s*<!--\s*study:(.*?)-->\s*", re.DOTALL)
TITLE = re.compile(r"\s*<!--\s*study-guide:(.*?)-->\s*", re.DOTALL)
PAIR = re.compile(r"\s*([A-Za-z][\w-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))(?=\s|$)")
KEYS = frozenset({"kind", "id", "subject", "skip", "none", "title"})
VALUES = {"kind": frozenset(kind.value for kind in Kind), "none": frozenset({"value", "placeholder"})}


def is_directive(block: Block) -> bool:
    """Whether a block is a comment that speaks to this reader."""
    return block.kind is BlockKind.HTML and DIRECTIVE.fullmatch("\n".join(block.lines)) is not None


def title_of_comment(root: Block) -> str:
    """The title that `<!-- study-guide: title="..." -->` gives to a document whose topics are headings of level 1."""
    first = "\n".join(root.children[0].lines) if root.children else ""
    found = TITLE.fullmatch(first)
    pair = PAIR.match(found[1]) if found else None
    title = next((part for part in pair.groups()[1:] if part is not None), "") if pair else ""
    return " ".join(title.split()) if pair and pair[1].lower() == "title" else ""


def read_directive(block: Block, problems: Problems) -> dict[str, str]:
    """The keys of a directive; what is unknown or unreadable is left out with a warning."""
    found = DIRECTIVE.fullmatch("\n".join(block.lines))
    text = found[1] if found else ""
    keys: dict[str, str] = {}
    position = 0
    while pair := PAIR.match(text, position):
        position = pair.end()
        key, value = pair[1].lower(), next(part for part in pair.groups()[1:] if part is not None)
        if key not in KEYS:
            _warn(problems, block, f"The key “{key}” of the directive is not known; it was left out.")
        elif key in VALUES and value.lower() not in VALUES[key]:
            _warn(problems, block, f"“{value}” is no {key} of a table; it was left out.", sorted(VALUES[key]))
        else:
            keys[key] = value.lower() if key in VALUES else value
    if text[position:].strip():
        _warn(problems, block, f"“{text[position:].strip()}” in the directive is no key=value; it was left out.")
    return keys


def warn_of_lost(block: Block, problems: Problems) -> None:
    """Say that a directive stands above no table."""
    _warn(problems, block, "This directive is not directly above a table; it was left out.")


def _warn(problems: Problems, block: Block, message: str, choices: list[str] | None = None) -> None:
    advice = f"Known are: {', '.join(choices or sorted(KEYS))}."
    problems.warn("directive", block.line, message, advice, last_line=block.last_line)
