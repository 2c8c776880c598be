"""Continue: from any page to the next question of today's plan."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from quizzes.actions.bank import refresh_bank
from quizzes.actions.dealing import NothingToAsk
from quizzes.actions.today import continue_sitting
from quizzes.middleware import ensure_learner
from quizzes.views.start import MOST_GUIDES, chosen_guide
from studysite.web import private
from tables.models import Guide


@private
@require_safe
def go_on(request: HttpRequest) -> HttpResponse:
    """
    To the question that waits today, of the guide named or last studied.

    A look at this address begins the day's sitting, the same one however often: it is a link on every page. Whoever has
    not begun to learn is shown what can be practised, and begins there.
    """
    guides = list(Guide.objects.visible_to(request.user)[:MOST_GUIDES])
    guide = chosen_guide(request, guides)
    if guide is None or (request.learner.pk is None and not request.user.is_authenticated):
        return HttpResponseRedirect(reverse("quizzes:start"))
    refresh_bank(guide)
    try:
        sitting = continue_sitting(ensure_learner(request), guide)
    except NothingToAsk:
        return HttpResponseRedirect(f"{reverse('quizzes:start')}?guide={guide.slug}")
    return HttpResponseRedirect(reverse("quizzes:sitting", args=[sitting.pk]))
