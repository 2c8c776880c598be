"""Plain Python: values of the database as JSON that loses nothing, microseconds included; fields read them back."""

import base64
import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

FORMAT, EDITION = "studysite-backup", 1


class DamagedBackup(ValueError):
    """The file is not a backup, or not a whole one; said in a sentence for whoever runs the site."""


def as_line(value: Any) -> str:
    """One line of a backup. Raises TypeError for a value of a kind that no field of ours gives."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_spelled)


def _spelled(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        sign, size = ("-", -value) if value < timedelta() else ("", value)
        return f"{sign}P{size.days}DT{size.seconds}.{size.microseconds:06}S"
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written into a backup.")
