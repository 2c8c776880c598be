"""The invitation that somebody is following while they sign up or in."""

from typing import Any

from django import template

from studysite.accounts.actions.invitations import followed

register = template.Library()


@register.inclusion_tag("accounts/invited.html", takes_context=True)
def invited(context: dict[str, Any]) -> dict[str, Any]:
    """Who invites into which group; nothing where no living link was followed. 1 query at most."""
    return {"invitation": followed(context["request"].session)}
