"""Several learners who answer at once and do not give up: what fails is sent again, and everything is written down."""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.abuse.learners import CUT, Fields, Learner, Reply
from tests.abuse.results import timed

PATIENCE = 90.0
RETRY = 0.1
WORDS = "Back in a moment"


@dataclass
class Record:
    """What a crew met: how its requests ended, how long answers took, what ought not to be."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    cuts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class PatientLearner(Learner):
    """Sends again what met 503, a closed port or a cut line, each time at any of the ports that there are."""

    def __init__(self, ports: list[int], record: Record, *, is_fresh: bool = False) -> None:
        super().__init__(ports[0])
        self.ports = ports
        self.record = record
        self.is_fresh = is_fresh  # each request on a connection of its own, so that a cut one was being answered

    def send(self, method: str, path: str, fields: Fields | None = None, *, port: int = 0) -> Reply:
        """The first reply that is not 503. Raises TimeoutError when none came for long."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            reply = self.try_once(method, path, fields, port or random.choice(self.ports))
            if reply and reply.status != 503:
                return reply
            time.sleep(RETRY)
        raise TimeoutError(f"{method} {path}: nothing but failures for {PATIENCE:.0f} s")

    def try_once(self, method: str, path: str, fields: Fields | None, port: int) -> Reply | None:
        """One request; None where there was no reply."""
        if self.is_fresh:
            self.hang_up()
        seconds = self.record.seconds if method == "POST" and path != "/quiz/" else []
        try:
            with timed(seconds):
                reply = super().send(method, path, fields, port=port)
        except ConnectionRefusedError:
            self.record.refused += 1
            return None
        except CUT as fault:
            self.record.cuts.append(f"{method} {path} at {port}: {fault!r}")
            return None
        self.record.statuses[reply.status] += 1
        if reply.status not in {200, 302, 303, 503}:
            self.record.faults.append(f"{method} {path}: {reply.status}")
        if reply.status == 503 and not (reply.headers["Retry-After"] and WORDS in reply.text):
            self.record.faults.append(f"{method} {path}: 503 without Retry-After or without words")
        return reply


class Crew:
    """
    Learners in threads of their own, who answer until they are stopped. `ports` may change meanwhile.

    They come one by one within `arrival` seconds, and look at each question for `pause` seconds, more or less.
    """

    def __init__(
        self, ports: list[int], size: int, *, pause: float = 0.0, arrival: float = 0.0, is_fresh: bool = False
    ) -> None:
        self.record = Record()
        self.pause = pause
        self.arrival = arrival
        self.is_over = threading.Event()
        self.learners = [PatientLearner(ports, self.record, is_fresh=is_fresh) for _ in range(size)]
        self.threads = [threading.Thread(target=self.work, args=[each], daemon=True) for each in self.learners]

    def __enter__(self) -> "Crew":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join(PATIENCE)

    @property
    def kept(self) -> int:
        """How many answers the site has said it keeps."""
        return sum(len(learner.kept) for learner in self.learners)

    def work(self, learner: PatientLearner) -> None:
        """Answer question after question, sitting after sitting."""
        self.is_over.wait(random.uniform(0, self.arrival))
        position = 1
        try:
            while not self.is_over.is_set():
                if position > learner.count:
                    learner.begin(count="20")
                    position = 1
                form = learner.ask(position)
                self.is_over.wait(self.pause * random.uniform(0.5, 1.5))
                reply = learner.give(form, form.with_choice())
                if not reply.has_verdict:
                    self.record.faults.append(f"{form.path}: {reply.status}, but no verdict")
                position += 1
        except (RuntimeError, TimeoutError) as fault:
            self.record.faults.append(str(fault))
        learner.hang_up()

    def wait_for_more(self, count: int = 1, *, seconds: float = 60.0) -> float:
        """How many seconds it took until so many more answers were kept; infinity when they were not."""
        began, before = time.monotonic(), self.kept
        while time.monotonic() < began + seconds:
            if self.kept >= before + count:
                return time.monotonic() - began
            time.sleep(0.01)
        return float("inf")
