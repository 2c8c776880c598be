"""What learners send of how they want to study."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django import forms

from quizzes.models import Learner
from quizzes.models.learners import LEAST_GOAL, MOST_GOAL
from tables.models import Topic

DAY = {"type": "date"}
WEIGHTS = [("1", "as usual"), ("2", "twice as much"), ("3", "three times as much"), ("0", "not at all")]
"""How much a topic counts in the plan and in the forecast."""


class PlanForm(forms.Form):
    """How a learner wants to study: of one guide the exam and what comes first, of all the goal, the zone, days off."""

    exam_on = forms.DateField(label="Exam date", required=False, widget=forms.DateInput(attrs=DAY))
    pass_mark = forms.IntegerField(label="Pass mark in percent", required=False, min_value=1, max_value=100)
    leading_topic = forms.ChoiceField(label="Topic to meet first", required=False)
    goal = forms.IntegerField(label="Daily goal", min_value=LEAST_GOAL, max_value=MOST_GOAL)
    goal_unit = forms.ChoiceField(label="Counted in", choices=Learner.GoalUnit)
    time_zone = forms.ChoiceField(label="Time zone", required=False)
    paused_until = forms.DateField(label="Days off until", required=False, widget=forms.DateInput(attrs=DAY))
    returns_missed = forms.BooleanField(label="Ask what I missed once more at the end", required=False)

    def __init__(self, *args: Any, today: date, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.topics = {str(topic.pk): topic for topic in topics}
        named = [(pk, topic.title) for pk, topic in self.topics.items() if topic.title]
        self.fields["leading_topic"].choices = [("", "As in the guide"), *named]
        self.fields["time_zone"].choices = zone_choices()
        for pk, title in named if len(named) > 1 else ():
            self.fields[f"weight_{pk}"] = forms.ChoiceField(label=title, choices=WEIGHTS, required=False)
        for name, field in self.fields.items():
            if name != "returns_missed":
                field.widget.attrs["class"] = "input"

    def clean_exam_on(self) -> date | None:
        """A day from today on."""
        chosen: date | None = self.cleaned_data["exam_on"]
        if chosen and chosen < self.today:
            raise forms.ValidationError("This day is past. Choose today or later, or leave it empty.")
        return chosen

    def clean(self) -> dict[str, Any]:
        """Refuse a plan of nothing."""
        weights = self.weights()
        if self.topics and all(weights.get(pk) == 0 for pk in self.topics):
            self.add_error(None, "One topic at least has to count.")
        return self.cleaned_data

    def rest(self) -> list[forms.BoundField]:
        """All but how much each topic counts."""
        return [bound for bound in self if not bound.name.startswith("weight_")]

    def of_topics(self) -> list[forms.BoundField]:
        """How much each topic counts; none where there is one topic."""
        return [bound for bound in self if bound.name.startswith("weight_")]

    def weights(self) -> dict[str, int]:
        """0 to 3 by the id of a topic, without those that count as usual."""
        chosen = {pk: self.cleaned_data.get(f"weight_{pk}") or "1" for pk in self.topics}
        return {pk: int(weight) for pk, weight in chosen.items() if weight != "1"}

    def topic(self) -> Topic | None:
        """The topic to meet first."""
        return self.topics.get(self.cleaned_data["leading_topic"])


def zone_choices() -> list[tuple[str, str]]:
    """Every time zone that one may live in, and none: that of the site."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [("", "That of this site"), ("UTC", "UTC"), *((zone, zone) for zone in zones)]


class OutcomeForm(forms.Form):
    """How an exam went, in percent; empty for who would rather not say."""

    result = forms.IntegerField(required=False, min_value=0, max_value=100)
