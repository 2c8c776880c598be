"""
Documents that mean harm, handed in over HTTP: accepted, accepted with warnings or refused in words; never half.

Some of them by themselves, all with HOSTILE=all, which is `make hostile`.
"""

import os
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from tables.models import Draft, Guide
from tests.factories import make_user
from tests.markup import alive_in
from tests.quizzes.hostile import FEW, all_documents

DOCUMENTS = all_documents() if os.environ.get("HOSTILE") == "all" else FEW
SLOWEST = 5.0
"""Seconds of this process that one page may take."""


@pytest.mark.parametrize(("name", "ending", "data"), DOCUMENTS, ids=[f"{name}-{end}" for name, end, _ in DOCUMENTS])
def test_document_is_taken_or_refused_in_words_and_nothing_of_it_lives(client, db, name, ending, data):
    client.force_login(make_user("alice"))
    times, pages = [], []

    def keep(ask, *args, **fields):
        begun = time.process_time()
        pages.append(ask(*args, **fields))
        times.append(time.process_time() - begun)

    form = {"file": SimpleUploadedFile(f"ports.{ending}", data), "visibility": "private"}
    keep(client.post, reverse("quizzes:import"), form)
    draft = Draft.objects.first()
    if draft:
        if draft.stage == Draft.Stage.TO_CHECK:
            call_command("work_on_draft", draft.pk)
        keep(client.get, reverse("quizzes:draft", args=[draft.pk]))
        keep(client.post, reverse("quizzes:draft", args=[draft.pk]), {"do": "publish", "guide": ""}, follow=True)
    for guide in Guide.objects.all():
        keep(client.get, guide.get_absolute_url())
        for table in guide.tables.all()[:3]:
            keep(client.get, table.get_absolute_url(), follow=True)

    assert max(times) < SLOWEST
    assert {page.status_code for page in pages} <= {200, 303, 422}
    assert [found for page in pages for found in alive_in(page.content.decode())] == []
    is_published = Draft.objects.filter(stage="published").exists()
    assert Guide.objects.exists() is is_published
    if not draft:
        assert re.search(r'class="err"[^>]*>\s*\S', pages[0].content.decode())
    elif not is_published:
        assert "This cannot be published yet" in pages[1].content.decode()


def test_more_than_333_documents_mean_harm():
    documents = all_documents()

    assert len({(ending, data) for _, ending, data in documents}) > 333
    assert len({(name, ending) for name, ending, _ in documents}) == len(documents)
