"""A learner's own data: out as JSON and CSV, and in again."""

import json
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from quizzes.actions.taking_in import BadFile, take_in
from quizzes.actions.taking_out import ANSWER_COLUMNS, MEMORY_COLUMNS, answer_rows, head_of, lists_of, memory_rows
from quizzes.exports import csv_lines, json_pieces
from quizzes.middleware import ensure_learner
from studysite.web import private
from tables.models import Guide

MB = 1024 * 1024
LARGEST, LARGEST_OF_GUESTS = 50, 5
"""Megabytes of a file to be taken in; an answer takes about one of a thousand parts of one."""
MOST_VALUES = 3_000_000
"""Half as many again as a file of 50 MB holds: Python needs up to 64 bytes for each, however short it is written."""


@private
@require_http_methods(["GET", "HEAD", "POST"])
def data(request: HttpRequest) -> HttpResponse:
    """What can be taken out; sent with a file, it takes that in."""
    guides = Guide.objects.owned_by(request.user).only("slug", "title", "archived_at")
    if request.method != "POST":
        return render(request, "quizzes/data.html", {"guides": guides})
    try:
        taken = take_in(ensure_learner(request), stored_in(request))
    except BadFile as fault:
        return render(request, "quizzes/data.html", {"fault": str(fault), "guides": guides}, status=422)
    messages.success(request, taken.summary)
    return HttpResponseRedirect(reverse("quizzes:progress"), status=303)


def stored_in(request: HttpRequest) -> object:
    """What the file holds. Raises BadFile."""
    sent = request.FILES.get("file")
    if sent is None:
        raise BadFile("Choose the JSON file that you took out.")
    most = LARGEST if request.user.is_authenticated else LARGEST_OF_GUESTS
    if sent.size is None or sent.size > most * MB:
        raise BadFile(f"This file is larger than {most} MB{'' if most == LARGEST else ': sign in to take it in'}.")
    content = sent.read()
    if sum(map(content.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise BadFile("This file holds more values than the data of one learner can.")
    try:
        return json.loads(content)
    except json.JSONDecodeError as fault:
        raise BadFile(f"Line {fault.lineno} of the file is not JSON. Nothing was changed.") from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise BadFile("This file is not JSON. Nothing was changed.") from None


@private
@require_safe
def everything(request: HttpRequest) -> HttpResponseBase:
    """All of it, as JSON that can be taken in again."""
    learner = request.learner
    pieces = json_pieces(head_of(learner), lists_of(learner))
    return streamed(pieces, "application/json", "studysite.json")


@private
@require_safe
def answers(request: HttpRequest) -> HttpResponseBase:
    """Every answer as a line of CSV."""
    return streamed(csv_lines(ANSWER_COLUMNS, answer_rows(request.learner)), "text/csv", "answers.csv")


@private
@require_safe
def memory(request: HttpRequest) -> HttpResponseBase:
    """Every fact asked so far as a line of CSV."""
    return streamed(csv_lines(MEMORY_COLUMNS, memory_rows(request.learner)), "text/csv", "memory.csv")


def streamed(pieces: Iterator[str], content_type: str, name: str) -> StreamingHttpResponse:
    """A file to be kept, sent as it is made."""
    response = StreamingHttpResponse(pieces, content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
