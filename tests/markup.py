"""What of a page a browser would run."""

from html.parser import HTMLParser

PROGRAMS = ("javascript:", "data:", "vbscript:")


class Alive(HTMLParser):
    """Finds what a browser would run in a page: scripts in it, handlers, addresses that are programs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: "".join((value or "").split()).lower() for name, value in attrs}
        if tag in {"script", "style"} and "src" not in given or tag in {"iframe", "object", "embed", "base"}:
            self.found.append(tag)
        self.found += [name for name in given if name.startswith(("on", "hx-on", "data-hx"))]
        self.found += [value for value in given.values() if value.startswith(PROGRAMS)]


def alive_in(page: str) -> list[str]:
    """Names of tags, handlers and addresses that are alive in a page; the site's own have none."""
    parser = Alive()
    parser.feed(page)
    return parser.found
