"""
Editing content in Django's admin: guides, topics, tables with their rows, and the author's questions.

Everything is saved through `tables.actions.editing`, so that what follows from a text follows. Guides, tables and
columns come and go with their documents; nothing is deleted here, for learners' histories hang on it.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tables.actions.editing import rename_topic, save_guide, save_row, save_table
from tables.actions.publishing import NotPublished
from tables.admin.forms import RowForm, row_form
from tables.admin.inlines import ColumnInline, PointInline, RowInline, VersionInline
from tables.models import DecisionQuestion, Guide, Point, Row, Table, Topic
from tables.reader.forms import fold
from tables.versions.editing import TableEdit

MOST_FIELDS = 900
"""Form fields on one page; Django takes 1,000. Rows of larger tables have pages of their own."""


class ContentAdmin(admin.ModelAdmin):
    """Content: changed here, added and removed by documents; archived parts are shown and stay as they are."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Documents add."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Documents remove, and then it is archived."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only what the document still holds."""
        return super().has_change_permission(request, obj) and getattr(obj, "archived_at", None) is None


class InDocument(admin.SimpleListFilter):
    """Parts that the document holds, unless archived ones are asked for."""

    title = "in the document"
    parameter_name = "archived"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choice beside the default."""
        return [("1", "No longer"), ("all", "Now or once")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Live, archived, or both."""
        if self.value() == "all":
            return queryset
        return queryset.filter(archived_at__isnull=self.value() != "1")

    def choices(self, changelist: Any) -> Any:
        """The first choice stands for the default."""
        first, *others = super().choices(changelist)
        yield {**first, "display": "Now"}
        yield from others


@admin.register(Guide)
class GuideAdmin(ContentAdmin):
    list_display = ("title", "slug", "visibility", "owner", "version", "updated_at")
    list_filter = ("visibility",)
    list_select_related = ("owner",)
    search_fields = ("title", "slug", "document_id")
    raw_id_fields = ("owner",)
    readonly_fields = ("group", "slug", "key", "document_id", "version", "created_at", "updated_at")
    fields = ("title", "visibility", "owner", *readonly_fields)
    inlines = (VersionInline,)

    def save_model(self, request: HttpRequest, obj: Guide, form: ModelForm, change: bool) -> None:
        """Keep another title as a version."""
        save_guide(obj, title=obj.title, visibility=obj.visibility, owner=obj.owner, by=request.user)


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    list_display = ("__str__", "guide", "position", "slug")
    list_filter = (InDocument, "guide")
    list_select_related = ("guide",)
    search_fields = ("title",)
    fields = ("title", "guide", "slug", "key", "archived_at")
    readonly_fields = ("guide", "slug", "key", "archived_at")

    def save_model(self, request: HttpRequest, obj: Topic, form: ModelForm, change: bool) -> None:
        """Keep another title as a version of the guide."""
        rename_topic(obj, obj.title, by=request.user)


@admin.register(Table)
class TableAdmin(ContentAdmin):
    list_display = ("name", "topic", "kind", "row_count", "column_count")
    list_filter = (InDocument, "guide", "kind", "topic")
    list_select_related = ("guide", "topic")
    search_fields = ("title", "label", "topic__title")
    fieldsets = (
        (None, {"fields": ("title", "label", "kind", "points_label", "all_rows")}),
        (
            "Where it comes from",
            {"fields": ("guide", "topic", "shown_with", "kind_reason", "slug", "key", "archived_at")},
        ),
    )
    readonly_fields = ("guide", "topic", "shown_with", "kind_reason", "slug", "key", "archived_at", "all_rows")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Table]:
        """With what the pages show."""
        return super().get_queryset(request).select_related("guide", "topic", "shown_with")

    def get_inlines(self, request: HttpRequest, obj: Table | None) -> list[Any]:
        """Rows too, where the form stays within what one request may hold."""
        is_small = obj is not None and (obj.row_count + 1) * (obj.column_count + 4) <= MOST_FIELDS
        return [ColumnInline, *([RowInline] if is_small else []), PointInline]

    @admin.display(description="Rows")
    def all_rows(self, table: Table) -> SafeString:
        """Link to the list of the table's rows, each with a page of its own."""
        address = f"{reverse('admin:tables_row_changelist')}?table__id__exact={table.pk}"
        return format_html('<a href="{}">{} rows one by one</a>', address, table.row_count)

    def save_model(self, request: HttpRequest, obj: Table, form: ModelForm, change: bool) -> None:
        """Saved with its rows, in `save_related`."""

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Save the table and everything on its page as one edit."""
        for formset in formsets:
            formset.save(commit=False)  # only tells the admin's history what changed
        written = {formset.model: formset for formset in formsets}
        try:
            save_table(form.instance, table_edit(form, written), by=request.user)
        except NotPublished as error:
            self.message_user(request, f"Nothing was saved: {error}", messages.ERROR)


def table_edit(form: ModelForm, written: dict[type[Model], Any]) -> TableEdit:
    """What the page of a table asks for; `written` holds its formsets by model."""
    words = form.cleaned_data
    rows, points = written.get(Row), written.get(Point)
    columns = next(formset for model, formset in written.items() if model not in (Row, Point))
    return TableEdit(
        title=words["title"],
        label=words["label"],
        points_label=words["points_label"],
        kind=words["kind"] if "kind" in form.changed_data else None,
        headings={each.instance.key: each.cleaned_data["source"] for each in columns.initial_forms},
        rows={each.instance.key: each.sources() for each in kept(rows)},
        new_rows=tuple(each.sources() for each in added(rows)),
        removed_rows=frozenset(each.instance.key for each in removed(rows)),
        points={each.instance.key: each.cleaned_data["source"] for each in kept(points)},
        new_points=tuple(each.cleaned_data["source"] for each in added(points)),
        removed_points=frozenset(each.instance.key for each in removed(points)),
    )


def kept(formset: Any) -> list[Any]:
    """Forms of parts that stay."""
    return [form for form in formset.initial_forms if form not in formset.deleted_forms] if formset else []


def added(formset: Any) -> list[Any]:
    """Forms of new parts in which something was written."""
    forms = formset.extra_forms if formset else []
    return [form for form in forms if form.has_changed() and form not in formset.deleted_forms]


def removed(formset: Any) -> list[Any]:
    """Forms of parts to be archived."""
    return [form for form in formset.deleted_forms if form.instance.pk] if formset else []


@admin.register(Row)
class RowAdmin(ContentAdmin):
    list_display = ("subject", "table", "position")
    list_filter = (InDocument, "table__guide", "table__kind", "table")
    list_select_related = ("table",)
    ordering = ("table__guide", "table__position", "position")
    search_fields = ("folded",)
    readonly_fields = ("table", "slug", "key", "archived_at")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search as readers do: without regard to case and accents."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_form(self, request: HttpRequest, obj: Row | None = None, change: bool = False, **kwargs: Any) -> Any:
        """One field for each column of the row's table."""
        kwargs["form"] = row_form(list(obj.table.columns.live().order_by("position")) if obj else [])
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Row, form: RowForm, change: bool) -> None:
        """Save the cells with all that follows from them."""
        save_row(obj.table, obj.key, form.sources(), by=request.user)


@admin.register(DecisionQuestion)
class DecisionQuestionAdmin(ContentAdmin):
    """Questions are read from rows and key points, and written there."""

    list_display = ("question", "answer", "table")
    list_filter = (InDocument, "table__guide", "table__kind", "table")
    list_select_related = ("table",)
    ordering = ("table__guide", "table__position", "position")
    search_fields = ("question", "answer", "explanation")
    fields = readonly_fields = ("question", "answer", "explanation", "written_in", "key", "archived_at")

    @admin.display(description="Edit it in")
    def written_in(self, question: DecisionQuestion) -> SafeString:
        """Link to the row, or to the table of the key point, where the question is written."""
        if question.row_id:
            address = reverse("admin:tables_row_change", args=[question.row_id])
        else:
            address = reverse("admin:tables_table_change", args=[question.table_id])
        return format_html('<a href="{}">{}</a>', address, question.table.name)
