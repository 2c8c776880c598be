"""Where the names of things stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.concepts.finding import Finder, holds_name
from tables.concepts.linking import link_names, link_whole
from tables.concepts.names import parts_of_answer, second_names

NAMES = ["ReLU", "Leaky ReLU", "Trn1", "Auto", "RNN", "C", "C++", "Node", "for", "404", "R-squared", "缓存", "Redis"]


def found(text: str, *names: str) -> list[str]:
    return [span.form for span in Finder({name: name for name in names or NAMES}).find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("When ReLU fails", ["ReLU"]),
        ("Leaky ReLU, ReLU", ["Leaky ReLU", "ReLU"]),
        ("RNNs and an RNN?", ["RNN", "RNN"]),
        ("R-squared (sum)", ["R-squared"]),
        ("用Redis做缓存", ["Redis", "缓存"]),
        ("for", ["for"]),
        ("404", ["404"]),
        ("C", ["C"]),
        ("C++ only", ["C++"]),
    ],
)
def test_whole_words_are_found_the_longer_name_first(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "relu", "Trn1n", "Auto-detect", "Autopilot", "half-Auto", "Node.js", "C#", "vitamin C", "wait for it",
        "see 404 there", "RNNss", "", "PReLU", "ReLU6", "ReLU_max",
    ],
)  # fmt: skip
def test_parts_of_words_and_words_of_every_day_are_not_names(text):
    assert found(text) == []


def test_alias_is_told_apart_from_a_name_of_ones_own():
    spans = Finder({"SageMaker MPP": "sagemaker mpp"}, {"MPP": "sagemaker mpp"}).find("MPP or SageMaker MPP")

    assert [(span.form, span.by_alias) for span in spans] == [("sagemaker mpp", True), ("sagemaker mpp", False)]


def test_longer_name_holds_a_shorter_one_by_whole_words():
    assert holds_name("Leaky ReLU", "ReLU")
    assert not holds_name("Trn1n", "Trn1")
    assert not holds_name("ReLU", "ReLU")


@given(st.text(), st.lists(st.text(min_size=1), max_size=5))
def test_what_is_found_stands_there_and_nothing_overlaps(text, names):
    spans = Finder({name: name for name in names}).find(text)

    assert all(text[span.start : span.end] in {span.form, f"{span.form}s"} for span in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("ReLU", ["ReLU"]),
        ("ReLU (start here)", ["ReLU"]),
        ("P4de with EFA", ["P4de", "EFA"]),
        ("RMSE, R-squared", ["RMSE", "R-squared"]),
        ("MiCS/Sharded + P4de", ["MiCS/Sharded", "P4de"]),
        ("Amazon S3, because it costs less than the others", []),
        ("Search and rescue", ["Search and rescue"]),
        ("Yes", []),
        ("32", []),
        ("-", []),
    ],
)
def test_answer_names_one_thing_or_the_parts_of_a_list(answer, parts):
    assert parts_of_answer(answer, {"relu", "p4de"}) == parts


def test_name_in_brackets_is_a_second_name_and_a_remark_is_none():
    assert second_names("L1 (Lasso)") == ("L1", "Lasso")
    assert second_names("ReLU (start here)") == ()


def linked(html: str) -> str:
    finder = Finder({"ReLU": "relu", "Leaky ReLU": "leaky relu", "A<B": "a<b"})
    return link_names(html, finder.find, {"relu": "relu", "leaky relu": "leaky-relu", "a<b": "a-b"})


@pytest.mark.parametrize(
    ("html", "drawn"),
    [
        ("Dying ReLU", 'Dying <a href="../concepts/relu/">ReLU</a>'),
        ("<b>ReLU</b> &amp; co", '<b><a href="../concepts/relu/">ReLU</a></b> &amp; co'),
        ("if A&lt;B &gt; 1", 'if <a href="../concepts/a-b/">A&lt;B</a> &gt; 1'),
        ("ReLU, ReLU", '<a href="../concepts/relu/">ReLU</a>, ReLU'),
        ('<a href="/x">ReLU</a>', '<a href="/x">ReLU</a>'),
        ("<em>Leaky</em> ReLU", "<em>Leaky</em> ReLU"),
        ('<a title="a > ReLU" href="/x">y</a>', '<a title="a > ReLU" href="/x">y</a>'),
        ('<i title="1 > ReLU">ReLU</i>', '<i title="1 > ReLU"><a href="../concepts/relu/">ReLU</a></i>'),
        ("a<br>ReLU", 'a<br><a href="../concepts/relu/">ReLU</a>'),
        ("nothing &quot;here&quot;", "nothing &quot;here&quot;"),
    ],
)
def test_names_in_html_become_links_and_the_rest_stays_as_it_is(html, drawn):
    assert linked(html) == drawn


def test_cell_of_a_thing_is_a_link_as_a_whole_unless_it_has_one():
    assert link_whole("<strong>ReLU</strong>", "relu") == '<a href="../concepts/relu/"><strong>ReLU</strong></a>'
    assert link_whole('<a href="/x">ReLU</a>', "relu") == '<a href="/x">ReLU</a>'
