"""An editor who writes over a guide of their own on the site, and what an import of its export would change."""

from django.test import Client
from django.urls import reverse

from quizzes.actions.publishing import check_document, publish_document
from tables.actions.states import load
from tables.exports.markdown import guide_markdown
from tables.models import Guide, Table
from tables.reader import read
from tests.factories import make_user


def become_editor(client: Client, document: str) -> Client:
    """The client, signed in, with a `guide` of this document and its `table` called "First"."""
    user = make_user("alice")
    client.force_login(user)
    publish_document(None, read(document.encode()), document.encode())
    Guide.objects.update(owner=user, visibility="private")
    client.guide = Guide.objects.get()
    client.table = Table.objects.get(title="First")
    return client


def write(client, place, text, table=None):
    address = reverse("quizzes:edit-text", args=[client.guide.slug, (table or client.table).slug, place])
    was = client.get(address).context["form"]["was"].value()
    return client.post(address, {"source": text, "was": was}, follow=True)


def changes_when_read_again():
    guide = Guide.objects.get()
    document = "".join(guide_markdown(load(guide).state)).encode()
    return [change.sentence for change in check_document(guide, read(document)).publication.diff.changes]
