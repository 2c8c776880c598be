"""What the tests of accounts share."""

import pytest


@pytest.fixture
def mail(settings):
    """A host that sends e-mail."""
    settings.SENDS_MAIL = True
    settings.ACCOUNT_LOGIN_METHODS = {"username", "email"}
    settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    settings.ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
