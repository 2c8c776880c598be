"""The guide that an address names, for who may read it."""

from django.http import Http404, HttpRequest

from studysite.prepared import Prepared
from tables.models import Guide

_FOR_ACCOUNT = Prepared(lambda slug, account: Guide.objects.visible_to_account(account).filter(slug=slug).order_by())
_FOR_VISITORS = Prepared(lambda slug: Guide.objects.visible_to_visitors().filter(slug=slug).order_by())


def readable_guide(request: HttpRequest, slug: str) -> Guide:
    """The guide of this slug. One query. Raises Http404 where there is none that this reader may read."""
    account = request.user.pk if request.user.is_authenticated else None
    found = _FOR_ACCOUNT.first(slug=slug, account=account) if account else _FOR_VISITORS.first(slug=slug)
    if found is None:
        raise Http404
    return found
