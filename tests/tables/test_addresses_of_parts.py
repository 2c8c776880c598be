"""Wherever the site leads to a row or a cell, that row stands on the page that it leads to."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tables.address import ROWS_ON_A_PAGE
from tests.factories import make_guide, make_table, make_topic

MANY = ROWS_ON_A_PAGE + 30


def grid_of(rows: int) -> list[tuple[str, str]]:
    return [("Name", "Value"), *((f"Row {number}", f"value {number}") for number in range(rows))]


@pytest.fixture
def topic(db):
    return make_topic(make_guide())


def stands_at(client, address: str) -> bool:
    page, _, anchor = address.partition("#")
    return f'id="{anchor}"' in client.get(page).content.decode()


@pytest.mark.parametrize("subject", ["Row 0", f"Row {ROWS_ON_A_PAGE - 1}", f"Row {ROWS_ON_A_PAGE}", f"Row {MANY - 1}"])
def test_row_and_cell_of_a_long_table(client, topic, subject):
    table = make_table(topic, grid=grid_of(MANY))
    row = table.rows.get(subject=subject)

    assert stands_at(client, table.address_of(row))
    assert stands_at(client, table.address_of(row, table.columns.last()))


@pytest.mark.parametrize("rows", [3, MANY])
def test_row_of_a_table_shown_with_another_one(client, topic, rows):
    table = make_table(topic, title="Sizes", label="When to use", grid=grid_of(rows), shown_with=make_table(topic))
    last = table.rows.last()

    assert stands_at(client, table.address_of(last, table.columns.last()))
    assert (table.host is None) == (rows == MANY)


def test_row_of_a_table_whose_companion_is_gone(client, topic):
    host = make_table(topic)
    table = make_table(topic, title="Sizes", label="When to use", grid=grid_of(3), shown_with=host)
    host.archived_at = timezone.now()
    host.save()

    assert stands_at(client, table.address_of(table.rows.last()))


def test_page_of_a_reported_cell_leads_to_it(client, topic):
    table = make_table(topic, grid=grid_of(MANY))
    row, column = table.rows.last(), table.columns.last()
    page = client.get(reverse("quizzes:wrong-cell", args=[table.guide.slug, table.slug, row.slug, column.slug]))

    [address] = set(re.findall(rf'href="([^"]*#row-{row.slug}[^"]*)"', page.content.decode()))
    assert stands_at(client, address.replace("&amp;", "&"))
