from collections import Counter

import pytest

from quizzes.actions.notes import check_notes_of
from quizzes.notes_check.checking import findings_of
from quizzes.notes_check.findings import Code, Finding, make_finding
from tests.edits import cell, chained, in_table, replace, reversed_topics, upside_down
from tests.quizzes.notes import counts, edited_findings, seed_findings, seed_pins, seed_state

LINES = {
    Code.APART: [{37, 48, 296}, {94, 99}, {266, 282}, {270, 279}, {281, 325}],
    Code.LEFT_OUT: [{151, 306}],
    Code.AMBIGUOUS: [{233, 239, 241}],
    Code.DANGLING: [{83}, {142}, {244}, {304}],
    Code.PLACEHOLDER: [{23}, {26}, {27}, {85}, {184}],
    Code.OTHER_ROW: [{13, 12}, {13, 12}, {13, 12}, {23, 22}, {69, 67}, {70, 67}, {70, 67}, {219, 217}],
}
SAME = [
    {22, 35, 294}, {23, 36}, {24, 33, 293}, {25, 34, 295}, {26, 32, 292}, {27, 37, 296},
    {108, 312}, {109, 315}, {110, 117, 120, 121, 313}, {111, 119, 314},
    {140, 302}, {141, 303}, {142, 304}, {144, 305}, {151, 306},
    {197, 207}, {198, 211}, {229, 322}, {230, 321}, {233, 240, 323},
    {265, 278}, {267, 281, 325}, {268, 279}, {269, 282}, {270, 280},
]  # fmt: skip


def lines(code: Code) -> list[set[int]]:
    return [{place.line for place in finding.places} for finding in seed_findings() if finding.code is code]


def subjects_of_same_facts(findings: list[Finding]) -> Counter[str]:
    return Counter(each.sentence.partition(":")[0] for each in findings if each.code is Code.SAME)


def test_the_shipped_guide_has_these_findings_and_no_others():
    assert counts(seed_findings()) == {code: len(found) for code, found in LINES.items()} | {Code.SAME: 25}


@pytest.mark.parametrize("code", LINES)
def test_each_finding_names_the_lines_of_its_places(code):
    assert lines(code) == LINES[code]


def test_same_facts_stand_in_these_lines():
    assert sorted(map(sorted, lines(Code.SAME))) == sorted(map(sorted, SAME))


def test_two_same_facts_are_known_from_pins_alone_and_one_is_told_in_more_places():
    without = findings_of(seed_state())

    assert counts(without) == counts(seed_findings()) | {Code.SAME: 23}
    told, pinned = subjects_of_same_facts(without), subjects_of_same_facts(seed_findings())
    assert pinned - told == Counter(["AMT", "Trn1n", "Model Parallelism and SageMaker MPP"])
    assert told - pinned == Counter(["Model Parallelism"])


def test_what_is_told_in_several_cells_of_two_rows_is_one_finding():
    lasso = [finding for finding in seed_findings() if finding.sentence.startswith("L1 (Lasso): the same")]

    assert len(lasso) == 1
    assert len(lasso[0].places) == 7


def test_point_is_laid_beside_both_cells():
    point = next(finding for finding in seed_findings() if finding.code is Code.APART and finding.line == 94)

    assert [place.text for place in point.places] == [
        "Small batch size = escape local minima",
        "Noisy gradients",
        "Escape local minima, stable",
    ]
    assert not point.can_be_linked


def test_short_name_says_what_it_may_mean():
    short = next(finding for finding in seed_findings() if finding.code is Code.AMBIGUOUS)

    assert (short.word, short.meanings) == ("DDP", ("SageMaker DDP", "PyTorch DDP"))


def test_antecedent_that_is_pinned_is_offered_for_the_notes():
    both = [finding for finding in seed_findings() if finding.code is Code.DANGLING]

    assert ["false negatives" in finding.suggestion for finding in both] == [False, True, False, True]


def test_check_needs_no_database():
    keys = [finding.key for finding in seed_findings()]

    checked = check_notes_of(seed_state(), seed_pins(), dismissed=keys[:3])

    assert [finding.key for finding in checked.findings] == keys[3:]
    assert [finding.key for finding in checked.dismissed] == keys[:3]
    assert checked.counts()[0] == (Code.APART, 2)


def test_keys_differ_and_survive_what_changes_no_cell():
    keys = {finding.key for finding in seed_findings()}
    moved = edited_findings(reversed_topics)

    assert len(keys) == len(seed_findings())
    assert {finding.key for finding in moved} == keys


def test_key_survives_rows_in_another_order():
    keys = {finding.key for finding in seed_findings()}

    turned = edited_findings(in_table("### Activation Functions", upside_down))

    assert {finding.key for finding in turned} == keys


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("| Sequences | Modern NLP |", "| Sequences | Newer NLP |", 0),
        ("| Early CNN | Handwriting |", "| First CNN | Handwriting |", 0),
        ("| Simplified LSTM |", "| Simpler LSTM |", 1),
        ("| 40% smaller |", "| Smaller by 40% |", 0),
        ("| P4de with EFA |", "| P4de + EFA |", 2),
    ],
)
def test_key_changes_when_a_cell_changes_and_only_then(old, new, lost):
    keys = {finding.key for finding in seed_findings()}

    changed = {finding.key for finding in edited_findings(replace(old, new))}

    assert len(keys - changed) == len(changed - keys) == lost


def test_mended_notes_lose_their_findings():
    mend = chained(
        replace("| **Horovod** | Uber | Both |", "| **Horovod** | Uber | PyTorch and TensorFlow |"),
        replace("RMSE, R-squared |", "RMSE, R-squared, MAE |"),
        in_table("### Tuning Approaches", cell(1, 2, "Fully parallel too")),
    )

    found = counts(edited_findings(mend))

    assert (found[Code.DANGLING], found[Code.PLACEHOLDER], found.get(Code.LEFT_OUT)) == (3, 4, None)


def test_key_depends_on_the_kind():
    places = seed_findings()[0].places

    assert make_finding(Code.SAME, places, "", "").key != make_finding(Code.APART, places, "", "").key
