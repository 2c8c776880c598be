"""The WSGI entry: `granian --interface wsgi studysite.wsgi:application`."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studysite.settings")
KIND = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.ASCII)
BOUNDARY = re.compile(r";\s*(boundary=(?:\"[^\"]{1,70}\"|[^\s;\"]{1,70}))", re.ASCII | re.IGNORECASE)
django = get_wsgi_application()
_ = get_resolver().url_patterns  # reads every view now: else the first visitor of each process waits half a second


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site. All that comes is read as UTF-8, whatever charset it names: on some Django breaks."""
    if "CONTENT_TYPE" in environ:
        environ["CONTENT_TYPE"] = readable(environ["CONTENT_TYPE"])
    return django(environ, start_response)


def readable(content_type: str) -> str:
    """The type alone, with the boundary of its parts if there is one; empty where it is no type."""
    kind, boundary = KIND.match(content_type.strip()), BOUNDARY.search(content_type)
    if kind is None:
        return ""
    return f"{kind[0]}; {boundary[1]}" if boundary else kind[0]
