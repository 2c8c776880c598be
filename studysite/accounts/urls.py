"""Addresses of the people's pages beside allauth's and the admin's, and of the one sign-out that both share."""

from django.urls import path

from studysite.accounts import views

app_name = "accounts"
urlpatterns = [
    path("accounts/logout/", views.sign_out, name="sign_out"),
    path("accounts/sessions/", views.sessions, name="sessions"),
    path("admin/logout/", views.sign_out),
    path("theme/", views.theme, name="theme"),
]
