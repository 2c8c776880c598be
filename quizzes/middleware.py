"""Who learns in this request: an account's learner, a guest's, or nobody yet."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from quizzes.actions.knowing import Knowledge, known_of
from quizzes.actions.replaying import refresh
from quizzes.models import Learner
from studysite.prepared import Prepared
from tables.models import Guide

GUEST_KEY = "guest_key"


class LearnerMiddleware:
    """Give `request.learner`, found when first looked at: a page that does not look costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.learner = SimpleLazyObject(lambda: find_learner(request))
        return self.get_response(request)


def find_learner(request: HttpRequest) -> Learner:
    """
    The learner of this request, their memory in step with their log; without a primary key who has not begun to learn.
    """
    if request.user.is_authenticated:
        return _up_to_date(_OF_USER.first(user=request.user.pk)) or Learner(user=request.user)
    key = request.session.get(GUEST_KEY)
    return _up_to_date(_OF_GUEST.first(guest_key=key) if key else None) or Learner()


_OF_USER = Prepared(lambda user: Learner.objects.filter(user=user))
_OF_GUEST = Prepared(lambda guest_key: Learner.objects.filter(guest_key=guest_key))


def _up_to_date(learner: Learner | None) -> Learner | None:
    return refresh(learner) if learner else None


def named_learner(request: HttpRequest) -> dict[str, int | str] | None:
    """
    By what this request's learner can be found: {"user": id} or {"guest_key": hex}; None for who cannot have learned.

    A visitor without a session costs nothing, and their page stays one that everybody may get.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    if request.user.is_authenticated:
        return {"user": request.user.pk}
    key = request.session.get(GUEST_KEY)
    return {"guest_key": key} if key else None


def known_learner(request: HttpRequest) -> QuerySet[Learner] | None:
    """A query that finds this request's learner, to be put into another one; None for who cannot have learned."""
    named = named_learner(request)
    return Learner.objects.filter(**named)[:1] if named else None


class OfLearner[Found]:
    """
    A prepared query of what belongs to the learner of a request.

    `make` gets a query that finds the learner, to be put into its own, and the values of these `names`.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Found]], *names: str) -> None:
        def of(by: str) -> Prepared[Found]:
            return Prepared(
                lambda **values: make(Learner.objects.filter(**{by: values.pop(by)})[:1], **values), [by, *names]
            )

        self._by = {by: of(by) for by in ("user", "guest_key")}

    def __call__(self, request: HttpRequest, **values: int | float | str | datetime) -> list[Found]:
        """What is found; nothing, without a query, for who cannot have learned."""
        named = named_learner(request)
        return self._by[next(iter(named))](**named, **values) if named else []

    def first(self, request: HttpRequest, **values: int | float | str | datetime) -> Found | None:
        """The first that is found."""
        return next(iter(self(request, **values)), None)


def knowledge_of(request: HttpRequest, guide: Guide) -> Knowledge:
    """What this request's learner knows of a guide, read once for all parts of a page."""
    kept: dict[int, Knowledge] = vars(request).setdefault("knowledge", {})
    if guide.pk not in kept:
        kept[guide.pk] = known_of(request.learner, guide)
    return kept[guide.pk]


def ensure_learner(request: HttpRequest) -> Learner:
    """The learner of this request, made if there is none: called where somebody begins to learn, never for a look."""
    learner = find_learner(request)
    if learner.pk is None and learner.user_id:
        learner, _ = Learner.objects.get_or_create(user=request.user)
    elif learner.pk is None:
        learner = Learner.objects.create(guest_key=uuid.uuid4())
        request.session[GUEST_KEY] = learner.guest_key.hex
    request.learner = learner
    return learner
