"""Plain Python: flash cards in, an Anki package or a text file for Anki out."""

import hashlib
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO
from itertools import count

import genanki

from quizzes.packages.cards import Card

MODEL_ID = 1_958_743_021
"""Anki knows the note type by this number: it never changes, and its fields and cards only together with it."""
FIELDS = ("Front", "Back", "Backwards", "Name", "Id")
MOST_CARDS = 20_000
"""So many cards go into one package, which is made in memory; the text file has no limit."""
HEADERS = ("#separator:tab", "#html:true", "#guid column:1", "#deck column:2", "#tags column:3")
CSS = ".card{font:1.25rem/1.5 sans-serif;text-align:center}small{opacity:.7}"


def package(cards: Iterable[Card], timestamp: float) -> bytes:
    """
    A package with a deck for each topic. Imported again it updates what it brought before, and adds nothing twice.

    `timestamp` (seconds since 1970) is when the cards count as changed: Anki keeps the newer of two.
    """
    decks: dict[str, genanki.Deck] = {}
    model = _model()
    for card in cards:
        deck = decks.setdefault(card.deck, genanki.Deck(_deck_id(card.deck), card.deck))
        fields = [card.front, card.back, card.backwards, card.name, str(card.fact)]
        deck.add_note(genanki.Note(model=model, fields=fields, tags=list(card.tags), guid=str(card.fact)))
    return _zipped(genanki.Package(list(decks.values())), timestamp)


def _zipped(packed: genanki.Package, timestamp: float) -> bytes:
    """The package as a file: its database, and a list of media that is empty. Nothing is written to disk."""
    out = BytesIO()
    with closing(sqlite3.connect(":memory:")) as stored, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        packed.write_to_db(stored.cursor(), timestamp, count(int(timestamp * 1000)))
        stored.commit()
        archive.writestr("collection.anki2", stored.serialize())
        archive.writestr("media", "{}")
    return out.getvalue()


def text(cards: Iterable[Card]) -> Iterator[str]:
    """The lines of a text file that Anki imports by itself: the key, deck and tags of each card, then its fields."""
    yield "\n".join([*HEADERS, f"#columns:Key\tDeck\tTags\t{'\t'.join(FIELDS)}"]) + "\n"
    for card in cards:
        fields = (card.front, card.back, card.backwards, card.name, str(card.fact))
        yield "\t".join((str(card.fact), card.deck, " ".join(card.tags), *fields)) + "\n"


def _model() -> genanki.Model:
    return genanki.Model(
        MODEL_ID,
        "Studysite",
        fields=[{"name": name} for name in FIELDS],
        templates=[_template("Value of a row", "Front", "Back"), _template("Row of a value", "Backwards", "Name")],
        css=CSS,
    )


def _template(name: str, front: str, back: str) -> dict[str, str]:
    asked = f"{{{{#{front}}}}}{{{{{front}}}}}{{{{/{front}}}}}"
    return {"name": name, "qfmt": asked, "afmt": f"{{{{FrontSide}}}}<hr id=answer><b>{{{{{back}}}}}</b>"}


def _deck_id(name: str) -> int:
    """The same number for the same name, as large as those that Anki gives, which are milliseconds."""
    return 1_000_000_000_000 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:5])
