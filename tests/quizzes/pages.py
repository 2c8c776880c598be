"""Pages as tests compare them."""

import re

from django.http import HttpResponse


def without_tokens(response: HttpResponse) -> str:
    """A page without its form tokens, which are masked anew each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
