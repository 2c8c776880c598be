import pytest
from django.urls import reverse

from quizzes.actions import importing, turns
from quizzes.actions.publishing import publish_document
from quizzes.models import Memory
from tables.models import Draft, Guide, Row, Version
from tables.reader import read
from tests.factories import make_learner, make_user
from tests.quizzes.bank import give, make_sitting, right
from tests.quizzes.importers import CHANGED, NOTES, draft_of, hand_in, publish, publish_at_once


@pytest.fixture
def alice(client, db):
    client.user = make_user("alice")
    client.force_login(client.user)
    return client


def test_document_is_read_shown_and_published(alice):
    page = hand_in(alice)

    assert "1 table found" in page.content.decode()
    assert not Guide.objects.exists()

    page = publish(alice, page)

    guide = Guide.objects.get()
    assert (guide.title, guide.owner, guide.visibility) == ("Networks", alice.user, "private")
    assert "1 topic, 1 table, 4 rows" in page.content.decode()
    assert alice.get(guide.get_absolute_url()).status_code == 200


def test_pasted_text_is_read_too(alice):
    page = alice.post(reverse("quizzes:import"), {"text": NOTES, "visibility": "private"}, follow=True)

    assert "1 table found" in page.content.decode()


def test_newer_version_says_what_changes_and_what_learners_keep(alice):
    guide = publish_at_once(alice.user)

    page = hand_in(alice, CHANGED).content.decode()

    assert "1 row changed, 1 removed. Learners keep progress on 8 of 12 facts." in page
    assert "<del>8 bytes</del> <ins>eight bytes</ins>" in page
    assert 'id="L8" class="chg"' in page
    assert Guide.objects.get() == guide
    assert Row.objects.live().filter(table__guide=guide).count() == 4


def test_table_that_has_come_is_not_called_unchanged(alice):
    publish_at_once(alice.user)
    ports = "\n### Ports\n\n| Service | Port |\n|---|---|\n| HTTP | 80 |\n| HTTPS | 443 |\n"

    page = hand_in(alice, NOTES + ports)

    assert "2 tables found, 1 unchanged." in page.content.decode()
    assert [table["name"] for table in page.context["unchanged"]] != ["Ports"]


def test_publishing_is_undone_with_everybodys_memory(alice):
    guide = publish_at_once(alice.user)
    sitting = make_sitting(make_learner(alice.user), guide, count=12, kinds=("forward",))
    for slot in sitting.slots.all():
        give(alice, slot, right(slot))
    before = set(Memory.objects.asked().values_list("fact", "stability"))
    publish(alice, hand_in(alice, CHANGED))
    newest = Version.objects.filter(guide=guide).first()
    assert Row.objects.live().filter(table__guide=guide).count() == 3

    page = alice.post(reverse("quizzes:manage", args=[guide.slug]), {"do": "undo", "version": newest.pk}, follow=True)

    assert "Undone." in page.content.decode()
    assert Row.objects.live().filter(table__guide=guide).count() == 4
    alice.get("/progress/")
    assert set(Memory.objects.asked().values_list("fact", "stability")) == before


def test_older_import_cannot_be_undone_but_brought_back(alice):
    guide = publish_at_once(alice.user)
    first = Version.objects.get()
    publish(alice, hand_in(alice, CHANGED))
    manage = reverse("quizzes:manage", args=[guide.slug])

    refused = alice.post(manage, {"do": "undo", "version": first.pk}, follow=True).content.decode()
    compared = alice.get(reverse("quizzes:version", args=[guide.slug, first.pk])).content.decode()
    brought = alice.post(manage, {"do": "restore", "version": first.pk}, follow=True).content.decode()

    assert "Only the newest version can be undone" in refused
    assert "+ returned" in compared
    assert "Brought back." in brought
    assert Row.objects.live().filter(table__guide=guide).count() == 4


@pytest.mark.parametrize("text", [NOTES, f"---\ntitle: Networks\n---\n\n{NOTES.partition('\n\n')[2]}"])
def test_new_title_of_a_guide_is_a_version_that_can_be_undone(alice, text):
    guide = publish_at_once(alice.user, text)
    manage = reverse("quizzes:manage", args=[guide.slug])

    page = alice.post(manage, {"title": "Nets", "visibility": "private", "place": 0}, follow=True).content.decode()

    newest = guide.versions.first()
    assert "Version 2</b>" in page
    assert "Changed on the site: 1 guide renamed" in page
    assert (newest.number, newest.imported_by) == (Guide.objects.get().version, alice.user)
    assert read(bytes(newest.source)).title == "Nets"
    undone = alice.post(manage, {"do": "undo", "version": newest.pk}, follow=True).content.decode()
    assert "Undone. 1 guide renamed" in undone
    assert Guide.objects.get().title == "Networks"


def test_other_readers_and_another_place_are_no_version(alice):
    guide = publish_at_once(alice.user)
    manage = reverse("quizzes:manage", args=[guide.slug])

    alice.post(manage, {"title": "Networks", "visibility": "signed-in", "place": 3})

    guide.refresh_from_db()
    assert (guide.visibility, guide.place, guide.version) == ("signed-in", 3, 1)
    assert guide.versions.count() == 1


def test_every_version_can_be_had_byte_for_byte(alice):
    guide = publish_at_once(alice.user)

    file = alice.get(reverse("quizzes:version-file", args=[guide.slug, Version.objects.get().pk]))

    assert file.content == NOTES.encode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"caf\xe9\n" + NOTES.encode(), "Line 1 is not valid UTF-8"),
        ("# Only words\n\nNo table here.", "The document holds no table that could be read."),
        (b"\x00\x01\x02\x03" * 200, "not"),
    ],
)
def test_bad_document_says_what_to_mend_and_changes_nothing(alice, text, said):
    page = hand_in(alice, text)

    assert said in page.content.decode()
    assert "This cannot be published yet" in page.content.decode()
    publish_anyway = alice.post(draft_of(page), {"do": "publish", "guide": ""}, follow=True)
    assert "This cannot be published yet" in publish_anyway.content.decode()
    assert not Guide.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose a file, or paste your tables below."),
        ({"text": "   "}, "Choose a file, or paste your tables below."),
        ({"text": "x" * 5_000_001}, "the limit is 5 MB"),
        ({"text": NOTES, "guide": "987654"}, "Select a valid choice"),
        ({"text": NOTES, "visibility": "public"}, "not one of the available choices"),
    ],
)
def test_form_that_cannot_be_taken_keeps_what_was_pasted(alice, fields, said):
    response = alice.post(reverse("quizzes:import"), {"visibility": "private", **fields})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert fields.get("text", "").strip()[:100] in response.content.decode()
    assert not Draft.objects.exists()


def test_file_that_is_too_large_is_refused_before_it_is_read(alice):
    response = hand_in(alice, b"x" * 5_000_001)

    assert response.status_code == 422
    assert "The file is 5 MB; the limit is 5 MB" in response.content.decode()


def test_two_authors_at_once_the_second_is_told(alice):
    guide = publish_at_once(alice.user)
    page = hand_in(alice, CHANGED)
    other = NOTES.replace("Calls", "Games")
    publish_document(guide, read(other.encode()), other.encode())

    page = publish(alice, page)

    assert "The guide has changed since you looked at this" in page.content.decode()
    assert "<del>Games</del> <ins>Calls</ins>" in page.content.decode()
    assert Row.objects.live().filter(table__guide=guide).count() == 4
    assert "Published" in publish(alice, page).content.decode()


def test_guessed_rename_is_published_once_something_is_said_of_it(alice):
    guide = publish_at_once(alice.user)
    renamed = NOTES.replace("| SCTP |", "| Stream Control |")
    key = Row.objects.get(table__guide=guide, subject="SCTP").key

    page = hand_in(alice, renamed)
    assert "Are these the same?" in page.content.decode()
    page = publish(alice, page)
    assert "Say of each" in page.content.decode()
    publish(alice, page, **{f"same_{key.hex}": "yes"})

    assert Row.objects.live().get(table__guide=guide, subject="Stream Control").key == key


def test_guess_that_is_wrong_makes_two_rows_of_it(alice):
    guide = publish_at_once(alice.user)
    key = Row.objects.get(table__guide=guide, subject="SCTP").key

    page = publish(alice, hand_in(alice, NOTES.replace("| SCTP |", "| Stream Control |")), **{f"same_{key.hex}": "no"})
    assert "This is what your choices do" in page.content.decode()
    publish(alice, page)

    assert Row.objects.live().get(table__guide=guide, subject="Stream Control").key != key
    assert Row.objects.get(key=key).archived_at is not None


def test_kind_that_is_chosen_stays_with_the_next_version(alice):
    page = publish(alice, hand_in(alice), kind_0="plain")
    assert "This is what your choices do" in page.content.decode()
    publish(alice, page, kind_0="plain")
    guide = Guide.objects.get()
    assert guide.tables.get().kind == "plain"

    publish(alice, hand_in(alice, CHANGED))

    assert guide.tables.get().kind == "plain"


def test_same_document_can_become_another_guide(alice):
    publish_at_once(alice.user)

    page = alice.post(draft_of(hand_in(alice)), {"do": "again", "guide": "", "visibility": "signed-in"}, follow=True)
    publish(alice, page, visibility="signed-in")

    assert sorted(Guide.objects.values_list("visibility", flat=True)) == ["private", "signed-in"]


def test_pressed_twice_it_is_published_once(alice):
    page = hand_in(alice)

    publish(alice, page)
    alice.post(draft_of(page), {"do": "publish", "guide": ""})

    assert Guide.objects.count() == 1
    assert Version.objects.count() == 1


def test_draft_is_nobody_elses(alice, client):
    at = draft_of(hand_in(alice))
    client.force_login(make_user("bob"))

    assert client.get(at).status_code == 404
    assert client.post(at, {"do": "drop"}).status_code == 404
    assert Draft.objects.exists()


def test_thrown_away_it_is_gone(alice):
    alice.post(draft_of(hand_in(alice)), {"do": "drop"})

    assert not Draft.objects.exists()
    assert not Guide.objects.exists()


def test_long_document_is_read_by_somebody_else_while_its_page_waits(alice, monkeypatch):
    started = []
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    monkeypatch.setattr(turns, "_spawn", started.append)
    monkeypatch.setattr(importing.transaction, "on_commit", lambda act: act())

    page = hand_in(alice)

    assert "is being read" in page.content.decode() or "waits to be read" in page.content.decode()
    assert 'hx-trigger="every 1s"' in page.content.decode()
    (draft,) = Draft.objects.filter(pk__in=started)
    assert importing.work_on(draft) is True
    assert importing.work_on(draft) is False
    assert "1 table found" in alice.get(draft_of(page)).content.decode()


def test_work_without_a_sign_of_life_can_be_started_again(alice, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    monkeypatch.setattr(turns, "_spawn", lambda draft: None)
    page = hand_in(alice)
    Draft.objects.update(stage="checking", alive_at="2020-01-01T00:00:00Z", created_at="2020-01-01T00:00:00Z")
    monkeypatch.setattr(importing, "AT_ONCE", 60_000)

    stopped = alice.get(draft_of(page)).content.decode()
    again = alice.post(draft_of(page), {"do": "again"}, follow=True).content.decode()

    assert "The work has stopped" in stopped
    assert "1 table found" in again


def test_thrown_away_while_it_is_being_published_nothing_of_it_is_kept(alice, monkeypatch):
    page = hand_in(alice)
    publish_document = importing.publish_document

    def lose_the_draft(*args, **kwargs):
        outcome = publish_document(*args, **kwargs)
        Draft.objects.all().delete()
        return outcome

    monkeypatch.setattr(importing, "publish_document", lose_the_draft)

    publish(alice, page)

    assert not Guide.objects.exists()


def test_too_many_documents_in_a_day_are_refused(alice, settings):
    settings.IMPORTS_A_DAY = 1
    hand_in(alice)

    assert "1 documents in a day" in hand_in(alice).content.decode()


@pytest.mark.parametrize("limit", [0, 2])
def test_documents_thrown_away_count_towards_the_limit_of_the_day(alice, settings, limit):
    settings.IMPORTS_A_DAY = limit
    for _ in range(limit):
        alice.post(draft_of(hand_in(alice)), {"do": "drop"})

    refused = hand_in(alice)

    assert f"{limit} documents in a day" in refused.content.decode()
    assert not Draft.objects.exists()


def test_limit_of_a_day_is_each_persons_own(alice, settings):
    settings.IMPORTS_A_DAY = 1
    hand_in(alice)
    alice.force_login(make_user("bob"))

    assert "1 table found" in hand_in(alice).content.decode()


def test_host_can_keep_importing_to_the_staff(alice, settings):
    settings.MEMBERS_IMPORT = False

    assert alice.get(reverse("quizzes:import")).status_code == 403


def test_signs_that_turn_text_are_shown_as_codes(alice):
    page = hand_in(alice, NOTES.replace("Web pages", "Web\u202epages")).content.decode()

    assert "⟨U+202E⟩" in page


def test_archived_guide_is_not_read_until_it_comes_back(alice):
    guide = publish_at_once(alice.user)
    manage = reverse("quizzes:manage", args=[guide.slug])

    alice.post(manage, {"do": "archive"})
    assert alice.get(guide.get_absolute_url()).status_code == 404
    assert "Archived" in alice.get(reverse("quizzes:guides")).content.decode()
    alice.post(manage, {"do": "unarchive"})

    assert alice.get(guide.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("tables", [1, 8])
def test_check_page_takes_as_many_queries_for_any_document(alice, django_assert_max_num_queries, tables):
    body = NOTES.partition("\n\n")[2]
    page = hand_in(alice, "# Many\n\n" + "\n".join(body.replace("Transport", f"Part {n}") for n in range(tables)))

    with django_assert_max_num_queries(6):
        alice.get(draft_of(page))


def test_check_page_lists_what_the_notes_check_finds(alice):
    page = hand_in(alice, NOTES.replace("Telephony signalling", "?")).content.decode()

    assert "Notes check: 1 finding" in page
    assert '<a href="#L9">Line 9</a>' in page
