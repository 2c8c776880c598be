"""People who study for the same exam, and what each may do in their group."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse

from studysite.accounts.models.people import User


class GroupQuerySet(models.QuerySet["Group"]):
    """Study groups; for who is not in one, it does not exist."""

    def of(self, user: User | AnonymousUser) -> "GroupQuerySet":
        """Those that this person is in, without closed ones."""
        return self.filter(pk__in=Membership.objects.of(user).values("group"))

    def edited_by(self, user: User | AnonymousUser) -> "GroupQuerySet":
        """Those whose guides this person may import and edit."""
        return self.filter(pk__in=Membership.objects.of(user).editing().values("group"))


class Group(models.Model):
    """
    People who study together. `exam_on` is a proposal: each member's own plan decides.

    `key` comes from the form that started it: the same form sent twice starts one group. A closed group is gone for
    its members; what each of them learned is theirs and stays.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    exam_on = models.DateField(null=True, blank=True)
    shows_standings = models.BooleanField(default=False)
    started_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "study group"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("quizzes:group", args=[self.pk])


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is in which group."""

    def of(self, user: User | AnonymousUser) -> "MembershipQuerySet":
        """Those of one person in groups that are not closed."""
        return self.of_account(user.pk) if user.is_authenticated else self.none()

    def of_account(self, account: Any) -> "MembershipQuerySet":
        """The same of the person whose account has this id."""
        return self.filter(user=account, group__closed_at=None)

    def editing(self) -> "MembershipQuerySet":
        """Those that may edit what the group holds."""
        return self.filter(role__in=Membership.EDITING)

    def in_order(self) -> "MembershipQuerySet":
        """Each with its person: the owner, editors, then members, the longest in the group first."""
        rank = models.Case(
            *(models.When(role=role, then=models.Value(place)) for place, role in enumerate(Membership.Role.values))
        )
        return self.select_related("user").order_by(rank, "joined_at", "pk")


class Membership(models.Model):
    """
    One person in one group.

    `shares_standing`: they may be named in the standings, once the group shows them too. `counts_in_aggregates`: what
    they miss counts, without their name, in what the group misses.
    """

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        EDITOR = "editor", "Editor"
        MEMBER = "member", "Member"

    EDITING = (Role.OWNER, Role.EDITOR)
    GIVEN = ((Role.EDITOR.value, Role.EDITOR.label), (Role.MEMBER.value, Role.MEMBER.label))

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(auto_now_add=True)
    shares_standing = models.BooleanField(default=False)
    counts_in_aggregates = models.BooleanField(default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="membership_once"),
            models.UniqueConstraint(fields=["group"], condition=models.Q(role="owner"), name="group_has_one_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def is_owner(self) -> bool:
        """Whether the group is this person's."""
        return self.role == self.Role.OWNER

    @property
    def may_edit(self) -> bool:
        """Whether they may edit what the group holds, invite and assign."""
        return self.role in self.EDITING
