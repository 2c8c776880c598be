"""
What `make abuse` runs: the site as hosted, with all done to it that a bad day does, and a table of what was seen.

ARGS="-k kill" plays some, --minutes, --people and --kills say how much. Status 1 when anything was missed.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator

from tests.abuse import crowds, deploys, disks, drills, kills, limits, outages, races, replicas
from tests.abuse.results import Tried
from tests.abuse.stages import Stage, stage

PLAYS: dict[str, Callable[[Stage], Iterator[Tried]]] = {
    "kill": kills.kill,
    "cut": kills.cut,
    "worker": kills.worker,
    "restart": outages.restart,
    "race": races.race,
    "writers": races.writers,
    "disk": disks.disk,
    "only": disks.read_only,
    "replica": replicas.replica,
    "deploy": deploys.deploy,
    "migrate": deploys.migrate,
    "drill": drills.drill,
    "limit": limits.limit,
    "crowd": crowds.crowd,
}


def main() -> int:
    """Play, print each line as it comes, give 1 if anything was missed."""
    options = parsed()
    chosen = {name: play for name, play in PLAYS.items() if options.k in name}
    if not chosen:
        print(f"No play is called {options.k}. There are: {', '.join(PLAYS)}")
        return 1
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: sys.exit(1))  # on the way out everything is taken down
    missed = 0
    with stage(kills=options.kills, minutes=options.minutes, people=options.people) as made:
        for name, play in chosen.items():
            began = time.monotonic()
            print(f"\n{name}: {(play.__doc__ or '').strip()}", flush=True)
            for tried in play(made):
                print(tried, flush=True)
                missed += tried.is_right is False
            print(f"took {time.monotonic() - began:.0f} s", flush=True)
    print(f"\n{missed} missed" if missed else "\nAll as expected")
    return bool(missed)


def parsed() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.abuse")
    parser.add_argument("-k", default="", help=f"only plays with this in their name: {', '.join(PLAYS)}")
    parser.add_argument("--kills", type=int, default=100, help="how often servers are killed and lines are cut")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long many people answer at once")
    parser.add_argument("--people", type=int, default=200, help="how many of them")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
