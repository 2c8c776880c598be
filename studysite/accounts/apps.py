from allauth.account.signals import password_changed, password_set, user_logged_in
from allauth.usersessions.apps import UserSessionsConfig
from django.apps import AppConfig
from django.core.checks import register

from studysite.checks import faults_of_proxies


class AccountsConfig(AppConfig):
    default = True
    name = "studysite.accounts"
    label = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from studysite.accounts.receivers import begin_journal

        begin_journal()
        register(faults_of_proxies, deploy=True)


class SessionsConfig(UserSessionsConfig):
    """allauth's list of sessions, kept at a cost that stays the same: its own looks at each when one signs in."""

    default = False

    def ready(self) -> None:
        from allauth.usersessions.signals import on_password_changed

        from studysite.accounts.receivers import note_session

        user_logged_in.connect(note_session)
        for signal in (password_changed, password_set):
            signal.connect(on_password_changed)
