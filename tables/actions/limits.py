"""How large a document may be on this site."""

from dataclasses import replace

from django.conf import settings

from tables.reader.limits import LIMITS, Limits


def site_limits() -> Limits:
    """Those of the reader, with what the host has set otherwise."""
    return replace(LIMITS, **settings.READER_LIMITS)
