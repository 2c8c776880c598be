import pytest
from django.template import Context, Template, TemplateSyntaxError

from studysite.accounts.templatetags.same import Place, place
from studysite.kept import _all


def draw(source, **context):
    """What a template makes of this context."""
    return Template("{% load same %}" + source).render(Context(context))


def test_a_piece_is_drawn_once_for_the_same_values():
    template = Template("{% load same %}{% same_for theme=theme %}{{ theme }}{% endsame_for %}")
    before = sum(len(kept._values) for kept in _all)

    pages = [template.render(Context({"theme": theme})) for theme in ("dark", "light", "dark", "dark")]

    assert pages == ["dark", "light", "dark", "dark"]
    assert sum(len(kept._values) for kept in _all) == before + 2


def test_a_piece_knows_its_values_alone(rf):
    request = rf.get("/")

    assert (
        draw("{% same_for a=1 %}[{{ a }}{{ user }}{{ request }}]{% endsame_for %}", user="alice", request=request)
        == "[1]"
    )


def test_pieces_of_one_page_are_not_taken_for_one_another():
    assert draw("{% same_for %}a{% endsame_for %}{% same_for %}b{% endsame_for %}") == "ab"


def test_a_value_is_escaped_whatever_was_drawn_before():
    source = (
        "{% same_for word=word|safe %}{{ word }}{% endsame_for %}{% same_for word=word %}{{ word }}{% endsame_for %}"
    )

    assert draw(source, word="<b>") == "<b>&lt;b&gt;"
    template = Template("{% load same %}{% same_for word=word %}{{ word }}{% endsame_for %}")
    safe = Template("{{ word|safe }}")
    assert template.render(Context({"word": safe.render(Context({"word": "<b>"}))})) == "<b>"
    assert template.render(Context({"word": "<b>"})) == "&lt;b&gt;"


@pytest.mark.parametrize(
    "source",
    [
        "{% same_for theme %}{% endsame_for %}",
        "{% same_for %}{% if 1 %}{% block title %}{% endblock %}{% endif %}{% endsame_for %}",
        "{% same_for %}",
    ],
)
def test_a_piece_that_could_not_be_the_same_is_refused(source):
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_an_address_that_is_none_of_ours_has_no_place(rf):
    assert place(rf.get("/")) == place(None) == Place()
