"""Limits hold across servers: with the cache in the database, and with Redis where it and its package are installed."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec

from tests.abuse.learners import Learner, hidden
from tests.abuse.results import Tried
from tests.abuse.sites import Site, free_ports
from tests.abuse.stages import Stage

TRIES = 8
ALLOWED = 5  # for one name, in five minutes
SIGN_IN = "/accounts/login/"


def limit(stage: Stage) -> Iterator[Tried]:
    """Wrong passwords at two servers in turn; then Redis goes away."""
    with stage.sqlite() as site:
        yield from refused_in_time(site, "cache in the database")
    if not (shutil.which("redis-server") and find_spec("redis")):
        yield Tried("cache in Redis", "the same", "no redis-server, or no Python package redis", None)
        return
    [port] = free_ports(1)
    command = ["redis-server", "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    try:
        with stage.sqlite(CACHE_URL=f"redis://127.0.0.1:{port}/0") as site:
            yield from refused_in_time(site, "cache in Redis")
            server.kill()
            server.wait()
            yield from without_cache(site)
    finally:
        server.kill()


def refused_in_time(site: Site, what: str) -> Iterator[Tried]:
    """Try wrong passwords for one name, at one server and the other."""
    ports = free_ports(2)
    site.start(*ports)
    visitor = Learner(ports[0])
    replies = [sign_in(visitor, ports[number % 2]) for number in range(TRIES)]
    refused = ["Too many tries" in text or status == 429 for status, text in replies]
    first = refused.index(True) if True in refused else TRIES
    seen = f"after {first}, {[status for status, _ in replies]}"
    yield Tried(f"{what}: wrong passwords refused at two servers", f"after {ALLOWED}", seen, first == ALLOWED)


def sign_in(visitor: Learner, port: int) -> tuple[int, str]:
    """One try with a wrong password: status and page."""
    page = visitor.send("GET", SIGN_IN, port=port)
    token = hidden(page.text)["csrfmiddlewaretoken"]
    form = {"csrfmiddlewaretoken": token, "login": "nobody-of-this-name", "password": "wrong-password"}
    reply = visitor.send("POST", SIGN_IN, form, port=port)
    return reply.status, reply.text


def without_cache(site: Site) -> Iterator[Tried]:
    """Redis is away: who learns is not held up; who signs in is told to come back."""
    learner = Learner(next(iter(site.servers))).begin(count="5")
    form = learner.ask(1)
    kept = learner.give(form, form.with_choice()).has_verdict
    yield Tried("Redis away: an answer", "kept", "kept" if kept else "not kept", kept)
    status, _ = sign_in(Learner(learner.port), learner.port)
    yield Tried("Redis away: signing in", "503", str(status), status == 503)
