"""Pieces of a page that are the same for everybody, drawn once in a process: most of the frame of each page is."""

from typing import NamedTuple

from django import template
from django.http import HttpRequest
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.loader_tags import BlockNode
from django.urls import ResolverMatch
from django.utils.safestring import SafeString

from studysite.kept import Kept

register = template.Library()
_drawn = Kept[SafeString](2 * 1024 * 1024, lambda drawn: 256 + len(drawn))


class SameNode(Node):
    """A piece that knows nothing but its values, no request and no reader: it cannot show anything of either."""

    child_nodelists = ()  # it holds no blocks: a page that extends this one need not look for them in here

    def __init__(self, pieces: NodeList, values: dict[str, FilterExpression]) -> None:
        self._pieces, self._values = pieces, values

    def render(self, context: template.Context) -> SafeString:
        """The piece as it was drawn for these values; drawn now where it was not."""
        values = {name: value.resolve(context) for name, value in self._values.items()}
        # Equal values may be drawn differently: a text and one marked as safe, True and 1.
        key = (self, *((type(value), value) for value in values.values()))
        return _drawn.get(key, lambda: self._draw(context, values))

    def _draw(self, context: template.Context, values: dict[str, object]) -> SafeString:
        alone = template.Context(values)
        with alone.bind_template(context.template):
            return self._pieces.render(alone)


@register.tag
def same_for(parser: Parser, token: Token) -> SameNode:
    """
    `{% same_for name=value ... %}...{% endsame_for %}`: what stands between is the same wherever these values are.

    It sees these names alone. Raises TemplateSyntaxError where it holds a block, which a page could fill differently.
    """
    tag, *said = token.split_contents()
    values = token_kwargs(said, parser)
    if said:
        raise template.TemplateSyntaxError(f"{tag} takes name=value only, not {said[0]}.")
    pieces = parser.parse([f"end{tag}"])
    parser.delete_first_token()
    if pieces.get_nodes_by_type(BlockNode):
        raise template.TemplateSyntaxError(f"{tag} cannot hold a block: it is drawn once for all pages.")
    return SameNode(pieces, values)


class Place(NamedTuple):
    """Where on the site a page is, as far as the navigation marks it."""

    view: str = ""
    app: str = ""
    is_in_group: bool = False


@register.filter
def place(request: HttpRequest | None) -> Place:
    """The place of the page that a request gets; nowhere for an address that is none of ours."""
    match: ResolverMatch | None = getattr(request, "resolver_match", None)
    return Place(match.view_name, match.app_name, bool(match.kwargs.get("group"))) if match else Place()
