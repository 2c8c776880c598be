"""What readers may enter."""

from django import forms


class SearchForm(forms.Form):
    """The words to look for in a guide."""

    q = forms.CharField(
        max_length=200,
        error_messages={"required": "Type a word to look for.", "max_length": "Use at most 200 characters."},
    )
