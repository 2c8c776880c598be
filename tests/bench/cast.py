"""
Who asks for the pages that are measured: a learner with a past, a group, and many who answer at once.

Run as a process of its own, `python -m tests.bench.cast FOLDER`: it fills the database of DATABASE_URL, counts the
queries of each page, and writes FOLDER/cast.json and FOLDER/answers.tsv.
"""

import json
import sys
from pathlib import Path

import django


def main(folder: Path) -> None:
    """Make all of it."""
    django.setup()
    from tests.bench import counting, people  # models can be imported only now

    cast = people.make_cast(folder)
    cast["queries"] = counting.queries_of(cast, folder)
    (folder / "cast.json").write_text(json.dumps(cast))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
