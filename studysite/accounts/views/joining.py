"""
The way into a group: the link, and the same page without it for who signs up or in on the way.

The link stands in no address but its own: what has to remember it is the session, so that it is in no `next`, no
referrer and no form.
"""

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from studysite.accounts.actions.invitations import KEPT, DeadLink, join_group
from studysite.accounts.models import Invitation, Membership
from studysite.web import private

MISSES = {"join": "30/m/ip"}
"""So many dead links may one address try; links that work are not counted."""


@private
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str = "") -> HttpResponse:
    """Who invites into which group; sent by somebody signed in, it makes them a member."""
    kept = request.session.get(KEPT)
    invitation = Invitation.objects.of_token(token) if token else Invitation.objects.followed(kept)
    response = answer(request, invitation) if invitation else dead(request)
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The page of a link that this site made; who is in the group already is led there."""
    is_in = Membership.objects.of(request.user).filter(group=invitation.group_id).exists()
    if is_in:
        return welcome(request, invitation)
    if not invitation.is_living:
        return dead(request)
    if request.method == "POST" and request.user.is_authenticated:
        try:
            join_group(invitation, request.user)
        except DeadLink:
            return dead(request)
        messages.success(request, f"Welcome to {invitation.group}.")
        return welcome(request, invitation)
    if request.session.get(KEPT) != invitation.kept:
        request.session[KEPT] = invitation.kept
    status = 401 if request.method == "POST" else 200
    return render(request, "accounts/join.html", {"invitation": invitation, "group": invitation.group}, status=status)


def welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """To the page of a group one is in; the link is needed no more."""
    request.session.pop(KEPT, None)
    return HttpResponseRedirect(invitation.group.get_absolute_url(), status=303)


def dead(request: HttpRequest) -> HttpResponse:
    """One page for every link by which nobody comes in; who tries many is asked to wait."""
    if not consume(request, app="studysite.accounts", action="join", config=MISSES, limit_get=True):
        return render(request, "429.html", status=429)
    if KEPT in request.session:
        del request.session[KEPT]
    return render(request, "accounts/join_dead.html", status=404)
