"""Whatever is sent to the admin by somebody who may do everything there: an answer in words, and in time."""

from itertools import cycle, islice

import pytest

from studysite.accounts.models import User
from tests.fuzz.admins import admin_routes, filled, names_for, with_bad_steps
from tests.fuzz.browsers import Wish, look_at, undone
from tests.fuzz.fields import Form, forms_in
from tests.fuzz.values import EXAMPLES, HOSTILE
from tests.people.whole import make_zenobia
from tests.test_permissions import client_of

pytestmark = pytest.mark.django_db
EACH = None if EXAMPLES else 2
"""How many names of one page are tried, all of them with FUZZ."""
VALUES = 8 if EXAMPLES else 1
"""How many values each name is tried with; the next name gets the next ones."""


@pytest.fixture
def boss(db):
    """The browser of somebody who may do everything, where every table holds something."""
    make_zenobia()
    User.objects.filter(username="ada").update(is_staff=True, is_superuser=True)
    return client_of("ada")


def page_at(client, path: str) -> tuple[str, str]:
    """Where an address leads, and the page there."""
    with undone():
        response = client.get(path, follow=True)
    return response.request["PATH_INFO"], response.content.decode()


def some(names: list[str], number: int) -> list[str]:
    """All of them, or a few, which are others for each page."""
    turned = names[number % len(names) :] + names[: number % len(names)]
    return list(islice(turned, EACH))


def test_no_value_in_an_address_breaks_the_admin(boss):
    values = cycle(HOSTILE.values())

    for number, route in enumerate(admin_routes()):
        path = filled(route)
        for name in some(names_for(route, page_at(boss, path)[1]), number * 7):
            for value in islice(values, VALUES):
                look_at(boss, Wish("GET", path, [(name, value)]))


def test_no_step_of_an_address_breaks_the_admin(boss):
    values = cycle(HOSTILE.values())

    for route in admin_routes():
        for value in islice(values, len(HOSTILE) if EXAMPLES else 1):
            for path in with_bad_steps(route, value):
                look_at(boss, Wish("GET", path))


def test_no_value_in_a_field_breaks_a_form_of_the_admin(boss):
    values = cycle(HOSTILE.values())

    for number, form in enumerate(forms_of(boss)):
        names = sorted({name for name, _ in form.fields if name != "csrfmiddlewaretoken"})
        for name in some(names, number) if names else []:
            for value in islice(values, VALUES):
                others = [field for field in form.fields if field[0] != name]
                look_at(boss, Wish(form.method, form.action, [*others, (name, value)]))


def forms_of(client) -> list[Form]:
    """One of each kind of form that the pages of the admin hold."""
    pages = [page_at(client, filled(route)) for route in admin_routes() if not route.startswith("logout")]
    seen = {form.kind(): form for address, page in pages for form in forms_in(address, page)}
    return list(seen.values())
