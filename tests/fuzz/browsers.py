"""Browsers that send anything, and look at what they get."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from zeal import zeal_ignore

from studysite.kept import forget_all
from tests.fuzz.values import as_bytes, encoded
from tests.markup import alive_in

SLOWEST = 2.0
"""Seconds of this process that an answer may take: others of the machine do not count."""
GIVEN = {200, 301, 302, 303, 304, 400, 401, 403, 404, 405, 409, 413, 422, 429}
FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Wish:
    """One request, as it is sent."""

    method: str
    path: str
    fields: list[tuple[str, str | bytes]] = field(default_factory=list)
    files: list[tuple[str, str | bytes, bytes]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = ""

    def by(self, client: Client) -> HttpResponseBase:
        """What the site answers; an exception in a view comes out here. Nothing that it wrote stays."""
        if self.method == "GET":
            return client.generic("GET", self.path, QUERY_STRING=encoded(self.fields), headers=self.headers)
        body, content_type = self.multipart() if self.files else (encoded(self.fields).encode(), FORM)
        return client.generic(
            self.method, self.path, body, content_type=self.content_type or content_type, headers=self.headers
        )

    def multipart(self) -> tuple[bytes, str]:
        """The body and its type, with values as they are: nothing is escaped."""
        border = uuid.uuid4().hex
        parts = [(f'name="{name}"'.encode(), as_bytes(value)) for name, value in self.fields]
        parts += [
            (f'name="{name}"; filename="'.encode() + as_bytes(called) + b'"', content)
            for name, called, content in self.files
        ]
        body = b"".join(
            b"--%s\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (border.encode(), head, value)
            for head, value in parts
        )
        return body + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in here is taken back in the end."""
    forget_all()
    cache.clear()
    with transaction.atomic(), zeal_ignore():
        yield
        transaction.set_rollback(True)


def look_at(client: Client, wish: Wish) -> HttpResponseBase:
    """Send one request and see that its answer is one of ours, in time, with nothing alive in it."""
    cookies = copy(client.cookies)
    begun = time.process_time()
    with undone():
        response = wish.by(client)
        body = b"".join(response) if response.streaming else response.content
    took = time.process_time() - begun
    client.cookies = cookies
    assert response.status_code in GIVEN, (wish, response.status_code)
    assert took < SLOWEST, (wish, took)
    if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
        assert alive_in(body.decode()) == [], wish
    return response
