"""What editors write over a guide on the site: one text at a time."""

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms

type Fault = Callable[[str], str]


def mark_of(source: str) -> str:
    """What a form keeps of the text it was opened with, to tell whether somebody changed it meanwhile."""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def too_long(source: str, longest: int) -> str:
    """How long a text is, and by how much it is too long: the end of a sentence and a second one."""
    return f"{len(source):,} characters; the limit is {longest:,}. Take {len(source) - longest:,} out."


class TextForm(forms.Form):
    """
    One text of a table as Markdown. `was` is the mark of the text that was there when the form was opened.

    `fault` says, as a sentence, why a text cannot be kept; "" if it can.
    """

    source = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"class": "input", "rows": 3, "autofocus": True})
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, name: str, longest: int, now: str, fault: Fault, **kwargs: Any) -> None:
        super().__init__(*args, initial={"source": now, "was": mark_of(now)}, **kwargs)
        self.fields["source"].label = name
        self.longest, self.now, self.fault = longest, now, fault

    def clean_source(self) -> str:
        """A text within its limit and without fault."""
        source: str = self.cleaned_data["source"].replace("\0", "")
        if len(source) > self.longest:
            raise forms.ValidationError(f"This has {too_long(source, self.longest)}")
        if fault := self.fault(source):
            raise forms.ValidationError(fault)
        return source

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what somebody else wrote meanwhile."""
        if self.cleaned_data.get("was") != mark_of(self.now):
            self.data = {**self.data.dict(), "was": mark_of(self.now)}
            self.add_error(
                "source", f"Somebody changed this meanwhile; it now says “{self.now}”. Save again to write over it."
            )
        return self.cleaned_data
