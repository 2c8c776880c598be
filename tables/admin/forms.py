"""Forms in which editors write Markdown: one field for each cell of a row, each heading, each key point."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms

from tables.models import Column, Point, Row
from tables.versions.editing import one_line, point_source
from tables.versions.points import point_fault

LONGEST_CELL = 4_000
LETTERS_IN_A_ROW = 80


def markdown_field(label: str, *, required: bool = False, columns: int = 28) -> forms.CharField:
    """One line of Markdown; the field grows by hand where a text is long."""
    widget = forms.Textarea(attrs={"rows": 2, "cols": columns})
    return forms.CharField(label=label, required=required, max_length=LONGEST_CELL, widget=widget, strip=False)


class RowForm(forms.ModelForm):
    """The cells of one row as Markdown; subclasses made by `row_form` have a field for each column."""

    columns: ClassVar[list[Column]] = []

    class Meta:
        model = Row
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in self.columns:
            self.initial[field_name(column)] = self.instance.cell(column).source

    def sources(self) -> dict[UUID, str]:
        """What was written, by the key of the column."""
        return {column.key: self.cleaned_data[field_name(column)] for column in self.columns}


def field_name(column: Column) -> str:
    """What a column's field is called in forms."""
    return f"cell_{column.key.hex}"


def row_form(columns: list[Column]) -> type[RowForm]:
    """A form for the rows of one table; its fields together are as wide as a window where that can be."""
    width = min(28, max(12, LETTERS_IN_A_ROW // max(1, len(columns))))
    fields = {field_name(column): markdown_field(column.name, columns=width) for column in columns}
    return type("TableRowForm", (RowForm,), {**fields, "columns": columns})


class HeadingForm(forms.ModelForm):
    """The heading of one column."""

    source = markdown_field("Heading (Markdown)")

    class Meta:
        model = Column
        fields = ("source",)


class PointForm(forms.ModelForm):
    """One key point."""

    source = markdown_field("Key point (Markdown)", required=True, columns=90)

    class Meta:
        model = Point
        fields = ("source",)

    def clean_source(self) -> str:
        """Markdown that is read back as one key point."""
        written: str = self.cleaned_data["source"]
        source = point_source(written) if self.instance.pk else one_line(written)
        if "source" in self.changed_data and (fault := point_fault(source, self.initial.get("source", ""))):
            raise forms.ValidationError(fault)
        return written
