"""A sitting that hops between two servers, one of which is killed; `make abuse` does that a hundred times."""

import pytest
from django.conf import settings

from quizzes.models import Answer, Memory, Sitting
from tests.abuse.learners import CUT, Learner
from tests.abuse.sites import Site, free_ports
from tests.factories import make_learner
from tests.quizzes.bank import be_guest, make_sitting
from tests.quizzes.test_killed import address_of_database


@pytest.fixture
def site(transactional_db, tmp_path):
    """Two servers over the database of this test, with debugging on, which needs no built static files."""
    site = Site(address_of_database(), tmp_path / "log", SECRET_KEY=settings.SECRET_KEY, DEBUG="on")
    yield site
    site.close()


def test_sitting_goes_on_at_another_server_when_one_is_killed(site, client):
    learner = make_learner()
    be_guest(client, learner)
    sitting = make_sitting(learner, count=4)
    here, there = free_ports(2)
    site.start(here, there)
    browser = Learner(here, cookies={settings.SESSION_COOKIE_NAME: client.session.session_key}, sitting=sitting.pk)

    first = browser.ask(1, port=here)
    shown_there = browser.give(first, first.with_choice("1"), port=there)
    shown_here = browser.give(first, first.with_choice("2"), port=here)
    second = browser.ask(2, port=here)
    browser.request("POST", second.path, second.with_choice("1"), port=here)
    site.kill(here)
    browser.hang_up()
    with pytest.raises(CUT):
        browser.look(2, port=here)
    browser.give(second, second.with_choice("1"), port=there)
    for position in (3, 4):
        form = browser.ask(position, port=there)
        browser.give(form, form.with_choice("1"), port=there)
    browser.hang_up()

    assert shown_here.plain == shown_there.plain
    assert browser.kept == {(sitting.pk, position): 0 for position in (1, 2, 3, 4)}
    assert dict(Answer.objects.values_list("position", "chosen")) == dict.fromkeys((1, 2, 3, 4), 0)
    assert set(Memory.objects.values_list("asked", flat=True)) == {1}
    assert Sitting.objects.get().finished_at is not None
