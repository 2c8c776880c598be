"""What editors write over a guide on the site: one text at a time."""

import hashlib
from typing import Any

from django import forms

from tables.reader.names import tidy_title


def mark_of(source: str) -> str:
    """What a form keeps of the text it was opened with, to tell whether somebody changed it meanwhile."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def too_long(source: str, longest: int) -> str:
    """How long a text is, and by how much it is too long: the end of a sentence and a second one."""
    return f"{len(source):,} characters; the limit is {longest:,}. Take {len(source) - longest:,} out."


class TextForm(forms.Form):
    """
    One text of a table as Markdown. `was` is the mark of the text that was there when the form was opened.

    A title (`is_title`) has something to see in it.
    """

    source = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"class": "input", "rows": 3, "autofocus": True})
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, name: str, longest: int, now: str, is_title: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, initial={"source": now, "was": mark_of(now)}, **kwargs)
        self.fields["source"].label = name
        self.longest, self.now, self.is_title = longest, now, is_title

    def clean_source(self) -> str:
        """A text within its limit; a title that shows."""
        source: str = self.cleaned_data["source"].replace("\0", "")
        if len(source) > self.longest:
            raise forms.ValidationError(f"This has {too_long(source, self.longest)}")
        if self.is_title and not tidy_title(source):
            raise forms.ValidationError("A table needs a title that can be seen.")
        return source

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else wrote meanwhile."""
        if self.cleaned_data.get("was") != mark_of(self.now):
            self.data = {**self.data.dict(), "was": mark_of(self.now)}
            self.add_error(
                "source", f"Somebody changed this meanwhile; it now says “{self.now}”. Save again to write over it."
            )
        return self.cleaned_data
