"""What learners did, to be looked at and never changed; and the author's pins for a guide, which can be."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from quizzes.actions.bank import refresh_bank
from quizzes.generation.pins import BadPin, read_pins
from quizzes.models import Answer, Bank, Learner, Sitting


class ReadOnlyAdmin(admin.ModelAdmin):
    """Records of what happened."""

    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only learners make them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are not rewritten."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go with their learner's account."""
        return False


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
