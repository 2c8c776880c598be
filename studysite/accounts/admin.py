"""People in the admin: found by name, closed by taking "active" away, given a new password when theirs is forgotten."""

from typing import Any

from allauth.account.admin import EmailAddressAdmin
from allauth.account.models import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group as PermissionGroup
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from studysite.accounts.actions.people import end_sessions
from studysite.accounts.models import Group, Membership, User
from studysite.numbers import number_in

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")
admin.site.unregister([EmailAddress, Authenticator, UserSession, PermissionGroup])  # for ours, which give away less


class KnownRows(forms.ModelMultipleChoiceField):
    """Several rows of a table, chosen by numbers that a database can look for."""

    def clean(self, value: Any) -> Any:
        """The rows. Raises ValidationError for one that cannot be there."""
        strange = [one for one in value or () if not number_in(str(one))]
        if strange:
            raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": str(strange[0])[:40]})
        return super().clean(value)


class ChoosesKnownRows:
    """For an admin: its choices of several rows look only for what can be there."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The field of a form, as ours."""
        return super().formfield_for_manytomany(db_field, request, **kwargs, form_class=KnownRows)


class WritesChanges:
    """For an admin: writes what was changed in the form alone, so that what happened meanwhile is not undone."""

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool) -> None:
        """Save a new row whole. Raises NotUpdated for one that is gone."""
        columns = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=columns.intersection(form.changed_data) if change else None)


class ReadOnlyAdmin(admin.ModelAdmin):
    """Records of what happened."""

    show_facets = admin.ShowFacets.NEVER

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only people at the site make them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are not rewritten."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go with their person's account."""
        return False


@admin.register(User)
class PersonAdmin(WritesChanges, ChoosesKnownRows, UserAdmin):
    list_display = ("username", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    readonly_fields = ("last_login", "date_joined")
    actions = ("sign_out",)

    @admin.action(description="Sign out everywhere", permissions=["change"])
    def sign_out(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """End every session of these people, but not of those whom whoever asks may not change."""
        ended = sum(end_sessions(each, but=None) for each in people if self.has_change_permission(request, each))
        self.message_user(request, f"{ended} sessions ended.", messages.SUCCESS)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody gives powers but who has all of them."""
        return self.readonly_fields if request.user.is_superuser else (*self.readonly_fields, *POWERS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Others on the staff are changed by who has all powers: setting their password would be a way to theirs."""
        is_above = obj is not None and (obj.is_staff or obj.is_superuser) and obj != request.user
        may = request.user.is_superuser or not is_above
        return may and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account is closed here, not deleted: what its person learned hangs on it."""
        return False


@admin.register(EmailAddress)
class AddressAdmin(WritesChanges, EmailAddressAdmin):
    """Addresses, by which passwords are set anew: those of the staff are there for who has all powers."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[EmailAddress]:
        """Without those that lead to more than one has."""
        addresses = super().get_queryset(request)
        return (
            addresses if request.user.is_superuser else addresses.filter(user__is_staff=False, user__is_superuser=False)
        )

    def get_readonly_fields(self, request: HttpRequest, obj: EmailAddress | None = None) -> tuple[str, ...]:
        """An address stays with its person."""
        return ("user",) if obj else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever adds one chooses whose it is."""
        return request.user.is_superuser


@admin.register(UserSession)
class SessionAdmin(ReadOnlyAdmin):
    """Where people are signed in, without the key that would open their session."""

    list_display = fields = ("user", "created_at", "last_seen_at", "ip", "user_agent")
    list_select_related = ("user",)
    search_fields = ("user__username", "ip")


@admin.register(Authenticator)
class SecondFactorAdmin(ReadOnlyAdmin):
    """Who has which second factor, without what it is made of. `manage.py reset_link` takes lost ones away."""

    list_display = fields = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__username",)


@admin.register(PermissionGroup)
class PowersAdmin(ChoosesKnownRows, GroupAdmin):
    """What groups of the staff may do, which nobody says but who may do everything."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """All powers make groups."""
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """All powers give powers."""
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """All powers take powers away."""
        return request.user.is_superuser


class MembershipInline(admin.TabularInline):
    """Who is in a group, to be looked at: its owner decides."""

    model = Membership
    fields = readonly_fields = ("user", "role", "joined_at")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People come in by a link."""
        return False


@admin.register(Group)
class StudyGroupAdmin(WritesChanges, admin.ModelAdmin):
    """Study groups: found by name and renamed; started, left and closed on the site alone."""

    list_display = ("name", "exam_on", "started_at", "closed_at")
    list_filter = ("closed_at",)
    search_fields = ("name", "memberships__user__username")
    fields = ("name", "exam_on", "shows_standings", "started_at", "closed_at")
    readonly_fields = ("started_at", "closed_at")
    inlines = (MembershipInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A group begins with its owner."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Closed, not deleted."""
        return False
