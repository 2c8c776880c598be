"""What people send of themselves: their profile, and that they leave."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms

from quizzes.actions.leaving import Guides
from quizzes.forms.plans import DAY, zone_choices
from quizzes.models import Study
from studysite.accounts.models import User


class ProfileForm(forms.Form):
    """Name, time zone, exam dates of the guides one studies and, where the site sends mail, whether one wants any."""

    username = forms.CharField(
        label="Name", max_length=150, help_text="You sign in with it. Letters, digits and @ . + - _"
    )
    time_zone = forms.ChoiceField(label="Time zone", required=False, help_text="A day begins at four in the morning.")
    wants_mail = forms.BooleanField(label="Remind me by email", required=False)

    def __init__(
        self, *args: Any, user: User, time_zone: str, today: date, studies: Sequence[Study], sends_mail: bool
    ) -> None:
        self.user, self.today, self.studies = user, today, studies
        initial = {"username": user.username, "time_zone": time_zone, "wants_mail": user.wants_mail}
        super().__init__(*args, initial=initial)
        self.fields["time_zone"].choices = zone_choices()
        if not sends_mail:
            del self.fields["wants_mail"]
        for study in studies:
            ahead = study.exam_on if study.exam_on and study.exam_on >= today else None
            widget = forms.DateInput(attrs=DAY)
            self.fields[f"exam_{study.guide_id}"] = forms.DateField(
                label=study.guide.title, required=False, widget=widget, initial=ahead
            )
        self.fields["username"].widget.attrs["autocomplete"] = "username"

    def clean_username(self) -> str:
        """A name that nobody else has, by the rules of signing up."""
        name: str = self.cleaned_data["username"]
        is_own = name.lower() == self.user.username.lower()
        return name if name == self.user.username else get_adapter().clean_username(name, shallow=is_own)

    def clean(self) -> dict[str, Any]:
        """Refuse exam days that are past."""
        for pk, chosen in self.exams().items():
            if chosen and chosen < self.today:
                self.add_error(f"exam_{pk}", "This day is past. Choose today or later, or leave it empty.")
        return self.cleaned_data

    def of_guides(self) -> list[forms.BoundField]:
        """The exam dates."""
        return [bound for bound in self if bound.name.startswith("exam_")]

    def exams(self) -> Mapping[int, date | None]:
        """Exam days that were changed, by the id of the guide."""
        changed = (name for name in self.changed_data if name.startswith("exam_") and name in self.cleaned_data)
        return {int(name.removeprefix("exam_")): self.cleaned_data[name] for name in changed}


class LeaveForm(forms.Form):
    """That somebody wants their account deleted, said twice: by their name and by their password."""

    guides = forms.ChoiceField(label="Your guides", choices=Guides.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    password = forms.CharField(
        label="Your password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: User, has_guides: bool) -> None:
        super().__init__(*args)
        self.user = user
        if not has_guides:
            del self.fields["guides"]

    def clean_name(self) -> str:
        """The name, letter for letter."""
        name: str = self.cleaned_data["name"]
        if name != self.user.username:
            raise forms.ValidationError("That is not the name of this account.")
        return name

    def clean_password(self) -> str:
        """The password."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise get_adapter().validation_error("incorrect_password")
        return password

    @property
    def choice(self) -> Guides:
        """What becomes of the guides; of those of somebody who has none, nothing."""
        return Guides(self.cleaned_data.get("guides", Guides.DELETE))
