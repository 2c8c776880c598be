import pytest
from django.core.management import call_command
from django.urls import reverse

from tables.actions.indexing import refresh_entries
from tests.factories import DECISIONS, make_guide, make_table, make_topic

pytestmark = pytest.mark.django_db

WHEN_TO_USE = [("Scenario", "Recommended"), ("ReLU not working", "Leaky ReLU")]
WORLD = [
    ("Word", "Meaning"),
    ("神经网络", "neural network"),
    ("서울에서", "in Seoul"),
    ("مُحَمَّد", "a name"),
    ("שָׁלוֹם", "peace"),
    ("Café au lait", "drink"),
    ("🙂", "smile"),
    ("C#", "language"),
    ("C++ 11", "language"),
    ("p4d.24xlarge", "N/A"),
]


@pytest.fixture
def guide():
    """Activation Functions with its lookup table and a key point."""
    guide = make_guide()
    topic = make_topic(guide)
    table = make_table(topic, points=["Swish is for 40 or more layers"])
    make_table(topic, label="When to Use", grid=WHEN_TO_USE, kind="lookup", shown_with=table)
    refresh_entries(guide)
    return guide


@pytest.fixture
def look(client, guide):
    """A function that looks for words in the guide and gives the text of the page."""

    def page(words, **more):
        return client.get(reverse("tables:search", args=[guide.slug]), {"q": words, **more}).content.decode()

    return page


@pytest.fixture
def seed(client):
    """A function that looks for words in the guide that ships with the project and gives name and place of each hit."""
    call_command("load_seed", verbosity=0)

    def found(words):
        response = client.get(reverse("tables:search-everywhere"), {"q": words})
        return [
            (group.name, "".join(text for text, _ in hit.name), hit.place)
            for group in response.context.get("groups", ())
            for hit in group.hits
        ]

    return found


def address_of(guide):
    return guide.tables.first().get_absolute_url()


def test_cell_is_found_marked_and_linked(look, guide):
    page = look("dying")

    assert f'href="{address_of(guide)}#row-relu.issue"' in page
    assert "Issue: <mark>Dying</mark> ReLU" in page
    assert ">Cells</h2>" in page


def test_row_is_found_by_its_name_and_linked(look, guide):
    page = look("swi")

    assert f'href="{address_of(guide)}#row-swish" dir="auto"><mark>Swi</mark>sh</a>' in page
    assert ">Rows</h2>" in page


def test_words_may_stand_in_several_cells_of_one_row_but_not_in_several_rows(look):
    assert "#row-sigmoid" in look("vanishing binary")
    assert "Nothing found" in look("vanishing dying")


def test_word_may_stand_in_the_name_of_the_table_or_the_column(look, guide):
    page = look("relu activation")
    cell = look("sigmoid range")

    assert f'href="{address_of(guide)}#row-leaky-relu"' in page
    assert f'href="{address_of(guide)}#row-sigmoid.range"' in cell
    assert "Range: 0 to 1" in cell
    assert "#row-relu" not in cell


def test_words_in_quotes_follow_each_other_in_one_cell(look):
    assert "#row-sigmoid" in look('"vanishing gradient"')
    assert "Nothing found" in look('"gradient vanishing"')
    assert "Nothing found" in look('"vanishing gradien"')


def test_case_accents_and_width_do_not_matter(look):
    assert "#row-tanh" in look("ＴÁＮＨ")


def test_middle_of_a_word_is_no_hit(look):
    assert "Nothing found" in look("elu")


def test_tables_and_points_are_found(look, guide):
    table = guide.tables.first()

    assert f'<a href="{address_of(guide)}" dir="auto"><mark>Activation</mark> Functions</a>' in look("activation")
    assert f"{address_of(guide)}#point-{table.points.get().pk}" in look("40 or more")


def test_question_is_found_where_it_is_shown_and_not_as_a_row_too(look, guide):
    host, companion = guide.tables.all()

    page = look("not working")

    assert page.count(f'href="{host.get_absolute_url()}#t-{companion.slug}-relu-not-working"') == 1
    assert ">Questions</h2>" in page
    assert "Answer: <mark>Leaky</mark> ReLU" in look("leaky working")


def test_notes_topics_and_column_names_are_found(look, guide):
    guide.tables.filter(label="").update(notes=[{"source": "", "text": "See the perceptron.", "html": ""}])
    refresh_entries(guide)

    assert "See the <mark>perceptron</mark>." in look("perceptron")
    assert "Column: <mark>Hidden</mark> Layer" in look("hidden")
    assert f'href="{guide.get_absolute_url()}#t-neural-network-comparisons-0"' in look("neural")


def test_placeholders_and_other_guides_are_not_found(look):
    other = make_guide(title="Other")
    make_table(make_topic(other), title="Elsewhere", grid=DECISIONS)
    refresh_entries(other)

    assert "Nothing found" in look("n/a")
    assert "Nothing found" in look("elsewhere")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("网络", ["神经网络"]),
        ("서울", ["서울에서"]),
        ("محمد", ["مُحَمَّد"]),
        ("שלום", ["שָׁלוֹם"]),
        ("cafe", ["Café au lait"]),
        ("CAFE\u0301", ["Café au lait"]),
        ("🙂", ["🙂"]),
        ("c#", ["C#"]),
        ("c++", ["C++ 11"]),
        ("c", ["C#", "C++ 11", "Café au lait"]),
        ("p4d.24", ["p4d.24xlarge"]),
        ("24xlarge", ["p4d.24xlarge"]),
    ],
)
def test_words_of_every_script_are_found(client, words, names):
    guide = make_guide()
    make_table(make_topic(guide), title="Words", grid=WORLD)
    refresh_entries(guide)

    response = client.get(reverse("tables:search", args=[guide.slug]), {"q": words})

    [rows] = [group for group in response.context["groups"] if group.name == "Rows"]
    assert ["".join(text for text, _ in hit.name) for hit in rows.hits] == names


def test_seed_is_ranked_sensibly(seed):
    assert [name for group, name, _ in seed("Trn1") if group == "Rows"] == ["Trn1", "Trn1n"]
    relu = seed("relu")
    assert [name for group, name, _ in relu if group == "Rows"] == ["ReLU", "Leaky ReLU"]
    assert ("Questions", "ReLU not working", "Activation Functions: When to Use") in relu
    assert seed("vanishing gradient") == [
        ("Rows", "Vanishing", "Gradient Problems"),
        ("Cells", "Sigmoid", "Activation Functions"),
        ("Cells", "TanH", "Activation Functions"),
    ]
    assert seed("activation functions")[0] == ("Tables", "Activation Functions", "Neural Network Comparisons")
    assert ("Topics", "Distributed Training", "") in seed("distributed tr")
    assert [group for group, _, _ in seed("escape local minima")] == ["Cells", "Key points"]


def test_guides_are_found_by_their_titles(client, guide):
    other = make_guide(title="Quantum Chemistry")
    refresh_entries(other)

    page = client.get(reverse("tables:search-everywhere"), {"q": "quantum"}).content.decode()

    assert f'<a href="{other.get_absolute_url()}" dir="auto"><mark>Quantum</mark> Chemistry</a>' in page


@pytest.mark.parametrize("words", ["sigmiod", "simoid", "sigmooid", "sigmoit"])
def test_slip_of_the_keyboard_is_forgiven_where_nothing_else_is_found(look, words):
    page = look(words)

    assert "#row-sigmoid" in page
    assert f"Nothing holds “{words}”. Shown instead: “sigmoid”." in page
    assert "#row-sigmoid" in look(f"{words} binary")


@pytest.mark.parametrize("words", ["sigm0id", "zzzz", "seldom", '"sigmiod"'])
def test_other_words_are_not_taken_for_slips(look, words):
    assert "Nothing found" in look(words)
