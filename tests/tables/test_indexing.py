from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tables.actions.editing import rename_topic, save_guide, save_row, save_table
from tables.actions.indexing import guides_behind, refresh_entries
from tables.actions.publishing import publish
from tables.full_text import FEW_GUIDES, Search
from tables.models import Entry, Guide, Table
from tables.searching import read_query
from tables.versions.editing import TableEdit
from tests.factories import make_guide, make_table, make_topic
from tests.tables.readings import DOCUMENT, make_reading

pytestmark = pytest.mark.django_db


def names(query, guide):
    search = Search(read_query(query), [guide.pk], [list(Entry.Kind)], 60)
    return sorted(entry.name.strip() for entry in Entry.objects.found_by(search))


@pytest.fixture
def guide():
    """A guide of two tables, published."""
    return publish(None, make_reading(), b"").guide


def test_published_document_is_found_part_by_part(guide):
    assert names("section", guide) == ["section 6"]
    assert names("ec2", guide) == ["ec2"]
    assert names("gpu", guide) == ["gpu instances"]
    assert names("trainium", guide) == ["trn1"]
    assert names("dropout", guide) == ["network too complex"]
    assert Entry.objects.filter(guide=guide).count() == 1 + 2 + 2 + 4 + 3


def test_next_version_writes_what_differs_and_takes_out_what_is_gone(guide):
    kept = set(Entry.objects.exclude(name__in=[" p3 ", " trn1 "]).values_list("pk", "key"))
    grid = [row for row in DOCUMENT["EC2"]["GPU Instances"] if row[0] != "P3"]
    grid[2] = ["Trn1", "AWS Silicon", "Training", "Half the cost"]

    publish(guide, make_reading({**DOCUMENT, "EC2": {"GPU Instances": grid}}), b"")

    assert names("v100", guide) == []
    assert names("trainium", guide) == []
    assert names("silicon", guide) == ["trn1"]
    assert kept < set(Entry.objects.values_list("pk", "key"))


def test_edits_are_found_at_once(guide):
    table = Table.objects.get(title="GPU Instances")
    row = table.rows.get(subject="P3")

    save_row(table, row.key, {table.columns.all()[1].key: "Quantum unit"})
    save_table(table, TableEdit(title="Accelerators", removed_rows=frozenset({table.rows.get(subject="Inf2").key})))
    rename_topic(table.topic, "Machines")
    save_guide(guide, title="Hardware of clouds", visibility="public", owner=None)

    assert names("quantum", guide) == ["p3"]
    assert names("accelerators", guide) == ["accelerators"]
    assert names("machines", guide) == ["machines"]
    assert names("clouds", guide) == ["hardware of clouds"]
    assert names("gpu", guide) == names("inferentia2", guide) == names("ec2", guide) == []


def test_edit_of_one_table_looks_at_no_other(guide):
    table = Table.objects.get(title="GPU Instances")
    Entry.objects.filter(name=" network too complex ").update(body=" stale ")

    save_table(table, TableEdit(title="Accelerators"))
    assert names("stale", guide) == ["network too complex"]

    assert refresh_entries(guide) == 1
    assert names("stale", guide) == []


def test_what_is_refreshed_twice_is_written_once(guide):
    assert refresh_entries(guide) == 0


def test_tables_of_an_archived_topic_are_not_found(guide):
    guide.topics.filter(title="EC2").update(archived_at=timezone.now())

    refresh_entries(guide)

    assert names("trainium", guide) == names("gpu", guide) == names("ec2", guide) == []


def test_guides_behind_are_brought_up_to_date_by_the_command(capsys):
    guide = make_guide()
    make_table(make_topic(guide))
    assert guides_behind() == [guide]

    call_command("index_search")
    call_command("index_search")

    assert guides_behind() == []
    assert names("softmax", guide) == ["softmax"]
    assert capsys.readouterr().out.splitlines() == [
        "Search: 1 guide looked through, 9 entries changed.",
        "Search: 0 guides looked through, 0 entries changed.",
    ]


def test_command_looks_through_every_guide_if_asked(guide, capsys):
    Entry.objects.all().delete()

    call_command("index_search", "--all")

    assert "1 guide looked through, 12 entries changed" in capsys.readouterr().out


def test_guide_takes_its_entries_along(guide):
    Guide.objects.filter(pk=guide.pk).delete()

    assert not Entry.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO tables_entry_words (tables_entry_words) VALUES ('integrity-check')")


def test_entries_are_found_among_those_of_many_guides(guide):
    others = [guide.pk + number for number in range(1, 2 * FEW_GUIDES)]
    search = Search(read_query("trn1"), [guide.pk, *others], [list(Entry.Kind)], 60)

    assert [entry.name for entry in Entry.objects.found_by(search)] == [" trn1 "]
    assert not list(Entry.objects.found_by(replace(search, guides=others)))
    assert not list(Entry.objects.found_by(replace(search, guides=[])))


@pytest.mark.parametrize("rows", [3, 300])
def test_queries_do_not_grow_with_rows(django_assert_num_queries, rows):
    guide = make_guide()
    make_table(make_topic(guide), grid=[("Name", "Value"), *((f"name {row}", "x") for row in range(rows))])

    with django_assert_num_queries(17):
        refresh_entries(guide)
