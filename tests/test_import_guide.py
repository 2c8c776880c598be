import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quizzes.models import Bank, Fact
from tables.actions.editing import rename_topic, save_guide
from tables.actions.states import load
from tables.models import Guide, Row, Topic, Version
from tests.edits import SEED, chained, replace, seed

pytestmark = pytest.mark.django_db

SMALL = (
    "# Notes\n\n## Topic\n\n### Functions\n\n| Name | Range |\n|---|---|\n| **ReLU** | 0 to inf |\n| TanH | -1 to 1 |\n"
)
ONE_OF_EACH = chained(
    replace("| **LeNet-5** | 1998 | Early CNN | Handwriting |\n", ""),
    replace("| **Swish** | ~-0.3 to inf |", "| **Swish** | -0.28 to inf |"),
    replace("| **G5g** |", "| **G6** | L4 | Video | New |\n| **G5g** |"),
)


@pytest.fixture
def run(tmp_path):
    def run(text, *options, name="notes.md"):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out, err = StringIO(), StringIO()
        call_command("import_guide", str(file), *options, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run


def test_new_document_becomes_a_public_guide(run):
    out, _ = run(SMALL)

    guide = Guide.objects.get()
    assert (guide.title, guide.slug, guide.visibility) == ("Notes", "notes", "public")
    assert out == "New guide: 1 topic, 1 table, 2 rows and 2 facts.\n"
    assert bytes(guide.versions.get().source) == SMALL.encode()


def test_same_file_again_changes_nothing_and_says_so(run):
    run(SMALL)
    before = load(Guide.objects.get())

    out, _ = run(SMALL)

    assert out == "No changes.\n"
    assert load(Guide.objects.get()) == before
    assert Version.objects.count() == 2


def test_archived_guide_is_left_alone_and_another_one_made(run):
    run(SMALL)
    Guide.objects.update(archived_at=timezone.now())

    out, _ = run(SMALL)

    assert out.startswith("New guide: ")
    assert list(Guide.objects.order_by("pk").values_list("slug", "version")) == [("notes", 1), ("notes-2", 1)]


def test_summary_counts_rows_and_facts(run):
    run(SEED.read_bytes())

    out, _ = run(ONE_OF_EACH(seed()))

    assert out == "1 row added, 1 changed, 1 removed. Learners keep progress on 305 of 309 facts.\n"


@pytest.mark.parametrize("edit", [lambda text: text.replace("\n", "\r\n"), lambda text: f"\ufeff{text}"])
def test_other_line_ends_or_a_byte_order_mark_are_no_change(run, edit):
    run(SMALL)

    out, _ = run(edit(SMALL))

    assert out == "No changes.\n"


def test_document_with_an_error_changes_nothing_and_names_the_line(run):
    run(SMALL)
    before = load(Guide.objects.get())

    with pytest.raises(CommandError, match="Nothing was imported"):
        run(SMALL.encode().replace(b"TanH", b"Tan\x92H"))

    assert load(Guide.objects.get()) == before
    assert Version.objects.count() == 1


def test_problems_are_told_with_file_and_line(tmp_path):
    file = tmp_path / "broken.md"
    file.write_bytes(SMALL.encode().replace(b"TanH", b"Tan\x92H"))
    err = StringIO()

    with pytest.raises(CommandError) as refused:
        call_command("import_guide", str(file), stderr=err)

    assert f"{file}:10: error: " in err.getvalue()
    assert "[encoding]" in err.getvalue()
    assert refused.value.returncode == 1


def test_warnings_are_told_and_the_document_is_imported(run):
    out, err = run(SMALL + "| Swish | -0.3 to inf | too much |\n")

    assert ":11: warning: " in err
    assert "[row-too-long]" in err
    assert out.startswith("New guide")


def test_guessed_renames_stop_the_import_with_a_list(run):
    run(SMALL)

    with pytest.raises(CommandError) as refused:
        run(SMALL.replace("TanH", "Hyperbolic tangent"))

    assert "Row renamed: Functions: TanH -> Hyperbolic tangent" in str(refused.value)
    assert Row.objects.filter(subject="TanH").exists()


def test_accepted_renames_are_imported(run):
    run(SMALL)
    key = Row.objects.get(subject="TanH").key

    out, _ = run(SMALL.replace("TanH", "Hyperbolic tangent"), "--accept-renames")

    assert out == "1 row renamed. Learners keep progress on 2 of 2 facts.\n"
    assert Row.objects.get(subject="Hyperbolic tangent").key == key


def test_check_tells_what_would_change_and_writes_nothing(run):
    run(SMALL)

    out, _ = run(SMALL.replace("-1 to 1", "(-1, 1)"), "--check")

    assert out == (
        "  Cell changed: Functions / TanH / Range: -1 to 1 -> (-1, 1)\n"
        "1 row changed. Learners keep progress on 1 of 2 facts.\n"
    )
    assert Version.objects.count() == 1
    assert Guide.objects.get().version == 1


def test_check_of_a_new_document_writes_nothing(run):
    out, _ = run(SMALL, "--check")

    assert "New guide: 1 topic, 1 table, 2 rows and 2 facts." in out
    assert not Guide.objects.exists()


def test_guide_of_another_title_is_named_by_its_slug(run):
    run(SMALL)

    out, _ = run(SMALL.replace("# Notes", "# My notes"), "--guide", "notes")

    assert out == "1 guide renamed. Learners keep progress on 2 of 2 facts.\n"
    assert Guide.objects.get().title == "My notes"


def test_guide_is_found_by_the_id_in_the_front_matter(run):
    run(f"---\nid: notes\n---\n{SMALL}")

    run(f"---\nid: notes\n---\n{SMALL.replace('# Notes', '# Renamed')}")

    assert Guide.objects.get().title == "Renamed"


def test_unknown_slug_and_missing_file_are_said(run, tmp_path):
    with pytest.raises(CommandError, match="No guide has the slug nowhere"):
        run(SMALL, "--guide", "nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_guide", str(tmp_path / "missing.md"))


def test_pins_beside_the_file_come_with_it(run, tmp_path):
    pins = {"pins": [{"kind": "never-borrow", "table": "Functions", "values": ["Other"]}]}
    (tmp_path / "notes.pins.json").write_text(json.dumps(pins))

    run(SMALL)

    assert Bank.objects.get().pins == pins


def test_pins_that_cannot_be_understood_stop_the_import(run, tmp_path):
    (tmp_path / "notes.pins.json").write_text('{"pins": [{"kind": "unheard of"}]}')

    with pytest.raises(CommandError, match="Pin 1"):
        run(SMALL)

    assert not Guide.objects.exists()


def test_value_that_returns_is_the_fact_it_was(run):
    run(SMALL)
    before = set(Fact.objects.values_list("key", "value_hash"))

    run(SMALL.replace("0 to inf", "[0, inf)"))
    run(SMALL)

    assert set(Fact.objects.values_list("key", "value_hash")) == before


def test_guide_is_dumped_whatever_was_done_to_it_on_the_site(run):
    run(SMALL)
    guide, out = Guide.objects.get(), StringIO()
    rename_topic(Topic.objects.get(), "Other topic")
    save_guide(guide, title="Better notes", visibility="signed-in", owner=None)

    call_command("dump_guide", guide.slug, stdout=out)

    versions = [each["fields"] for each in json.loads(out.getvalue()) if each["model"] == "tables.version"]
    assert [(version["number"], version["summary"]) for version in versions] == [(3, "1 guide renamed.")]


def test_guide_that_was_made_without_a_document_is_dumped_without_a_history(run):
    run(SMALL)
    Version.objects.all().delete()
    out = StringIO()

    call_command("dump_guide", Guide.objects.get().slug, stdout=out)

    assert "tables.version" not in {each["model"] for each in json.loads(out.getvalue())}
