import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SEED = Path(__file__).parents[2] / "fixtures" / "section-6.md"


def shown(file: Path, **options: bool) -> str:
    output = StringIO()
    call_command("read_document", file, stdout=output, **options)
    return output.getvalue()


def test_tables_are_listed_with_their_lines_and_sizes() -> None:
    lines = shown(SEED).splitlines()

    assert lines[:4] == [
        "Section 6: Model Training, Tuning, and Evaluation - Comparison Tables",
        "  Neural Network Comparisons",
        "    7-14  Neural Network Types  (entity, 6 rows, 5 columns)",
        "    20-27  Activation Functions  (entity, 6 rows, 5 columns)",
    ]


def test_json_holds_the_whole_reading() -> None:
    reading = json.loads(shown(SEED, json=True))

    table = reading["tables"][2]
    assert len(reading["tables"]) == 28
    assert len(reading["topics"]) == 9
    assert table["slug"] == "activation-functions-when-to-use"
    assert table["lines"] == [30, 37]
    assert table["align"] == ["", ""]
    assert table["header"][1] == {"source": "Recommended", "text": "Recommended", "name": "Recommended"}
    assert table["rows"][3] == {
        "line": 35,
        "cells": [
            {"source": "General hidden layers", "text": "General hidden layers", "html": "General hidden layers"},
            {"source": "ReLU (start here)", "text": "ReLU (start here)", "html": "ReLU (start here)"},
        ],
    }
    assert reading["tables"][7]["list_after"]["label"] == "Key Exam Points"
    assert [item["line"] for item in reading["tables"][7]["list_after"]["items"]] == [97, 98, 99, 100]
    assert reading["topics"][0]["tables"][2] == table["key"]


def test_slugs_are_unique_and_not_reserved(tmp_path: Path) -> None:
    file = tmp_path / "guide.md"
    file.write_text(
        "# G\n" + "".join(f"## {title}\n| a |\n|---|\n" for title in ("Import", "Overview", "Overview", "🚀"))
    )

    slugs = [table["slug"] for table in json.loads(shown(file, json=True))["tables"]]

    assert slugs == ["import-table", "overview", "overview-2", "table-4"]


def test_document_with_errors_is_printed_all_the_same_but_fails(tmp_path: Path) -> None:
    file = tmp_path / "prose.md"
    file.write_text("# Only prose\n")
    output = StringIO()

    with pytest.raises(CommandError, match="The document has errors, so it cannot be published") as failure:
        call_command("read_document", file, stdout=output)

    assert failure.value.returncode == 1
    assert "line 1, error, no-tables: The document holds no table that could be read." in output.getvalue()


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        shown(tmp_path / "nowhere.md")
