"""Plain Python: a guide and one table read from a sheet in, the guide's document with that table in it out."""

from dataclasses import replace
from datetime import datetime

from tables.exports.markdown import guide_markdown
from tables.reader import read
from tables.reader.document import Reading, Table, Topic
from tables.reader.forms import fold
from tables.reader.limits import LIMITS, Limits
from tables.versions.merging import merge
from tables.versions.state import GuideState


def document_with(guide: GuideState, sheet: Reading, at: datetime, limits: Limits = LIMITS) -> bytes:
    """
    The document of a stored guide in which the table of this name has the sheet's columns and rows.

    Where no table has its name, it stands at the end of the last topic. The sheet's reading holds exactly one table.
    """
    document = read("".join(guide_markdown(guide)).encode(), limits=limits)
    table = replace(sheet.tables[0], title=sheet.title)
    is_there = any(fold(each.name) == fold(sheet.title) for each in document.tables)
    topics = [_replaced(topic, table) for topic in document.topics]
    if not is_there:
        topics[-1] = replace(topics[-1], tables=(*topics[-1].tables, table))
    after = merge(GuideState(guide.key, title=""), replace(document, topics=tuple(topics)), at)
    return "".join(guide_markdown(after.state)).encode()


def _replaced(topic: Topic, sheet: Table) -> Topic:
    tables = [
        replace(table, head=sheet.head, rows=sheet.rows, breaks=(), subject=0)
        if fold(table.name) == fold(sheet.title)
        else table
        for table in topic.tables
    ]
    return replace(topic, tables=tuple(tables))
