"""The fixture that ships with the project is what importing its document makes."""

import json

import pytest

from quizzes.actions.fixtures import fixture_of
from quizzes.actions.publishing import publish_document
from tables.models import Guide
from tables.reader import read
from tests.edits import SEED


@pytest.mark.django_db
def test_importing_the_document_gives_what_the_fixture_holds():
    pins = json.loads(SEED.with_suffix(".pins.json").read_text(encoding="utf-8"))
    held = json.loads(SEED.with_suffix(".json").read_text(encoding="utf-8"))

    reading = read(SEED.read_bytes(), SEED.name)
    guide = publish_document(None, reading, SEED.read_bytes(), name=SEED.name, pins=pins).publication.guide

    # As `manage.py import_guide` and `manage.py dump_guide` make it: when this fails, make the fixture anew with them.
    assert json.loads(fixture_of(Guide.objects.get(pk=guide.pk))) == held
