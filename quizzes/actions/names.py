"""What in a guide may be another name of a thing, for its editors to say so with one button."""

from quizzes.actions.bank import naming_of, read_pins_of
from quizzes.actions.pinning import NothingToPin, StoredPin, is_small
from quizzes.generation.pins import PinKind
from quizzes.models import Bank
from tables.actions.concepts import tables_of
from tables.actions.states import load
from tables.concepts.mentions import Reading
from tables.concepts.offers import Offer, offered_names
from tables.models import Guide

OFFERS_SHOWN = 30


def name_offers(guide: Guide, bank: Bank) -> list[Offer]:
    """Words that may name a thing otherwise; none in a guide too large to be read while somebody waits. 7 queries."""
    if not is_small(guide):
        return []
    tables = tables_of(load(guide).state)
    return offered_names(tables, Reading(tables, naming_of(read_pins_of(bank))))[:OFFERS_SHOWN]


def alias_pin(guide: Guide, bank: Bank, text: str, name: str, reason: str) -> StoredPin:
    """The pin that makes an offered text another name of a thing. Raises NothingToPin for what is not offered."""
    if not any(offer.text == text and name in offer.names for offer in name_offers(guide, bank)):
        raise NothingToPin
    return {"kind": PinKind.ALIAS.value, "prompt": text, "values": [name], "reason": reason}
