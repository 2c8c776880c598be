"""What the host calls the site, for every template: pages of errors and mails too, which know of no request."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import conditional_escape

register = template.Library()


@register.simple_tag(takes_context=True)
def site_name(context: template.Context) -> Any:
    """The name of the site, escaped wherever the template escapes: not in the text of a mail."""
    return conditional_escape(settings.SITE_NAME) if context.autoescape else settings.SITE_NAME


@register.simple_tag
def signs_up() -> str:
    """Who may make an account: "open" (everybody), "invited" or "closed"."""
    return settings.SIGN_UP
