"""What people send about their groups."""

import uuid
from typing import Any

from django import forms

from studysite.accounts.models import Group, Membership

INPUT = {"class": "input"}
DAY = forms.DateInput(attrs={**INPUT, "type": "date"}, format="%Y-%m-%d")
MOST_DAYS, MOST_USES = 90, 500


class GroupForm(forms.ModelForm):
    """A group's name and what it studies for."""

    class Meta:
        model = Group
        fields = ["name", "exam_on", "shows_standings"]
        labels = {"name": "Name", "exam_on": "Exam day", "shows_standings": "Show standings"}
        help_texts = {"exam_on": "A proposal: everybody’s own plan decides."}
        widgets = {"name": forms.TextInput(attrs={**INPUT, "autocomplete": "off"}), "exam_on": DAY}


class NewGroupForm(GroupForm):
    """A group that is started, once for each form."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta(GroupForm.Meta):
        fields = ["name", "exam_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4


class InvitationForm(forms.Form):
    """How long a link lives, for how many people, and what they become."""

    days = forms.IntegerField(label="Days it works", min_value=1, max_value=MOST_DAYS, initial=7)
    uses = forms.IntegerField(label="People who may use it", min_value=1, max_value=MOST_USES, initial=10)
    role = forms.ChoiceField(label="They join as", choices=Membership.GIVEN, initial=Membership.Role.MEMBER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.update(INPUT)


class MailForm(forms.Form):
    """To whom the link is sent."""

    email = forms.EmailField(
        label="Send it by email", widget=forms.EmailInput(attrs={**INPUT, "autocomplete": "off"}), max_length=254
    )


class SharingForm(forms.ModelForm):
    """What a member shows of themselves."""

    class Meta:
        model = Membership
        fields = ["shares_standing", "counts_in_aggregates"]
        labels = {
            "shares_standing": "Name me in the standings",
            "counts_in_aggregates": "Count my answers, without my name, in what the group misses",
        }
