"""
Measure how fast the site is, beside other programs on the same machine in the same run.

    python -m tests.bench --only pages --seconds 3

Machines differ: what counts are the ratios within one run. docs/performance.md tells what was measured last.
"""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench import growth, speeds
from tests.bench.load import NO_WRK, has_wrk
from tests.bench.report import Line, growth_lines, page_lines, speed_lines, written
from tests.bench.runs import Options, Stage, weights

PARTS = ("pages", "speeds", "growth")


def main() -> int:
    """Run what is wanted, print it as a table, keep it as JSON; 1 where a budget was missed."""
    options = arguments()
    lines: list[Line] = []
    raw: dict[str, Any] = {}
    missing = [] if has_wrk() else [NO_WRK]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        if "pages" in options.only and has_wrk():
            stage = Stage(folder, stack, Options(options.seconds, options.rounds, options.databases, options.pages))
            rounds = stage.run()
            missing += stage.missing
            queries = {name: cast["queries"] for name, cast in stage.casts.items()}
            raw["pages"] = {
                f"{server}: {name}": [vars_of(each) for each in timed] for (server, name), timed in rounds.items()
            }
            raw["queries"] = queries
            site = next(iter(stage.sites))
            raw["first visit"] = weights(stage.sites[site], stage.casts[site])
            lines += page_lines(rounds, queries, raw["first visit"])
            lines += speed_lines(
                {"megabytes of a worker": max(speeds.memory_of(site) for site in stage.sites.values())}
            )
    if "speeds" in options.only:
        raw["speeds"] = speeds.measure(options.rows)
        lines += speed_lines(raw["speeds"])
    if "growth" in options.only and options.big:
        raw["growth"] = growth.measure(options.big, options.big_rounds)
        lines += growth_lines(raw["growth"])
    print(written(lines))
    for each in missing:
        print(each)
    options.json.parent.mkdir(exist_ok=True)
    options.json.write_text(json.dumps(raw | {"lines": [vars_of(line) for line in lines]}, indent=1))
    print(f"All figures: {options.json}")
    return 1 if any(line.passed is False for line in lines) else 0


def vars_of(each: Any) -> dict[str, Any]:
    """The fields of a dataclass with slots."""
    return {name: getattr(each, name) for name in each.__slots__}


def arguments() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.split("\n\n")[0])
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="parts to run (all)")
    parser.add_argument("--pages", nargs="+", default=[], metavar="WORD", help="those whose names hold a word; rivals")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgres"), default=["sqlite", "postgres"])
    parser.add_argument("--seconds", type=int, default=2, help="of load on each page in each round (2)")
    parser.add_argument("--rounds", type=int, default=3, help="that take turns; the one in the middle counts (3)")
    parser.add_argument(
        "--big", nargs="*", default=[], metavar="URL", help="databases that make_demo filled, for growth"
    )
    parser.add_argument("--big-rounds", type=int, default=15, help="looks at each page in the growth part (15)")
    parser.add_argument("--rows", type=int, nargs="*", default=[1_700], help="of documents to import (1700)")
    parser.add_argument(
        "--json", type=Path, default=Path("var/bench.json"), help="where the figures go (var/bench.json)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
