import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.marking import cut, has_hit, mark_terms
from tables.searching import prepare, read_query


def spelled(pieces):
    return "".join(f"[{piece}]" if is_hit else piece for piece, is_hit in pieces)


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Leaky ReLU", "relu", "Leaky [ReLU]"),
        ("ReLU, Leaky ReLU", "relu", "[ReLU], Leaky [ReLU]"),
        ("Vanishing gradient", "grad van", "[Van]ishing [grad]ient"),
        ("Vanishing gradients", '"vanishing gradient"', "Vanishing gradients"),
        ("Vanishing gradient", '"vanishing gradient"', "[Vanishing gradient]"),
        ("the other", "the", "[the] other"),
        ("Étude, ÉTUDE", "etude", "[Étude], [ÉTUDE]"),
        ("Cafe\u0301 noir", "cafe", "[Cafe\u0301] noir"),
        ("Straße", "strasse", "[Straße]"),
        ("ABC full width", "abc", "[ABC] full width"),
        ("Multi class (one label)", "multi-class", "[Multi class] (one label)"),
        ("2(P*R)/(P+R)", "(p+r)", "2(P*R)/([P+R])"),
        ("神经网络 CNN", "网络", "神经[网络] CNN"),
        ("40+ layers", "40+", "[40+] layers"),
        ("Step 1️⃣, then 2️⃣", "1️⃣", "Step [1️⃣], then 2️⃣"),
        ("nothing", "else", "nothing"),
        ("", "x", ""),
    ],
)
def test_words_are_marked_where_they_stand(text, query, shown):
    assert spelled(mark_terms(text, read_query(query))) == shown


@given(st.text(max_size=30), st.text(max_size=10))
def test_pieces_are_the_text(text, query):
    assert "".join(piece for piece, _ in mark_terms(text, read_query(query))) == text


@given(*(st.text(alphabet="ab é神+-ß 1\ufe0f\u20e3❤", max_size=size) for size in (20, 6)))
def test_what_is_found_is_marked(text, query):
    terms = read_query(query)

    found = [term.stands_in(prepare(text)) for term in terms]

    assert has_hit(mark_terms(text, terms)) == any(found)


def test_long_text_is_cut_around_its_first_hit():
    text = "word " * 40 + "needle " + "more " * 40

    shown = spelled(cut(mark_terms(text, read_query("needle")), 80))

    assert shown.startswith("…word")
    assert "[needle] more" in shown
    assert shown.endswith("…")
    assert len(shown) < 160


def test_short_text_is_not_cut():
    pieces = mark_terms("a needle", read_query("needle"))

    assert cut(pieces, 80) == pieces
