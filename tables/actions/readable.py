"""The guides that somebody may read: the one that an address names, or all."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from studysite.accounts.models import User
from studysite.prepared import Prepared
from tables.models import Guide

_FOR_ACCOUNT = Prepared(lambda slug, account: Guide.objects.visible_to_account(account).filter(slug=slug).order_by())
_FOR_VISITORS = Prepared(lambda slug: Guide.objects.visible_to_visitors().filter(slug=slug).order_by())
_ALL_FOR_ACCOUNT = Prepared(lambda account: _listed(Guide.objects.visible_to_account(account)))
_ALL_FOR_VISITORS = Prepared(lambda: _listed(Guide.objects.visible_to_visitors()))
_SHELF_FOR_ACCOUNT = Prepared(lambda account: _shelved(Guide.objects.visible_to_account(account)))
_SHELF_FOR_VISITORS = Prepared(lambda: _shelved(Guide.objects.visible_to_visitors()))


# Whoever may read a hundred guides reads a hundred of these with each search: moments above all take time to read.
_VERSIONED = ("key", "slug", "title", "visibility", "version", "concepts_version", "naming")


def _listed(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    return guides.only(*_VERSIONED, "intro")


def _shelved(guides: QuerySet[Guide]) -> QuerySet[Guide]:
    return guides.only(*_VERSIONED, "front_matter")


def readable_guide(user: User | AnonymousUser, slug: str) -> Guide:
    """The guide of this slug. One query. Raises Http404 where there is none that this person may read."""
    named = _FOR_ACCOUNT.first(slug=slug, account=user.pk) if user.is_authenticated else _FOR_VISITORS.first(slug=slug)
    if named is None:
        raise Http404
    return named


def readable_guides(user: User | AnonymousUser) -> list[Guide]:
    """All guides that this person may read, in their order. One query."""
    return _ALL_FOR_ACCOUNT(account=user.pk) if user.is_authenticated else _ALL_FOR_VISITORS()


def readable_shelf(user: User | AnonymousUser) -> list[Guide]:
    """The same with what their documents say of themselves, without what stands above their topics. One query."""
    return _SHELF_FOR_ACCOUNT(account=user.pk) if user.is_authenticated else _SHELF_FOR_VISITORS()
