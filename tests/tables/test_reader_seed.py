from collections import Counter
from pathlib import Path

from tables.reader import read
from tables.reader.document import Reading, Severity

SEED = Path(__file__).parents[2] / "fixtures" / "section-6.md"
LINES = """
7-14 20-27 30-37 43-48 54-59 65-71 79-85 91-94 106-111 115-121 127-130 138-144 148-151 155-158 166-174 182-187 195-201
205-211 215-219 227-233 237-244 250-255 263-272 276-282 290-296 300-306 310-315 319-325
"""


def seed() -> Reading:
    return read(SEED.read_bytes(), "section-6.md")


def test_seed_has_every_table_row_and_cell() -> None:
    tables = seed().tables

    assert len(seed().topics) == 9
    assert len(tables) == 28
    assert sum(len(table.rows) for table in tables) == 129
    assert sum(len(table.head) for table in tables) == 95
    assert sum(len(row.cells) for table in tables for row in table.rows) == 438
    assert Counter(len(table.head) for table in tables) == {2: 6, 3: 8, 4: 11, 5: 3}


def test_tables_of_the_seed_stand_where_they_stand_in_the_file() -> None:
    assert [f"{table.line}-{table.last_line}" for table in seed().tables] == LINES.split()


def test_labelled_table_of_the_seed_is_a_companion() -> None:
    table = seed().tables[2]

    assert table.companion
    assert table.name == "Activation Functions: When to Use"
    assert [table.name for table in seed().tables if table.companion] == [table.name]


def test_four_key_points_belong_to_the_table_above_them() -> None:
    points = seed().tables[7].list_after

    assert points is not None
    assert points.label == "Key Exam Points"
    assert not points.asks
    assert [(point.line, point.text) for point in points.points] == [
        (97, "Large learning rate = overshoot correct solution"),
        (98, "Small learning rate = slow training"),
        (99, "Small batch size = escape local minima"),
        (100, "Large batch size = may converge on wrong solution"),
    ]
    assert sum(table.list_after is not None for table in seed().tables) == 1


def test_nothing_in_the_seed_is_wrong_or_left_out() -> None:
    reading = seed()

    assert {problem.severity for problem in reading.problems} == {Severity.INFORMATION}
    assert not any(table.left_out or table.notes or table.intro for table in reading.tables)
    assert not reading.intro


def test_odd_cells_of_the_seed_appear_as_they_are_written() -> None:
    cells = {cell.text: cell.html for table in seed().tables for row in table.rows for cell in row.cells}

    assert cells["2(P*R)/(P+R)"] == "2(P*R)/(P+R)"
    assert cells["<100MB"] == "&lt;100MB"
    assert cells["smdistributed.dataparallel"] == "<code>smdistributed.dataparallel</code>"
    assert {"-inf to inf", "~-0.3 to inf", "Sum(weights^2)", "Bayesian (<100MB), Multi-fidelity (>100MB)"} <= set(cells)


def test_every_subject_of_the_seeds_entity_and_aspect_tables_is_bold() -> None:
    bold = [t for t in seed().tables if all(row.cells[0].html.startswith("<strong>") for row in t.rows)]

    assert len(bold) == 22
    assert sum(len(table.rows) for table in bold) == 99
