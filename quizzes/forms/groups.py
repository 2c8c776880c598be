"""What editors of a group send: what is assigned, and which guides are studied."""

from typing import Any

from django import forms

from quizzes.models import Assignment, new_token
from studysite.accounts.models import Group
from tables.models import Guide, Table, Topic

INPUT = {"class": "input"}
MOST_QUESTIONS = 200


class AssignForm(forms.Form):
    """What everybody in a group is to answer, until when. `part` is "guide", "topic-" or "table-" and a slug."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    part = forms.ChoiceField(label="What")
    count = forms.IntegerField(
        label="Questions", required=False, min_value=1, max_value=MOST_QUESTIONS, initial=20,
        help_text="Leave it empty for all of them.",
    )  # fmt: skip
    due_on = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Leave it empty for no day.",
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group, guide: Guide, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.guide = group, guide
        live = Table.objects.live().filter(guide=guide, shown_with=None).select_related("topic").order_by("position")
        self.tables = {f"table-{table.slug}": table for table in live}
        self.topics: dict[str, Topic] = {f"topic-{table.topic.slug}": table.topic for table in self.tables.values()}
        self.fields["part"].choices = [
            ("guide", "The whole guide"),
            ("Topics", [(value, topic.title) for value, topic in self.topics.items()]),
            ("Tables", [(value, table.name) for value, table in self.tables.items()]),
        ]
        self.fields["token"].initial = new_token()
        for name in ("part", "count", "due_on"):
            self.fields[name].widget.attrs.update(INPUT)

    def assignment(self) -> Assignment:
        """What is assigned, unsaved. The form must be valid."""
        said = self.cleaned_data
        topic, table = self.topics.get(said["part"]), self.tables.get(said["part"])
        scope = Assignment.Scope.TABLE if table else Assignment.Scope.TOPIC if topic else Assignment.Scope.GUIDE
        return Assignment(
            group=self.group, guide=self.guide, scope=scope, topic=topic, table=table, count=said["count"],
            due_on=said["due_on"], token=said["token"],
        )  # fmt: skip
