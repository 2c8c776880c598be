"""A person's own pages: their profile, and the way out."""

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.actions.leaving import leave
from quizzes.actions.profile import keep_days, keep_person, studies_of
from quizzes.forms.people import LeaveForm, ProfileForm
from quizzes.middleware import ensure_learner
from quizzes.models import Learner
from studysite.accounts.actions.people import NameTaken
from studysite.accounts.models import NAME_TAKEN
from studysite.web import private
from tables.models import Guide


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, time zone, exam days, mails; and the way to all else that is one's own."""
    form = profile_form(request)
    if request.method != "POST":
        return render(request, "people/profile.html", {"form": form})
    if limited := consume_or_429(request, action="change_name", user=request.user):
        return limited
    if form.is_valid() and kept(request, form):
        messages.success(request, "Kept.")
        return HttpResponseRedirect(reverse("quizzes:profile"), status=303)
    return render(request, "people/profile.html", {"form": form}, status=422)


def profile_form(request: HttpRequest) -> ProfileForm:
    """The form of whoever asks, with what they sent. 3 queries."""
    learner: Learner = request.learner
    return ProfileForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        time_zone=learner.time_zone,
        today=learner.today,
        studies=studies_of(learner, request.user),
        sends_mail=settings.SENDS_MAIL,
    )


def kept(request: HttpRequest, form: ProfileForm) -> bool:
    """Keep what a valid form says; else the form says what stood in the way."""
    said, wanted = form.cleaned_data, request.user.wants_mail
    try:
        keep_person(request.user, username=said["username"], wants_mail=said.get("wants_mail", wanted))
    except NameTaken:
        form.add_error("username", NAME_TAKEN)
        return False
    if "time_zone" in form.changed_data or form.exams():
        keep_days(ensure_learner(request), time_zone=said["time_zone"], exams=form.exams())
    return True


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the account of whoever asks, once they gave its name and password."""
    guides = Guide.objects.owned_by(request.user).only("title", "archived_at")
    form = LeaveForm(request.POST if request.method == "POST" else None, user=request.user, has_guides=guides.exists())
    status = 200
    if request.method == "POST":
        if limited := consume_or_429(request, action="reauthenticate", user=request.user):
            return limited
        if form.is_valid():
            return gone(request, form)
        status = 422
    return render(request, "people/delete.html", {"form": form, "guides": guides}, status=status)


def gone(request: HttpRequest, form: LeaveForm) -> HttpResponse:
    """Delete, sign out, and have the browser drop the pages it kept."""
    leave(request.user, form.choice)
    logout(request)
    response = HttpResponseRedirect(reverse("quizzes:account-deleted"), status=303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """What is said to whoever has left."""
    return render(request, "people/deleted.html")
