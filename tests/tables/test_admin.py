import pytest
from django.urls import reverse
from zeal import zeal_ignore

from studysite.accounts.models import User
from tables.actions.publishing import publish
from tables.models import Column, DecisionQuestion, Guide, Point, Row, Table, Topic
from tests.factories import make_user
from tests.tables.readings import DROPOUTS, INSTANCES, make_reading, make_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    tables = {
        "EC2": [make_table("GPUs", INSTANCES, points=["Know P3."])],
        "Choose": {"Which Regularization?": DROPOUTS},
    }
    return publish(None, make_reading(tables), b"").guide


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("ada", password="a long password"))
    return client


def address(part):
    return reverse(f"admin:tables_{part._meta.model_name}_change", args=[part.pk])


def form_of(response):
    """What a browser would send back if nobody wrote anything."""
    admin_form = response.context["adminform"].form
    forms = [admin_form, *(each for formset in response.context["inline_admin_formsets"] for each in formset.formset)]
    forms += [formset.formset.management_form for formset in response.context["inline_admin_formsets"]]
    return {
        form.add_prefix(name): "" if (value := form[name].value()) is None else value
        for form in forms
        for name in form.fields
        if form[name].value() is not False
    }


def save(staff, part, **written):
    fields = form_of(staff.get(address(part)))
    with zeal_ignore():  # Django's formsets look each of their parts up again
        return staff.post(address(part), {**fields, **written}, follow=True)


def cell_field(row_place, column):
    return f"rows-{row_place}-cell_{column.key.hex}"


@pytest.mark.parametrize("model", [Guide, Topic, Table, Row, DecisionQuestion])
def test_staff_find_content_by_searching_and_filtering(staff, guide, model):
    listed = staff.get(reverse(f"admin:tables_{model._meta.model_name}_changelist"), {"q": "e"})

    assert listed.status_code == 200
    assert listed.context["cl"].result_count > 0


def test_visitors_and_learners_are_sent_away(client, guide):
    client.force_login(make_user("alice"))

    assert client.get(address(guide)).status_code == 302


@pytest.mark.parametrize("model", [Guide, Topic, Table, Row, DecisionQuestion])
def test_key_and_slug_are_shown_and_cannot_be_written(staff, guide, model):
    part = model.objects.first()

    page = staff.get(address(part))

    assert str(part.key) in page.text
    assert not {"key", "slug"} & set(page.context["adminform"].form.fields)


@pytest.mark.parametrize("model", [Guide, Topic, Table, Row, DecisionQuestion])
def test_nothing_is_added_or_deleted_by_hand(staff, guide, model):
    name = f"admin:tables_{model._meta.model_name}"

    assert staff.get(reverse(f"{name}_add")).status_code == 403
    assert staff.post(reverse(f"{name}_delete", args=[model.objects.first().pk]), {"post": "yes"}).status_code == 403
    assert model.objects.exists()


def test_table_page_has_one_field_for_each_cell(staff, guide):
    page = staff.get(address(Table.objects.get(slug="gpus")))

    columns = Column.objects.filter(table__slug="gpus")
    assert all(f'name="{cell_field(place, column)}"' in page.text for place in range(4) for column in columns)
    assert "8x Tesla V100" in page.text


def test_saving_a_table_untouched_changes_nothing(staff, guide):
    before = list(Row.objects.values())

    answer = save(staff, Table.objects.get(slug="gpus"))

    guide.refresh_from_db()
    assert answer.status_code == 200
    assert guide.version == 1
    assert list(Row.objects.values()) == before


def test_cell_written_anew_is_rendered_searched_and_counted_as_a_version(staff, guide):
    table = Table.objects.get(slug="gpus")
    column = table.columns.get(slug="special-feature")

    save(staff, table, **{cell_field(0, column): "**Fast** & <b onclick=x>old</b>\r\nGPU"})

    guide.refresh_from_db()
    row = table.rows.get(slug="p3")
    assert guide.version == 2
    assert row.cell(column).source == "**Fast** & <b onclick=x>old</b> GPU"
    assert row.cell(column).text == "Fast & old GPU"
    assert row.cell(column).html == "<strong>Fast</strong> &amp; <b>old</b> GPU"
    assert row.folded.endswith("fast & old gpu")


def test_row_renamed_by_hand_keeps_its_key_and_slug(staff, guide):
    table = Table.objects.get(slug="gpus")
    key = table.rows.get(slug="p3").key

    save(staff, table, **{cell_field(0, table.columns.get(slug="instance")): "P3dn"})

    row = Row.objects.get(key=key)
    assert (row.subject, row.slug) == ("P3dn", "p3")


def test_rows_are_added_at_the_end_and_removed_to_the_archive(staff, guide):
    table = Table.objects.get(slug="gpus")
    subject, feature = table.columns.get(slug="instance"), table.columns.get(slug="special-feature")

    save(staff, table, **{cell_field(4, subject): "G5g", cell_field(4, feature): "Graviton", "rows-1-DELETE": "on"})

    table.refresh_from_db()
    assert [(row.subject, row.position) for row in table.rows.live()] == [
        ("P3", 0), ("Trn1", 1), ("Inf2", 2), ("G5g", 3)
    ]  # fmt: skip
    assert table.rows.get(slug="p4d").archived_at is not None
    assert table.row_count == 4


def test_heading_title_and_kind_are_written_and_an_author_chose_the_kind(staff, guide):
    table = Table.objects.get(slug="gpus")

    save(staff, table, **{"columns-1-source": "**Chip**", "title": "GPU types", "kind": "plain"})

    table.refresh_from_db()
    column = table.columns.get(position=1)
    assert (column.name, column.html, column.slug) == ("Chip", "<strong>Chip</strong>", "hardware")
    assert (table.title, table.slug, table.kind, table.kind_is_set) == ("GPU types", "gpus", "plain", True)


def test_points_are_written_added_and_removed(staff, guide):
    table = Table.objects.get(slug="gpus")

    save(staff, table, **{"points-0-source": "Know `P3`.", "points-1-source": "Know Trn1."})
    save(staff, table, **{"points-0-DELETE": "on"})

    assert [point.html for point in table.points.live()] == ["Know Trn1."]
    assert Point.objects.get(position=0, archived_at__isnull=False).html == "Know <code>P3</code>."


def test_points_that_read_as_decisions_become_questions(staff, guide):
    table = Table.objects.get(slug="gpus")

    save(
        staff,
        table,
        **{"points-0-source": "Need cheap training? -> **Trn1**", "points-1-source": "Need graphics? → G3"},
    )
    first = list(DecisionQuestion.objects.live().filter(table=table).values_list("question", "answer"))
    save(staff, table, **{"points-1-source": "Mind the price."})

    assert first == [("Need cheap training?", "Trn1"), ("Need graphics?", "G3")]
    assert not DecisionQuestion.objects.live().filter(table=table).exists()
    assert table.points.get(position=0).html == "Need cheap training? -&gt; <strong>Trn1</strong>"


def test_question_follows_the_row_it_is_written_in(staff, guide):
    question = DecisionQuestion.objects.get(question="Keep all features?")
    answer = question.table.columns.get(slug="answer")

    page = staff.get(address(question))
    save(staff, question.row, **{f"cell_{answer.key.hex}": "L2"})

    question.refresh_from_db()
    assert address(question.row) in page.text
    assert question.answer == "L2"


def test_rows_of_a_large_table_have_pages_of_their_own(staff, guide):
    grid = [["Name", "Value"], *([f"name {number}", str(number)] for number in range(300))]
    publish(guide, make_reading({"EC2": {"Large": grid}}), b"")
    table = Table.objects.get(slug="large")

    page = staff.get(address(table))
    answer = save(staff, table, title="Larger")
    rows = staff.get(reverse("admin:tables_row_changelist"), {"table__id__exact": table.pk})

    assert "rows-0" not in page.text
    assert answer.status_code == 200
    assert Table.objects.get(pk=table.pk).title == "Larger"
    assert rows.context["cl"].result_count == 300


def test_archived_parts_can_be_looked_at_but_not_written(staff, guide):
    publish(guide, make_reading({"Choose": {"Which Regularization?": DROPOUTS}}), b"")
    table = Table.objects.get(slug="gpus")

    page = staff.get(address(table))
    refused = staff.post(address(table), {"title": "Back"})

    assert page.status_code == 200
    assert not page.context["has_change_permission"]
    assert refused.status_code == 403


def test_topic_and_guide_titles_raise_the_version(staff, guide):
    save(staff, Topic.objects.get(slug="ec2"), title="Amazon EC2")
    save(staff, guide, title="Section 6, corrected", visibility="signed-in")

    guide.refresh_from_db()
    assert Topic.objects.get(slug="ec2").title == "Amazon EC2"
    assert (guide.title, guide.visibility, guide.slug, guide.version) == (
        "Section 6, corrected", "signed-in", "section-6", 3
    )  # fmt: skip


def test_titles_of_topic_and_guide_are_kept_as_versions_by_whoever_gave_them(staff, guide):
    save(staff, Topic.objects.get(slug="ec2"), title="Amazon EC2")
    save(staff, guide, title="Section 6, corrected")

    newest, renamed, first = guide.versions.all()
    assert (newest.number, renamed.number, first.number) == (3, 2, 1)
    assert (newest.summary, renamed.summary) == ("1 guide renamed.", "1 topic renamed.")
    assert newest.imported_by == renamed.imported_by == User.objects.get()
    assert "## Amazon EC2" in bytes(renamed.source).decode()
    assert "# Section 6, corrected" in bytes(newest.source).decode()


@pytest.mark.parametrize("parts", ["rows", "points"])
def test_page_makes_no_more_forms_than_a_table_has_room_for(staff, guide, parts):
    refused = save(staff, Table.objects.get(slug="gpus"), **{f"{parts}-TOTAL_FORMS": str(2**63)})

    assert "at most 500" in refused.text
    assert max(len(each.formset.forms) for each in refused.context["inline_admin_formsets"]) == 500
