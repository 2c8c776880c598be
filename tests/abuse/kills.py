"""Servers killed between the question and the reply, and lines cut: what is sent again is kept once (R1, R26)."""

import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.abuse.crews import Crew
from tests.abuse.learners import Form, Learner
from tests.abuse.ledger import in_order, is_stored
from tests.abuse.results import Tried, none_of, until
from tests.abuse.sites import Site, free_ports
from tests.abuse.stages import Stage

SERVERS = 4
LONGEST_WAIT = 0.2
PATIENCE = 5.0
PEOPLE = 4
WORKERS_KILLED = 3
CRASH_LOOP = 6.0  # granian gives up on a worker that ends sooner than this after it was replaced
EVERY_OTHER_ALL = 10
LAST = 40


@dataclass
class Told:
    """What became of the answers whose reply nobody read."""

    hits: int = 0
    faults: list[str] = field(default_factory=list)


def kill(stage: Stage) -> Iterator[Tried]:
    """A sitting hops from server to server; each one is killed with an answer in its hands."""
    yield from stage.without_postgres("kills")
    for site in stage.both():
        ports = free_ports(SERVERS)
        site.start(*ports)
        told, learners = Told(), [Learner(ports[0]).begin()]
        for number in range(stage.kills):
            learner, position = turn(learners, number)
            victim, other = ports[number % SERVERS], ports[(number + 1) % SERVERS]
            site.wait(other)
            form = learner.ask(position, port=other)
            fields = form.with_choice()
            site.wait(victim)
            send_and_look_away(site, learner, form, fields, victim, waits=number % 2 == 0)
            victims = ports if number % EVERY_OTHER_ALL == EVERY_OTHER_ALL - 1 else [victim]
            site.kill(*victims)
            learner.hang_up()
            was_stored = is_stored(site, form)
            for port in victims:
                site.servers[port] = site.launch(port)
            site.wait(other)
            again(learner, form, fields, other, told, was_stored)
        what = f"{site.kind}, {stage.kills} kills -9"
        yield from verdict(what, stage.kills, told)
        yield from in_order(site, what, learners)


def cut(stage: Stage) -> Iterator[Tried]:
    """The line is cut before the reply is read; the same form comes again at another server."""
    for site in stage.both():
        ports = free_ports(2)
        site.start(*ports)
        told, learners = Told(), [Learner(ports[0]).begin()]
        for number in range(stage.kills):
            learner, position = turn(learners, number)
            form = learner.ask(position, port=ports[1])
            fields = form.with_choice()
            send_and_look_away(site, learner, form, fields, ports[0], waits=number % 2 == 0)
            again(learner, form, fields, ports[1], told, is_stored(site, form))
        what = f"{site.kind}, {stage.kills} lines cut"
        yield from verdict(what, stage.kills, told)
        yield from in_order(site, what, learners)


def worker(stage: Stage) -> Iterator[Tried]:
    """One of two workers is killed, as when memory runs out; the other goes on, and a new one comes."""
    with stage.sqlite() as site:
        ports, back = free_ports(1), []
        site.start(*ports, workers=2)
        with Crew(ports, PEOPLE) as crew:
            for _ in range(WORKERS_KILLED):
                crew.wait_for_more(5)
                before, began = site.workers(), time.monotonic()
                os.kill(before[-1], signal.SIGKILL)
                crew.wait_for_more(2)
                until(lambda before=before: len(set(site.workers()) - set(before)) == 1)
                back.append(time.monotonic() - began)
                time.sleep(CRASH_LOOP)
        what = f"{site.kind}, {WORKERS_KILLED} workers killed, one at a time"
        yield none_of(f"{what}: answers but 200", "none", crew.record.faults)
        yield Tried(f"{what}: another one after", "< 15 s", f"{max(back):.1f} s at most", max(back) < 15)
        yield from in_order(site, what, crew.learners)


def turn(learners: list[Learner], number: int) -> tuple[Learner, int]:
    """Who answers next, and at which position: after a while another learner begins."""
    if number and number % LAST == 0:
        learners.append(Learner(learners[0].port).begin(port=learners[0].port))
    return learners[-1], number % LAST + 1


def send_and_look_away(
    site: Site, learner: Learner, form: Form, fields: dict[str, str], port: int, *, waits: bool
) -> None:
    """Send an answer to a server, read no reply; give it a moment, or `waits` the very moment in which it is stored."""
    sender = Learner(port, cookies=dict(learner.cookies))
    sender.send_only(form.path, fields)
    if waits:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not is_stored(site, form):
            time.sleep(0.001)
    else:
        time.sleep(random.uniform(0, LONGEST_WAIT))
    sender.hang_up()


def again(learner: Learner, form: Form, fields: dict[str, str], port: int, told: Told, was_stored: bool) -> None:
    """Send the same form again, and another choice after it: both show the one that is stored."""
    told.hits += was_stored
    reply = learner.give(form, fields, port=port)
    other = next(choice for choice in form.choices if choice != fields["choice"])
    later = learner.send("POST", form.path, fields | {"choice": other}, port=port)
    if not reply.has_verdict:
        told.faults.append(f"{form.path} again: {reply.status}")
    elif later.plain != reply.plain:
        told.faults.append(f"{form.path}: another verdict for another choice afterwards")


def verdict(what: str, count: int, told: Told) -> Iterator[Tried]:
    """What is said of all of them."""
    yield none_of(f"{what}: sent again, not answered by what is stored", "none", told.faults)
    least = min(20, count // 5)
    hits = f"{told.hits} of {count}"
    yield Tried(f"{what}: had been stored before it was sent again", f">= {least}", hits, told.hits >= least)
