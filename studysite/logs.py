"""Plain Python: what is written to the log, as lines for people or JSON for machines, and never with a secret in it."""

import json
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from logging import Formatter, LogRecord
from typing import Any

HIDDEN = "[hidden]"
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; empty outside of one."""

# What stands between the first and the last group opens a door: a link to set a password, an invitation, a password.
SECRETS = [
    re.compile(pattern)
    for pattern in (
        r"(/(?:reset/key|confirm-email|join|invite|invitations?)/)[^/\s'\"?]+()",
        r"((?:^|/))(?=[\w:=-]*[a-z])(?=[\w:=-]*[A-Z])(?=[\w:=-]*[0-9])[A-Za-z0-9_:=-]{20,}((?=$|[/\s'\"?]))",
        r"(://[^/\s:@]*:)[^/\s@]+(@)",
        r"(?i)(\b(?:password\d?|secret|token|csrfmiddlewaretoken|sessionid|authorization)['\"]?\s*[=:]\s*"
        r"(?:bearer )?['\"]?)[^\s&'\"]+()",
    )
]
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]")
EXTRA = ("method", "route", "status", "milliseconds")


def without_secrets(text: str) -> str:
    """The text with what opens a door taken out, whether it came in an address, a form or a message of a database."""
    for pattern in SECRETS:
        text = pattern.sub(rf"\g<1>{HIDDEN}\g<2>", text)
    return text


def on_one_line(text: str) -> str:
    """The text with line ends and control characters spelled out: nobody outside can begin a line of the log."""
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class LineFormatter(Formatter):
    """A line for people; a traceback follows on lines of its own."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatMessage(self, record: LogRecord) -> str:
        """The line itself."""
        record.message = on_one_line(without_secrets(record.message))
        return super().formatMessage(record)

    def formatException(self, exc_info: Any) -> str:
        """The traceback."""
        return without_secrets(super().formatException(exc_info))


class JsonFormatter(Formatter):
    """One JSON object a line: time, level, logger, message, and what is known of the request and the exception."""

    def format(self, record: LogRecord) -> str:
        """The object of one record."""
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if REQUEST_ID.get():
            entry["request"] = REQUEST_ID.get()
        entry |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            entry["exception"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False, default=str)


def brief(record: LogRecord) -> bool:
    """Let every record into the log, but without a traceback where strangers were refused: they may try all day."""
    if record.name.startswith("django.security"):
        record.exc_info = record.exc_text = None
    return True


def logging_settings(form: str, *, is_debugging: bool) -> dict[str, Any]:
    """LOGGING for "lines" or "json"; only the latter has a record of every request."""
    formatter = JsonFormatter if form == "json" else LineFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": {"()": formatter}},
        "filters": {"brief": {"()": "django.utils.log.CallbackFilter", "callback": brief}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "chosen", "filters": ["brief"]}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO" if is_debugging else "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # a page that is not there is nothing to act on
            "studysite.people": {"level": "INFO"},
            "studysite.requests": {"level": "INFO" if form == "json" else "WARNING"},
        },
    }
