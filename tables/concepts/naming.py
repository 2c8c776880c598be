"""Plain Python: what an author says of names over the rules: other names, and words that name no thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from tables.reader.forms import compare_form


@dataclass(frozen=True, slots=True)
class NotThis:
    """In cells of this text, in tables of this title, the name stands for something else; empty means in all."""

    table: str
    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Naming:
    """`aliases` maps another name to the name of the thing."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    not_this: tuple[NotThis, ...] = ()

    def bars(self, title: str, text: str, form: str) -> bool:
        """
        Whether a text of a table does not name the thing of this compare form.

        A table is meant by its whole title or by what follows the last colon of it.
        """
        return any(
            compare_form(pin.name) == form
            and (not pin.text or compare_form(pin.text) == compare_form(text))
            and compare_form(pin.table) in {"", compare_form(title), compare_form(title.rpartition(": ")[2])}
            for pin in self.not_this
        )

    def parts(self, longer: str, form: str) -> bool:
        """Whether a longer name has nothing to do with the thing whose name it holds."""
        return any(
            compare_form(pin.name) == form and compare_form(pin.text) == compare_form(longer) for pin in self.not_this
        )

    def aliases_of(self, form: str) -> list[str]:
        """What the author also calls a thing."""
        return [text for text, name in self.aliases.items() if compare_form(name) == form]

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON field; nothing where the author said nothing."""
        stored: dict[str, Any] = {"aliases": dict(self.aliases)} if self.aliases else {}
        if self.not_this:
            stored["not_this"] = [[pin.table, pin.text, pin.name] for pin in self.not_this]
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `to_json` gave, back again."""
        return cls(stored.get("aliases", {}), tuple(NotThis(*pin) for pin in stored.get("not_this", ())))
