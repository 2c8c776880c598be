"""What all tests share: a clean start for each, and nothing left out unseen."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from hypothesis import settings as hypothesis_settings

from studysite import environment
from studysite.kept import forget_all

IN_CI = os.environ.get("CI") == "true"
hypothesis_settings.register_profile("studysite", deadline=None, derandomize=IN_CI)
hypothesis_settings.load_profile("studysite")


@pytest.fixture(autouse=True)
def _nothing_kept_from_other_tests() -> None:
    """Each test starts without kept pages and without failed sign-ins that count towards a limit."""
    forget_all()
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def caches_in_tables(db: None, settings: Any) -> None:
    """The caches as most hosts have them, in tables of the database."""
    settings.CACHES = environment.caches("")
    call_command("createcachetable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """One switch of our own, which `make test` uses with its second database."""
    parser.addoption("--needs-database", action="store_true", help="only the tests that use a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what lies in tests/browser; with --needs-database leave out what no database can change."""
    for item in items:
        if Path(item.path).parent.name == "browser":
            item.add_marker("browser")
    if config.getoption("--needs-database"):
        config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
        items[:] = [item for item in items if uses_database(item)]


def uses_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database by its mark or by a fixture."""
    fixtures = getattr(item, "fixturenames", [])
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(fixtures))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With CI=true a skipped test is a failure: nothing may be left out there unseen."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if IN_CI and reporter and reporter.stats.get("skipped") and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(settings.TEST_FOLDER, ignore_errors=True)
