"""Addresses of the people's pages beside allauth's and the admin's, and of what is ours instead of theirs."""

from django.urls import path

from studysite import converters  # noqa: F401  (registers what a step may be)
from studysite.accounts.views import groups, joining, people

app_name = "accounts"
urlpatterns = [
    path("accounts/signup/", people.SignUp.as_view(), name="sign_up"),
    path("accounts/logout/", people.sign_out, name="sign_out"),
    path("accounts/sessions/", people.sessions, name="sessions"),
    path("admin/logout/", people.sign_out),
    path("theme/", people.theme, name="theme"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.start, name="start-group"),
    path("groups/<number:group>/settings/", groups.configure, name="group-settings"),
    path("groups/<number:group>/members/", groups.members, name="members"),
    path("groups/<number:group>/leave/", groups.leave, name="leave"),
    path("groups/<number:group>/invitation/", groups.invitation, name="invitation"),
    path("groups/<number:group>/invitation/mail/", groups.mail, name="mail-invitation"),
    path("groups/<number:group>/sharing/", groups.sharing, name="sharing"),
    path("join/", joining.join, name="join-kept"),
    path("join/<str:token>/", joining.join, name="join"),
]
