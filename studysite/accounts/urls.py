"""Addresses of the people's pages beside allauth's."""

from django.urls import path

from studysite.accounts import views

app_name = "accounts"
urlpatterns = [
    path("theme/", views.theme, name="theme"),
]
