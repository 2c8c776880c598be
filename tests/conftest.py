"""What all tests share: settings for tests."""

import os

os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studysite.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop in the thread of the tests

from django.conf import settings

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
