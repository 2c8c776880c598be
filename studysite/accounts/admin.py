"""People in the admin: found by name, closed by taking "active" away, given a new password when theirs is forgotten."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from studysite.accounts.models import Group, Membership, User

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ("username", "email", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    readonly_fields = ("last_login", "date_joined")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody gives powers but who has all of them."""
        return self.readonly_fields if request.user.is_superuser else (*self.readonly_fields, *POWERS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Who has all powers is changed by their like alone: setting their password would be a way to those powers."""
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not is_above and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account is closed here, not deleted: what its person learned hangs on it."""
        return False


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
class StudyGroupAdmin(admin.ModelAdmin):
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
