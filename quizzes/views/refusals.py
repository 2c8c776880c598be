"""What somebody is told whose request cannot be taken as it is: sign in, reload, the sitting is over."""

import re
from collections.abc import Iterator
from urllib.parse import quote_plus, urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from quizzes.marking.typed import LONGEST
from studysite.web import as_private

CARRIED = re.compile(r"choice|tick|confidence|place-[0-9]{1,3}|cell-[0-9]{1,4}")
"""The fields of a question's form whose values are short: a number, or one word."""
SHORT = re.compile(r"[0-9A-Za-z-]{1,10}")
MOST_FIELDS = 100
MOST_LETTERS = 1800
"""So long may what is carried be: the address of the sign-in page holds it, quoted twice."""


def refuse_stranger(request: HttpRequest, back: str) -> HttpResponse:
    """
    What a POST gets that is about no sitting of this learner, whether or not there is such a sitting.

    Whoever is not signed in may have been: 401 with a way to sign in and come `back`, an address of this site where
    what they chose or wrote stands again. For anybody who is signed in it is not there. Raises Http404.
    """
    if request.user.is_authenticated:
        raise Http404
    given = urlencode(list(fields_given(request.POST)))
    context = {"back": f"{back}?{given}" if given else back}
    if not request.htmx:
        return as_private(render(request, "quizzes/sign_in.html", context, status=401))
    response = as_private(render(request, "quizzes/sign_in.html#panel", context, status=401))
    response.headers["HX-Retarget"] = "#problem"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def fields_given(sent: QueryDict) -> Iterator[tuple[str, str]]:
    """
    What a question's form said, field by field; nothing that no such form says.

    What is typed is cut off where an address could not hold it: after 500 letters, of some scripts after 80.
    """
    carried = [
        (name, value)
        for name, values in sent.lists()
        if CARRIED.fullmatch(name)
        for value in values
        if SHORT.fullmatch(value)
    ]
    yield from carried[:MOST_FIELDS]
    text = sent.get("text", "").replace("\x00", "")[:LONGEST]
    while len(quote_plus(quote_plus(text))) > MOST_LETTERS:
        text = text[: len(text) * 9 // 10]
    if text:
        yield "text", text
