from time import perf_counter

from tables.versions.changes import Change, How, Kind
from tables.versions.state import live
from tests.tables.readings import DOCUMENT, DROPOUTS, INSTANCES, Document, changed, make_table
from tests.tables.steps import TUESDAY, imported, rows_by_subject


def instances(grid: object = INSTANCES, title: str = "GPU Instances") -> Document:
    return {"EC2": {title: grid}, "Quick Decisions": DOCUMENT["Quick Decisions"]}


def dropouts(grid: object) -> Document:
    return {"EC2": DOCUMENT["EC2"], "Quick Decisions": {"Which Regularization?": grid}}


def test_same_document_again_changes_nothing():
    first = imported()

    again = first.then(DOCUMENT)

    assert again.state == first.state
    assert again.diff.is_empty
    assert again.diff.summary == "No changes."


def test_first_import_counts_topics_and_tables():
    assert imported().diff.summary == "2 topics added, 2 tables added."


def test_one_row_added_one_changed_and_one_removed_are_said_in_one_sentence():
    grid = [*changed(INSTANCES, 1, 2, "Old training")[:4], ["G5g", "T4G", "Graphics", "Graviton"]]

    second = imported().then(instances(grid))

    assert second.diff.summary == "1 row added, 1 changed, 1 removed."


def test_order_of_rows_columns_and_tables_never_matters_for_keys():
    first = imported()
    turned = [[line[0], *reversed(line[1:])] for line in [INSTANCES[0], *reversed(INSTANCES[1:])]]

    second = first.then({"Quick Decisions": DOCUMENT["Quick Decisions"], "EC2": {"GPU Instances": turned}})

    old, new = first.tables[0], second.tables[1]
    assert new.key == old.key
    assert {row.subject: row.key for row in new.rows} == {row.subject: row.key for row in old.rows}
    assert {column.name: column.key for column in new.columns} == {c.name: c.key for c in old.columns}
    assert {how for _, how in second.changes()} == {How.REORDERED}


def test_row_with_a_corrected_name_stays_itself_as_a_guess():
    first = imported()

    second = first.then(instances(changed(INSTANCES, 1, 0, "P3 (2017)")))

    assert second.tables[0].rows[0].key == first.tables[0].rows[0].key
    assert second.tables[0].rows[0].slug == "p3"
    assert second.diff.guessed == [
        Change(Kind.ROW, How.RENAMED, table="GPU Instances", old="P3", new="P3 (2017)", guessed=True)
    ]


def test_row_that_is_like_two_others_is_new():
    twins = [INSTANCES[0], ["A", "x", "y", "z"], ["B", "x", "y", "z"]]
    first = imported(instances(twins))

    second = first.then(instances([INSTANCES[0], ["C", "x", "y", "z"]]))

    assert second.tables[0].rows[0].key not in {row.key for row in first.tables[0].rows}
    assert second.diff.summary == "1 row added, 2 removed."


def test_row_with_another_name_and_other_values_is_new():
    second = imported().then(instances([INSTANCES[0], ["P9", "1x", "Chess", "None"], *INSTANCES[2:]]))

    assert second.changes() == [(Kind.ROW, How.ADDED), (Kind.ROW, How.REMOVED)]


def test_rows_of_one_name_are_told_apart_by_their_content():
    twins = [INSTANCES[0], ["P3", "a", "b", "c"], ["P3", "d", "e", "f"]]
    first = imported(instances(twins))

    swapped = first.then(instances([twins[0], ["P3", "d", "e", "f"], ["P3", "a", "b", "new"]]))

    before, after = live(first.tables[0].rows), live(swapped.tables[0].rows)
    assert [row.key for row in after] == [before[1].key, before[0].key]
    assert [row.slug for row in before] == ["p3", "p3-2"]


def test_column_renamed_keeps_its_key_as_a_guess():
    first = imported()

    second = first.then(instances(changed(INSTANCES, 0, 2, "Best for")))

    assert [column.key for column in second.tables[0].columns] == [column.key for column in first.tables[0].columns]
    assert [change.new for change in second.diff.guessed] == ["Best for"]


def test_columns_of_one_name_that_change_places_keep_their_values():
    grid = [["Model", "Range", "Range"], ["A", "1", "2"], ["B", "3", "4"]]
    first = imported(instances(grid))

    second = first.then(instances([[line[0], line[2], line[1]] for line in grid]))

    old, new = first.tables[0], second.tables[0]
    assert [column.key for column in new.columns] == [old.columns[place].key for place in (0, 2, 1)]


def test_first_column_may_be_renamed_with_all_rows_kept():
    first = imported()

    second = first.then(instances(changed(INSTANCES, 0, 0, "GPU Instance")))

    assert [row.key for row in second.tables[0].rows] == [row.key for row in first.tables[0].rows]
    assert second.changes() == [(Kind.COLUMN, How.RENAMED)]


def test_removed_column_is_archived_and_its_cells_stay():
    first = imported()

    second = first.then(instances([line[:3] for line in INSTANCES]))
    third = second.then(DOCUMENT)

    gone = next(column for column in second.tables[0].columns if column.archived_at)
    assert gone.name == "Special Feature"
    assert second.tables[0].rows[0].text(gone) == "General DL"
    assert second.tables[0].rows[0].folded == "p3\n8x tesla v100\ntraining"
    assert third.state == first.state
    assert third.diff.summary == "1 column returned."


def test_table_renamed_is_found_by_its_header_and_subjects():
    first = imported()

    second = first.then(instances(title="GPU Instance Types"))

    assert second.tables[0].key == first.tables[0].key
    assert second.tables[0].slug == "gpu-instances"
    assert [change.new for change in second.diff.guessed] == ["GPU Instance Types"]


def test_table_renamed_with_another_header_is_found_by_its_facts():
    first = imported()
    grid = [[*line, extra] for line, extra in zip(INSTANCES, ["Year", "2017", "2020", "2022", "2023"], strict=True)]

    second = first.then(instances(grid, title="Accelerators"))

    assert second.tables[0].key == first.tables[0].key


def test_table_moved_to_another_topic_keeps_everything():
    first = imported()

    second = first.then({"Quick Decisions": {**DOCUMENT["Quick Decisions"], **DOCUMENT["EC2"]}})

    assert second.tables[1].key == first.tables[0].key
    assert second.tables[1].rows == first.tables[0].rows
    assert not second.diff.guessed
    assert (Kind.TABLE, How.MOVED) in second.changes()


def test_two_tables_of_one_heading_that_change_places_lose_nothing():
    pair = [make_table("Overview", INSTANCES), make_table("Overview", [*INSTANCES[:1], ["T4", "x", "y", "z"]])]
    first = imported({"EC2": pair})

    second = first.then(
        {"EC2": [make_table("Overview", changed([*INSTANCES[:1], ["T4", "x", "y", "z"]], 1, 3, "!")), pair[0]]}
    )

    assert [table.key for table in second.tables] == [table.key for table in reversed(first.tables)]
    assert [table.slug for table in first.tables] == ["overview", "overview-2"]


def test_directive_id_finds_a_table_whatever_else_changed():
    first = imported({"EC2": [make_table("GPUs", INSTANCES, directive={"id": "gpu"})]})
    other = make_table("Something else", [["A", "B"], ["c", "d"]], directive={"id": "gpu"})

    second = first.then({"Elsewhere": [other]})

    assert second.tables[0].key == first.tables[0].key


def test_topic_renamed_is_found_by_its_tables():
    first = imported()

    second = first.then({"Amazon EC2": DOCUMENT["EC2"], "Quick Decisions": DOCUMENT["Quick Decisions"]})

    assert second.state.topics[0].key == first.state.topics[0].key
    assert second.state.topics[0].slug == "ec2"
    assert not second.diff.guessed


def test_removed_table_is_archived_with_all_its_parts_and_comes_back_as_itself():
    first = imported()

    second = first.then({"EC2": DOCUMENT["EC2"]})
    third = second.then(DOCUMENT)

    gone = next(table for table in second.state.tables if table.archived_at)
    assert {part.archived_at for part in (*gone.rows, *gone.columns, *gone.questions)} == {TUESDAY}
    assert third.state == first.state
    assert third.diff.summary == "1 topic returned, 1 table returned."


def test_row_that_had_left_a_table_before_comes_back_only_by_its_name():
    without_p3 = instances([INSTANCES[0], *INSTANCES[2:]])
    second = imported().then(without_p3).then({"Quick Decisions": DOCUMENT["Quick Decisions"]})

    third = second.then(without_p3)
    fourth = third.then(DOCUMENT)

    assert "P3" not in rows_by_subject(third.tables[0])
    assert rows_by_subject(fourth.tables[0])["P3"].key == imported().tables[0].rows[0].key


def test_question_with_a_small_correction_stays_itself():
    first = imported()

    second = first.then(dropouts(changed(DROPOUTS, 1, 0, "Network too  complex ?")))

    assert [q.key for q in live(second.tables[1].questions)] == [q.key for q in live(first.tables[1].questions)]


def test_question_asked_in_other_words_is_new_even_with_the_same_answer():
    first = imported()

    second = first.then(dropouts(changed(DROPOUTS, 1, 0, "Too many neurons and layers?")))

    keys = {question.key for question in live(first.tables[1].questions)}
    assert [question.key in keys for question in live(second.tables[1].questions)] == [False, True, True]
    assert not second.diff.guessed


def test_change_of_kind_keeps_rows_and_brings_questions():
    entity = changed(DROPOUTS, 0, 0, "Problem")
    first = imported(dropouts(entity))

    second = first.then(dropouts(DROPOUTS))

    assert [row.key for row in second.tables[1].rows] == [row.key for row in first.tables[1].rows]
    assert len(live(second.tables[1].questions)) == 3
    assert (Kind.TABLE, How.CHANGED) in second.changes()


def test_markup_and_spacing_alone_change_no_value():
    first = imported()

    second = first.then(instances(changed(INSTANCES, 1, 1, "8X  Tesla V100.")))

    assert second.changes() == [(Kind.CELL, How.REWRITTEN)]


def test_slugs_of_tables_avoid_words_that_addresses_need():
    step = imported({"Topics": {"Import": INSTANCES, "🙂": DROPOUTS}})

    assert [table.slug for table in step.tables] == ["import-table", "table-2"]


def test_points_come_and_go_without_touching_the_table():
    first = imported({"EC2": [make_table("GPUs", INSTANCES, points=["One", "Two"])]})

    second = first.then({"EC2": [make_table("GPUs", INSTANCES, points=["Two", "Three"])]})

    assert [point.text for point in live(second.tables[0].points)] == ["Two", "Three"]
    assert second.tables[0].points[0].key == first.tables[0].points[1].key
    assert second.diff.summary == "1 point added, 1 removed."


def test_large_tables_of_equals_are_matched_in_good_time():
    grid = [["A", "B", "C"], *(["", "Yes", "No"] for _ in range(2000))]
    renamed = [["A", "B", "C"], *([f"row {number}", "Yes", "No"] for number in range(2000))]
    started = perf_counter()

    imported(instances(grid)).then(instances(renamed)).then(instances(grid))

    assert perf_counter() - started < 60  # pair by pair it would take many minutes
