"""What learners did, to be looked at and never changed; and the author's pins for a guide, which can be."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from quizzes.actions.bank import refresh_bank
from quizzes.actions.pinning import pinnable
from quizzes.actions.reports import OF_CELLS, decide_report
from quizzes.generation.pins import BadPin, read_pins
from quizzes.models import Answer, Bank, Event, Learner, Outlook, Report, SetAside, Sitting, Study
from studysite.accounts.admin import ReadOnlyAdmin


@admin.register(Learner)
class LearnerAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "sitting_count", "created_at")
    list_select_related = ("user",)
    search_fields = ("user__username",)
    date_hierarchy = "created_at"
    fields = ("user", "created_at")  # the key of a guest opens their session: it is nobody else's to see

    def get_queryset(self, request: HttpRequest) -> QuerySet[Learner]:
        """With the number of their sittings."""
        return super().get_queryset(request).annotate(sitting_count=Count("sittings"))

    @admin.display(description="Sittings", ordering="sitting_count")
    def sitting_count(self, learner: Any) -> int:
        """How often they sat down."""
        return learner.sitting_count


@admin.register(Sitting)
class SittingAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "learner", "guide", "scope", "started_at", "finished_at")
    list_filter = ("guide", "scope")
    list_select_related = ("learner__user", "guide")
    search_fields = ("learner__user__username",)
    date_hierarchy = "started_at"
    fields = ("learner", "guide", "scope", "topic", "table", "is_shuffled", "started_at", "finished_at")


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ("question", "learner", "chosen_text", "is_right", "answered_at")
    list_filter = ("is_right", "question__guide")
    list_select_related = ("question", "learner__user", "slot")
    search_fields = ("learner__user__username", "question__stem")
    date_hierarchy = "answered_at"
    fields = ("learner", "sitting", "position", "question", "chosen_text", "is_right", "answered_at", "took")

    @admin.display(description="Chosen")
    def chosen_text(self, answer: Answer) -> str:
        """The option they chose."""
        return answer.chosen_text or "(not known)"


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """What learners said of answers afterwards. What they say means the same are offers for a synonym."""

    list_display = ("kind", "about", "typed", "right_answer", "learner", "happened_at")
    list_filter = ("kind", "answer__question__guide")
    list_select_related = ("answer__question", "answer__slot", "fact", "table", "guide", "learner__user")
    search_fields = ("answer__question__stem",)
    date_hierarchy = "happened_at"
    fields = ("kind", "about", "typed", "right_answer", "learner", "happened_at")

    @admin.display(description="About")
    def about(self, event: Event) -> str:
        """What was asked, or what was set aside or begun anew."""
        return event.answer.question.stem if event.answer else str(event.fact or event.table or event.guide)

    @admin.display(description="Typed")
    def typed(self, event: Event) -> str:
        """What its learner says means the same."""
        return event.answer.chosen_text if event.answer else ""

    @admin.display(description="Right answer")
    def right_answer(self, event: Event) -> str:
        """What was to be typed."""
        return event.answer.slot.right_text if event.answer else ""


@admin.register(Study)
class StudyAdmin(ReadOnlyAdmin):
    list_display = ("learner", "guide", "exam_on", "sat_on", "result")
    list_filter = ("guide",)
    list_select_related = ("learner__user", "guide")
    search_fields = ("learner__user__username",)
    fields = ("learner", "guide", "exam_on", "pass_mark", "weights", "leading_topic", "sat_on", "result")


@admin.register(Outlook)
class OutlookAdmin(ReadOnlyAdmin):
    list_display = ("learner", "guide", "on", "for_day", "mean", "low", "high", "answers")
    list_filter = ("guide",)
    list_select_related = ("learner__user", "guide")
    search_fields = ("learner__user__username",)
    date_hierarchy = "on"


@admin.register(SetAside)
class SetAsideAdmin(ReadOnlyAdmin):
    list_display = ("learner", "fact")
    list_filter = ("fact__guide",)
    list_select_related = ("learner__user", "fact")
    search_fields = ("learner__user__username",)


class BankForm(forms.ModelForm):
    """The author's pins for a guide."""

    class Meta:
        model = Bank
        fields = ("pins",)

    def clean_pins(self) -> dict[str, Any]:
        """Pins that can be understood, or none."""
        pins = self.cleaned_data["pins"] or {}
        try:
            if pins:
                read_pins(json.dumps(pins))
        except BadPin as error:
            raise forms.ValidationError(str(error)) from error
        return pins


@admin.register(Bank)
class BankAdmin(ReadOnlyAdmin):
    form = BankForm
    list_display = ("guide", "version")
    list_select_related = ("guide",)
    fields = ("guide", "pins", "skips", "version")
    readonly_fields = ("guide", "skips", "version")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Pins are the author's, whom staff stand in for."""
        return request.user.has_perm("quizzes.change_bank")

    def save_model(self, request: HttpRequest, obj: Bank, form: BankForm, change: bool) -> None:
        """Make the guide's questions anew."""
        refresh_bank(obj.guide, pins=form.cleaned_data["pins"])


class ReportForm(forms.ModelForm):
    """What the staff decide on a report, and say to whoever reported it."""

    never_offer = forms.ChoiceField(
        label="Never offer", required=False, help_text="Only for a pin: the option that is right as well."
    )

    class Meta:
        model = Report
        fields = ("status", "reply")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance.question
        if question is None:
            self.fields["status"].choices = [(status.value, status.label) for status in OF_CELLS]
        options = pinnable(question, self.instance.slot) if question else []
        self.fields["never_offer"].choices = [("", "---------"), *((text, text) for text in options)]

    def clean(self) -> dict[str, Any]:
        """A pin needs an option that it bars."""
        if self.cleaned_data.get("status") == Report.Status.PINNED and not self.cleaned_data.get("never_offer"):
            self.add_error("never_offer", "Choose the option that is not to be offered; without one, hide or mend it.")
        return self.cleaned_data


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Reports beside their questions or cells; decided here."""

    form = ReportForm
    list_display = ("subject", "reason", "comment", "status", "is_hidden", "created_at")
    list_filter = ("status", "reason", "question__guide", "row__table__guide")
    search_fields = ("question__stem", "row__subject", "comment")
    date_hierarchy = "created_at"
    fields = (
        "asked", "options", "right_answer", "edit", "reason", "comment", "learner", "created_at", "others",
        "status", "never_offer", "reply",
    )  # fmt: skip
    readonly_fields = fields[:9]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change reports decides them."""
        return request.user.has_perm("quizzes.change_report")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        """With what is shown beside them."""
        beside = ("question__fact__authored__row",)
        return super().get_queryset(request).with_places().select_related(*beside)

    @admin.display(description="Question")
    def asked(self, report: Report) -> str:
        """The question as it was asked."""
        return str(report.slot or report.subject)

    @admin.display(description="Options shown")
    def options(self, report: Report) -> str:
        """All that could be chosen, in the order shown."""
        return " | ".join(option["text"] for option in report.slot.options) if report.slot else ""

    @admin.display(description="Right answer, or the cell as it was")
    def right_answer(self, report: Report) -> str:
        """What counts as right."""
        if report.slot or report.question is None:
            return report.slot.right_text if report.slot else report.value
        return report.question.answer

    @admin.display(description="Mend it in")
    def edit(self, report: Report) -> SafeString:
        """Link to the row where the question is written, or to its table."""
        question = report.question
        if question is None:
            row = report.row
            return format_html('<a href="{}">{}</a>', reverse("admin:tables_row_change", args=[row.pk]), row)
        row = question.fact.row or (question.fact.authored.row if question.fact.authored else None)
        part, kind = (row, "row") if row else (question.table, "table")
        return format_html('<a href="{}">{}</a>', reverse(f"admin:tables_{kind}_change", args=[part.pk]), part)

    @admin.display(description="Other reports of this question")
    def others(self, report: Report) -> str:
        """What else was said of it."""
        same = {"question": report.question_id, "row": report.row_id, "column": report.column_id}
        others = Report.objects.filter(**same).exclude(pk=report.pk)
        return "; ".join(f"{each}: {each.comment} ({each.get_status_display()})" for each in others) or "None"

    @admin.display(description="Hidden", boolean=True)
    def is_hidden(self, report: Report) -> bool:
        """Whether nobody is asked the question now."""
        return report.question is not None and report.question.hidden_at is not None

    def save_model(self, request: HttpRequest, obj: Report, form: ReportForm, change: bool) -> None:
        """Let it have its consequences."""
        said = form.cleaned_data
        decide_report(obj, said["status"], said["reply"], never_offer=said["never_offer"])
