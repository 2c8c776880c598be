"""The site's settings, made fit for tests."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in the thread of the tests

from studysite import settings as site
from studysite.settings import *  # noqa: F403  (a settings module is the names in it)

TEST_FOLDER = tempfile.mkdtemp(prefix="studysite-test-")  # conftest.py removes it

STATIC_ROOT = TEST_FOLDER  # never an old copy that `make run` left
STORAGES = site.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in site.CACHES}
INSTALLED_APPS = [*site.INSTALLED_APPS, "zeal"]
MIDDLEWARE = [*site.MIDDLEWARE, "zeal.middleware.zeal_middleware"]  # a view that asks once for each row raises an error
ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "*"}]  # a new session id at sign-in is two looks
if site.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in life: threads of one test then have connections and locks of their own.
    site.DATABASES["default"]["TEST"] = {"NAME": f"{TEST_FOLDER}/test.sqlite3"}
else:
    site.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] = 20  # one for each thread of a race
