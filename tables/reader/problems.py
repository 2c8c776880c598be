"""Plain Python: gathers what the author should know, and lists it by line."""

from collections import Counter

from tables.reader.document import Problem, Severity

ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)


class Problems:
    """The problems of one document, in any order until `listed()`."""

    def __init__(self) -> None:
        self.all: list[Problem] = []

    def error(self, code: str, line: int, message: str, advice: str = "", **more: int | str) -> None:
        """Something that stops publishing."""
        self._add(Severity.ERROR, code, line, message, advice, more)

    def warn(self, code: str, line: int, message: str, advice: str = "", **more: int | str) -> None:
        """Something that was left out or guessed."""
        self._add(Severity.WARNING, code, line, message, advice, more)

    def inform(self, code: str, line: int, message: str, advice: str = "", **more: int | str) -> None:
        """Something worth knowing, with nothing to do."""
        self._add(Severity.INFORMATION, code, line, message, advice, more)

    def _add(
        self, severity: Severity, code: str, line: int, message: str, advice: str, more: dict[str, int | str]
    ) -> None:
        last_line, column = int(more.get("last_line", 0)), str(more.get("column", ""))
        self.all.append(Problem(code, severity, line, message, advice, last_line=last_line, column=column))

    def listed(self, most: int) -> tuple[Problem, ...]:
        """
        At most so many problems in detail, sorted by line, then one sentence for each code with the number of the rest.

        Where not all find room, errors come before warnings and those before information.
        """
        ranked = sorted(self.all, key=lambda problem: (ORDER.index(problem.severity), problem.line))
        kept, rest = ranked[:most], ranked[most:]
        return (*sorted(kept, key=lambda problem: problem.line), *_counted(rest))


def _counted(rest: list[Problem]) -> list[Problem]:
    counts = Counter((problem.code, problem.severity) for problem in rest)
    first: dict[tuple[str, Severity], int] = {}
    for problem in rest:
        first.setdefault((problem.code, problem.severity), problem.line)
    return [
        Problem(code, severity, first[code, severity], f"{count} more of the kind “{code}” are not listed one by one.")
        for (code, severity), count in counts.items()
    ]
