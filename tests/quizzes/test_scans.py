"""No page and no answer looks at every row of a table that grows with the site: an index leads to those it needs."""

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection

from quizzes.models import Confusion, Learner, Sitting
from studysite.kept import forget_all
from tests.groups import make_group
from tests.quizzes.bank import address, give, make_asked_guide, make_sitting, right
from tests.quizzes.lived import live_through

GROWING = frozenset(
    f"{app}_{name}"
    for app, names in (
        ("tables", ("row", "column", "table", "point", "decisionquestion", "entry", "concept", "mention")),
        ("quizzes", ("fact", "question", "question_facts", "sitting", "slot", "answer", "answerfact", "memory")),
    )
    for name in names
)


class Plans:
    """Wrapped around queries, it notes those for which the database looks at the whole of a growing table."""

    def __init__(self) -> None:
        self.scans: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("SELECT", "UPDATE", "DELETE")) and not many:
            self.scans += [f"{name}: {sql}" for name in scanned(sql, params) if name in GROWING]
        return execute(sql, params, many, context)


def scanned(sql, params) -> Iterator[str]:
    """The names of the tables that the plan of a query reads from end to end."""
    with closing(connection.create_cursor()) as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # what is as small as here is scanned whatever the indexes
            cursor.execute(f"EXPLAIN {sql}", params)
            yield from re.findall(r"Seq Scan on (\w+)", "\n".join(line for (line,) in cursor.fetchall()))
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            steps = "\n".join(step for *_, step in cursor.fetchall())
            names = {alias: name for name, alias in re.findall(r'"(\w+)" "?([A-Z]+\d+)"?', sql)}
            yield from (names.get(name, name) for name in re.findall(r"^SCAN (\w+)(?! VIRTUAL)", steps, re.MULTILINE))


@pytest.fixture
def guide(db):
    """A guide that is asked, beside another one."""
    make_asked_guide(title="Other")
    return make_asked_guide()


@pytest.fixture
def lived(alice, guide):
    """Alice, who has answered a lot, takes one row for another, and is in a group."""
    alice.learner = Learner.objects.create(user=alice.user)
    live_through(alice.learner, guide, 120, rights=(True, False, True))
    table = guide.tables.first()
    relu, leaky = table.rows.get(slug="relu"), table.rows.get(slug="leaky-relu")
    Confusion.objects.create(learner=alice.learner, table=table, asked=relu.key, said=leaky.key, count=3)
    make_group(alice.user)
    forget_all()
    return alice


@pytest.fixture
def plans(lived):
    """The plans of the queries that the test asks for."""
    plans = Plans()
    with connection.execute_wrapper(plans):
        yield plans


PAGES = (
    "/", "/{guide}/", "/{guide}/{table}/", "/{guide}/{table}/?q=relu", "/{guide}/{table}.json", "/search/?q=relu",
    "/{guide}/concepts/", "/{guide}/compare/?rows={table}.relu,{table}.swish", "/guides/", "/groups/",
    "/groups/{group}/", "/groups/{group}/blind-spots/", "/progress/?guide={guide}", "/progress/effort/{guide}/",
    "/progress/last-night/{guide}/", "/progress/plan/{guide}/", "/progress/memory/{guide}/{table}/",
    "/progress/cover/{guide}/{table}/", "/progress/mixed-up/{guide}/{table}/", "/progress/aside/", "/progress/data/",
    "/quiz/?guide={guide}", "/quiz/exam/?guide={guide}", "/quiz/rebuild/?guide={guide}", "/quiz/{guide}/export/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_page_reads_no_growing_table_from_end_to_end(lived, plans, guide, path):
    group = lived.user.memberships.get().group
    table = guide.tables.first()

    response = lived.get(path.format(guide=guide.slug, table=table.slug, group=group.pk))

    assert response.status_code == 200
    assert plans.scans == []


@pytest.mark.parametrize("scope", ["guide", "missed", "decisions"])
def test_sitting_is_begun_answered_and_finished_without_such_a_look(lived, plans, guide, scope):
    sitting = make_sitting(lived.learner, guide, kinds=(), scope=Sitting.Scope(scope), count=20)
    slot = next(slot for slot in sitting.slots.all() if slot.options and slot.right is not None)

    lived.get(address(slot))
    page = give(lived, slot, right(slot)).content.decode()
    lived.post(f"/quiz/{sitting.pk}/finish/")

    assert 'class="verdict ' in page
    assert lived.get(f"/quiz/{sitting.pk}/report/").status_code == 200
    assert plans.scans == []


def test_continue_goes_on_without_such_a_look(lived, plans, guide):
    response = lived.get("/quiz/continue/", {"guide": guide.slug}, follow=True)

    assert response.status_code == 200
    assert plans.scans == []
