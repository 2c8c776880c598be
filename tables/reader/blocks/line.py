"""Plain Python: a place in a line, with its indentation counted in columns."""

import re

SPACE = re.compile(r"[ \t]*")
TAB_STOP = 4


class Line:
    """
    What is left of one line after the marks of its containers, and how far it is indented.

    `find()` sets `indent` (columns), `first` (the first character that is no space, "" when blank) and `content`.
    """

    __slots__ = ("column", "content", "first", "indent", "is_blank", "position", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.column = 0
        self.find()

    def find(self) -> None:
        """Measure the white space at this place."""
        space = SPACE.match(self.text, self.position)
        self.content = space.end() if space else self.position
        self.is_blank = self.content == len(self.text)
        self.first = "" if self.is_blank else self.text[self.content]
        if "\t" in self.text[self.position : self.content]:
            self.indent = self._columns(self.position, self.content) - self.column
        else:
            self.indent = self.content - self.position

    def _columns(self, start: int, end: int) -> int:
        column = self.column
        for character in self.text[start:end]:
            column += TAB_STOP - column % TAB_STOP if character == "\t" else 1
        return column

    def skip(self, columns: int) -> None:
        """Go past so many columns of white space; of a tab in two, the rest stays as spaces."""
        while columns > 0 and self.position < len(self.text):
            width = TAB_STOP - self.column % TAB_STOP if self.text[self.position] == "\t" else 1
            if width > columns:
                self.text = " " * (width - columns) + self.text[self.position + 1 :]
                self.position = 0
                self.column += columns
                break
            self.column += width
            self.position += 1
            columns -= width
        self.find()

    def skip_mark(self, width: int) -> None:
        """Go past the indentation and a mark of so many characters."""
        self.column += self.indent + width
        self.position = self.content + width
        self.find()

    @property
    def rest(self) -> str:
        """What is left, with its indentation."""
        return self.text[self.position :]

    @property
    def trimmed(self) -> str:
        """What is left, without its indentation."""
        return self.text[self.content :]
