"""Databases of their own, new and empty, and programs that have one of them as theirs."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).parent.parent
POSTGRES = os.environ.get("DATABASE_URL", "")


def manage(url, *command):
    """Run Python with a database of its own, as a host does."""
    env = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": "x", "DJANGO_SETTINGS_MODULE": "studysite.settings"}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@contextmanager
def new_database(folder):
    """The address of a new and empty database, of the kind that the tests run on."""
    if not POSTGRES:
        yield f"sqlite:///{folder}/restored.sqlite3"
        return
    name = f"restored_{os.getpid()}"  # tests run side by side
    run_in_postgres(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    yield POSTGRES.replace("/studysite?", f"/{name}?")
    run_in_postgres(f"DROP DATABASE {name}")


def run_in_postgres(*statements):
    with psycopg.connect(POSTGRES.replace("/studysite?", "/postgres?"), autocommit=True) as server:
        for statement in statements:
            server.execute(statement)
