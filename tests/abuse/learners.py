"""Somebody with a browser that runs no script: takes forms from pages, sends them, follows nothing by itself."""

import http.client
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

CUT = (ConnectionError, http.client.HTTPException, TimeoutError)
"""What a request may end in when the server goes away under it."""


type Fields = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the site."""

    status: int
    text: str
    headers: http.client.HTTPMessage

    @property
    def has_verdict(self) -> bool:
        """Whether it shows a stored answer."""
        return self.status == 200 and 'class="verdict ' in self.text

    @property
    def plain(self) -> str:
        """The page without its form tokens, which are masked anew each time."""
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", self.text)


@dataclass(frozen=True, slots=True)
class Form:
    """A question as it was shown: which it is, what goes with its answer, what can be chosen."""

    sitting: int
    position: int
    fields: dict[str, str]
    choices: list[str]

    @property
    def path(self) -> str:
        """Where its answer goes."""
        return f"/quiz/{self.sitting}/{self.position}/"

    def with_choice(self, choice: str | None = None) -> dict[str, str]:
        """The fields that are sent for one choice, at random where none is named."""
        return self.fields | {"choice": choice or random.choice(self.choices)}


@dataclass
class Learner:
    """A guest with a session, who remembers what the site has said was kept: choice by sitting and position."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    kept: dict[tuple[int, int], int] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None
    sitting: int = 0
    count: int = 0

    def send(self, method: str, path: str, fields: Fields | None = None, *, port: int = 0) -> Reply:
        """One request on the open connection, if it is to the same port. Raises one of CUT."""
        try:
            response = self.request(method, path, fields, port=port).getresponse()
            reply = Reply(response.status, response.read().decode(), response.headers)
        except CUT:
            self.hang_up()
            raise
        self.remember(reply)
        return reply

    def send_only(self, path: str, fields: Fields) -> None:
        """Send a form and read no reply."""
        self.request("POST", path, fields)

    def request(
        self, method: str, path: str, fields: Fields | None = None, *, port: int = 0
    ) -> http.client.HTTPConnection:
        """Send one request; the connection on which its reply will come."""
        port = port or self.port
        if self.connection is None or self.connection.port != port:
            self.hang_up()
            self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        body = None if fields is None else urlencode(fields, doseq=True)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        return self.connection

    def remember(self, reply: Reply) -> None:
        """Keep the cookies of an answer."""
        for line in reply.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value

    def hang_up(self) -> None:
        """Close the connection."""
        if self.connection:
            self.connection.close()
        self.connection = None

    def begin(self, scope: str = "guide", count: str = "all", *, port: int = 0) -> "Learner":
        """Start a sitting of questions with one choice each."""
        page = self.send("GET", "/quiz/", port=port)
        fields = hidden(page.text) | {"scope": scope, "count": count, "order": "shuffled", "last": "all"}
        reply = self.send("POST", "/quiz/", {**fields, "kinds": ["decision", "choice"]}, port=port)
        if reply.status != 303:
            raise RuntimeError(f"no sitting: {reply.status}")
        self.count = 0
        self.sitting = int(reply.headers["Location"].split("/")[2])
        return self

    def look(self, position: int, *, port: int = 0) -> Reply:
        """The page of one question."""
        return self.send("GET", f"/quiz/{self.sitting}/{position}/", port=port)

    def ask(self, position: int, *, port: int = 0) -> Form:
        """One question that has not been answered. Raises RuntimeError where there is none."""
        page = self.look(position, port=port)
        found = page.text.partition('id="question"')[2].partition("</form>")[0]
        choices = re.findall(r'type="radio" name="choice" value="(\d+)"', found)
        if page.status != 200 or not choices:
            raise RuntimeError(f"no question {position}: {page.status}")
        self.count = int((re.search(r"Question \d+ of (\d+)", page.text) or ["", "0"])[1])
        return Form(self.sitting, position, hidden(found), choices)

    def give(self, form: Form, fields: dict[str, str], *, port: int = 0) -> Reply:
        """Send an answer; where the site shows it as kept, remember that."""
        reply = self.send("POST", form.path, fields, port=port)
        if reply.has_verdict:
            self.kept.setdefault((form.sitting, form.position), int(fields["choice"]) - 1)
        return reply


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of the first form in a page that has a token of its own."""
    fields = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', text)
    found: dict[str, str] = {}
    for name, value in fields:
        found.setdefault(name, value)
    return found
