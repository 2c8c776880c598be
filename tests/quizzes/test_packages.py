"""Files for other learning programs, read by readers that share nothing with what writes them."""

import html
import io
import json
import re
import sqlite3
import zipfile
from collections import Counter
from contextlib import closing
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from quizzes.actions.bank import refresh_bank
from quizzes.models import Fact, Memory, Question
from quizzes.packages.items import Choice
from quizzes.packages.moodle import shares_of
from tables.models import Guide
from tests.factories import make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import be_guest, make_asked_guide
from tests.quizzes.gift_parser import read_aiken, read_gift

pytestmark = pytest.mark.django_db
HOSTILE = [
    ("Sign", "Means {x} = ~y~", "Note"),
    ("a < b & c", "</b><script>alert(1)</script>", "{=right ~wrong #why}"),
    ("::x::", "50% \\ of * it", "-> arrow"),
    ("\"quoted\" 'text'", "a\tb", "{{c1::cloze}}"),
    ("ANSWER: B", "A. option", "]]> cdata"),
    ("[sound:a.mp3]", "%50%half", "[latex]x[/latex]"),
    ("日本", "emoji 👩‍🚀", "שלום"),
]


@pytest.fixture(scope="module", autouse=True)
def _seed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("loaddata", "section-6", verbosity=0)
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def seed(_seed, db):
    guide = Guide.objects.get()
    refresh_bank(guide)
    return guide


@pytest.fixture
def hostile():
    guide = make_guide(title='A/B::C "D"')
    make_table(make_topic(guide, title="<i>Topic</i>: x/y"), title="Signs; {all}", grid=HOSTILE)
    refresh_bank(guide)
    return guide


def sent(client, guide, name, **query):
    response = client.get(reverse("quizzes:export-file", args=[guide.slug, name]), query)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def collection(data, query):
    """What a query finds in the database of a package, as Anki opens it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive, closing(sqlite3.connect(":memory:")) as stored:
        assert json.loads(archive.read("media")) == {}
        stored.deserialize(archive.read("collection.anki2"))
        return stored.execute(query).fetchall()


def notes_of(data):
    """(guid, fields, tags) of each note by guid."""
    rows = collection(data, "select guid, flds, tags, mid from notes")
    return {guid: (fields.split("\x1f"), tags.split(), model) for guid, fields, tags, model in rows}


def decks_of(data):
    decks = json.loads(collection(data, "select decks from col")[0][0])
    return {deck["name"]: int(key) for key, deck in decks.items() if deck["name"] != "Default"}


def asked(guide, *kinds):
    return Question.objects.asked().filter(guide=guide, kind__in=kinds)


def test_a_package_has_a_note_for_each_fact_that_can_be_a_card(client, seed):
    notes = notes_of(sent(client, seed, "anki.apkg"))

    assert set(notes) <= {str(key) for key in Fact.objects.asked().values_list("key", flat=True)}
    assert len(notes) == 280  # of 284 facts, 4 are asked by ticks alone
    for guid, (fields, tags, _) in notes.items():
        assert fields[4] == guid
        assert all(fields[:2])
        assert [tag.split("::")[0] for tag in tags] == ["topic", "table"]


def test_cards_ask_both_ways_just_where_one_row_has_the_value(client, seed):
    data = sent(client, seed, "anki.apkg")

    turned = {guid for guid, (fields, *_) in notes_of(data).items() if fields[2]}
    cards = Counter(ord for (ord,) in collection(data, "select ord from cards"))
    named = asked(seed, "reverse", "typed-name").values_list("fact__key", flat=True)
    assert turned <= {str(key) for key in named}
    assert cards == {0: 280, 1: len(turned)}
    assert len(turned) > 120


def test_a_package_made_again_carries_the_same_ids_and_decks(client, seed):
    first, second = sent(client, seed, "anki.apkg"), sent(client, seed, "anki.apkg")

    assert notes_of(first) == notes_of(second)
    assert decks_of(first) == decks_of(second)
    assert len(decks_of(first)) == len({table.topic_id for table in seed.tables.all()})
    assert all(name.startswith("Section 6") and "::" in name for name in decks_of(first))


def test_a_changed_value_is_the_same_note_with_another_text_and_a_later_date(client, hostile):
    before = sent(client, hostile, "anki.apkg")
    row = hostile.tables.get().rows.first()
    column = hostile.tables.get().columns.get(position=1)
    row.cells[column.key.hex] |= {"text": "brand new", "source": "brand new"}
    row.save()
    hostile.version += 1
    hostile.save()

    after = sent(client, hostile, "anki.apkg")

    old, new = notes_of(before), notes_of(after)
    assert old.keys() == new.keys()
    assert sum(old[guid] != new[guid] for guid in old) == 1
    assert any(fields[1] == "brand new" for fields, *_ in new.values())


def test_fields_of_cards_are_escaped(client, hostile):
    notes = notes_of(sent(client, hostile, "anki.apkg"))

    texts = [text for fields, *_ in notes.values() for text in fields[:4]]
    assert any("&lt;script&gt;" in text for text in texts)
    for text in texts:
        assert set(re.findall(r"<[^>]*>", text)) <= {"<small>", "</small>", "<br>"}
        assert "[" not in text  # Anki plays [sound:…] and draws [latex]…


def test_deck_names_have_one_step_for_guide_and_topic(client, hostile):
    assert list(decks_of(sent(client, hostile, "anki.apkg"))) == ["A/B: C 'D'::<i>Topic</i>: x/y"]


@pytest.mark.parametrize("which", ["seed", "hostile"])
def test_text_for_anki_holds_the_same_cards_under_its_headers(client, which, request):
    guide = request.getfixturevalue(which)
    lines = sent(client, guide, "anki.txt").decode().splitlines()

    heads, rows = [line for line in lines if line[0] == "#"], [line.split("\t") for line in lines if line[0] != "#"]
    assert heads == [
        "#separator:tab", "#html:true", "#guid column:1", "#deck column:2", "#tags column:3",
        "#columns:Key\tDeck\tTags\tFront\tBack\tBackwards\tName\tId",
    ]  # fmt: skip
    notes = notes_of(sent(client, guide, "anki.apkg"))
    assert {row[0]: row[3:] for row in rows} == {guid: fields for guid, (fields, *_) in notes.items()}
    assert all('"' not in cell for row in rows for cell in row)


def test_a_table_can_be_packed_alone(client, seed):
    table = seed.tables.get(slug="activation-functions")

    notes = notes_of(sent(client, seed, "anki.apkg", table=table.slug))

    held = {str(key) for key in Fact.objects.filter(table__title="Activation Functions").values_list("key", flat=True)}
    assert set(notes) <= held
    assert {tag for _, tags, _ in notes.values() for tag in tags} >= {"table::activation-functions"}


def missing(guide, learner, count):
    facts = asked(guide, "forward").values_list("fact", flat=True)[:count]
    for fact in facts:
        Memory.objects.create(
            learner=learner, fact_id=fact, asked=1, missed=1, is_right=False, answered_at=timezone.now()
        )
    return {str(fact.key) for fact in Fact.objects.filter(pk__in=list(facts))}


def test_what_a_learner_missed_is_a_package_of_its_own_under_the_same_ids(client):
    guide, learner = make_asked_guide(), make_learner()
    be_guest(client, learner)
    keys = missing(guide, learner, 3)

    notes = notes_of(sent(client, guide, "missed.apkg"))

    every = notes_of(sent(client, guide, "anki.apkg"))
    assert notes.keys() == keys
    assert {guid: every[guid] for guid in notes} == notes
    assert len(sent(client, guide, "missed.txt").decode().splitlines()) == 6 + 3


@pytest.mark.parametrize("name", ["missed.apkg", "missed.txt"])
def test_who_missed_nothing_is_told_so(client, name):
    guide = make_asked_guide()
    be_guest(client, make_learner())

    response = client.get(reverse("quizzes:export-file", args=[guide.slug, name]))

    assert (response.status_code, response.content) == (
        404, b"Nothing that you missed is asked now: there is nothing to export.\n"
    )  # fmt: skip


def moodle(client, guide):
    root = ElementTree.fromstring(sent(client, guide, "moodle.xml"))
    questions = [each for each in root if each.get("type") != "category"]
    return root, questions


def fractions(question):
    return [float(answer.get("fraction")) for answer in question.findall("answer")]


VALID = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111}
VALID |= {10, 5, 0}


@pytest.mark.parametrize("which", ["seed", "hostile"])
def test_moodle_xml_keeps_to_its_rules(client, which, request):
    root, questions = moodle(client, request.getfixturevalue(which))

    assert root.tag == "quiz"
    assert root[0].get("type") == "category"
    ids = [question.findtext("idnumber") for question in questions]
    assert len(set(ids)) == len(ids)
    assert all(len(each) <= 100 for each in ids)
    for question in questions:
        assert question.findtext("name/text")
        assert question.find("questiontext").get("format") == "html"
        kind = question.get("type")
        if kind == "multichoice":
            shares = fractions(question)
            assert {abs(share) for share in shares} <= VALID
            assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.001)
            if question.findtext("single") == "true":
                assert sorted(shares)[-1] == 100
                assert shares.count(0) == len(shares) - 1
        elif kind == "shortanswer":
            assert set(fractions(question)) == {100}
        else:
            assert kind == "matching"
            assert len(question.findall("subquestion")) >= 3


def test_moodle_holds_every_question_but_whole_tables(client, seed):
    _, questions = moodle(client, seed)

    kinds = Counter(question.get("type") for question in questions)
    assert sum(kinds.values()) == Question.objects.asked().exclude(kind="rebuild").count()
    assert kinds["shortanswer"] == asked(seed, "typed", "typed-name").count()
    assert kinds["matching"] == asked(seed, "order-by").count()


def test_the_right_option_and_its_feedback_are_those_of_the_bank(client, seed):
    _, questions = moodle(client, seed)
    found = {question.findtext("idnumber"): question for question in questions}
    own = asked(seed, "decision").get(stem="Multi-class classification output?")

    question = found[f"{own.fact.key}-decision"]

    answers = {html.unescape(a.findtext("text")): a for a in question.findall("answer")}
    assert answers["Softmax"].get("fraction") == "100"
    assert html.unescape(answers["Softmax"].findtext("feedback/text")) == (
        "The answer to “Multi-class classification output?” is Softmax."
    )
    assert any("is the answer to" in (a.findtext("feedback/text") or "") for t, a in answers.items() if t != "Softmax")
    assert question.findtext("tags/tag/text") == "quick-decision-tables"


def test_nothing_in_moodle_xml_is_live_markup(client, hostile):
    _, questions = moodle(client, hostile)

    for question in questions:
        texts = [question.findtext("questiontext/text")]
        texts += [a.findtext("text") for a in question.findall("answer") if a.get("format") == "html"]
        for text in texts:
            assert set(re.findall(r"<[^>]*>", text)) <= {"<p>", "</p>", "<small>", "</small>"}


def test_slashes_in_titles_make_no_further_category(client, hostile):
    root, _ = moodle(client, hostile)

    assert root[0].findtext("category/text") == '$course$/top/A//B::C "D"/<i>Topic<//i>: x//y'


@pytest.mark.parametrize("which", ["seed", "hostile"])
def test_gift_reads_back_as_what_moodle_xml_says(client, which, request):
    guide = request.getfixturevalue(which)
    _, questions = moodle(client, guide)
    read = {each.identity: each for each in read_gift(sent(client, guide, "gift.txt").decode())}

    for question in questions:
        kind, own = question.get("type"), read.pop(question.findtext("idnumber"), None)
        answers = [answer.findtext("text") for answer in question.findall("answer")]
        assert (own is None) == (kind == "shortanswer" and ("->" in answers[0] or answers[0].startswith("%")))
        if own is None:
            continue
        assert own.title == " ".join(question.findtext("name/text").split())
        assert own.text == " ".join(question.findtext("questiontext/text").split())
        if kind == "matching":
            pairs = [(each.findtext("text"), each.findtext("answer/text")) for each in question.iter("subquestion")]
            assert own.pairs == pairs
        elif kind == "shortanswer":
            assert [text for _, _, text, _ in own.answers] == [" ".join(answer.split()) for answer in answers]
        else:
            feedback = [a.findtext("feedback/text") or "" for a in question.findall("answer")]
            texts = [html.unescape(text) for _, _, text, _ in own.answers]
            assert texts == [" ".join(html.unescape(answer).split()) for answer in answers]
            assert [says for *_, says in own.answers] == [" ".join(each.split()) for each in feedback]
            assert [mark == "=" or float(weight or 0) > 0 for mark, weight, _, _ in own.answers] == [
                share > 0 for share in fractions(question)
            ]
    assert read == {}


@pytest.mark.parametrize("which", ["seed", "hostile"])
def test_aiken_holds_every_question_with_one_right_option(client, which, request):
    guide = request.getfixturevalue(which)

    read = read_aiken(sent(client, guide, "aiken.txt").decode())

    one = asked(guide, "forward", "reverse", "which-of-two", "decision", "lookup", "reversed").order_by("position")
    assert len(read) == one.count() > 0
    for (stem, options, right), question in zip(read, one, strict=True):
        assert stem.endswith(" ".join(question.stem.split()))
        assert right == " ".join(question.answer.split())
        assert len(set(options)) == len(options) >= 2


@pytest.mark.parametrize("count", [1, 2, 3, 7, 9, 10, 12, 19])
def test_shares_of_several_right_options_are_known_to_moodle_and_make_a_hundred(count):
    choices = [Choice(str(number), is_right=number < count) for number in range(count + 2)]

    shares = [float(share) for share in shares_of(choices)]

    assert {abs(share) for share in shares} <= VALID
    assert sum(shares[:count]) == pytest.approx(100, abs=0.001)
    assert set(shares[count:]) == {0.0 if count == 1 else -100.0}


def page(client, guide):
    return client.get(reverse("quizzes:export", args=[guide.slug])).content.decode()


def test_the_page_counts_what_each_file_holds_and_names_what_it_leaves_out(client, seed):
    text = " ".join(re.sub(r"<[^>]*>", " ", page(client, seed)).split())

    assert "280 cards" in text
    assert "Left out: 4 facts asked only together with others, 25 facts not asked." in text
    assert "757 questions" in text
    assert "Left out: 22 tables to be rebuilt." in text
    assert "403 questions" in text
    assert "Left out: 13 “select all”, 340 to be typed, 1 to be put in order, 22 tables to be rebuilt." in text
    assert "there is no fact that you last got wrong" in text


def test_the_page_counts_no_answer_that_gift_would_misread(client, hostile):
    text = " ".join(re.sub(r"<[^>]*>", " ", page(client, hostile)).split())
    typed = asked(hostile, "typed", "typed-name")
    misread = typed.filter(answer__contains="->").count() + typed.filter(answer__startswith="%").count()
    held = len(read_gift(sent(client, hostile, "gift.txt").decode()))

    assert misread == 2
    left_out = f"Left out: {misread} to be typed with “-&gt;” in the answer or “%” before it, 1 table to be rebuilt."
    assert f"with feedback and ids. {left_out} {held} questions" in text
    assert held == Question.objects.asked().filter(guide=hostile).exclude(kind="rebuild").count() - misread


def test_a_file_without_a_question_that_it_can_hold_is_a_sentence(client):
    guide = make_guide()
    make_table(make_topic(guide), grid=HOSTILE)
    refresh_bank(guide)
    Question.objects.filter(guide=guide).exclude(kind__in=["typed", "typed-name"], answer__contains="->").delete()
    address = reverse("quizzes:export-file", args=[guide.slug, "gift.txt"])

    assert asked(guide, "typed").exists()
    assert client.get(address).content == b"Nothing of this can be asked in that format: there is nothing to export.\n"
    assert ">GIFT<" not in page(client, guide)


def test_the_page_offers_what_was_missed(client):
    guide, learner = make_asked_guide(), make_learner()
    be_guest(client, learner)
    missing(guide, learner, 2)

    text = page(client, guide)

    assert "missed.apkg" in text
    assert "2 cards" in text


def test_a_guide_without_questions_says_so(client):
    assert "Nothing of this guide can be asked yet" in page(client, make_guide())


def test_a_stranger_finds_no_file_of_a_private_guide(client):
    guide = make_asked_guide(visibility="private", owner=make_user())

    for name in ("anki.apkg", "moodle.xml", "gift.txt", "aiken.txt"):
        assert client.get(reverse("quizzes:export-file", args=[guide.slug, name])).status_code == 404


def test_a_table_of_another_guide_is_not_found(client):
    guide, other = make_asked_guide(), make_table(make_topic(make_guide()), title="Of another guide")
    address = reverse("quizzes:export-file", args=[guide.slug, "anki.txt"])

    assert client.get(address, {"table": other.slug}).status_code == 404


@pytest.mark.parametrize(("name", "count"), [("anki.apkg", 5), ("moodle.xml", 5), ("aiken.txt", 5), ("", 5)])
def test_queries_do_not_grow_with_the_guide(client, name, count, django_assert_max_num_queries):
    guide = make_asked_guide()
    base = reverse("quizzes:export", args=[guide.slug])
    for size in range(2):
        for number in range(3 * size):
            make_table(make_topic(guide, title=f"Topic {number}"))
        Guide.objects.filter(pk=guide.pk).update(version=size + 2)
        refresh_bank(guide)
        with django_assert_max_num_queries(count):
            response = client.get(f"{base}{name}")
            if response.streaming:
                list(response.streaming_content)
