"""What becomes of guides whose owner leaves."""

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from studysite.accounts.models import User
from tables.models import Draft, Guide


def hand_to_everybody(user: User) -> None:
    """Show all guides of a person to everybody, under nobody's name. Archived ones stay archived. 2 queries."""
    Draft.objects.filter(by=user).delete()
    Guide.objects.filter(owner=user).update(owner=None, visibility=Guide.Visibility.PUBLIC)


def take_away(user: User, *, used: Collection[int]) -> None:
    """
    Delete the guides of a person, save those in `used`, by their ids: others learn from them.

    These are archived under nobody's name: nobody reads them any more, and what others did with them stays theirs.
    """
    Draft.objects.filter(by=user).delete()
    mine = Guide.objects.filter(owner=user)
    mine.filter(pk__in=used, archived_at=None).update(archived_at=timezone.now())
    mine.filter(pk__in=used).update(owner=None, visibility=Guide.Visibility.PRIVATE)
    for guide in mine.filter(~Q(pk__in=used)):
        guide.delete()
