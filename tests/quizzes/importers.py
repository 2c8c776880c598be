"""Somebody who hands in a document on the site, and publishes it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from quizzes.actions.publishing import publish_document
from tables.reader import read

NOTES = """# Networks

## Transport

| Protocol | Ordered | Header | Use |
|---|---|---|---|
| TCP | Yes | 20 bytes | Web pages |
| UDP | No | 8 bytes | Calls |
| SCTP | Partly | 12 bytes | Telephony signalling |
| QUIC | Per stream | Variable | HTTP/3 |
"""
CHANGED = NOTES.replace("8 bytes", "eight bytes").replace("| SCTP | Partly | 12 bytes | Telephony signalling |\n", "")


def hand_in(client, text=NOTES, name="networks.md", **fields):
    file = SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
    return client.post(reverse("quizzes:import"), {"file": file, "visibility": "private", **fields}, follow=True)


def draft_of(response):
    return response.redirect_chain[-1][0]


def publish(client, response, **fields):
    form = response.context["form"]
    guide = form["guide"].value() or ""
    return client.post(draft_of(response), {"do": "publish", "guide": guide, **fields}, follow=True)


def publish_at_once(user, text=NOTES):
    return publish_document(None, read(text.encode()), text.encode(), by=user, visibility="private").publication.guide
