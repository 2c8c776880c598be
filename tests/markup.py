"""What of a page a browser would run."""

from html.parser import HTMLParser

PROGRAMS = ("javascript:", "data:", "vbscript:")
WORDS = {"value", "title", "alt", "placeholder", "aria-label", "name", "id", "for"}


def is_address(name: str) -> bool:
    """Whether a browser, or htmx, may take the attribute of this name for an address: all but those known for words."""
    return name not in WORDS and not name.startswith("data-")


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
        if tag == "meta" and given.get("name") == "description" and "http-equiv" not in given:
            given.pop("content", None)  # words for search engines, which begin with the title of a guide
        self.found += [value for name, value in given.items() if is_address(name) and value.startswith(PROGRAMS)]


def alive_in(page: str) -> list[str]:
    """Names of tags, handlers and addresses that are alive in a page; the site's own have none."""
    parser = Alive()
    parser.feed(page)
    return parser.found
