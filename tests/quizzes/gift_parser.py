"""A small reader of GIFT and Aiken, written from their published rules and sharing nothing with what writes them."""

import re
from dataclasses import dataclass, field

ESCAPED = re.compile(r"\\([\\~=#{}:])")
OPENING = re.compile(r"(?<!\\)(?:\\\\)*\{")


@dataclass
class Read:
    """One question: `answers` are (mark, weight, text, feedback); `pairs` those of a matching question."""

    identity: str = ""
    tags: list[str] = field(default_factory=list)
    category: str = ""
    title: str = ""
    text: str = ""
    answers: list[tuple[str, str, str, str]] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


def split_at(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that no backslash escapes."""
    parts, start, place = [], 0, 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
        elif text.startswith(mark, place):
            parts.append(text[start:place])
            place = start = place + len(mark)
        else:
            place += 1
    return [*parts, text[start:]]


def plain(text: str) -> str:
    """The text without escapes."""
    return ESCAPED.sub(r"\1", text).strip()


def read_gift(source: str) -> list[Read]:
    """The questions of a file; a blank line parts them."""
    found, category = [], ""
    for block in re.split(r"\n\s*\n", source.strip()):
        lines = block.split("\n")
        comment = "".join(line for line in lines if line.startswith("//"))
        body = "\n".join(line for line in lines if not line.startswith("//"))
        if body.startswith("$CATEGORY: "):
            category = body.removeprefix("$CATEGORY: ")
            continue
        found.append(read_question(comment, body, category))
    return found


def read_question(comment: str, body: str, category: str) -> Read:
    """One question with the comment above it."""
    _, title, rest = split_at(body, "::")
    text, inside = split_at(rest, "{")
    assert inside.endswith("}")
    assert len(split_at(inside, "}")) == 2
    tags = re.findall(r"\[tag:([^\]]*)\]", comment)
    identity = re.search(r"\[id:([^\]]*)\]", comment)[1]
    question = Read(identity, tags, category, plain(title), plain(text.removeprefix("[html]")))
    marks = re.finditer(r"(?<!\\)(?:\\\\)*([=~])", inside)
    places = [match.start(1) for match in marks] + [len(inside) - 1]
    for start, end in zip(places, places[1:], strict=False):
        read_answer(question, inside[start], inside[start + 1 : end])
    return question


def read_answer(question: Read, mark: str, text: str) -> None:
    """One answer: its weight, text and feedback, or the pair that it is."""
    weight = re.match(r"%(-?[\d.]+)%", text)
    body, *feedback = split_at(text[weight.end() :] if weight else text, "#")
    left, *right = split_at(body, "->")
    if right:
        question.pairs.append((plain(left), plain(right[0])))
    else:
        question.answers.append(
            (mark, weight[1] if weight else "", plain(body), plain(feedback[0]) if feedback else "")
        )


def read_aiken(source: str) -> list[tuple[str, list[str], str]]:
    """(question, options, right option) of each; raises where a line is none of those that Aiken knows."""
    found = []
    for block in source.strip().split("\n\n"):
        question, *lines, answer = block.split("\n")
        assert not re.match(r"[A-Z][.)]|ANSWER:", question)
        options = {}
        for line in lines:
            letter, text = re.fullmatch(r"([A-Z])[.)] (.+)", line).groups()
            options[letter] = text
        found.append((question, list(options.values()), options[re.fullmatch(r"ANSWER: ([A-Z])", answer)[1]]))
    return found
