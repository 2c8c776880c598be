"""One learner in many windows at once, over HTTP, on two workers (R2-R4, R7, R11) and 16 writers on SQLite (R9)."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.abuse.crews import Crew
from tests.abuse.learners import Form, Learner, Reply
from tests.abuse.ledger import in_order, stored
from tests.abuse.results import Tried, none_of, p95
from tests.abuse.sites import Site, free_ports
from tests.abuse.stages import Stage

WINDOWS = 8
ROUNDS = 100
WRITERS = 16
SECONDS = 15.0
type Step = tuple[Form | None, dict[str, str]]


def race(stage: Stage) -> Iterator[Tried]:
    """The same form eight times, two choices, two tabs, one sent again later, finishing meanwhile."""
    for site in stage.both():
        [port] = free_ports(1)
        site.start(port, workers=2)
        with ThreadPoolExecutor(WINDOWS) as pool:
            yield from forms_at_once(site, port, pool)
            yield from finishing_meanwhile(site, port, pool)


def forms_at_once(site: Site, port: int, pool: ThreadPoolExecutor) -> Iterator[Tried]:
    """R2, R3, R4 and R7, each on questions of its own."""
    faults: dict[str, list[str]] = {name: [] for name in ("R2 one form", "R3 two choices", "R4 two tabs", "R7 later")}
    learners: list[Learner] = []
    for number in range(ROUNDS):
        if number % 10 == 0:
            learners.append(Learner(port).begin(count="all"))
        learner, position = learners[-1], number % 10 * 3 + 1
        form = learner.ask(position)
        fields = form.with_choice(form.choices[0])
        same = at_once(pool, learner, [(form, fields)] * WINDOWS)
        faults["R2 one form"] += differing(form, same)
        later = learner.give(form, form.with_choice(form.choices[1]))
        faults["R7 later"] += differing(form, [same[0], later])
        form = learner.ask(position + 1)
        two = at_once(pool, learner, [(form, form.with_choice(choice)) for choice in form.choices[:2] * 2])
        faults["R3 two choices"] += differing(form, two)
        tabs = [learner.ask(position + 2), learner.ask(position + 2)]
        opened = [(tab, tab.with_choice(tab.choices[place])) for place, tab in enumerate(tabs)]
        faults["R4 two tabs"] += differing(tabs[0], at_once(pool, learner, opened))
    for name, found in faults.items():
        yield none_of(f"{site.kind}, {name} x {ROUNDS}: another status or page", "none", found)
    count, wanted = len(stored(site)), 3 * ROUNDS
    yield Tried(f"{site.kind}, R2-R4 x {ROUNDS}: answers", str(wanted), str(count), count == wanted)
    yield from in_order(site, f"{site.kind}, R2-R7", [])


def finishing_meanwhile(site: Site, port: int, pool: ThreadPoolExecutor) -> Iterator[Tried]:
    """R11: three answers and the end of the sitting at once."""
    faults, learner = [], Learner(port)
    for _ in range(ROUNDS // 4):
        learner.begin(count="5")
        first = learner.ask(1)
        learner.give(first, first.with_choice())
        forms = [learner.ask(position) for position in (2, 3, 4)]
        steps: list[Step] = [(form, form.with_choice()) for form in forms]
        *replies, ended = at_once(pool, learner, [*steps, (None, first.fields)])
        told = sum(reply.has_verdict for reply in replies)
        held = sum(sitting == learner.sitting for sitting, _ in stored(site)) - 1
        if {reply.status for reply in replies} - {200, 422} or ended.status != 303 or told != held:
            faults.append(f"{[reply.status for reply in replies]}, {ended.status}: {told} told, {held} kept")
    yield none_of(f"{site.kind}, R11 x {ROUNDS // 4}: finished while answers come, told but not kept", "none", faults)


def at_once(pool: ThreadPoolExecutor, learner: Learner, steps: Sequence[Step]) -> list[Reply]:
    """Send forms together, each from a window of its own; without a form the sitting is finished."""
    ready = Barrier(len(steps))

    def send(step: Step) -> Reply:
        form, fields = step
        window = Learner(learner.port, cookies=dict(learner.cookies))
        ready.wait(timeout=30)
        path = form.path if form else f"/quiz/{learner.sitting}/finish/"
        try:
            return window.send("POST", path, fields)
        finally:
            window.hang_up()

    return list(pool.map(send, steps))


def differing(form: Form, replies: list[Reply]) -> list[str]:
    """What is wrong where all replies should be the verdict of one stored answer."""
    if all(reply.has_verdict for reply in replies) and len({reply.plain for reply in replies}) == 1:
        return []
    return [f"{form.path}: {sorted(reply.status for reply in replies)}, {len({r.plain for r in replies})} pages"]


def writers(stage: Stage) -> Iterator[Tried]:
    """Sixteen people on SQLite who answer without a pause."""
    with stage.sqlite() as site:
        [port] = free_ports(1)
        site.start(port, workers=2)
        with Crew([port], WRITERS) as crew:
            time.sleep(SECONDS)
        rate, what = crew.kept / SECONDS, f"SQLite, {WRITERS} without a pause, {SECONDS:.0f} s"
        yield none_of(f"{what}: answers but 200", "none", [*crew.record.faults, *["503"] * crew.record.statuses[503]])
        took = p95(crew.record.seconds)
        yield Tried(f"{what}: p95 at {rate:.0f} answers/s", "< 1000 ms", f"{took} ms", took < 1000)
        yield from in_order(site, what, crew.learners)
