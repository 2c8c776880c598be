"""How others answered a question: only for whoever has answered it, and only as shares."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from quizzes.actions.others import shares_of
from quizzes.others import FEWEST
from quizzes.views.own import found, own_slot
from studysite.web import private, render_part


@private
@require_safe
def others(request: HttpRequest, sitting: int, position: int) -> HttpResponse:
    """The shares of each answer; before one's own is given there is only the question."""
    slot = found(own_slot(request, sitting, position))
    if slot.points is None:
        return HttpResponseRedirect(reverse("quizzes:question", args=[sitting, position]))
    context = {"slot": slot, "shares": shares_of(slot), "fewest": FEWEST}
    return render_part(request, "quizzes/others.html", "others", context)
