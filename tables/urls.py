"""Addresses of what readers browse. They catch every first step that no other app took, so they are included last."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tables.views import guides, search, tables


class SlugConverter(StringConverter):
    """A slug in any script. PostgreSQL cannot even look for a text with a NUL, so that is no address."""

    regex = r"[^/\0]+"


register_converter(SlugConverter, "any-slug")

app_name = "tables"
urlpatterns = [
    path("", guides.home, name="home"),
    path("search/", search.search_everywhere, name="search-everywhere"),
    path("<any-slug:guide_slug>/", guides.guide, name="guide"),
    path("<any-slug:guide_slug>/search/", search.search, name="search"),
    path("<any-slug:guide_slug>/<any-slug:table_slug>/", tables.table, name="table"),
]
