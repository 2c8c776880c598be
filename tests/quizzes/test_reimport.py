from datetime import UTC, datetime
from functools import cache
from random import Random

import pytest

from quizzes.facts import FactCounts, count_facts, facts_of
from tables.identity import guide_key
from tables.reader import read
from tables.versions.changes import Diff, compare
from tables.versions.merging import merge
from tables.versions.state import GuideState, live
from tests.edits import (
    Rows,
    cell,
    chained,
    every_table,
    in_table,
    mirrored,
    move_row,
    move_section,
    replace,
    reversed_tables,
    reversed_topics,
    rewrite,
    seed,
    split_table,
    upside_down,
    with_column,
    with_row,
    without_column,
    without_row,
    without_section,
)

FACTS = 309
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)

TYPES = "### Neural Network Types"
FUNCTIONS = "### Activation Functions"
WHEN = "**When to Use:**"
LEARNING = "### Learning Rate vs Batch Size Effects"
REGULARIZATION = "### L1 vs L2 Regularization"
INSTANCES = "### GPU Instance Types for ML"
NEEDS = "### When to Use Each Instance"
WHICH = "### Which Regularization?"
APPROACH = "### Which Distributed Approach?"
SECOND = "### Activation Functions\n\n| Name | Note |\n|---|---|\n| **Maxout** | Many pieces |\n\n"

UNCHANGED = {
    "nothing": lambda text: text,
    "lines end in CR LF": lambda text: text.replace("\n", "\r\n"),
    "lines end in CR": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "no final line end": lambda text: text.rstrip("\n"),
    "blank lines more": lambda text: text.replace("\n\n", "\n\n\n"),
    "rules between tables less": rewrite(r"^---\n\n", ""),
    "blanks at the ends of lines": rewrite(r"$", "  "),
    "padded cells": rewrite(r" \|", "    |"),
    "no outer pipes": rewrite(r"^\| (.*) \|$", r"\1"),
}

# What an author did, and how many of the 309 facts learners keep.
EDITS = {
    "value mended": (replace("Stop sign detection", "Traffic sign detection"), 308),
    "value set in bold": (replace("| Handwriting |", "| **Handwriting** |"), 309),
    "value in other case with a full stop": (replace("| Handwriting |", "| handwriting. |"), 309),
    "footnote asterisk behind a value": (replace("| Handwriting |", "| Handwriting* |"), 309),
    "names no longer bold": (rewrite(r"\*\*(.*?)\*\* \|", r"\1 |"), 309),
    "placeholder filled": (replace("When ReLU fails | No | -", "When ReLU fails | No | Small slope"), 308),
    "placeholder written otherwise": (replace("When ReLU fails | No | -", "When ReLU fails | No | N/A"), 308),
    "row renamed": (in_table(INSTANCES, cell(1, 0, "**P3 (V100)**")), 309),
    "row renamed with one of four values changed": (
        in_table(TYPES, lambda rows: cell(2, 4, "Cat detection")(cell(2, 0, "**ConvNet**")(rows))),
        308,
    ),
    "row renamed with two of four values changed": (
        in_table(TYPES, lambda rows: cell(2, 3, "Kernels")(cell(2, 4, "Cats")(cell(2, 0, "**ConvNet**")(rows)))),
        305,
    ),
    "row added": (in_table(FUNCTIONS, with_row("**Maxout**", "any", "Rarely", "No", "-")), 309),
    "row removed": (in_table("### CNN Architectures", without_row(2)), 306),
    "two rows swapped": (in_table(TYPES, lambda rows: [*rows[:1], rows[2], rows[1], *rows[3:]]), 309),
    "rows upside down": (in_table(FUNCTIONS, upside_down), 309),
    "columns mirrored": (in_table(FUNCTIONS, mirrored), 309),
    "column added": (in_table(FUNCTIONS, with_column("Derivative", "f")), 309),
    "column removed": (in_table(FUNCTIONS, without_column(2)), 303),
    "column renamed": (in_table(FUNCTIONS, cell(0, 1, "Output range")), 309),
    "header in other case": (in_table(TYPES, cell(0, 2, "USE CASE")), 309),
    "first column renamed": (in_table(TYPES, cell(0, 0, "Network")), 309),
    "column renamed and rows upside down": (in_table(TYPES, lambda rows: upside_down(cell(0, 4, "E.g.")(rows))), 309),
    "tables of each topic turned round": (reversed_tables, 309),
    "topics turned round": (reversed_topics, 309),
    "table moved to another topic": (move_section("### ROC vs P-R Curve", "### Bagging vs Boosting"), 309),
    "table moved within its topic": (move_section("### CNN Architectures", TYPES), 309),
    "topic moved": (move_section("## Ensemble Methods", "## Neural Network Comparisons"), 309),
    "table renamed": (replace(INSTANCES, "### Accelerators"), 309),
    "table renamed and moved": (
        chained(replace(f"{NEEDS}\n", "### Instances\n"), move_section("### Instances", "### Tuning Approaches")),
        309,
    ),
    "topic renamed": (replace("## Ensemble Methods", "## Ensembles"), 309),
    "guide renamed": (replace("# Section 6: Model Training", "# Section Six: Model Training"), 309),
    "table removed": (without_section(TYPES), 285),
    "table with its companion removed": (without_section(FUNCTIONS), 279),
    "topic removed": (without_section("## Quick Decision Tables"), 290),
    "label changed": (replace(WHEN, "**How to choose:**"), 309),
    "label removed": (replace(f"{WHEN}\n", ""), 309),
    "label with a blank line below": (replace(f"{WHEN}\n", f"{WHEN}\n\n"), 309),
    "points turned round": (
        replace(
            "- Large learning rate = overshoot correct solution\n- Small learning rate = slow training\n",
            "- Small learning rate = slow training\n- Large learning rate = overshoot correct solution\n",
        ),
        309,
    ),
    "point removed": (replace("- Small learning rate = slow training\n", ""), 309),
    "decision answered otherwise": (in_table(WHICH, cell(1, 1, "L1 (Lasso)")), 308),
    "two decisions answered the other way round": (
        in_table(WHICH, lambda rows: cell(2, 1, "L2 (Ridge)")(cell(3, 1, "L1 (Lasso)")(rows))),
        307,
    ),
    "question with its spelling mended": (replace("Want feature selection?", "Want features selection?"), 309),
    "question in other words": (replace("Want feature selection?", "Which one picks the best inputs?"), 308),
    "question removed": (in_table(WHICH, without_row(1)), 308),
    "questions turned round": (in_table(WHICH, upside_down), 309),
    "decision table becomes a lookup table": (in_table(WHICH, cell(0, 0, "Scenario")), 309),
    "entity table becomes an aspect table": (in_table("### RNN Topologies", cell(0, 0, "Aspect")), 309),
    "aspect renamed": (in_table(REGULARIZATION, cell(1, 0, "**Equation**")), 309),
    "thing of an aspect table renamed": (in_table(REGULARIZATION, cell(0, 1, "Lasso")), 309),
    "another table of the same heading before": (replace(f"{FUNCTIONS}\n", f"{SECOND}{FUNCTIONS}\n"), 309),
    "another table of the same heading behind": (
        replace("### CNN Architectures\n", f"{SECOND}### CNN Architectures\n"),
        309,
    ),
    "topic split in two": (replace("### RNN Topologies\n", "## More Networks\n\n### RNN Topologies\n"), 309),
    "table split in two, the first keeps its name": (split_table(INSTANCES, 5, "### More Instances"), 309),
    "table split in two, the second keeps its name": (split_table(INSTANCES, 3, "### First Instances", INSTANCES), 309),
    "table split in two under new names": (split_table(INSTANCES, 5, "### For Training", "### For Others"), 309),
    "table split in two halves under new names": (split_table(INSTANCES, 4, "### Larger", "### Smaller"), 309),
    "header repeated after a blank line": (split_table(INSTANCES, 4, ""), 309),
    "table split in two, a value mended": (
        chained(split_table(INSTANCES, 5, "### More Instances"), replace("General purpose", "Any purpose")),
        308,
    ),
    "aspect table split in two": (split_table(REGULARIZATION, 2, "### More Regularization"), 309),
    "decision table split in two": (split_table(WHICH, 2, "### Which Else?"), 309),
    "question moved to another table": (move_row(WHICH, 1, APPROACH), 309),
    "heading lowered": (replace(f"{FUNCTIONS}\n", f"#{FUNCTIONS}\n"), 309),
    "introduction added": (replace(f"{TYPES}\n", f"{TYPES}\n\nSix kinds of network.\n"), 309),
    "note added": (replace("### CNN Architectures\n", "Mind the dying ReLU.\n\n### CNN Architectures\n"), 309),
    "front matter added": (lambda text: f"---\nid: section-6\n---\n{text}", 309),
    "kind written down": (replace(f"{LEARNING}\n", f"{LEARNING}\n\n<!-- study: kind=entity -->\n"), 309),
}  # fmt: skip


@cache
def first_import() -> GuideState:
    key = guide_key("Section 6: Model Training, Tuning, and Evaluation - Comparison Tables")
    return merge(GuideState(key, title=""), read(seed().encode(), "section-6.md"), NEW_YEAR).state


def reimport(text: str, over: GuideState | None = None) -> tuple[GuideState, Diff, FactCounts]:
    before = over or first_import()
    merged = merge(before, read(text.encode(), "section-6.md"), NEW_YEAR)
    diff = compare(before, merged.state, against=1, guessed=merged.guessed)
    return merged.state, diff, count_facts(facts_of(before), facts_of(merged.state))


def test_seed_holds_309_facts():
    assert len(facts_of(first_import())) == FACTS


@pytest.mark.parametrize("name", UNCHANGED)
def test_other_bytes_of_the_same_document_are_no_change(name):
    _, diff, facts = reimport(UNCHANGED[name](seed()))

    assert diff.is_empty
    assert diff.summary == "No changes."
    assert facts.kept == FACTS


@pytest.mark.parametrize("name", EDITS)
def test_learners_keep_every_fact_that_stayed(name):
    edit, kept = EDITS[name]

    state, _, facts = reimport(edit(seed()))

    assert facts.kept == kept
    assert facts.after == len(facts_of(state))


@pytest.mark.parametrize("name", EDITS)
def test_undoing_an_edit_gives_every_fact_back(name):
    edited, *_ = reimport(EDITS[name][0](seed()))

    back, *_ = reimport(seed(), over=edited)

    before, after = facts_of(first_import()), facts_of(back)
    assert {key: fact.value_hash for key, fact in after.items()} == {
        key: fact.value_hash for key, fact in before.items()
    }


def test_everything_shuffled_and_one_cell_changed_keeps_308_of_309():
    random = Random(6)

    def shuffled(rows: Rows) -> Rows:
        columns = [0, *random.sample(range(1, len(rows[0])), len(rows[0]) - 1)]
        body = random.sample(rows[1:], len(rows) - 1)
        return [[row[place] for place in columns] for row in (rows[0], *body)]

    edit = chained(every_table(shuffled), reversed_tables, reversed_topics, replace("40% smaller", "Half as large"))

    _, diff, facts = reimport(edit(seed()))

    assert facts.kept == FACTS - 1
    assert not diff.guessed


def test_table_that_goes_and_comes_back_has_its_old_keys():
    without, *_ = reimport(without_section(INSTANCES)(seed()))

    back, diff, facts = reimport(seed(), over=without)

    assert {row.key for table in live(back.tables) for row in live(table.rows)} == {
        row.key for table in first_import().tables for row in table.rows
    }
    assert diff.summary == "1 table returned."
    assert facts.new == 24


def test_sections_of_one_name_that_change_places_lose_nothing():
    twice = seed().replace("### ROC vs P-R Curve", "### Classification Metrics")
    before, *_ = reimport(twice)

    _, diff, facts = reimport(move_section("### Classification Metrics", "### Classification vs Regression Metrics")(
        reversed_tables(twice)), over=before)  # fmt: skip

    assert facts.kept == FACTS
    assert not diff.guessed
