from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.models import Answer, Slot
from tests.factories import PASSWORD, make_user
from tests.quizzes.bank import HTMX, address, give, right
from tests.quizzes.pages import without_tokens


@pytest.fixture
def slot(hers) -> Slot:
    """A question of alice's that waits for her answer."""
    return hers.slots.first()


def test_answer_without_a_session_is_asked_to_sign_in_and_comes_back_to_the_question(client, slot):
    response = give(client, slot, "2")

    back = f"/accounts/login/?next={address(slot).replace('/', '%2F')}%3Fchoice%3D2"
    assert response.status_code == 401
    assert f'href="{back}"' in unescape(response.content.decode())
    assert not Answer.objects.exists()


def test_htmx_gets_a_panel_beside_the_question(client, slot):
    response = give(client, slot, "2", **HTMX)

    assert response.status_code == 401
    assert response.headers["HX-Retarget"] == "#problem"
    assert response.headers["HX-Reswap"] == "innerHTML"
    assert "<html" not in response.content.decode()
    assert "Sign in</a>" in response.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_it_is_the_same_whether_or_not_there_is_such_a_sitting(client, slot, headers):
    there = give(client, slot, "2", **headers)

    missing = address(slot).replace(f"/{slot.sitting_id}/", "/98765/")
    not_there = client.post(missing, {"token": slot.token, "choice": "2"}, headers=headers)

    assert not_there.status_code == there.status_code == 401
    assert without_tokens(not_there).replace("98765", str(slot.sitting_id)) == without_tokens(there)


def test_guest_of_another_sitting_is_asked_to_sign_in_too(guest, slot):
    assert give(guest, slot, "2").status_code == 401


@pytest.mark.parametrize("name", ["flag", "finish", "retry"])
def test_other_forms_come_back_to_a_page_that_can_be_looked_at(client, alice, slot, name):
    target = address(slot, name) if name == "flag" else reverse(f"quizzes:{name}", args=[slot.sitting_id])

    response = client.post(target)

    back = unescape(response.content.decode()).split("/accounts/login/?next=")[1].split('"')[0].replace("%2F", "/")
    assert response.status_code == 401
    assert alice.get(back).status_code in {200, 302}


@pytest.mark.parametrize("choice", ["//evil.example", "1&next=//evil", "<b>", "9" * 99, "é"])
def test_what_is_no_choice_does_not_come_back(client, slot, choice):
    page = unescape(give(client, slot, choice).content.decode())

    assert f'?next={address(slot).replace("/", "%2F")}"' in page


def test_after_signing_in_the_choice_is_made_and_the_answer_is_kept_once(slot):
    client = Client()
    page = unescape(give(client, slot, right(slot)).content.decode())
    sign_in = page.split('class="note warn"')[1].split('href="')[1].split('"')[0]

    back = client.post(sign_in, {"login": "alice", "password": PASSWORD}).headers["Location"]
    question = client.get(back).content.decode()
    give(client, slot, right(slot))

    assert back == f"{address(slot)}?choice={right(slot)}"
    assert f'value="{right(slot)}" required checked' in question
    assert Answer.objects.get().is_right


def test_somebody_else_who_signs_in_finds_nothing_and_gets_no_credit(slot):
    client = Client()
    give(client, slot, right(slot))
    client.force_login(make_user("bob"))

    looked, sent = client.get(address(slot)), give(client, slot, right(slot))

    assert looked.status_code == sent.status_code == 404
    assert not Answer.objects.exists()


def test_ticks_places_words_and_how_sure_all_come_back(client, slot):
    sent = {"token": slot.token, "tick": ["1", "3"], "place-2": "4", "text": "−∞ to ∞ & more", "confidence": "sure"}

    page = unescape(client.post(address(slot), sent).content.decode())

    back = unquote(page.split("/accounts/login/?next=")[1].split('"')[0])
    assert parse_qs(urlsplit(back).query) == {
        "tick": ["1", "3"],
        "place-2": ["4"],
        "text": ["−∞ to ∞ & more"],
        "confidence": ["sure"],
    }


@pytest.mark.parametrize("letter", ["a", "é", "中", "👍"])
def test_address_of_the_way_back_stays_short_enough_for_any_server(client, slot, letter):
    page = client.post(address(slot), {"text": letter * 500, "tick": ["12"] * 900}).content.decode()

    back = page.split("/accounts/login/?next=")[1].split('"')[0]
    assert len(back) < 6000
    assert letter * 80 in unquote(unquote(unescape(back)))
