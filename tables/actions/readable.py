"""The guides that somebody may read: the one that an address names, or all."""

from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404

from studysite.accounts.models import User
from studysite.prepared import Prepared
from tables.models import Guide

_FOR_ACCOUNT = Prepared(lambda slug, account: Guide.objects.visible_to_account(account).filter(slug=slug).order_by())
_FOR_VISITORS = Prepared(lambda slug: Guide.objects.visible_to_visitors().filter(slug=slug).order_by())
_ALL_FOR_ACCOUNT = Prepared(lambda account: _editions(Guide.objects.visible_to_account(account)))
_ALL_FOR_VISITORS = Prepared(lambda: _editions(Guide.objects.visible_to_visitors()))


class Edition(NamedTuple):
    """
    Which guide it is and how it stands now, without what it says; `naming` is JSON as the database holds it.

    Who may read a hundred guides needs a hundred of these for each shelf and search: guides themselves take five times
    as long to read.
    """

    pk: int
    slug: str
    title: str
    visibility: str
    version: int
    concepts_version: int
    asked_version: int
    naming: str


def _editions(guides: QuerySet[Guide]) -> QuerySet[Guide, tuple[Any, ...]]:
    """The fields of an `Edition`; JSON is left as a text, for it takes as long to read as all others."""
    *names, _ = Edition._fields
    return guides.values_list(*names, Cast("naming", TextField()))


def readable_guide(user: User | AnonymousUser, slug: str) -> Guide:
    """The guide of this slug. One query. Raises Http404 where there is none that this person may read."""
    named = _FOR_ACCOUNT.first(slug=slug, account=user.pk) if user.is_authenticated else _FOR_VISITORS.first(slug=slug)
    if named is None:
        raise Http404
    return named


def readable_guides(user: User | AnonymousUser) -> list[Edition]:
    """All guides that this person may read, in their order. One query."""
    found = _ALL_FOR_ACCOUNT(account=user.pk) if user.is_authenticated else _ALL_FOR_VISITORS()
    return list(map(Edition._make, found))
