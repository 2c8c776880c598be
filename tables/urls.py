"""Addresses of what readers browse. They catch every first step that no other app took, so they are included last."""

from django.urls import path

from tables.views import guides, search, tables

app_name = "tables"
urlpatterns = [
    path("", guides.home, name="home"),
    path("<str:guide_slug>/", guides.guide, name="guide"),
    path("<str:guide_slug>/search/", search.search, name="search"),
    path("<str:guide_slug>/<str:table_slug>/", tables.table, name="table"),
]
