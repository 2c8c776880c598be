"""What docs/scaling.md says of dividing the learning tables by learner, held for every model; exceptions are named."""

import re
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, Index, UniqueConstraint

from quizzes.models import Learner

PAGE = Path(__file__).parent.parent.parent / "docs" / "scaling.md"
SCALING = " ".join(PAGE.read_text(encoding="utf-8").split())
ACROSS = {"answer_to_question"}
"""Indexes for what looks across learners."""
UNIQUE_WITHOUT_LEARNER = {"Answer.slot"}
"""Unique columns that do not hold the learner; what they say, another key with the learner says too."""
SHARED = {"Guide", "Topic", "Table", "Row", "Column", "Fact", "Question", "Assignment", "Meeting"}
"""What learning tables point at that belongs to no learner: small, and copied to every place."""


def learning_models():
    """The models whose rows are one learner's, by name."""
    found = [model for model in apps.get_app_config("quizzes").get_models() if points_at_learner(model)]
    return {model.__name__: model for model in found}


def points_at_learner(model):
    return any(field.name == "learner" and field.related_model is Learner for field in model._meta.fields)


def keys_of(model):
    """Each index and unique constraint that a model declares."""
    declared = [*model._meta.indexes, *model._meta.constraints]
    return [key for key in declared if isinstance(key, Index | UniqueConstraint)]


def test_learning_tables_are_those_that_hosts_are_told_of():
    told = re.search(r"The learning tables are (.*?)\.", SCALING)[1]

    assert set(re.findall(r"`(\w+)`", told)) == learning_models().keys()


def test_every_key_begins_with_the_learner():
    keys = [key for model in learning_models().values() for key in keys_of(model)]

    assert len(keys) > 20
    assert {key.name for key in keys if key.fields[0] != "learner"} == ACROSS


def test_every_unique_column_but_the_named_ones_is_the_learner():
    unique = {
        f"{name}.{field.name}"
        for name, model in learning_models().items()
        for field in model._meta.fields
        if field.unique and not field.primary_key
    }

    assert unique == UNIQUE_WITHOUT_LEARNER


def test_learning_tables_point_at_each_other_or_at_what_all_share():
    models = learning_models()
    pointed_at = {
        field.related_model.__name__
        for model in models.values()
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
    }

    assert pointed_at - models.keys() - SHARED == {"Learner"}
