import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.marking import mark_words
from tables.reader.forms import fold


def marked(text, *words):
    return "".join(f"[{piece}]" if is_hit else piece for piece, is_hit in mark_words(text, words))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Leaky ReLU", ["relu"], "Leaky [ReLU]"),
        ("ReLU, Leaky ReLU", ["relu"], "[ReLU], Leaky [ReLU]"),
        ("Vanishing gradient", ["grad", "van"], "[Van]ishing [grad]ient"),
        ("Étude, ÉTUDE", ["etude"], "[Étude], [ÉTUDE]"),
        ("Straße", ["strasse"], "[Straße]"),
        ("ABC full width", ["abc"], "[ABC] full width"),
        ("banana", ["ana", "nan"], "b[anana]"),
        ("2(P*R)/(P+R)", ["(p+r)"], "2(P*R)/[(P+R)]"),
        ("nothing", ["else"], "nothing"),
        ("", ["x"], ""),
    ],
)
def test_words_are_marked_where_they_stand(text, words, shown):
    assert marked(text, *words) == shown


@given(st.text(max_size=30), st.lists(st.text(max_size=5).map(fold), max_size=3))
def test_pieces_are_the_text(text, words):
    assert "".join(piece for piece, _ in mark_words(text, words)) == text
