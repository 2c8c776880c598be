import pytest

from quizzes.generation.pins import BadPin, Pin, PinKind, Pins, read_pins
from tests.quizzes.guides import FIXTURES

TITLE = "Which Distributed Approach?"


def test_shipped_pins_are_read() -> None:
    pins = read_pins((FIXTURES / "section-6.pins.json").read_text())

    assert pins.never_offered(TITLE, "Model doesn't fit on one GPU?").keys() == {"sagemaker mpp", "mics/sharded + p4de"}
    assert pins.never_borrowed(TITLE) == {"distributed training libraries", "gpu instance types for ml"}
    assert pins.antecedent("Which Evaluation Metric?", "Both matter equally?") == "false negatives and false positives"


def test_a_pin_speaks_of_its_own_question_only() -> None:
    pins = Pins([Pin(PinKind.NEVER_OFFER, "Caches", "Fast?", ("Redis",), "Too fast.")])

    assert pins.never_offered("Caches", "FAST") == {"redis": "Too fast."}
    assert not pins.never_offered("Caches", "Slow?")
    assert not pins.never_offered("Queues", "Fast?")


def test_a_pin_may_name_a_table_by_the_last_part_of_its_title() -> None:
    pins = Pins([Pin(PinKind.NEVER_OFFER, "When to Use", "Fast?", ("Redis",), "")])

    assert pins.never_offered("Caches: When to Use", "Fast?")
    assert pins.never_offered("When to Use", "Fast?")
    assert not pins.never_offered("When to Use: Caches", "Fast?")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"pins": 3}', '{"pins": [3]}', '{"pins": [{"kind": "never", "table": "T", "values": []}]}'],
)
def test_a_pin_file_that_cannot_be_understood_is_refused(text: str) -> None:
    with pytest.raises(BadPin):
        read_pins(text)
