"""
What readers browse: a guide holds topics, a topic tables, a table columns, rows, points and decision questions.

Every part carries a `key`, minted once at its first import and kept through renames and moves, and a slug, given once.
What a newer version of the document leaves out is archived, never deleted: learners' histories hang on the keys.
"""

from tables.models.concepts import Concept, ConceptQuerySet, Mention, MentionQuerySet
from tables.models.drafts import Draft, DraftQuerySet
from tables.models.edits import Edit, EditQuerySet
from tables.models.entries import Entry, EntryQuerySet, SearchIndex
from tables.models.guides import Guide, GuideQuerySet, Studied, Version, VersionQuerySet
from tables.models.keys import Keyed, KeyedQuerySet
from tables.models.points import DecisionQuestion, Point
from tables.models.tables import Column, Row, Table, TableQuerySet
from tables.models.topics import PartQuerySet, Topic

__all__ = [
    "Column",
    "Concept",
    "ConceptQuerySet",
    "DecisionQuestion",
    "Draft",
    "DraftQuerySet",
    "Edit",
    "EditQuerySet",
    "Entry",
    "EntryQuerySet",
    "Guide",
    "GuideQuerySet",
    "Keyed",
    "KeyedQuerySet",
    "Mention",
    "MentionQuerySet",
    "PartQuerySet",
    "Point",
    "Row",
    "SearchIndex",
    "Studied",
    "Table",
    "TableQuerySet",
    "Topic",
    "Version",
    "VersionQuerySet",
]
