"""
What `make test` runs: every test on SQLite, then those that use a database on PostgreSQL.

What this machine cannot run is named at the end with its reason. With CI=true it is a failure.
"""

import os
import subprocess
import sys

from tests.browser.chromium import NO_CHROMIUM, find_chromium
from tests.postgres import NO_POSTGRES, find_postgres, throw_away_cluster

NO_TESTS = 5  # pytest's status when the options chose no test


def main(options: list[str]) -> int:
    """Run both, give 0 if all that ran passed. Options of pytest choose tests; without any, all cores are used."""
    options = options or ["--numprocesses=auto"]
    missing = [] if find_chromium() else [f"browser journeys: {NO_CHROMIUM}"]
    statuses = [run_pytest("SQLite", options, "")]
    binaries = find_postgres()
    if binaries:
        with throw_away_cluster(binaries) as url:
            status = run_pytest("PostgreSQL", ["--needs-database", *options], url)
        statuses.append(0 if status == NO_TESTS else status)
    else:
        missing.append(f"PostgreSQL: {NO_POSTGRES}")
    for line in missing:
        print(f"Not run: {line}.")
    if missing and os.environ.get("CI") == "true":
        print("With CI=true everything must run.")
        statuses.append(1)
    return max(statuses)


def run_pytest(name: str, options: list[str], url: str) -> int:
    """The status of one run of pytest with the database at `url`, empty for SQLite."""
    print(f"\nTests on {name}", flush=True)
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options], env={**os.environ, "DATABASE_URL": url}
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
