"""Study groups: which one is in, starting one, who is in it and what each may do. Strangers find nothing."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from studysite.accounts.actions import invitations
from studysite.accounts.actions.access import editor_of, membership_of, owner_of
from studysite.accounts.actions.groups import (
    StaysOwner,
    give_role,
    hand_over,
    keep_settings,
    keep_sharing,
    leave_group,
    may_start_group,
    remove_member,
    start_group,
)
from studysite.accounts.forms.groups import GroupForm, InvitationForm, MailForm, NewGroupForm, SharingForm
from studysite.accounts.models import Invitation, Membership
from studysite.numbers import number_in
from studysite.web import private

MAILS = {"invite": "20/d/user"}
"""So many invitations may one person send in a day."""


def back_to(path: str) -> HttpResponseRedirect:
    """To the page that shows what came of it."""
    return HttpResponseRedirect(path, status=303)


@private
@login_required
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups that the reader is in."""
    mine = Membership.objects.of(request.user).select_related("group").annotate(people=Count("group__memberships"))
    context = {"memberships": mine.order_by("group__name", "pk"), "may_start": may_start_group(request.user)}
    return render(request, "accounts/groups.html", context)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start a group, once for each form."""
    if not may_start_group(request.user):
        raise PermissionDenied("On this site, groups are started by its staff. Ask whoever runs it.")
    form = NewGroupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        group = start_group(request.user, said["key"], name=said["name"], exam_on=said["exam_on"])
        return back_to(group.get_absolute_url())
    return render(request, "accounts/group_start.html", {"form": form}, status=422 if form.is_bound else 200)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def configure(request: HttpRequest, group: int) -> HttpResponse:
    """Name, exam day and standings of a group."""
    mine = owner_of(request.user, group)
    name = mine.group.name
    form = GroupForm(request.POST if request.method == "POST" else None, instance=mine.group)
    if request.method == "POST" and form.is_valid():
        if not keep_settings(mine.group, **form.cleaned_data):
            raise Http404
        messages.success(request, "Kept.")
        return back_to(mine.group.get_absolute_url())
    context = {"form": form, "membership": mine, "group": mine.group, "name": name}
    return render(request, "accounts/group_settings.html", context, status=422 if form.is_bound else 200)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, group: int) -> HttpResponse:
    """Everybody in a group; its owner gives roles and, once asked again, takes people out and hands the group over."""
    mine = owner_of(request.user, group) if request.method == "POST" else membership_of(request.user, group)
    if request.method == "POST":
        wish = request.POST.get("do", "")
        do = DOING.get(wish)
        if do is None:
            raise Http404
        who = number_in(request.POST.get("member", ""))
        them = get_object_or_404(Membership.objects.select_related("user", "group"), group=mine.group, pk=who)
        if wish in ASKED_FIRST and not request.POST.get("sure") and not them.is_owner:
            context = {"group": mine.group, "them": them, "wish": wish}
            return render(request, "accounts/member_sure.html", context)
        try:
            messages.success(request, do(request, them))
        except StaysOwner:
            messages.error(request, "The owner stays the owner until the group is handed over.")
        return back_to(reverse("accounts:members", args=[group]))
    people = Membership.objects.filter(group=mine.group).in_order()
    context = {"membership": mine, "group": mine.group, "people": people, "roles": Membership.GIVEN}
    return render(request, "accounts/members.html", context)


def change_role(request: HttpRequest, them: Membership) -> str:
    """Make somebody an editor or a member."""
    role = request.POST.get("role", "")
    if role not in dict(Membership.GIVEN):
        raise Http404
    give_role(them, role)
    return f"{them.user} is {'an editor' if role == Membership.Role.EDITOR else 'a member'} now."


def remove(request: HttpRequest, them: Membership) -> str:
    """Take somebody out of the group."""
    remove_member(them)
    return f"{them.user} is not in the group any more. The invitation link is a new one, so that the old one is dead."


def give_away(request: HttpRequest, them: Membership) -> str:
    """Make somebody the owner."""
    hand_over(them.group, them)
    return f"{them.user} is the owner now, and you are an editor."


DOING: dict[str, Callable[[HttpRequest, Membership], str]] = {
    "role": change_role,
    "remove": remove,
    "hand-over": give_away,
}
ASKED_FIRST = {"remove", "hand-over"}
"""What one press does not do: a page asks first."""


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, group: int) -> HttpResponse:
    """Leave a group, once that was asked."""
    mine = membership_of(request.user, group)
    if request.method == "POST" and not mine.is_owner:
        leave_group(mine)
        messages.success(request, f"You have left {mine.group}. What you learned is yours and stays.")
        return back_to(reverse("accounts:groups"))
    context = {"membership": mine, "group": mine.group}
    return render(request, "accounts/group_leave.html", context, status=422 if request.method == "POST" else 200)


@private
@login_required
@require_POST
def invitation(request: HttpRequest, group: int) -> HttpResponse:
    """Make or renew the group's link, or take it back."""
    mine = editor_of(request.user, group)
    if request.POST.get("do") == "revoke":
        invitations.revoke(mine.group)
        messages.success(request, "The link is taken back: nobody comes in by it any more.")
        return back_to(mine.group.get_absolute_url())
    form = InvitationForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        role = said["role"] if mine.is_owner else Membership.Role.MEMBER
        invitations.invite(mine.group, request.user, days=said["days"], uses=said["uses"], role=role)
        messages.success(request, "Here is a new link. An older one does not work any more.")
        return back_to(mine.group.get_absolute_url())
    context = {"form": form, "membership": mine, "group": mine.group}
    return render(request, "accounts/invite.html", context, status=422)


@private
@login_required
@require_POST
def mail(request: HttpRequest, group: int) -> HttpResponse:
    """Send the group's link to somebody, whether or not they have an account here; so many a day."""
    mine = editor_of(request.user, group)
    living = Invitation.objects.living().filter(group=mine.group).first()
    if living is None or not settings.SENDS_MAIL:
        raise Http404
    form = MailForm(request.POST)
    if not form.is_valid():
        context = {"mail_form": form, "membership": mine, "group": mine.group}
        return render(request, "accounts/invite.html", context, status=422)
    if not consume(request, app="studysite.accounts", action="invite", config=MAILS, user=request.user):
        return render(request, "429.html", status=429)
    link = request.build_absolute_uri(living.path)
    said = {"inviter": request.user.username, "group": mine.group, "join_url": link, "until": living.expires_at}
    get_adapter(request).send_mail("accounts/email/invitation", form.cleaned_data["email"], said)
    messages.success(request, f"The link is on its way to {form.cleaned_data['email']}.")
    return back_to(mine.group.get_absolute_url())


@private
@login_required
@require_POST
def sharing(request: HttpRequest, group: int) -> HttpResponse:
    """Keep what a member shows of themselves."""
    mine = membership_of(request.user, group)
    form = SharingForm(request.POST, instance=mine)
    if form.is_valid():
        if not keep_sharing(mine, **form.cleaned_data):
            raise Http404
        messages.success(request, "Kept.")
    return back_to(mine.group.get_absolute_url())
