import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.searching import (
    LONGEST_WORD,
    MOST_TERMS,
    Candidate,
    Kind,
    kind_found,
    places_of_words,
    prepare,
    rank,
    read_query,
    words_of,
)


def words(query):
    return [list(term.words) for term in read_query(query)]


def row(name, *cells, order=1):
    return Candidate(Kind.ROW, prepare(name), prepare(name, *cells), order)


def order(query, *candidates):
    terms = read_query(query)
    return [candidate.name.strip() for candidate in sorted(candidates, key=lambda each: rank(each, terms))]


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("Leaky ReLU", " leaky relu "),
        ("  Ｔá‌nh\u200b ", " tanh "),
        ("p4d.24xlarge / I/O", " p4d 24xlarge i o "),
        ("40+ layers", " 40 + layers "),
        ("C#, C++", " c # c + + "),
        ("神经网络 CNN", " 神 经 网 络 cnn "),
        ("서울", " 서 울 "),
        ("שָׁלוֹם", " שלום "),
        ("مُحَمَّد", " محمد "),
        ("हिन्दी", " हिन्दी "),
        ("❤️ → ✅", " ❤ → ✅ "),
        ("N/A", ""),
        ("—", ""),
        ("(?!)", ""),
    ],
)
def test_text_is_folded_and_spaced(text, prepared):
    assert prepare(text) == prepared


def test_each_cell_has_a_line():
    assert prepare("ReLU", "-", "0 to inf") == " relu \n 0 to inf "


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("vanishing gradient", [["vanishing"], ["gradient"]]),
        ('"vanishing gradient" relu', [["vanishing", "gradient"], ["relu"]]),
        ("“vanishing gradient” «relu»", [["vanishing", "gradient"], ["relu"]]),
        ('"vanishing gradient', [["vanishing"], ["gradient"]]),
        ("multi-class", [["multi", "class"]]),
        ("relu RELU ReLU", [["relu"]]),
        ("🙂", [["🙂"]]),
        ("", []),
        ("\0", []),
        ('"', []),
        ('""', []),
        ("+++ $$$ <=>", []),
        ("%_'; --()", []),
        ("* OR NEAR(a", [["or"], ["near", "a"]]),
    ],
)
def test_query_is_read(query, asked):
    assert words(query) == asked


@given(st.text())
def test_any_query_is_read_and_bounded(query):
    terms = read_query(query)

    assert len(terms) <= MOST_TERMS
    for word in (word for term in terms for word in term.words):
        assert 0 < len(word) <= LONGEST_WORD
        assert not set(word) & set(" \n\"'\\\0")


@given(st.text())
def test_places_hold_the_words(text):
    folded = "\n".join(words_of(text))

    assert [word for word, _, _ in places_of_words(folded)] == folded.split()


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_text_is_found_by_itself(text):
    terms = read_query(text)

    assert all(term.stands_in(prepare(text)) for term in terms)


def test_long_query_is_read_at_once():
    assert len(read_query("word1 word2 " * 100_000)) == 2


def test_whole_word_stands_before_a_beginning():
    assert order("Trn1", row("Trn1n"), row("Trn1", order=2)) == ["trn1", "trn1n"]


def test_name_stands_before_a_cell_and_a_cell_before_a_note():
    note = Candidate(Kind.POINT, "", prepare("ReLU dies"), 1)

    assert order("relu", note, row("Swish", "like ReLU"), row("Leaky ReLU")) == ["leaky relu", "swish", ""]


def test_name_that_is_just_what_was_asked_comes_first():
    assert order("relu", row("Leaky ReLU"), row("ReLU6"), row("ReLU")) == ["relu", "leaky relu", "relu6"]


def test_among_equals_the_first_of_the_document_comes_first():
    assert order("cnn", row("CNN b", order=2), row("CNN a", order=1)) == ["cnn a", "cnn b"]


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("relu", Kind.ROW),
        ("relu dying", Kind.ROW),
        ("dying unit", Kind.CELL),
        ("dying rarely", Kind.ROW),
    ],
)
def test_row_found_by_a_single_cell_counts_as_that_cell(query, kind):
    assert kind_found(row("ReLU", "Dying units", "Rarely"), read_query(query)) is kind
