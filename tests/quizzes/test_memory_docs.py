import re
from pathlib import Path

from tests.simulation import Assumptions, simulate, sum_up

DOCS = Path(__file__).parents[2] / "docs" / "memory.md"


def test_the_example_of_the_docs_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    scope: dict[str, object] = {}

    exec(example, scope)  # noqa: S102 our own docs

    assert scope["asked"] == 9
    assert 0 < scope["forecast"].low <= scope["forecast"].mean <= scope["forecast"].high < 1  # type: ignore[attr-defined]


def test_a_few_made_up_learners_come_out_as_well_as_the_docs_say() -> None:
    found = sum_up(simulate(6, 40, Assumptions()))

    assert found.score > 80
    assert abs(found.bias) < 5
