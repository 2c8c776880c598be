"""
Whatever is sent to whatever address, by whomever: an answer in words, in time, and nothing alive in it.

The addresses are those of tests/test_permissions.py, where a new one without a row fails the run. FUZZ=2000 sends every
bad value to every field and that many random requests.
"""

import re
from collections import deque
from itertools import cycle, islice

import pytest
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.browsers import Wish, look_at, undone
from tests.fuzz.fields import Form, forms_in, names_in_code
from tests.fuzz.values import EXAMPLES, HOSTILE, quoted, texts
from tests.test_permissions import ROWS, address, client_of

pytestmark = pytest.mark.django_db
OF_TABLES = ("c-range", "c-range__gt", "c-range__in", "c-range__x", "f-range", "column", "show", "sort",
             "dir", "place-1", "cell-1", "weight_1")  # fmt: skip
HEADERS = ("HX-Request", "HX-Target", "HX-Current-URL", "HX-History-Restore-Request", "Accept", "Accept-Encoding",
           "If-None-Match", "If-Modified-Since", "Range", "Referer", "Origin", "Sec-Fetch-Site", "User-Agent",
           "X-Request-ID", "X-Forwarded-For", "X-Forwarded-Proto", "Authorization", "Cookie")  # fmt: skip
CHARSETS = ("", "; charset=utf-16", "; charset=rot13", "; charset=idna", "; boundary=")
ENTRANCES = ("accounts/login/", "accounts/signup/", "accounts/password/reset/", "join/LINK/")
MOST_FIELDS = 100
PER_FIELD = len(HOSTILE) if EXAMPLES else 1
at_random = settings(max_examples=EXAMPLES or 100, suppress_health_check=list(HealthCheck))


def pages(world: dict[str, str]) -> dict[str, str]:
    """One address of each route that alice may see, by the route."""
    found: dict[str, str] = {}
    for pattern, roles in ROWS.items():
        path = address(pattern, world)
        if roles["alice"][0] not in {404, 405} or roles["alice"][1] != 405:
            found.setdefault(resolve(path).route, path)
    return found


def found_forms(world: dict[str, str]) -> list[tuple[str, Form]]:
    """What can be filled in, and by whom: each form of the site's pages; where none was seen, all names there are."""
    seen: dict[tuple[object, ...], tuple[str, Form]] = {}
    for role, paths in (("alice", pages(world).values()), ("visitor", [address(each, world) for each in ENTRANCES])):
        client = client_of(role)
        for form in (form for path in paths for form in forms_at(client, path)):
            seen.setdefault(form.kind(), (role, form))
    routes = {resolve(form.action).route for _, form in seen.values() if form.method == "POST"}
    blind = [
        ("alice", Form("POST", path, [(name, "1") for name in names_in_code()]))
        for route, path in pages(world).items()
        if route not in routes
    ]
    return [*seen.values(), *blind]


def forms_at(client, path: str) -> list[Form]:
    """The forms of one page; none where there is no page."""
    with undone():
        response = client.get(path, follow=True)
        if response.streaming:
            deque(response, maxlen=0)  # one left open would break into a later transaction when it is collected
    is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return forms_in(response.request["PATH_INFO"], response.content.decode()) if is_page else []


def bad_values():
    """One for each field, so that all are had in turn; with FUZZ each time all of them."""
    turns = cycle(HOSTILE.values())
    while True:
        yield list(islice(turns, PER_FIELD))


@pytest.mark.parametrize("role", ["visitor", "alice"])
def test_no_value_in_an_address_breaks_a_page(world, role):
    client = client_of(role)
    names = [*names_in_code(), *OF_TABLES]

    for path, values in zip(pages(world).values(), bad_values(), strict=False):
        for value in values:
            look_at(client, Wish("GET", path, [(name, value) for name in names]))


@pytest.mark.parametrize("role", ["visitor", "alice"])
def test_no_step_of_an_address_breaks_a_page(world, role):
    client = client_of(role)
    patterns = {re.sub("[A-Z]+", "W", pattern): pattern for pattern in ROWS}.values()

    for pattern, values in zip(patterns, bad_values(), strict=False):
        for value in values:
            for word in re.findall("[A-Z]+", pattern):
                path = "/" + re.sub("[A-Z]+", lambda each: world[each[0]], pattern.replace(word, "%", 1))
                look_at(client, Wish("GET", path.replace("%", quoted(value), 1)))


def test_no_value_in_a_field_breaks_a_form(world):
    turns = bad_values()

    for role, form in found_forms(world):
        client = client_of(role)
        fields = {name: value for name, value in form.fields}
        if len(fields) > 50:
            for value in (*next(turns), *next(turns)):
                look_at(client, Wish("POST", form.action, [(name, value) for name in fields]))
            continue
        for name in (*fields, *form.files):
            for value in next(turns):
                others = [field for field in form.fields if field[0] != name]
                files = [(each, value, b"| a |\n|---|\n| b |\n") for each in form.files]
                look_at(client, Wish(form.method, form.action, [*others, (name, value)], files))


def as_header(value: str | bytes) -> str:
    """A value as a server hands it on: Latin-1, on one line."""
    text = value if isinstance(value, str) else value.decode("latin-1")
    return re.sub(r"[\r\n\0]", "", text.encode("utf-8", "surrogatepass").decode("latin-1"))


@st.composite
def oddities(draw) -> dict[str, object]:
    """What to do to a form, without knowing it: which one, what it loses, what it gets besides, and how it is sent."""
    numbers = st.integers(0, 10_000)
    return {
        "which": draw(numbers),
        "lost": draw(st.lists(numbers, max_size=2)),
        "fields": draw(st.lists(st.tuples(numbers, texts), max_size=8)),
        "file": draw(st.tuples(texts, st.binary(max_size=200))),
        "headers": draw(st.dictionaries(st.sampled_from(HEADERS), texts.map(as_header), max_size=3)),
        "method": draw(st.sampled_from(["", "", "", "GET", "POST", "PUT", "DELETE", "TRACE"])),
        "charset": draw(st.sampled_from(CHARSETS)),
    }


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@at_random
@given(role=st.sampled_from(["alice", "bob", "carol", "dora", "visitor"]), odd=oddities())
def test_no_mixture_of_values_breaks_anything(world, forms, role, odd):
    form = forms[odd["which"] % len(forms)]
    own = list(dict(form.fields))
    lost = {own[number % len(own)] for number in odd["lost"] if own}
    names = [*own, *names_in_code(), *OF_TABLES]
    fields = [(names[number % len(names)], value) for number, value in odd["fields"]]
    fields += [each for each in form.fields if each[0] not in lost][:MOST_FIELDS]
    files = [(name, *odd["file"]) for name in form.files]
    kind = f"application/x-www-form-urlencoded{odd['charset']}" if odd["charset"] else ""

    look_at(client_of(role), Wish(odd["method"] or form.method, form.action, fields, files, odd["headers"], kind))


@pytest.fixture
def forms(world) -> list[Form]:
    """Every form, and every page as a form without fields."""
    return [*(form for _, form in found_forms(world)), *(Form("GET", path) for path in pages(world).values())]
