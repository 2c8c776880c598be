import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.reader.forms import compare_form, fold, is_placeholder
from tables.reader.names import RESERVED, SLUG_LENGTH, make_slug, unique_slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fast", "fast"),
        ("Fast.", "fast"),
        ("99.9%*", "99.9%"),
        ("99.9% **", "99.9%"),
        ("“Fast”", "Fast"),
        ("'Fast'.", "fast"),
        ("a  b\u00a0c", "a b c"),
        ("ﬁne", "fine"),
        ("Straße", "STRASSE"),
        ("a\u200bb\u202e", "ab"),
        ("é", "e\u0301"),
    ],
)
def test_texts_that_say_the_same_have_one_compare_form(one: str, other: str) -> None:
    assert compare_form(one) == compare_form(other)


@pytest.mark.parametrize(("one", "other"), [("N^2", "N2"), ("no", "No feature"), ("*", ""), ("...", ""), ("a*b", "ab")])
def test_texts_that_differ_keep_different_compare_forms(one: str, other: str) -> None:
    assert compare_form(one) != compare_form(other)


@given(st.text())
def test_compare_form_of_a_compare_form_is_itself(text: str) -> None:
    assert compare_form(compare_form(text)) == compare_form(text)


@pytest.mark.parametrize(
    "text", ["", " ", "\u00a0", "-", "--", "–", "—", "N/A", "na", "n/a", "?", "TBD", "tbd", "...", "…"]
)
def test_a_dash_or_a_word_for_nothing_is_a_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["None", "No", "0", "-1", "---", "x", "n.a"])
def test_none_no_and_nought_are_values(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Überblick", "uberblick"),
        ("São  Paulo", "sao paulo"),
        ("Ｆｕｌｌ", "full"),
        ("άσκηση", "ασκηση"),
        ("e\u0301", "é"),
    ],
)
def test_search_finds_a_text_however_its_letters_are_typed(text: str, typed: str) -> None:
    assert fold(text) == fold(typed)


@pytest.mark.parametrize("text", ["हिन्दी", "ภาษาไทย", "が"])
def test_marks_that_make_a_letter_are_no_accents(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Activation Functions: When to Use", "activation-functions-when-to-use"),
        ("  C++ & C#  ", "c-c"),
        ("Überblick — β", "überblick-β"),
        ("می‌خواهم", "میخواهم"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("中文 表", "中文-表"),
        ("a\u202eb", "ab"),
        ("🚀", "table-7"),
        ("!?", "table-7"),
    ],
)
def test_slug_keeps_letters_and_digits_of_every_script(title: str, slug: str) -> None:
    assert make_slug(title, "table-7") == slug


def test_long_slug_is_cut_at_a_hyphen() -> None:
    assert make_slug("word " * 20, "x") == "-".join(["word"] * 12)
    assert make_slug("w" * 80, "x") == "w" * SLUG_LENGTH


def test_second_slug_gets_a_number_and_a_reserved_one_a_word() -> None:
    assert unique_slug("overview", {"overview"}) == "overview-2"
    assert unique_slug("overview", {"overview", "overview-2"}) == "overview-3"
    assert unique_slug("import", set()) == "import-table"
    assert unique_slug("import", {"import-table"}) == "import-table-2"
    assert {"new", "edit", "export", "import", "quiz", "compare", "search", "admin", "accounts"} <= RESERVED


@given(st.text(), st.sets(st.text(alphabet="ab-1", max_size=3)))
def test_slug_is_short_and_fit_for_an_address(title: str, taken: set[str]) -> None:
    slug = unique_slug(make_slug(title, "table-1"), taken)

    assert slug not in taken
    assert 0 < len(slug) <= SLUG_LENGTH
    assert not slug.startswith("-")
    assert "--" not in slug
    assert slug.isprintable()
