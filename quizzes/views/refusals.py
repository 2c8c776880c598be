"""What somebody is told whose request cannot be taken as it is: sign in, reload, the sitting is over."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from studysite.web import as_private


def refuse_stranger(request: HttpRequest, back: str) -> HttpResponse:
    """
    What a POST gets that is about no sitting of this learner, whether or not there is such a sitting.

    Whoever is not signed in may have been: 401 with a way to sign in and come `back`, an address of this site where
    what they chose is chosen again. For anybody who is signed in it is not there. Raises Http404.
    """
    if request.user.is_authenticated:
        raise Http404
    choice = request.POST.get("choice", "")
    if choice.isascii() and choice.isalnum() and len(choice) < 10:
        back = f"{back}?{urlencode({'choice': choice})}"
    context = {"back": back}
    if not request.htmx:
        return as_private(render(request, "quizzes/sign_in.html", context, status=401))
    response = as_private(render(request, "quizzes/sign_in.html#panel", context, status=401))
    response.headers["HX-Retarget"] = "#problem"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
