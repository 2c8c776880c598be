import pytest
from django.test import Client

from quizzes.models import Answer
from tests.factories import make_learner
from tests.quizzes.bank import HTMX, address, be_guest, make_sitting, right


@pytest.fixture
def browser(db) -> Client:
    """A guest's client that needs a form's token, as browsers do."""
    client = Client(enforce_csrf_checks=True)
    client.learner = make_learner()
    be_guest(client, client.learner)
    return client


@pytest.fixture
def slot(browser):
    return make_sitting(browser.learner, count=5).slots.first()


def token_in(page: str) -> str:
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def send(browser, slot, **headers):
    form = {"token": slot.token, "choice": right(slot), "csrfmiddlewaretoken": "x" * 64}
    return browser.post(address(slot), form, headers=headers)


def test_form_without_a_good_token_is_refused_with_a_page(browser, slot):
    response = send(browser, slot)

    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()
    assert not Answer.objects.exists()


def test_htmx_gets_a_fresh_token_with_which_the_same_answer_is_kept(browser, slot):
    refused = send(browser, slot, **HTMX)

    page = refused.content.decode()
    fresh = token_in(page)
    sent = browser.post(
        address(slot), {"token": slot.token, "choice": right(slot), "csrfmiddlewaretoken": fresh}, headers=HTMX
    )
    assert refused.status_code == 403
    assert refused.headers["HX-Retarget"] == "#problem"
    assert 'hx-swap-oob="outerHTML:[name=csrfmiddlewaretoken]"' in page
    assert f'form="question" name="choice" value="{right(slot)}"' in page
    assert sent.status_code == 200
    assert Answer.objects.count() == 1


def test_htmx_gets_a_passing_message_for_any_other_form(browser, slot):
    response = browser.post(address(slot, "flag"), {"flagged": "1"}, headers=HTMX)

    assert response.status_code == 403
    assert response.headers["HX-Retarget"] == "#toasts"


def test_foreign_origin_is_refused(browser, slot):
    page = browser.get(address(slot)).content.decode()
    form = {"token": slot.token, "choice": right(slot), "csrfmiddlewaretoken": token_in(page)}

    response = browser.post(address(slot), form, headers={"Origin": "https://evil.example"})

    assert response.status_code == 403
    assert not Answer.objects.exists()


def test_choice_in_the_notice_is_text(browser, slot):
    form = {"token": slot.token, "choice": '"><script>alert(1)</script>'}

    page = browser.post(address(slot), form, headers=HTMX).content.decode()

    assert "<script" not in page
