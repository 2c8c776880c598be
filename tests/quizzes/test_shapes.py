import pytest

from quizzes.contrasts.cards import Run, Sentence
from quizzes.generation.sources import Thing
from quizzes.shapes import keepable, shaped, text_in, within
from quizzes.shown import AskedFact

type Asked = dict[str, list[AskedFact]]


@pytest.mark.parametrize("value", ["a\0b", {"\0": 1}, ["\ud800"], float("nan"), [float("inf")], "\\\0"])
def test_what_no_database_keeps_is_refused(value):
    with pytest.raises(ValueError, match="."):
        keepable(value)


@pytest.mark.parametrize("value", ["\\u0000", "\\\\u0000", "😀", 2**70, None])
def test_what_only_looks_like_it_is_kept(value):
    keepable(value)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, bool), (1, int), (1, float), ("a", str), (None, str | None), ([1, 2], tuple[int, ...]),
        ({"a": [[1, "b"], None]}, Asked), (Thing("a"), Thing), ([Run("a")], Sentence),
    ],
)  # fmt: skip
def test_value_of_its_type_is_given_back(value, kind):
    assert shaped(value, kind) is value


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, int), (True, float), (1, str), ("ab", list[str]), ([1, "a"], list[int]), ([1], tuple[int, str]),
        ({"a": [["b", 1]]}, Asked), ({1: []}, Asked), (Thing("a", row_key=[]), Thing), (None, Thing),
        ([Run("a", is_strong="no")], Sentence),
    ],
)  # fmt: skip
def test_value_of_another_type_is_refused(value, kind):
    with pytest.raises(ValueError, match="."):
        shaped(value, kind)


def test_texts_and_numbers_have_their_bounds():
    assert (text_in("abc", 3), within("2", 0, 2), within(1, 0.0, 1.0)) == ("abc", 2, 1.0)
    for call in (lambda: text_in("abcd", 3), lambda: text_in(5), lambda: within(3, 0, 2)):
        with pytest.raises(ValueError, match="."):
            call()
