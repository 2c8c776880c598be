"""What is said when a form's token is no longer good: it is handed a fresh one, and nothing entered is lost."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    The answer to a form that was refused, for example because its sender has signed in in another tab.

    htmx gets the fresh token for every form of the page, and a notice beside the form it sent: in the question, where
    the answer can be sent again as it was, else as a passing message. Everybody else gets a page.
    """
    token = get_token(request)
    if request.headers.get("HX-Request") != "true":
        return render(request, "403_csrf.html", {"reason": reason}, status=403)
    is_answer = "choice" in request.POST and "token" in request.POST
    context = {"token": token, "choice": request.POST.get("choice", ""), "is_answer": is_answer}
    response = HttpResponse(loader.render_to_string("csrf_notice.html", context), status=403)
    response.headers["HX-Retarget"] = "#problem" if is_answer else "#toasts"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
