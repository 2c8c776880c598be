import pytest

from quizzes.models import Slot
from tests.quizzes.bank import HTMX, address, give, right


@pytest.fixture
def slot(theirs) -> Slot:
    """A question that the guest looks at."""
    return theirs.slots.first()


def test_flag_is_put_on_and_taken_off(guest, slot):
    for flagged in ("1", "0"):
        response = guest.post(address(slot, "flag"), {"flagged": flagged})

        page = guest.get(address(slot)).content.decode()
        assert response.status_code == 303
        assert response.headers["Location"] == address(slot)
        assert f'aria-pressed="{"true" if flagged == "1" else "false"}" aria-label="Flag this question"' in page


def test_flagging_twice_is_flagging_once(guest, slot):
    guest.post(address(slot, "flag"), {"flagged": "1"})
    guest.post(address(slot, "flag"), {"flagged": "1"})

    assert Slot.objects.get(pk=slot.pk).is_flagged


def test_htmx_gets_the_button_alone(guest, slot):
    response = guest.post(address(slot, "flag"), {"flagged": "1"}, headers=HTMX | {"HX-Target": "flag"})

    page = response.content.decode()
    assert page.strip().startswith('<form id="flag"')
    assert 'value="0" data-key="f" aria-pressed="true"' in page


def test_answered_question_can_be_flagged_and_keeps_its_verdict(guest, slot):
    give(guest, slot, right(slot))

    guest.post(address(slot, "flag"), {"flagged": "1"})

    page = guest.get(address(slot)).content.decode()
    assert "Right, it is" in page
    assert 'aria-pressed="true" aria-label="Flag this question"' in page


def test_extra_fields_are_ignored(guest, slot):
    guest.post(address(slot, "flag"), {"flagged": "1", "right": "0", "token": "x", "options": "[]"})

    kept = Slot.objects.get(pk=slot.pk)
    assert (kept.right, kept.token, kept.options) == (slot.right, slot.token, slot.options)


def test_looking_at_the_address_flags_nothing(guest, slot):
    assert guest.get(address(slot, "flag") + "?flagged=1").status_code == 405
    assert not Slot.objects.get(pk=slot.pk).is_flagged
