"""What learners send: where to begin, and their answers."""

from typing import Any

from django import forms

from quizzes.actions.exams import ExamPlan
from quizzes.actions.offers import Offer
from quizzes.actions.scopes import Plan
from quizzes.exams import MOST_MINUTES, MOST_QUESTIONS, kinds_in, nearest
from quizzes.models import Report, Sitting, new_token
from tables.models import Guide, Table, Topic

COUNTS = {"5": "5", "10": "10", "20": "20", "all": "All"}
KINDS = {
    "decision": "Decision questions",
    "choice": "Choices from the tables",
    "several": "Select all, put in order",
    "typed": "Typed answers",
}
EXAM_KINDS = {"decision": KINDS["decision"], "choice": KINDS["choice"], "several": "Select all"}
KINDS_OF: dict[str, tuple[str, ...]] = {
    "decision": ("decision", "lookup", "reversed"),
    "choice": ("forward", "reverse", "which-of-two"),
    "several": ("select-all", "order-by"),
    "typed": ("typed", "typed-name"),
}
AUTHORED = ("decision", "lookup")
OPTIONS = {"return": "Ask what I missed once more at the end", "try": "Let me try again before the answer is shown"}
MINE = {
    "missed": "Those I missed",
    "sure-wrong": "Sure, but wrong",
    "unseen": "Not seen yet",
    "flagged": "Those I flagged",
}
NONE = {
    "missed": "You missed nothing at last sight",
    "sure-wrong": "There is nothing that you were sure of and got wrong at last sight",
    "unseen": "You have seen all of it",
    "flagged": "You have flagged nothing",
}
NEXT_BEST = ("missed", "unseen")
LAST = {"all": "All", "1": "The last one", "3": "The last 3", "10": "The last 10"}
ORDERS = {"shuffled": "Shuffled", "document": "As in the guide"}


class StartForm(forms.Form):
    """
    What to practise in one guide: a part of it or what was missed, flagged or not seen; how many, which kinds, how.

    `token` makes that the form starts one sitting, however often it is sent.
    """

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    scope = forms.ChoiceField(label="What to practise")
    count = forms.ChoiceField(label="How many", choices=COUNTS, widget=forms.RadioSelect)
    order = forms.ChoiceField(label="Order", choices=ORDERS, widget=forms.RadioSelect)
    last = forms.ChoiceField(label="Missed or flagged in which sittings", choices=LAST, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label="Which questions", choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    options = forms.MultipleChoiceField(
        label="On a mistake", choices=OPTIONS, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.wished_in_vain = ""
        self.topics = {f"topic-{topic.slug}": topic for topic, _ in offer.topics}
        self.tables = {f"table-{table.slug}": table for table, _ in offer.tables}
        self.fields["scope"].choices = self._scopes()
        self.fields["last"].required = False

    def _scopes(self) -> list[Any]:
        """Choices of the scope with the number of each; a guide of one topic needs no list of topics."""
        offer = self.offer
        choices: list[Any] = [("guide", f"The whole guide ({offer.total})")]
        if 0 < offer.decisions < offer.total:
            choices.append(("decisions", f"All decision questions ({offer.decisions})"))
        if offer.pair:
            choices.append(("pair", f"{offer.pair.name} ({offer.pair.count})"))
        choices += [(scope, f"{MINE[scope]} ({count})") for scope, count in self._mine() if count]
        topics = [(f"topic-{topic.slug}", f"{topic.title} ({count})") for topic, count in offer.topics if topic.title]
        tables = [(f"table-{table.slug}", f"{table.name} ({count})") for table, count in offer.tables]
        if len(topics) > 1:
            choices.append(("One topic", topics))
        return [*choices, ("One table", tables)]

    def _mine(self) -> list[tuple[str, int]]:
        """The sorts that are the learner's own, with their numbers; what is all of the guide is none of its own."""
        offer = self.offer
        unseen = offer.unseen if offer.unseen < offer.total else 0
        counts = {"missed": offer.missed, "sure-wrong": offer.sure_wrong, "unseen": unseen, "flagged": offer.flagged}
        return list(counts.items())

    def has_history(self) -> bool:
        """Whether anything was seen here before, so that it makes sense to ask for missed ones of some sittings."""
        return self.offer.unseen < self.offer.total

    def next_best(self) -> str:
        """What to practise where there is nothing of the sort that was wished."""
        return next((scope for scope in NEXT_BEST if self.offers(scope)), "guide")

    def none_of(self, scope: str) -> str:
        """One sentence where this sort is empty, with the next best; empty where it is not."""
        if scope not in MINE or self.offers(scope):
            return ""
        words = NONE[scope]
        if scope == "unseen" and self.offer.unseen:
            words = "You have seen none of it yet"
        elif scope != "unseen" and self.offer.last:
            words += " in these sittings"
        best = self.next_best()
        return f"{words}. Next best: {MINE[best].lower() if best in MINE else 'the whole guide'}, chosen below."

    def clean(self) -> dict[str, Any]:
        """Say which sort is empty, and have the next best ready to be sent."""
        scope = self.data.get("scope", "")
        if words := self.none_of(scope):
            self.errors.pop("scope", None)
            self.add_error("scope", words)
            self.data = self.data.copy()
            self.data["scope"] = self.next_best()
        return self.cleaned_data

    def offers(self, scope: str) -> bool:
        """Whether this scope can be chosen."""
        return bool(scope) and self.fields["scope"].valid_value(scope)

    def plan(self) -> Plan:
        """What was chosen. Only for a valid form."""
        scope, count, kinds = (self.cleaned_data[name] for name in ("scope", "count", "kinds"))
        pair = self.offer.pair if scope == "pair" else None
        is_all = len(kinds) in {0, len(KINDS)}
        wanted = () if is_all else tuple(kind for group in kinds for kind in KINDS_OF[group])
        return Plan(
            guide=self.offer.guide,
            scope=Sitting.Scope(scope if scope in Sitting.Scope else scope.split("-")[0]),
            topic=self.topics.get(scope),
            table=pair.table if pair else self.tables.get(scope),
            pair=pair.keys if pair else (),
            count=None if count == "all" else int(count),
            kinds=AUTHORED if scope == "decisions" else wanted,
            is_shuffled=self.cleaned_data["order"] == "shuffled",
            returns_missed="return" in self.cleaned_data["options"],
            tries_first="try" in self.cleaned_data["options"],
            last=self.offer.last,
        )


class ExamForm(forms.Form):
    """
    An exam over a guide or one of its topics. A number that cannot be had is answered with the nearest that can.

    `topics` are those of `quizzes.actions.exams.topics_for_exam`, for the kinds that were chosen.
    """

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    scope = forms.ChoiceField(label="What to be examined on")
    count = forms.IntegerField(label="Questions")
    minutes = forms.IntegerField(label="Minutes")
    pass_mark = forms.IntegerField(label="Pass mark, percent")
    kinds = forms.MultipleChoiceField(
        label="Which questions",
        choices=EXAM_KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    asks_confidence = forms.BooleanField(label="Ask me how sure I am", required=False)

    def __init__(self, *args: Any, topics: list[tuple[Topic, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.total = sum(count for _, count in topics)
        self.counts = {f"topic-{topic.slug}": count for topic, count in topics}
        self.topics = {f"topic-{topic.slug}": topic for topic, _ in topics}
        named = [(f"topic-{topic.slug}", f"{topic.title} ({count})") for topic, count in topics if topic.title]
        whole = [("guide", f"The whole guide ({self.total})")]
        self.fields["scope"].choices = [*whole, ("One topic", named)] if len(named) > 1 else whole

    def numbers(self) -> list[forms.BoundField]:
        """The scope and the numbers, which stand above what can be ticked."""
        return [self[name] for name in ("scope", "count", "minutes", "pass_mark")]

    def clean(self) -> dict[str, Any]:
        """Offer the nearest number for each that cannot be had: it stands in the field, ready to be sent."""
        questions = self.counts.get(self.cleaned_data.get("scope", ""), self.total)
        limits = {"count": min(questions, MOST_QUESTIONS), "minutes": MOST_MINUTES, "pass_mark": 100}
        for name, most in limits.items():
            wanted = self.cleaned_data.get(name)
            if wanted is not None and wanted != nearest(wanted, most=most):
                self.data = self.data.copy()
                self.data[name] = str(nearest(wanted, most=most))
                self.add_error(name, f"From 1 to {most} can be had: {nearest(wanted, most=most)} is the nearest.")
        return self.cleaned_data

    def plan(self, guide: Guide) -> ExamPlan:
        """What was chosen. Only for a valid form."""
        count, minutes, pass_mark = (self.cleaned_data[name] for name in ("count", "minutes", "pass_mark"))
        return ExamPlan(
            guide,
            self.topics.get(self.cleaned_data["scope"]),
            count,
            minutes,
            pass_mark,
            kinds_in(self.cleaned_data["kinds"]),
            self.cleaned_data["asks_confidence"],
        )


class TokenForm(forms.Form):
    """A form that starts something once, however often it is sent."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_token)


class ReportForm(forms.Form):
    """What is wrong with a question; unless more than one option is right it takes some words."""

    reason = forms.ChoiceField(
        label="What is wrong?",
        choices=Report.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    comment = forms.CharField(
        label="Your comment",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Which option, which cell, and why?",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a comment where nobody could guess what is meant."""
        reason, comment = (self.cleaned_data.get(name, "") for name in ("reason", "comment"))
        if reason not in {"", Report.Reason.MORE_RIGHT} and not comment and "comment" not in self.errors:
            self.add_error("comment", "Say in a few words what is wrong, so that it can be mended.")
        return self.cleaned_data


class CellReportForm(forms.Form):
    """What is wrong with one cell of a table."""

    comment = forms.CharField(
        label="What is wrong with it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What should stand there, and how do you know?",
        error_messages={"required": "Say in a few words what is wrong, so that it can be mended."},
    )


DOINGS = ("set-kind", "hide", "never-offer", "also-right", "ask-anyway", "synonym", "name", "unpin", "decide")


class EditorForm(forms.Form):
    """
    One thing that an editor does on the pages of a guide's questions; each needs some of the fields.

    `name` is that of a pin, `prompt` what a pin speaks of, `text` an option or what was typed.
    """

    do = forms.ChoiceField(choices=[(name, name) for name in DOINGS])
    table = forms.IntegerField(required=False)
    kind = forms.ChoiceField(required=False, choices=Table.KIND_CHOICES)
    question = forms.IntegerField(required=False)
    text = forms.CharField(required=False, max_length=4000, strip=False)
    prompt = forms.CharField(required=False, max_length=4000)
    name = forms.CharField(required=False, max_length=64)
    report = forms.IntegerField(required=False)
    status = forms.ChoiceField(required=False, choices=Report.Status.choices)
    reply = forms.CharField(required=False, max_length=2000)
