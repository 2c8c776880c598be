import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from quizzes.actions.publishing import check_document
from quizzes.models import Fact, Question
from quizzes.views import editing
from tables.actions.editing import save_table
from tables.models import Column, Edit, Guide, Point, Row, Table, Version
from tables.reader import read
from tables.versions.editing import TableEdit
from tests.factories import make_user
from tests.quizzes.bank import make_asked_guide


@pytest.fixture
def alice(client, db):
    client.user = make_user("alice")
    client.force_login(client.user)
    client.guide = make_asked_guide(title="Mine", visibility="private", owner=client.user)
    client.table = client.guide.tables.first()
    return client


def at(client, place=""):
    args = [client.guide.slug, client.table.slug]
    return reverse("quizzes:edit-text", args=[*args, place]) if place else reverse("quizzes:edit", args=args)


def open_form(client, place):
    return client.get(at(client, place)).context["form"]


def write(client, place, text):
    form = open_form(client, place)
    return client.post(at(client, place), {"source": text, "was": form["was"].value()}, follow=True)


def cell_place(client, subject, column):
    row = Row.objects.get(table=client.table, subject=subject)
    return f"c-{row.pk}-{Column.objects.get(table=client.table, name=column).pk}"


def text_of(client, subject, column):
    row = Row.objects.get(table=client.table, subject=subject)
    return row.cell(Column.objects.get(table=client.table, name=column)).text


def take_back(client, edit=None):
    edit = edit or Edit.objects.first()
    page = reverse("quizzes:manage", args=[client.guide.slug])
    return client.post(page, {"do": "take-back", "edit": edit.pk}, follow=True).content.decode()


def test_cell_is_changed_noted_asked_and_taken_back(alice):
    before = Fact.objects.get(row__subject="Swish", column__name="Range").value_hash

    page = write(alice, cell_place(alice, "Swish", "Range"), "**-0.28** to inf").content.decode()

    assert "Kept. 1 row changed." in page
    assert text_of(alice, "Swish", "Range") == "-0.28 to inf"
    assert Question.objects.filter(answer="-0.28 to inf", retired_at=None).exists()
    assert Fact.objects.get(row__subject="Swish", column__name="Range").value_hash != before
    history = alice.get(reverse("quizzes:manage", args=[alice.guide.slug])).content.decode()
    assert "Cell changed: Activation Functions / Swish / Range: ~-0.3 to inf -&gt; **-0.28** to inf" in history
    assert "alice" in history

    assert "Taken back. 1 row changed." in take_back(alice)
    assert text_of(alice, "Swish", "Range") == "~-0.3 to inf"
    alice.get("/quiz/")
    assert Fact.objects.get(row__subject="Swish", column__name="Range").value_hash == before


def test_history_says_of_a_cell_that_it_is_empty_now(alice):
    write(alice, cell_place(alice, "Swish", "Range"), "")

    history = alice.get(reverse("quizzes:manage", args=[alice.guide.slug])).content.decode()
    assert "~-0.3 to inf -&gt; (empty)" in history


def test_link_of_the_document_may_be_named_in_a_changed_cell(alice):
    Guide.objects.update(links={"swish paper": {"address": "https://example.org/swish", "title": ""}})

    write(alice, cell_place(alice, "Swish", "Range"), "see the [Swish paper]")

    cell = Row.objects.get(table=alice.table, subject="Swish").cell(Column.objects.get(name="Range"))
    assert cell.text == "see the Swish paper"
    assert 'href="https://example.org/swish"' in cell.html


def test_change_is_taken_back_whatever_changed_elsewhere(alice):
    write(alice, cell_place(alice, "Swish", "Range"), "any")
    first = Edit.objects.get()
    write(alice, cell_place(alice, "ReLU", "Range"), "some")

    assert "Taken back" in take_back(alice, first)

    assert text_of(alice, "Swish", "Range") == "~-0.3 to inf"
    assert text_of(alice, "ReLU", "Range") == "some"


def test_place_that_was_changed_again_is_not_written_over(alice):
    write(alice, cell_place(alice, "Swish", "Range"), "any")
    first = Edit.objects.get()
    write(alice, cell_place(alice, "Swish", "Range"), "other")

    assert "The same place was changed again later" in take_back(alice, first)
    assert "Taken back" in take_back(alice)
    assert "Taken back" in take_back(alice, first)

    assert text_of(alice, "Swish", "Range") == "~-0.3 to inf"


def test_change_is_taken_back_once(alice):
    write(alice, "title", "Activations")
    edit = Edit.objects.get()
    take_back(alice, edit)

    assert "taken back already" in take_back(alice, edit)


@pytest.mark.parametrize(("place", "text"), [("title", "Activations"), ("label", "By name")])
def test_title_and_label_are_changed(alice, place, text):
    write(alice, place, text)

    alice.table.refresh_from_db()
    assert getattr(alice.table, place) == text


def test_heading_is_changed(alice):
    column = Column.objects.get(table=alice.table, name="Range")

    write(alice, f"h-{column.pk}", "Values")

    column.refresh_from_db()
    assert column.name == "Values"


def test_row_is_added_taken_out_and_comes_back_in_its_place(alice):
    columns = Column.objects.filter(table=alice.table)
    alice.post(at(alice), {"do": "add-row", **{f"new_{column.pk}": f"new {column.position}" for column in columns}})
    assert Row.objects.live().filter(table=alice.table).last().subject == "new 0"
    sigmoid = Row.objects.get(table=alice.table, subject="Sigmoid")

    alice.post(at(alice), {"do": "remove-row", "part": sigmoid.pk})
    assert not Row.objects.live().filter(pk=sigmoid.pk).exists()
    take_back(alice)

    names = list(Row.objects.live().filter(table=alice.table).values_list("subject", flat=True))
    assert names == ["ReLU", "Leaky ReLU", "Sigmoid", "TanH", "Softmax", "Swish", "new 0"]


def test_a_new_row_or_point_that_is_too_long_is_told_so_and_comes_back_as_typed(alice):
    first, *others = Column.objects.filter(table=alice.table)
    long = "w" * 4_500
    row = alice.post(at(alice), {"do": "add-row", f"new_{first.pk}": "GELU", f"new_{others[0].pk}": long})
    point = alice.post(at(alice), {"do": "add-point", "point": long})

    for page, name in ((row, f"“{others[0].name}”"), (point, "The key point")):
        assert page.status_code == 422
        said = f"{name} has 4,500 characters; the limit is 4,000. Take 500 out. Nothing was added yet."
        assert said in page.content.decode()
        assert f'value="{long}"' in page.content.decode()
    assert 'value="GELU"' in row.content.decode()
    assert not Row.objects.filter(subject="GELU").exists()
    assert not Point.objects.exists()


def test_key_point_is_added_changed_and_taken_out(alice):
    alice.post(at(alice), {"do": "add-point", "point": "ReLU first"})
    point = Point.objects.get()
    write(alice, f"p-{point.pk}", "ReLU **first**")
    point.refresh_from_db()
    assert point.text == "ReLU first"

    alice.post(at(alice), {"do": "remove-point", "part": point.pk})

    assert not Point.objects.live().exists()


def test_second_editor_is_told_and_keeps_what_they_wrote(alice):
    place = cell_place(alice, "Swish", "Range")
    was = open_form(alice, place)["was"].value()
    write(alice, place, "theirs")

    response = alice.post(at(alice, place), {"source": "mine", "was": was})

    assert response.status_code == 422
    assert "Somebody changed this meanwhile; it now says “theirs”" in response.content.decode()
    assert ">\nmine</textarea>" in response.content.decode()
    assert text_of(alice, "Swish", "Range") == "theirs"
    again = {"source": "mine", "was": response.context["form"]["was"].value()}
    assert alice.post(at(alice, place), again).status_code == 303
    assert text_of(alice, "Swish", "Range") == "mine"


def test_cell_over_the_limit_is_kept_in_the_form(alice):
    response = write(alice, cell_place(alice, "Swish", "Range"), "x" * 4100)

    assert response.status_code == 422
    assert "This has 4,100 characters; the limit is 4,000. Take 100 out." in response.content.decode()
    assert text_of(alice, "Swish", "Range") == "~-0.3 to inf"


def test_markup_in_a_cell_stays_harmless(alice):
    write(alice, cell_place(alice, "Swish", "Range"), "<script>alert(1)</script> x")

    page = alice.get(alice.table.get_absolute_url()).content.decode()
    assert "<script>alert" not in page


@pytest.fixture
def once_read(monkeypatch):
    """What somebody else does after a page was read and before it is saved."""

    def meanwhile(view, act):
        save_table, acts = view.save_table, [act]

        def save_late(*args, **kwargs):
            while acts:
                acts.pop()()
            return save_table(*args, **kwargs)

        monkeypatch.setattr(view, "save_table", save_late)

    with zeal_ignore():  # one request does what is the other's, and what is read anew
        yield meanwhile


def theirs(client, what):
    """The address of a text, and what somebody else writes there."""
    client.post(at(client), {"do": "add-point", "point": "ReLU first"})
    row, column = Row.objects.get(subject="Swish"), Column.objects.get(table=client.table, name="Range")
    point = Point.objects.get(table=client.table)
    return {
        "title": ("title", TableEdit(title="theirs")),
        "label": ("label", TableEdit(label="theirs")),
        "heading": (f"h-{column.pk}", TableEdit(headings={column.key: "theirs"})),
        "point": (f"p-{point.pk}", TableEdit(points={point.key: "theirs"})),
        "cell": (cell_place(client, "Swish", "Range"), TableEdit(rows={row.key: {column.key: "theirs"}})),
    }[what]


@pytest.mark.parametrize("what", ["title", "label", "heading", "point", "cell"])
def test_text_that_somebody_changed_at_the_same_moment_is_not_written_over(alice, once_read, what):
    place, edit = theirs(alice, what)
    once_read(editing, lambda: save_table(alice.table, edit))

    page = write(alice, place, "mine")

    assert page.status_code == 422
    assert "Somebody changed this meanwhile; it now says “theirs”." in page.content.decode()
    assert page.context["form"]["source"].value() == "mine"
    assert open_form(alice, place)["source"].value() == "theirs"


def test_row_that_somebody_took_out_at_the_same_moment_is_not_there_to_be_changed(alice, once_read):
    row = Row.objects.get(table=alice.table, subject="Swish")
    place = cell_place(alice, "Swish", "Range")
    once_read(editing, lambda: save_table(alice.table, TableEdit(removed_rows=frozenset({row.key}))))

    assert write(alice, place, "mine").status_code == 404
    assert Edit.objects.count() == 1


def test_table_that_went_at_the_same_moment_is_not_there_to_be_changed(alice, once_read):
    gone = Table.objects.filter(pk=alice.table.pk)
    once_read(editing, lambda: gone.update(archived_at=timezone.now()))

    assert alice.post(at(alice), {"do": "add-point", "point": "mine"}).status_code == 404
    gone.update(archived_at=None)
    once_read(editing, lambda: gone.update(archived_at=timezone.now()))
    assert write(alice, "title", "mine").status_code == 404


def test_htmx_gets_the_form_alone(alice):
    place = cell_place(alice, "Swish", "Range")

    part = alice.get(at(alice, place), headers={"HX-Request": "true", "HX-Target": place}).content.decode()

    assert part.lstrip().startswith("<form")


def test_what_says_the_same_changes_nothing(alice):
    write(alice, cell_place(alice, "Swish", "Range"), "any")
    alice.guide.refresh_from_db()
    version = alice.guide.version

    page = write(alice, cell_place(alice, "Swish", "Range"), "any").content.decode()

    assert "Nothing has changed." in page
    alice.guide.refresh_from_db()
    assert (alice.guide.version, Edit.objects.count()) == (version, 1)


@pytest.mark.parametrize("place", ["c-1", "c-0-0", "nonsense", "h-x", "p-99999999999999999999"])
def test_place_that_is_not_there_is_not_found(alice, place):
    assert alice.get(at(alice, place)).status_code == 404


def test_settings_of_a_guide_are_kept(alice):
    page = reverse("quizzes:manage", args=[alice.guide.slug])

    alice.post(page, {"do": "save", "title": "Better", "visibility": "signed-in", "place": "3"})

    alice.guide.refresh_from_db()
    assert (alice.guide.title, alice.guide.visibility, alice.guide.place) == ("Better", "signed-in", 3)


def test_only_the_staff_may_show_a_guide_to_everybody(alice):
    page = reverse("quizzes:manage", args=[alice.guide.slug])

    response = alice.post(page, {"do": "save", "title": "Mine", "visibility": "public", "place": "0"})

    assert response.status_code == 422
    alice.guide.refresh_from_db()
    assert alice.guide.visibility == "private"


def test_each_change_is_a_version_that_reads_back_as_what_is_on_the_site(alice):
    write(alice, cell_place(alice, "Swish", "Range"), "**any** number")
    newest = Version.objects.filter(guide=alice.guide).first()
    alice.guide.refresh_from_db()

    file = alice.get(reverse("quizzes:version-file", args=[alice.guide.slug, newest.pk])).content

    assert b"**any** number" in file
    assert newest.number == alice.guide.version
    assert check_document(alice.guide, read(file)).publication.diff.changes == ()


def test_newest_change_is_undone_as_a_version_too(alice):
    write(alice, cell_place(alice, "Swish", "Range"), "any")
    write(alice, cell_place(alice, "Swish", "Range"), "other")
    newest = Version.objects.filter(guide=alice.guide).first()

    alice.post(reverse("quizzes:manage", args=[alice.guide.slug]), {"do": "undo", "version": newest.pk})

    assert text_of(alice, "Swish", "Range") == "any"
