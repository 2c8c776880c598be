"""How a group begins to sit together."""

from typing import Any

from django import forms

from quizzes.models import new_token
from tables.models import Guide

INPUT = {"class": "input"}


class MeetingForm(forms.Form):
    """On which guide, with how many questions; once for each form."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    guide = forms.ModelChoiceField(label="Guide", queryset=Guide.objects.none(), to_field_name="slug", empty_label=None)
    count = forms.IntegerField(label="Questions", min_value=1, max_value=50, initial=10)

    def __init__(self, *args: Any, guides: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guide"].queryset = guides
        self.fields["token"].initial = new_token()
        for name in ("guide", "count"):
            self.fields[name].widget.attrs.update(INPUT)
