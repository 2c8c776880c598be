import json
from pathlib import Path

import pytest

from tables.reader import read
from tests.tables.brief import DOCUMENTS, brief

NAMES = sorted(str(path.relative_to(DOCUMENTS)) for path in DOCUMENTS.rglob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_document_is_read_as_written_down_beside_it(name: str) -> None:
    document = DOCUMENTS / name

    reading = read(document.read_bytes(), Path(name).name)

    assert brief(reading) == json.loads(document.with_suffix(".json").read_text("utf-8"))


def test_there_is_a_document_for_each_of_thirty_tricky_cases_and_each_public_table_case() -> None:
    cases = {name[:2] for name in NAMES if "/" not in name}

    assert cases >= {f"{number:02}" for number in range(1, 30)}
    assert sum(name.startswith("gfm/spec-") for name in NAMES) == 8
    assert sum(name.startswith("gfm/more-") for name in NAMES) == 17
