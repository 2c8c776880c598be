"""What stands inside the page of a table or guide in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from tables.admin.forms import HeadingForm, PointForm, row_form
from tables.models import Column, Guide, Point, Row, Table, Version

MOST_FORMS = 500
"""How many parts one page takes, whatever number is sent: Django would make 2,000 forms, in seconds."""


class ColumnInline(admin.TabularInline):
    """Headings; columns come and go with the document."""

    model = Column
    form = HeadingForm
    fields = ("source", "slug", "is_facet")
    readonly_fields = ("slug", "is_facet")
    ordering = ("position",)
    extra = max_num = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Column]:
        """Those the document has."""
        return super().get_queryset(request).filter(archived_at=None)


class RowInline(admin.TabularInline):
    """All rows of a table, one field for each cell."""

    model = Row
    ordering = ("position",)
    extra = 1
    max_num = MOST_FORMS
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Row]:
        """Those the document has."""
        return super().get_queryset(request).filter(archived_at=None)

    def get_formset(self, request: HttpRequest, obj: Table | None = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        """Forms with the columns of this table."""
        kwargs["form"] = row_form(list(obj.columns.live().order_by("position")) if obj else [])
        return super().get_formset(request, obj, **kwargs, absolute_max=MOST_FORMS)


class PointInline(admin.TabularInline):
    """The list attached to a table."""

    model = Point
    form = PointForm
    ordering = ("position",)
    extra = 1
    max_num = MOST_FORMS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Point]:
        """Those the document has."""
        return super().get_queryset(request).filter(archived_at=None)

    def get_formset(self, request: HttpRequest, obj: Table | None = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        """Forms for no more than there can be."""
        return super().get_formset(request, obj, **kwargs, absolute_max=MOST_FORMS)


class VersionInline(admin.TabularInline):
    """The history of a guide's document."""

    model = Version
    fields = readonly_fields = ("number", "name", "summary", "imported_at", "imported_by")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Version]:
        """Newest first, without the documents themselves."""
        return super().get_queryset(request).select_related("imported_by", "guide").defer("source")

    def has_add_permission(self, request: HttpRequest, obj: Guide | None = None) -> bool:
        """History is written by imports alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Guide | None = None) -> bool:
        """History is not rewritten."""
        return False
