"""Plain Python: cells without a value, and words that leave open what they point at."""

import re
from collections.abc import Iterable, Iterator

from quizzes.generation.grids import Cell, Column
from quizzes.generation.values import is_pointer, says_yes_or_no
from quizzes.generation.words import comparable, tokens
from quizzes.notes_check.findings import Code, Finding, Place, make_finding
from quizzes.notes_check.notes import Notes
from tables.kinds import MARKS
from tables.reader.forms import fold, is_blank, is_placeholder

MEND_GAP = "Write the value, or leave it: it is shown as a dash and never asked."
MEND_BOTH = "Name the two things, so that the words can be read alone."
MEND_POINTER = "Repeat what is meant: a row is also read, asked and exported alone."

_BOTH = re.compile(r"\bboth\b(?P<next>\s+\w+)?", re.IGNORECASE)
_JOINED = re.compile(r"[,/&+]|\b(?:and|or|vs\.?|versus)\b", re.IGNORECASE)
_POINTS = re.compile(r"\bthe\s+(?:former|latter)\b", re.IGNORECASE)
_ELSEWHERE = frozenset({"same", "the same", "ditto", "as above", "see above", "see below", "same as above", "idem"})
_VERBS_IN_S = frozenset({"is", "was", "has", "does", "as", "across", "less", "plus", "versus", "this"})


def placeholders(notes: Notes) -> Iterator[Finding]:
    """Cells and answers that hold no value. A blank among marks says no, and one in a mostly blank column nothing."""
    for grid in notes.grids:
        for column in grid.columns:
            yield from _gaps_of(notes, column)
    for question in notes.questions:
        if is_placeholder(question.answer):
            place = notes.place_of_question(question.key)
            sentence = f"“{question.text}” has no answer."
            yield make_finding(Code.PLACEHOLDER, (place,), sentence, "Write the answer, or take the question out.")


def _gaps_of(notes: Notes, column: Column) -> Iterator[Finding]:
    gaps = [cell for cell in column.cells if is_placeholder(cell.text)]
    if not gaps or (len(gaps) < len(column.cells) and all(_is_mark(cell.text) for cell in _values_in(column))):
        return
    blank = [cell for cell in gaps if is_blank(cell.text)]
    counted = gaps if 2 * len(blank) <= len(column.cells) else [cell for cell in gaps if not is_blank(cell.text)]
    for cell in counted:
        what = "An empty cell" if is_blank(cell.text) else f"“{cell.text}”"
        sentence = f"{what} stands where {cell.name} should have a value under “{column.name}”."
        yield make_finding(Code.PLACEHOLDER, (notes.place_of(cell.fact),), sentence, MEND_GAP)


def _values_in(column: Column) -> Iterable[Cell]:
    return (cell for cell in column.cells if not is_placeholder(cell.text))


def _is_mark(text: str) -> bool:
    return says_yes_or_no(text) or fold(text).strip("\ufe0f") in MARKS


def dangling(notes: Notes) -> Iterator[Finding]:
    """Values and questions that say "both", "the latter" or "see above" without what they speak of."""
    for grid in notes.grids:
        for column in grid.columns:
            for cell in column.cells:
                if word := _word_of_cell(cell, column, grid.table.title):
                    subject = f"“{cell.text}” ({cell.name}, {column.name})"
                    yield _dangling(notes, notes.place_of(cell.fact), subject, word, cell.text, grid.table.title)
    for question in notes.questions:
        title = notes.tables[question.table_key].title
        if word := dangling_word(question.text) or dangling_word(question.answer):
            place = notes.place_of_question(question.key)
            yield _dangling(notes, place, f"“{question.text}”", word, question.text, title)


def _dangling(notes: Notes, place: Place, subject: str, word: str, prompt: str, title: str) -> Finding:
    sentence = f"{subject} says “{word}” without saying what that is."
    pinned = notes.pins.antecedent(title, prompt)
    mend = f"Your pin says “{pinned}” where it is asked; write that into the notes too." if pinned else MEND_BOTH
    if word != "both" and not pinned:
        mend = MEND_POINTER
    return make_finding(Code.DANGLING, (place,), sentence, mend, word=word)


def _word_of_cell(cell: Cell, column: Column, title: str) -> str:
    word = dangling_word(cell.text)
    if word == "both" and (_JOINED.search(column.name) or _sets_two_apart(title)):
        return ""
    if word == "both" and tokens(cell.text) == ("both",):
        others = {comparable(each.text) for each in _values_in(column)} - {"both"}
        return "" if len(others) == 2 else word
    return word


def _sets_two_apart(title: str) -> bool:
    return bool(re.search(r"\b(?:vs\.?|versus)(?!\w)", title, re.IGNORECASE))


def dangling_word(text: str) -> str:
    """
    The word of a text that points at what is not there; empty for none.

    "Both" is answered by two things named in the same text and by a plural after it ("both directions").
    """
    if " ".join(tokens(text)) in _ELSEWHERE or (is_pointer(text) and len(tokens(text)) == 1):
        return text.strip()
    if pointing := _POINTS.search(text):
        return pointing[0]
    both = _BOTH.search(text)
    if not both or _JOINED.search(text):
        return ""
    follows = (both["next"] or "").strip().casefold()
    is_plural = len(follows) > 3 and follows.endswith("s") and not follows.endswith("ss")
    return "" if is_plural and follows not in _VERBS_IN_S else "both"
