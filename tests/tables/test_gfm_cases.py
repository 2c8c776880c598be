from pathlib import Path

import pytest

from tests.gfm_cases import main

FENCE = "`" * 32
CASE = f"""## Tables (extension)

{FENCE} example
| *a* | b |
| --- | --: |
| c → | d<br>e |
.
<table><thead><tr><th><em>a</em></th><th align="right">b</th></tr></thead>
<tbody><tr><td>c</td><td align="right">{{cell}}</td></tr></tbody></table>
{FENCE}

## Another section

{FENCE} example
<table><tr><td>x</td></tr></table>
.
<table><tr><td>x</td></tr></table>
{FENCE}
"""


@pytest.mark.parametrize(("cell", "status", "count"), [("d<br>e", 0, "1 of 1"), ("other", 1, "0 of 1")])
def test_public_cases_are_compared_cell_by_cell(
    cell: str, status: int, count: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "spec.txt"
    file.write_text(CASE.replace("{cell}", cell))

    assert main([str(file)]) == status
    assert f"{count} table examples agree" in capsys.readouterr().out


def test_no_file_is_a_failure() -> None:
    assert main([]) == 1
