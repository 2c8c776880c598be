"""Plain Python: titles of new parts in, slugs that no other part of the same parent has out."""

from collections.abc import Iterable

from tables.reader.names import RESERVED, SLUG_LENGTH, make_slug


class Slugs:
    """The slugs of one parent; those of archived parts stay taken, for their addresses may come back."""

    def __init__(self, taken: Iterable[str] = (), *, in_addresses: bool = False) -> None:
        """`in_addresses` says that these slugs are steps of addresses, where reserved words get "-table"."""
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}
        self._reserved = RESERVED if in_addresses else frozenset()

    def give(self, text: str, fallback: str) -> str:
        """A new slug, given once; the time does not grow with the number of equals."""
        wanted = make_slug(text, fallback)
        if wanted in self._reserved:
            wanted = f"{wanted}-table"
        number = self._numbers.get(wanted, 0)
        slug = wanted
        while number or slug in self._taken:
            number = max(number + 1, 2)
            ending = f"-{number}"
            slug = wanted[: SLUG_LENGTH - len(ending)].rstrip("-") + ending
            if slug not in self._taken:
                break
        self._numbers[wanted] = max(number, 1)
        self._taken.add(slug)
        return slug
