import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from quizzes.actions import leaving
from quizzes.models import Answer, Learner, Memory, Sitting
from studysite.accounts.models import User
from tables.models import Draft, Edit, Guide, Version
from tests.accounts.people import name_of, sign_in
from tests.factories import PASSWORD, make_learner, make_user
from tests.kept import rows_of
from tests.people.whole import EMAIL, LEARNER, NAME, USER, all_models, make_zenobia, names_a_person, rows_about_her
from tests.quizzes.bank import be_guest, give, make_asked_guide, make_sitting, right
from tests.quizzes.lived import live_through

DELETE = "/accounts/delete/"


@pytest.fixture
def zenobia(db):
    """The browser of somebody of whom every table holds something."""
    return make_zenobia()


def leave(client, **fields):
    return client.post(DELETE, {"name": NAME, "password": PASSWORD, "guides": "delete", **fields})


def practised_by_another(guide, client=None):
    """A guest who has answered one question of a guide."""
    client = client or Client()
    client.learner = make_learner()
    be_guest(client, client.learner)
    slot = make_sitting(client.learner, guide, count=1).slots.get()
    give(client, slot, right(slot))
    return client.learner


def test_every_table_that_may_name_a_person_names_her_before(zenobia):
    silent = [model.__name__ for model in all_models() if names_a_person(model) and not rows_about_her(model)]

    assert silent == []


@pytest.mark.parametrize("guides", ["delete", "keep"])
def test_no_table_knows_who_has_left(zenobia, guides):
    elsewhere = Client()
    sign_in(elsewhere, NAME)

    response = leave(zenobia, guides=guides)

    told = {model.__name__: rows_about_her(model) for model in all_models()}
    assert response.status_code == 303
    assert {name: rows for name, rows in told.items() if rows} == {}
    assert not Session.objects.exists()
    assert [name_of(client) for client in (zenobia, elsewhere)] == [None, None]


def test_no_cache_knows_who_has_left(client, caches_in_tables):
    user = User.objects.create_user(NAME, EMAIL, PASSWORD, pk=USER)
    client.force_login(user)
    live_through(Learner.objects.create(pk=LEARNER, user=user), make_asked_guide(), 60)
    client.get("/progress/")
    client.post("/accounts/profile/", {"username": NAME})
    before = [key for table in ("forecasts", "cache") for key, _ in rows_of(table)]

    leave(client)

    assert [key.rpartition(":")[2] for key in before] == [f"forecasts/{LEARNER}", str(USER)]
    assert rows_of("forecasts") == rows_of("cache") == []


def test_nobody_signs_in_as_who_has_left(zenobia):
    leave(zenobia)

    sign_in(zenobia, NAME)

    assert name_of(zenobia) is None


def test_page_after_it_says_so_and_browsers_drop_what_they_kept(zenobia):
    response = leave(zenobia)
    page = zenobia.get(response.headers["Location"]).content.decode()

    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert "<h1>Your account is deleted</h1>" in page
    assert NAME not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "wrong"}, "That is not your password."),
        ({"password": ""}, "This field is required."),
        ({"name": "Zenobia"}, "That is not the name of this account."),
        ({"name": ""}, "This field is required."),
        ({"guides": ""}, "Choose what becomes of them."),
        ({"guides": "burn"}, "Choose what becomes of them."),
    ],
)
def test_nothing_is_deleted_without_name_password_and_choice(zenobia, fields, said):
    response = leave(zenobia, **fields)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert name_of(zenobia) == NAME
    assert Answer.objects.count() == 8


def test_passwords_are_not_tried_out_here(zenobia):
    given = [leave(zenobia, password=f"guess {number}").status_code for number in range(11)]

    assert given == [422] * 10 + [429]


def test_looking_deletes_nothing(zenobia):
    page = zenobia.get(DELETE).content.decode()

    assert f"To be sure: {NAME}" in page
    assert "Own" in page
    assert User.objects.filter(username=NAME).exists()


def test_guides_that_are_kept_are_everybodys_and_nobodys(zenobia):
    leave(zenobia, guides="keep")

    own = Guide.objects.get(title="Own")
    assert (own.owner, own.visibility) == (None, Guide.Visibility.PUBLIC)
    assert Client().get(own.get_absolute_url()).status_code == 200
    assert not Draft.objects.exists()


def test_guides_are_deleted_with_what_hangs_on_them(zenobia):
    leave(zenobia)

    assert [guide.title for guide in Guide.objects.all()] == ["Public"]
    assert not Sitting.objects.exists()


def test_what_was_changed_in_guides_of_others_stays_without_a_name(zenobia):
    leave(zenobia)

    assert [(version.guide.title, version.imported_by) for version in Version.objects.all()] == [("Public", None)]
    assert [(edit.sentences, edit.by) for edit in Edit.objects.all()] == [(["A cell"], None)]


def test_what_others_did_with_a_deleted_guide_stays_theirs(zenobia):
    Guide.objects.filter(title="Own").update(visibility="public")
    own = Guide.objects.get(title="Own")
    other = practised_by_another(own)
    before = list(Memory.objects.filter(learner=other).values())

    leave(zenobia)

    own.refresh_from_db()
    assert (own.owner, own.archived_at is not None) == (None, True)
    assert Client().get(own.get_absolute_url()).status_code == 404
    assert Answer.objects.get().learner == other
    assert list(Memory.objects.filter(learner=other).values()) == before


def test_others_keep_all_that_is_theirs(zenobia):
    other = practised_by_another(Guide.objects.get(title="Public"))
    bob = make_user("bob", email="bob@example.org")

    leave(zenobia)

    assert set(User.objects.values_list("username", flat=True)) == {"ada", "bob", "longinus"}
    assert User.objects.get(username="bob").email == bob.email
    assert Answer.objects.get().learner == other


def test_all_of_it_or_nothing(zenobia, monkeypatch):
    def fail(user):
        raise OSError("the disk is full")

    monkeypatch.setattr(leaving, "delete_user", fail)
    with pytest.raises(OSError, match="disk"):
        leave(zenobia)

    assert Answer.objects.count() == 8
    assert Guide.objects.get(title="Own").owner.email == EMAIL
    assert Learner.objects.count() == 1


def test_who_has_no_guides_is_not_asked_about_them(client, db):
    client.force_login(make_user())

    page = client.get(reverse("quizzes:delete-account")).content.decode()
    client.post(DELETE, {"name": "alice", "password": PASSWORD})

    assert 'name="guides"' not in page
    assert not User.objects.exists()


def test_deleting_costs_no_more_for_more_answers(db, django_assert_max_num_queries):
    few = make_user("few"), make_user("many")
    guide = make_asked_guide()
    counts = []
    for user, count in zip(few, (1, 10), strict=True):
        client = Client()
        client.force_login(user)
        for slot in make_sitting(make_learner(user), guide, count=count).slots.all():
            give(client, slot, right(slot))
        with django_assert_max_num_queries(75) as asked:
            client.post(DELETE, {"name": user.username, "password": PASSWORD})
        counts.append(len(asked))

    assert counts[0] == counts[1]
