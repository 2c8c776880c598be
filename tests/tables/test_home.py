import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Fact
from tables.actions.editing import save_guide
from tables.models import Guide
from tests.factories import DECISIONS, make_guide, make_learner, make_table, make_topic, make_user
from tests.quizzes.bank import give, make_asked_guide, make_sitting, right

pytestmark = pytest.mark.django_db

WHEN_TO_USE = [("Scenario", "Recommended"), ("Multi-class output", "Softmax")]


def fill(guide, topics=1, tables=2):
    for _ in range(topics):
        topic = make_topic(guide)
        for _ in range(tables):
            make_table(topic)
    return guide


def test_site_with_one_guide_leads_to_it(client):
    guide = make_guide()

    response = client.get("/")

    assert response.status_code == 302
    assert response.headers["Location"] == guide.get_absolute_url()


def test_site_with_several_guides_shows_the_shelf(client):
    fill(make_guide(title="Section 6"))
    make_guide(title="Section 7")

    page = client.get("/").content.decode()

    assert "Section 6</a>" in page
    assert "Section 7</a>" in page
    assert "2 tables, 12 rows" in page
    assert "0 tables, 0 rows" in page


def test_empty_site_says_how_to_begin(client):
    page = client.get("/").content.decode()

    assert "Nothing to read yet" in page
    assert "import_guide" in page


def test_shelf_holds_only_what_its_reader_may_see(client):
    alice, bob = make_user("alice"), make_user("bob")
    make_guide(title="For all")
    make_guide(title="For members", visibility="signed-in")
    make_guide(title="Mine", visibility="private", owner=alice)
    make_guide(title="Theirs", visibility="private", owner=bob)
    client.force_login(alice)

    response = client.get("/")

    assert [guide.title for guide in response.context["guides"]] == ["For all", "For members", "Mine"]
    assert response.headers["Cache-Control"] == "private, no-store"


def test_overview_counts_what_the_guide_holds(client):
    guide = make_guide(title="Section 6: Model Training")
    topic = make_topic(guide)
    activations = make_table(topic)
    make_table(topic, label="When to Use", grid=WHEN_TO_USE, kind="lookup", shown_with=activations)
    make_table(make_topic(guide, title="Quick Decision Tables"), title="Which?", grid=DECISIONS, kind="decision")

    response = client.get(guide.get_absolute_url())

    page = response.content.decode()
    assert '<p class="eyebrow">Section 6</p>' in page
    assert "<h1>Model Training</h1>" in page
    for count in ("3 tables", "12 rows", "30 cells to know", "6 rows, 4 columns", "5 rows, 1 column"):
        assert count in page
    assert "with When to Use" in page
    assert len(re.findall('class="tcard"', page)) == 2


def test_overview_has_an_anchor_for_each_topic(client):
    guide = make_guide()
    topic = make_topic(guide)
    make_table(topic)

    assert f'<h2 id="t-{topic.slug}">' in client.get(guide.get_absolute_url()).content.decode()


def test_description_of_the_document_stands_above_the_whole_title(client):
    guide = make_guide(title="Section 6: Model Training")
    guide.front_matter = {"description": "AWS certification"}
    guide.save()

    page = client.get(guide.get_absolute_url()).content.decode()

    assert '<p class="eyebrow">AWS certification</p>' in page
    assert "<h1>Section 6: Model Training</h1>" in page


def test_guide_without_tables_says_so(client):
    assert "No tables yet" in client.get(make_guide().get_absolute_url()).content.decode()


def test_archived_tables_are_gone(client):
    guide = fill(make_guide())
    table = guide.tables.first()
    table.archived_at = guide.created_at
    table.save()

    assert "1 table<" in client.get(guide.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["tables:home", "tables:guide"])
def test_only_get_and_head_are_answered(client, name):
    guide = make_guide()
    url = reverse(name, args=[guide.slug] if name == "tables:guide" else [])

    assert client.post(url).status_code == 405
    assert client.head(url).status_code in {200, 302}


def test_guide_of_somebody_else_is_as_missing_as_one_that_never_was(client):
    guide = make_guide(visibility="private", owner=make_user("alice"))
    client.force_login(make_user("charlie"))

    refused, missing = client.get(guide.get_absolute_url()), client.get("/no-such-guide/")

    assert refused.status_code == missing.status_code == 404
    assert refused.content == missing.content


@pytest.mark.parametrize("path", ["/%00/", "/a%00b/c/", "/%F0%9F%99%82/", "/guide/%00/", "/" + "x" * 3000 + "/"])
def test_strange_addresses_are_not_found(client, path):
    assert client.get(path).status_code == 404


def test_too_many_parameters_are_refused(client):
    url = fill(make_guide()).get_absolute_url()

    assert client.get(url + "?" + "&".join(f"c-{number}=x" for number in range(1500))).status_code in {200, 400}


def test_slugs_may_be_of_any_script(client):
    guide = make_guide(title="機械学習")
    table = make_table(make_topic(guide), title="活性化関数")

    assert client.get(guide.get_absolute_url()).status_code == 200
    assert client.get(table.get_absolute_url()).status_code == 200


def test_page_for_visitors_carries_nothing_of_anybody(client):
    url = fill(make_guide()).get_absolute_url()

    response = client.get(url)

    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert response.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_second_visitor_costs_one_query_and_gets_the_same_page(client, django_assert_num_queries):
    url = fill(make_guide()).get_absolute_url()
    first = client.get(url)

    with django_assert_num_queries(1):
        assert client.get(url).content == first.content


def test_new_version_of_a_guide_is_seen_at_once(client):
    guide = fill(make_guide())
    client.get(guide.get_absolute_url())
    fill(guide)
    guide.version += 1
    guide.save()

    assert "4 tables" in client.get(guide.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("topics", "tables"), [(1, 1), (4, 5)])
def test_queries_do_not_grow_with_the_guide(client, django_assert_num_queries, topics, tables):
    url = fill(make_guide(), topics, tables).get_absolute_url()

    with django_assert_num_queries(3):
        client.get(url)


@pytest.mark.parametrize(("topics", "tables"), [(1, 1), (4, 5)])
def test_queries_of_a_reader_do_not_grow_with_the_guide(client, django_assert_num_queries, topics, tables):
    url = fill(make_guide(), topics, tables).get_absolute_url()
    client.force_login(make_user())
    assert settings.SESSION_COOKIE_NAME in client.cookies

    with django_assert_num_queries(7):
        client.get(url)


def test_shelf_says_what_a_guide_is_and_how_far_its_reader_is(client, django_assert_max_num_queries):
    guide = make_asked_guide(title="Section 6")
    guide.front_matter = {"licence": "CC BY 4.0", "author": "Maya", "lang": "en", "source": "a course"}
    guide.save()
    other = make_asked_guide(title="Section 7")
    asked = Fact.objects.asked().filter(guide=guide).count()
    alice = make_user("alice")
    client.force_login(alice)
    for slot in make_sitting(make_learner(alice), guide, count=4).slots.all():
        give(client, slot, right(slot))

    with django_assert_max_num_queries(5):
        page = client.get("/").content.decode()

    assert "By Maya CC BY 4.0 (en) from a course" in page
    assert re.search(r"4 of \d+ right at last sight</span>", page)
    assert f"4 of {asked} right at last sight over all guides you began" in page
    assert Fact.objects.asked().filter(guide=other).exists()


def test_shelf_counts_what_is_live(client):
    guide = fill(fill(make_guide()), topics=2)
    make_guide(title="Section 7")
    kept, gone = guide.tables.first(), guide.topics.last()
    kept.archived_at = gone.archived_at = guide.created_at
    kept.save()
    gone.save()

    assert "3 tables, 18 rows" in client.get("/").content.decode()


def test_shelf_shows_a_new_title_and_other_readers_at_once(client, admin_client):
    guide = fill(make_guide(title="Section 6"))
    make_guide(title="Section 7")
    assert all("Section 6</a>" in each.get("/").content.decode() for each in (client, admin_client))

    save_guide(guide, title="Section 8", visibility="public", owner=None)
    assert all("Section 8</a>" in each.get("/").content.decode() for each in (client, admin_client))

    save_guide(guide, title="Section 8", visibility="signed-in", owner=None)
    make_guide(title="Section 9")
    assert "Section 8</a>" not in client.get("/").content.decode()
    assert 'Section 8</a></h2><p>2 tables, 12 rows <span class="tag">' in admin_client.get("/").content.decode()


@pytest.mark.parametrize("guides", [2, 7])
def test_queries_of_the_shelf_do_not_grow_with_the_guides(client, django_assert_num_queries, guides):
    alice = make_user()
    for _ in range(guides):
        fill(make_guide())
        make_guide(visibility="private", owner=alice)

    for number, path in ((2, "/"), (1, "/"), (1, "/?again")):
        with django_assert_num_queries(number):
            client.get(path)
    client.force_login(alice)
    with django_assert_num_queries(5):
        client.get("/")
    Guide.objects.filter(owner=alice).update(archived_at=timezone.now())
    with django_assert_num_queries(4):
        client.get("/")


def test_guides_stand_by_place_then_title(client):
    for title, place in (("B", 1), ("A", 1), ("C", 0)):
        guide = make_guide(title=title)
        guide.place = place
        guide.save()

    assert [guide.title for guide in client.get("/").context["guides"]] == ["C", "A", "B"]
