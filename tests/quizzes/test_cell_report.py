import pytest
from django.urls import reverse
from zeal import zeal_ignore

from quizzes.models import Learner, Report
from studysite.accounts.models import User
from tables.models import Guide, Table
from tests.factories import make_guide, make_table, make_topic, make_user


@pytest.fixture
def table(db) -> Table:
    return make_table(make_topic(make_guide()))


def address(table: Table, row: str = "relu", column: str = "range") -> str:
    return reverse("quizzes:wrong-cell", args=[table.guide.slug, table.slug, row, column])


def report(client, table: Table, comment: str = "It has no upper end.", **cell: str):
    return client.post(address(table, **cell), {"comment": comment})


def test_table_leads_to_its_cells_and_each_to_where_it_is_reported(client, table):
    page = client.get(table.get_absolute_url())

    cells = reverse("quizzes:wrong-cells", args=[table.guide.slug, table.slug])
    assert f'href="{cells}"' in page.content.decode()
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "public" in page.headers["Cache-Control"]
    assert f'href="{address(table)}"' in client.get(cells).content.decode()
    assert "0 to inf" in client.get(address(table)).content.decode()


def test_look_at_a_cell_makes_nobody_a_learner(client, table):
    client.get(address(table))

    assert not Learner.objects.exists()


def test_empty_comment_is_asked_for(client, table):
    response = report(client, table, " ")

    assert response.status_code == 422
    assert "Say in a few words what is wrong" in response.content.decode()
    assert not Report.objects.exists()


def test_report_is_kept_with_what_stood_there_and_seen_on_the_progress_page(client, table):
    response = report(client, table, "<b>No upper end</b>")

    kept = Report.objects.get()
    progress = client.get(reverse("quizzes:progress")).content.decode()
    assert response.status_code == 303
    assert "Thank you, it will be looked at" in client.get(response.headers["Location"]).content.decode()
    assert (kept.row.slug, kept.column.slug, kept.value, kept.question) == ("relu", "range", "0 to inf", None)
    assert "ReLU, Range: “0 to inf”" in progress
    assert f'href="{table.get_absolute_url()}#row-relu.range"' in progress
    assert "&lt;b&gt;No upper end&lt;/b&gt;" in progress
    assert "Not looked at yet" in progress


def test_same_cell_reported_twice_is_one_report(client, table):
    report(client, table, "No.")
    report(client, table, "No upper end.")

    assert Report.objects.get().comment == "No upper end."


def test_eleventh_report_of_a_day_is_told_to_wait(client, table):
    cells = [(row.slug, column.slug) for row in table.rows.all() for column in table.columns.all()][:11]

    said = [report(client, table, row=row, column=column).status_code for row, column in cells]

    assert said == [303] * 10 + [429]


def test_cells_that_are_not_there_are_not_found(client, table):
    assert client.get(address(table, row="gelu")).status_code == 404
    assert client.get(address(table, column="cost")).status_code == 404
    table.rows.filter(slug="relu").update(archived_at="2026-01-01T00:00Z")
    assert report(client, table).status_code == 404


def test_cells_of_a_private_guide_are_their_owners_alone(client, table):
    owner = make_user("alice")
    Guide.objects.update(visibility="private", owner=owner)

    assert report(client, table).status_code == 404
    client.force_login(owner)
    assert report(client, table).status_code == 303


def test_staff_see_the_report_beside_the_cell_and_their_decision_reaches_the_reporter(client, table):
    report(client, table)
    staff = type(client)()
    staff.force_login(User.objects.create_superuser("ada", password="a long password"))
    path = reverse("admin:quizzes_report_change", args=[Report.objects.get().pk])

    with zeal_ignore():  # the admin looks for one user while another one is asking
        page = staff.get(path).content.decode()
        listed = staff.get(reverse("admin:quizzes_report_changelist")).content.decode()
        staff.post(path, {"status": "mended", "reply": "It is now.", "never_offer": ""})

    progress = client.get(reverse("quizzes:progress")).content.decode()
    assert "ReLU, Range: “0 to inf”" in page
    assert "ReLU, Range: “0 to inf”" in listed
    assert reverse("admin:tables_row_change", args=[table.rows.get(slug="relu").pk]) in page
    assert "That answer is no longer offered" not in page
    assert "The notes are mended" in progress
    assert "Reply: It is now." in progress


@pytest.mark.parametrize("size", [3, 40])
def test_number_of_queries_does_not_grow_with_the_table(db, client, django_assert_max_num_queries, size):
    grid = [("Name", "Size"), *((f"Row {number}", str(number)) for number in range(size))]
    table = make_table(make_topic(make_guide()), title="Rows", grid=grid)

    with django_assert_max_num_queries(6):
        client.get(reverse("quizzes:wrong-cells", args=[table.guide.slug, table.slug]))
