"""Plain readers of the environment: text of a variable in, the setting it means out."""

import os
import re
from email.utils import formataddr
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env(name: str, default: str = "") -> str:
    """One variable of the environment without the spaces around it; an empty one counts as missing."""
    return os.environ.get(name, "").strip() or default


def env_is_on(name: str, *, default: bool = False) -> bool:
    """Whether a switch is on: 1, true, yes or on, in any case. Raises ImproperlyConfigured for an unknown word."""
    word = env(name, "on" if default else "off").lower()
    if word not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} is {word!r}: write on or off.")
    return word in {"1", "true", "yes", "on"}


def env_list(name: str) -> list[str]:
    """The words of a variable that are separated by commas or spaces, in their order."""
    return env(name).replace(",", " ").split()


def env_number(name: str, default: int) -> int:
    """A whole number from 0 up. Raises ImproperlyConfigured for anything else."""
    text = env(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise ImproperlyConfigured(f"{name} is {text!r}: write a whole number.")
    return int(text)


def env_choice(name: str, *words: str) -> str:
    """One of the words, the first of which is meant where nothing is set. Raises ImproperlyConfigured for another."""
    word = env(name, words[0]).lower()
    if word not in words:
        raise ImproperlyConfigured(f"{name} is {word!r}: write {', '.join(words[:-1])} or {words[-1]}.")
    return word


ADDRESS = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?")


def site_address(url: str) -> str:
    """
    The address of the site in small letters, http://host:port or https://host:port; empty where none is given.

    Raises ImproperlyConfigured for any other: hosts and the protection of forms would be taken from it unread.
    """
    address = url.rstrip("/").lower()
    if address and not ADDRESS.fullmatch(address):
        raise ImproperlyConfigured(f"SITE_URL is {url!r}: write https://host or https://host:port, without a path.")
    return address


def reader_limits() -> dict[str, int]:
    """How large a document may be where the host says so, by the names of `tables.reader.limits.Limits`."""
    rows = env_number("DOCUMENT_ROWS", 20_000)
    return {
        "size": env_number("DOCUMENT_MB", 5) * 1_000_000,
        "tables": env_number("DOCUMENT_TABLES", 1_000),
        "rows_of_document": rows,
        "rows_of_table": env_number("TABLE_ROWS", 5_000),
        "columns": env_number("TABLE_COLUMNS", 60),
        "lines": max(100_000, 5 * rows),
        "blocks": max(300_000, 15 * rows),
    }


def sender(name: str, host: str) -> str:
    """Whom mails come from where the host says nothing else, quoted as a mail's header needs it."""
    return formataddr((name, f"no-reply@{host}"))


IN_PASSWORDS = "In a password write / as %2F, @ as %40, # as %23, ? as %3F, % as %25."


def _taken_apart(url: str) -> SplitResult:
    """The parts of an address; none where it cannot be read: Python's own error would quote a piece of the password."""
    try:
        parts = urlsplit(url)
        is_read = parts.port != 0 and not (parts.netloc and "@" in parts.path)
    except ValueError:
        is_read = False
    return parts if is_read else urlsplit("")


PREPARED_AFTER = 3
"""What a connection to PostgreSQL was asked so often it plans once and for all: to plan takes longer than to answer."""


def database(url: str) -> dict[str, Any]:
    """
    One entry of DATABASES from sqlite:///relative, sqlite:////absolute or postgres://user:password@host:port/name.

    What follows `?` becomes an option of the driver (sslmode=require, host=/a/socket/folder, ...).
    Raises ImproperlyConfigured for any other address.
    """
    parts = _taken_apart(url)
    query = dict(parse_qsl(parts.query))
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        }
    if parts.scheme in {"postgres", "postgresql"} and len(parts.path) > 1:
        prepared = PREPARED_AFTER if env_is_on("DATABASE_PREPARES", default=True) else None
        binding = {"server_side_binding": True, "prepare_threshold": prepared}
        # Whoever comes after a failed try begins a new one: the pool's own tries grow rare the longer a server is away.
        pool = {"min_size": 1, "max_size": env_number("DATABASE_POOL", 4), "timeout": 4, "reconnect_timeout": 2}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", None) or unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**binding, **query, "pool": pool},
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL must read sqlite:///file or postgres://user:password@host:port/name. {IN_PASSWORDS}"
    )


def replica(url: str, primary: dict[str, Any]) -> dict[str, Any]:
    """
    What DATABASES has beside the primary: the replica at `url`, or nothing.

    Raises ImproperlyConfigured where either is not PostgreSQL: nothing else keeps a replica by itself.
    """
    if not url:
        return {}
    there = database(url)
    if {there["ENGINE"], primary["ENGINE"]} != {"django.db.backends.postgresql"}:
        raise ImproperlyConfigured("REPLICA_URL needs PostgreSQL, there and in DATABASE_URL.")
    there["OPTIONS"] = {"connect_timeout": "2", **there["OPTIONS"]}
    there["OPTIONS"]["pool"]["timeout"] = 1  # a visitor would rather have the page from elsewhere
    return {"replica": {**there, "TEST": {"MIRROR": "default"}}}


def mailer(url: str) -> dict[str, Any]:
    """
    One entry of MAILERS from smtp://user:password@host:port, which uses STARTTLS unless it ends in ?tls=off,
    smtps:// (TLS from the first byte), console: (print each message), or nothing (messages go nowhere).

    Raises ImproperlyConfigured for any other address.
    """
    parts = _taken_apart(url)
    if not url or url == "console:":
        return {"BACKEND": f"django.core.mail.backends.{'console' if url else 'dummy'}.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            f"EMAIL_URL must read smtp://user:password@host:port, smtps://... or console: {IN_PASSWORDS}"
        )
    implicit = parts.scheme == "smtps"
    options = {
        "host": parts.hostname,
        "port": parts.port or (465 if implicit else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": implicit,
        "use_tls": not implicit and dict(parse_qsl(parts.query)).get("tls") != "off",
        "timeout": 10,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


ROWS_OF_A_CACHE = 100_000
"""So many a table holds before what is over is thrown out, and then, if that is not enough, what is not."""


REDIS = {"redis", "rediss", "valkey", "valkeys", "unix"}


def caches(url: str) -> dict[str, dict[str, Any]]:
    """
    CACHES: `default` counts tries, `forecasts` holds what can be reckoned again and must never push a count out.

    Each is a table of the database, or both are in Redis or Valkey by redis://host:port/number.
    Raises ImproperlyConfigured for another address, and when the package that speaks to Redis is not installed: most
    hosts do without.
    """
    if not url:
        options = {"MAX_ENTRIES": ROWS_OF_A_CACHE}
        return {
            "default": {"BACKEND": "studysite.tries.CountedTries", "LOCATION": "cache", "OPTIONS": options},
            "forecasts": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "forecasts",
                "OPTIONS": options,
            },
        }
    if _taken_apart(url).scheme not in REDIS:
        raise ImproperlyConfigured("CACHE_URL must read redis://host:port/number, or valkey:// for redis://.")
    if not find_spec("redis"):
        raise ImproperlyConfigured("CACHE_URL needs the Python package redis: pip install redis")
    redis = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"redis{url.removeprefix('valkey')}" if url.startswith("valkey") else url,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
    return {"default": redis, "forecasts": redis}
