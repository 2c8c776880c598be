"""What an editor answers to a finding of the notes check."""

from django import forms

DOINGS = ("dismiss", "bring-back", "link", "split", "means")


class SettleForm(forms.Form):
    """One answer to one finding; `name` is that of the thing which a short name means."""

    do = forms.ChoiceField(choices=[(name, name) for name in DOINGS])
    key = forms.CharField(max_length=64)
    name = forms.CharField(required=False, max_length=4000, strip=False)
