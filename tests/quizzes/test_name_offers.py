import pytest

from quizzes.actions.bank import refresh_bank
from quizzes.models import Bank
from tests.factories import make_guide, make_table, make_topic, make_user

LIBRARIES = [
    ("Library", "Provider"),
    ("SageMaker DDP", "AWS"),
    ("PyTorch DDP", "PyTorch"),
    ("SageMaker MPP", "AWS"),
]
COMPARED = [("Aspect", "Data", "Model"), ("Split", "Rows", "Layers"), ("Library", "DDP", "MPP")]


@pytest.fixture
def guide(db):
    guide = make_guide(owner=make_user("alice"))
    topic = make_topic(guide)
    make_table(topic, title="Libraries", grid=LIBRARIES)
    make_table(topic, title="Data vs Model", grid=COMPARED, kind="aspect")
    refresh_bank(guide)
    return guide


@pytest.fixture
def editor(client, guide):
    client.force_login(guide.owner)
    return client


def say(editor, guide, text, name):
    return editor.post(f"/quiz/bank/{guide.slug}/", {"do": "name", "text": text, "prompt": name}, follow=True)


def table_page(editor, guide):
    return editor.get(guide.tables.get(kind="aspect").get_absolute_url()).content.decode()


def test_editor_says_which_thing_a_short_name_means_and_it_is_linked(editor, guide):
    page = editor.get(f"/quiz/bank/{guide.slug}/").content.decode()
    assert "May be another name" in page
    assert "“DDP” is </span>SageMaker DDP" in page
    assert "“DDP” is </span>PyTorch DDP" in page
    assert "../concepts/" not in table_page(editor, guide).partition('id="rows"')[2]

    after = say(editor, guide, "DDP", "PyTorch DDP").content.decode()

    assert '<a href="../concepts/pytorch-ddp/">DDP</a>' in table_page(editor, guide)
    assert "“DDP” is" not in after
    assert "“MPP” is" in after


@pytest.mark.parametrize(("text", "name"), [("DDP", "SageMaker MPP"), ("Rows", "PyTorch DDP"), ("", "")])
def test_what_is_not_offered_is_not_done(editor, guide, text, name):
    page = say(editor, guide, text, name).content.decode()

    assert "could not be done" in page
    assert Bank.objects.get(guide=guide).pins == {}
