"""Plain Python: what every step of building one document shares."""

from dataclasses import dataclass

from tables.reader.inline import Rendered, Renderer
from tables.reader.limits import Limits
from tables.reader.problems import Problems


@dataclass(slots=True)
class Context:
    """The lines of the document as written (the first is line 1), and the tools for it. `rows` counts rows so far."""

    lines: list[str]
    renderer: Renderer
    problems: Problems
    limits: Limits
    rows: int = 0

    def source(self, first: int, last: int) -> str:
        """The lines from one number to another, both included."""
        return "\n".join(self.lines[first - 1 : last])

    def note_markup(self, rendered: Rendered, line: int, column: str = "") -> None:
        """Report what rendering a text has shown."""
        if rendered.is_capped:
            message = "A cell holds too much markup to be rendered; it is shown as it is written."
            self.problems.warn("markup-as-text", line, message, "Use less markup in it.", column=column)
        if rendered.kept_stars:
            message = "A star between letters, digits or brackets was read as arithmetic, not as emphasis."
            self.problems.inform("star-kept", line, message, column=column)
        if rendered.unknown:
            tags = dict.fromkeys(rendered.unknown)
            why = "which reads as an HTML tag and is" if len(tags) == 1 else "which read as HTML tags and are"
            message = f"Line {line} has {', '.join(tags)}, {why} not shown."
            self.problems.warn("tag-dropped", line, message, "Write it as code or with \\< for <.", column=column)
        for label in rendered.missing:
            message = f"The reference “{label}” is not defined; its brackets are shown as text."
            self.problems.inform("reference-missing", line, message, column=column)
