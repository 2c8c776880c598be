"""What a step of an address may be, so that no view is asked for what no database could even look for."""

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter


class NumberConverter(IntConverter):
    """A number that every database has room for: at most 18 digits."""

    regex = "[0-9]{1,18}"


class SlugConverter(StringConverter):
    """A slug in any script. PostgreSQL cannot even look for a text with a NUL, so that is no address."""

    regex = r"[^/\0]+"


register_converter(NumberConverter, "number")
register_converter(SlugConverter, "any-slug")
register_converter(SlugConverter, "part")
