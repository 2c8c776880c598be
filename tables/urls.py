"""Addresses of what readers browse. They catch every first step that no other app took, so they are included last."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from studysite import converters  # noqa: F401  (registers what a step may be)
from tables.views import about, compare, concepts, guides, search, tables, twins


class EndingConverter(StringConverter):
    """The ending that asks for another format."""

    regex = "md|json|csv|tsv"


register_converter(EndingConverter, "ending")

app_name = "tables"
urlpatterns = [
    path("", guides.home, name="home"),
    path("<any-slug:guide_slug>.<ending:ending>", twins.guide_twin, name="guide-twin"),
    path("about/<slug:name>/", about.about, name="about"),
    path("search/", search.search_everywhere, name="search-everywhere"),
    path("<any-slug:guide_slug>/", guides.guide, name="guide"),
    path("<any-slug:guide_slug>/search/", search.search, name="search"),
    path("<any-slug:guide_slug>/<any-slug:table_slug>.<ending:ending>", twins.table_twin, name="table-twin"),
    path("<any-slug:guide_slug>/compare/", compare.compare, name="compare"),
    path("<any-slug:guide_slug>/concepts/", concepts.index, name="concepts"),
    path("<any-slug:guide_slug>/concepts/<any-slug:concept_slug>/", concepts.concept, name="concept"),
    path("<any-slug:guide_slug>/<any-slug:table_slug>/", tables.table, name="table"),
    path("<any-slug:guide_slug>/<any-slug:table_slug>/columns/", tables.columns, name="columns"),
]
