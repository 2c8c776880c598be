"""Plain Python: questions in, the XML that Moodle imports out, piece by piece."""

import re
from collections.abc import Iterable, Iterator
from html import escape as html
from itertools import groupby
from xml.sax.saxutils import escape as xml

from quizzes.generation.made import ONE_CHOICE, WRITTEN, QuestionKind
from quizzes.packages.items import Choice, Item, Place

HELD = frozenset(QuestionKind) - {QuestionKind.REBUILD}
LONGEST_NAME = 250
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML document may hold."""


def quiz(items: Iterable[Item]) -> Iterator[str]:
    """The whole document, a category for each topic."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    for path, held in groupby((item for item in items if item.kind in HELD), key=lambda item: category(item.place)):
        yield f'<question type="category"><category><text>{_xml(path)}</text></category></question>\n'
        yield from map(_question, held)
    yield "</quiz>\n"


def category(place: Place) -> str:
    """The category that Moodle puts a question into. A slash in a title is doubled, or it would part two categories."""
    steps = (" ".join(step.replace("/", "//").split()) for step in (place.guide, place.topic) if step)
    return "/".join(("$course$/top", *steps))


def _question(item: Item) -> str:
    if item.kind in WRITTEN:
        return _element("shortanswer", item, "<usecase>0</usecase>" + "".join(map(_typed, item.answers)))
    if item.kind is QuestionKind.ORDER_BY:
        pairs = (_pair(choice, place) for place, choice in enumerate(item.choices, start=1))
        return _element("matching", item, f"<shuffleanswers>true</shuffleanswers>{''.join(pairs)}")
    is_single = item.kind in ONE_CHOICE
    head = f"<single>{str(is_single).lower()}</single><shuffleanswers>true</shuffleanswers>"
    shares = shares_of(item.choices)
    answers = (_choice(choice, share) for choice, share in zip(item.choices, shares, strict=True))
    return _element("multichoice", item, f"{head}<answernumbering>abc</answernumbering>{''.join(answers)}")


def _element(kind: str, item: Item, inside: str) -> str:
    tags = "".join(f"<tag><text>{_xml(tag)}</text></tag>" for tag in tags_of(item))
    return (
        f'<question type="{kind}">\n<name><text>{_xml(item.name[:LONGEST_NAME])}</text></name>\n'
        f'<questiontext format="html"><text>{_xml(asked_html(item))}</text></questiontext>\n'
        "<defaultgrade>1</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden>"
        f"<idnumber>{_xml(item.id)}</idnumber>\n{inside}\n<tags>{tags}</tags>\n</question>\n"
    )


def asked_html(item: Item) -> str:
    """The question below its context."""
    return f"<p><small>{html(item.context)}</small></p><p>{html(item.stem)}</p>"


def tags_of(item: Item) -> tuple[str, ...]:
    """By which a question is found: topic, table, kind."""
    return (item.place.topic_slug, item.place.table_slug, item.kind.value)


def shares_of(choices: Iterable[Choice]) -> list[str]:
    """
    What each choice is worth in percent: the right ones share 100, a wrong one costs all where several are right.

    Moodle knows certain shares only; where 100 parts into none of them, some right ones get 10 and the others 5.
    """
    held = list(choices)
    count = sum(choice.is_right for choice in held)
    wrong = "0" if count == 1 else "-100"
    rights = iter([_percent(100 / count)] * count if count <= 10 else ["10"] * (20 - count) + ["5"] * (2 * count - 20))
    return [next(rights) if choice.is_right else wrong for choice in held]


def _percent(share: float) -> str:
    return f"{share:.5f}".rstrip("0").rstrip(".")


def _choice(choice: Choice, share: str) -> str:
    says = f'<feedback format="html"><text>{_xml(html(choice.says))}</text></feedback>'
    return f'\n<answer fraction="{share}" format="html"><text>{_xml(html(choice.text))}</text>{says}</answer>'


def _typed(answer: str) -> str:
    """A star would stand for any letters."""
    text = _xml(answer.replace("*", "\\*"))
    return f'\n<answer fraction="100" format="plain_text"><text>{text}</text></answer>'


def _pair(choice: Choice, place: int) -> str:
    name = _xml(html(choice.text))
    return f'\n<subquestion format="html"><text>{name}</text><answer><text>{place}</text></answer></subquestion>'


def _xml(text: str) -> str:
    return xml(UNFIT.sub("\ufffd", text))
