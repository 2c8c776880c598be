from uuid import UUID

import pytest
from django.utils import timezone

from tables.exports.delimited import Manner, table_lines
from tables.exports.markdown import guide_markdown
from tables.reader import read
from tables.spreadsheets import keys_of_rows, markdown_of_sheet
from tables.versions.merging import merge
from tables.versions.sheets import document_with, looking_guarded
from tables.versions.state import GuideState, live
from tests.edits import seed

NOW = timezone.now()
SEED_TABLES = 28
MARKED = """# Marks

## Ways

| *Way* |  | Range | Range |
|:-:|--:|---|---|
| [l](http://x.org) | **b** and `c|d` | N<sup>2</sup> |   |
| a[^1] | ![alt](http://x.org/a.png) | '=q | [ref] |
|---|---|---|---|
| x<br>y | ==m== | 2*(P*R) | ~~s~~ |

[^1]: Said below.

[ref]: http://x.org/ref
""".replace("c|d", "c\\|d")


def guide_of(text):
    return merge(GuideState(UUID(int=1), title=""), read(text.encode()), NOW).state


def sheet_of(table, *, exact=False, **asked):
    return "".join(table_lines(live(table.columns), live(table.rows), Manner(exact=exact), **asked))


def with_sheet(guide, sheet, name):
    data = sheet.encode()
    reading = read(markdown_of_sheet(data, name, exact=looking_guarded(guide)), name)
    return document_with(guide, reading, NOW, keys=keys_of_rows(data, name)).decode()


def written(guide):
    return "".join(guide_markdown(guide))


@pytest.fixture(scope="module")
def section_6():
    return guide_of(seed())


@pytest.mark.parametrize("place", range(SEED_TABLES))
def test_every_table_of_the_seed_comes_in_under_its_own_address_as_it_went_out(section_6, place):
    table = live(section_6.tables)[place]

    assert with_sheet(section_6, sheet_of(table), f"{table.slug}.csv") == written(section_6)


def test_what_a_sheet_says_as_before_stays_written_as_it_was():
    guide = guide_of(MARKED)
    sheet = sheet_of(guide.tables[0])
    assert with_sheet(guide, sheet, "ways.csv") == written(guide)

    changed = with_sheet(guide, sheet.replace("b and c|d", "b or c & d"), "ways.csv")

    assert changed == written(guide).replace("**b** and `c\\|d`", "b or c \\& d")


def test_breaks_go_where_rows_do_not_stand_as_they_stood():
    guide = guide_of(MARKED)
    lines = sheet_of(guide.tables[0]).splitlines(keepends=True)

    assert "| --- |" not in with_sheet(guide, "".join([lines[0], *lines[2:]]), "ways.csv")


TWO = """# Two

## Ports

| Port | Use |
|---|---|
| 80 | Web |

## Ports (2)

| Port | Use |
|---|---|
| 53 | Names |
"""


@pytest.mark.parametrize("name", ["ports.csv", "ports (1).csv", "ports(12).csv", "Ports.csv"])
def test_file_that_a_browser_numbered_is_known_by_the_address(name):
    guide = guide_of(TWO)

    assert with_sheet(guide, "Port,Use\n80,HTTP\n", name) == written(guide).replace("Web", "HTTP")


def test_name_comes_before_what_a_browser_may_have_numbered():
    guide = guide_of(TWO)

    assert with_sheet(guide, "Port,Use\n53,DNS\n", "ports (2).csv") == written(guide).replace("Names", "DNS")


def test_keys_of_rows_say_which_table_it_is_whatever_the_file_is_called():
    guide = guide_of(TWO)
    sheet = sheet_of(guide.tables[1], with_ids=True).replace("Names", "DNS")

    assert with_sheet(guide, sheet, "ports.csv") == written(guide).replace("Names", "DNS")


QUOTED = """# Quoted

## Cells

| Name | '=Value |
|---|---|
| a | '=q |
| b | ''+5 |
| c | =q |
| d | 'tis |
"""


@pytest.mark.parametrize("exact", [True, False])
def test_cells_that_begin_with_an_apostrophe_of_their_own_come_back(exact):
    guide = guide_of(QUOTED)

    assert with_sheet(guide, sheet_of(guide.tables[0], exact=exact), "cells.csv") == written(guide)


def test_apostrophe_that_an_editor_takes_away_is_gone():
    guide = guide_of(QUOTED)
    guarded, exact = (sheet_of(guide.tables[0], exact=exact) for exact in (False, True))
    wanted = written(guide).replace("| a | '=q |", "| a | =q |")

    assert with_sheet(guide, guarded.replace("a,''=q", "a,'=q"), "cells.csv") == wanted
    assert with_sheet(guide, exact.replace("a,'=q", "a,=q"), "cells.csv") == wanted
