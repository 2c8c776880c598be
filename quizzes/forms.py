"""What learners send: where to begin, and their answers."""

from typing import Any

from django import forms

from quizzes.actions.sittings import Plan
from quizzes.models import Question, Sitting, new_token
from tables.models import Guide, Table, Topic

COUNTS = {"5": "5", "10": "10", "20": "20", "all": "All"}
ORDERS = {"shuffled": "Shuffled", "document": "As in the guide"}


class StartForm(forms.Form):
    """
    What to practise in one guide: everything, what was missed, one topic or one table; how many, and in which order.

    `token` makes that the form starts one sitting, however often it is sent.
    """

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    scope = forms.ChoiceField(label="What to practise")
    count = forms.ChoiceField(label="How many", choices=COUNTS, widget=forms.RadioSelect)
    order = forms.ChoiceField(label="Order", choices=ORDERS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, guide: Guide, missed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guide = guide
        self.asked = list(Question.objects.asked().filter(guide=guide).select_related("topic", "table"))
        self.topics = {f"topic-{question.topic.slug}": question.topic for question in self.asked}
        self.tables = {f"table-{question.table.slug}": question.table for question in self.asked}
        self.fields["scope"].choices = self._scopes(missed)

    def _scopes(self, missed: int) -> list[Any]:
        """Choices of the scope with the number of questions of each; a guide of one topic needs no list of topics."""
        per_topic, per_table = self._numbers("topic"), self._numbers("table")
        topics = [(key, f"{topic.title} ({per_topic[topic.pk]})") for key, topic in self.topics.items() if topic.title]
        tables = [(key, f"{table.name} ({per_table[table.pk]})") for key, table in self.tables.items()]
        choices: list[Any] = [("guide", f"All decision questions ({len(self.asked)})")]
        if missed:
            choices.append(("missed", f"Those I missed ({missed})"))
        if len(topics) > 1:
            choices.append(("One topic", topics))
        return [*choices, ("One table", tables)]

    def _numbers(self, part: str) -> dict[int, int]:
        numbers: dict[int, int] = {}
        for question in self.asked:
            key = getattr(question, f"{part}_id")
            numbers[key] = numbers.get(key, 0) + 1
        return numbers

    def offers(self, scope: str) -> bool:
        """Whether this scope can be chosen."""
        return scope in {"guide", "missed", *self.topics, *self.tables} and self.fields["scope"].valid_value(scope)

    def plan(self) -> Plan:
        """What was chosen. Only for a valid form."""
        scope, count = self.cleaned_data["scope"], self.cleaned_data["count"]
        topic: Topic | None = self.topics.get(scope)
        table: Table | None = self.tables.get(scope)
        return Plan(
            guide=self.guide,
            scope=Sitting.Scope(scope.split("-")[0]),
            topic=topic,
            table=table,
            count=None if count == "all" else int(count),
            is_shuffled=self.cleaned_data["order"] == "shuffled",
        )


class TokenForm(forms.Form):
    """A form that starts something once, however often it is sent."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_token)


class AnswerForm(forms.Form):
    """One answer: the token of the slot, and the number of the chosen option, counted from 1, or "unknown"."""

    token = forms.CharField(max_length=64)
    choice = forms.RegexField(
        r"^([1-9]|unknown)$", error_messages={"required": "Choose an answer first, or say that you don’t know."}
    )

    @property
    def chosen(self) -> int | None:
        """The place of the option, counted from 0; None for "I don't know", as for what could not be understood."""
        choice = self.cleaned_data.get("choice", "unknown")
        return None if choice == "unknown" else int(choice) - 1
