"""Figures for Prometheus, in its text format: what this process has answered, and what the database holds."""

import os
from collections import Counter
from collections.abc import Iterator
from threading import Lock

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quizzes.models import Answer, Learner, Sitting
from studysite.accounts.models import User
from tables.models import Draft, Guide

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_answers: Counter[tuple[str, str]] = Counter()
_seconds: Counter[float] = Counter()
_total = [0.0]
_lock = Lock()


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures for whoever shows METRICS_TOKEN; for everybody else, and without one, there is no such page."""
    if not is_asked_by_host(request):
        raise Http404
    text = "".join(f"{line}\n" for line in [*of_process(), *of_database()])
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def is_asked_by_host(request: HttpRequest) -> bool:
    """Whether the request shows METRICS_TOKEN, which only the host and their Prometheus know."""
    token, said = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    return bool(token) and constant_time_compare(said, f"Bearer {token}")


def count_request(method: str, status: int, seconds: float) -> None:
    """Add one answer to the figures of this process."""
    named = method if method in METHODS else "OTHER"
    with _lock:
        _answers[named, f"{status // 100}xx"] += 1
        _seconds[next((bucket for bucket in BUCKETS if seconds <= bucket), float("inf"))] += 1
        _total[0] += seconds


def of_process() -> Iterator[str]:
    """Answers by method and kind of status, and how long they took; each process speaks for itself alone."""
    process = f'process="{os.getpid()}"'
    with _lock:
        answers, seconds, total = dict(_answers), dict(_seconds), _total[0]
    yield "# TYPE studysite_requests_total counter"
    for (method, status), count in sorted(answers.items()):
        yield f'studysite_requests_total{{{process},method="{method}",status="{status}"}} {count}'
    yield "# TYPE studysite_request_seconds histogram"
    below = 0
    for bucket in (*BUCKETS, float("inf")):
        below += seconds.get(bucket, 0)
        limit = "+Inf" if bucket == float("inf") else bucket
        yield f'studysite_request_seconds_bucket{{{process},le="{limit}"}} {below}'
    yield f"studysite_request_seconds_sum{{{process}}} {total:.6f}"
    yield f"studysite_request_seconds_count{{{process}}} {below}"


def of_database() -> Iterator[str]:
    """
    How many of what there is. 6 queries, each of an index end or a small table.

    Of what grows without end the newest number is given instead of a count, which would read everything.
    """
    for name, model in (("answers", Answer), ("learners", Learner), ("sittings", Sitting), ("accounts", User)):
        yield f"# TYPE studysite_{name}_total counter"
        yield f"studysite_{name}_total {model.objects.aggregate(last=Max('pk'))['last'] or 0}"
    yield "# TYPE studysite_guides gauge"
    yield f"studysite_guides {Guide.objects.filter(archived_at=None).count()}"
    yield "# TYPE studysite_imports_waiting gauge"
    yield f"studysite_imports_waiting {Draft.objects.to_be_worked_on().count()}"
