import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from studysite.accounts.adapter import AccountAdapter
from studysite.accounts.models import User
from tests.accounts.people import name_of, sign_in, sign_up
from tests.factories import make_user
from tests.groups import make_group, make_invitation

BEFORE = [("accounts", "0003_people")]


def test_name_that_differs_in_case_alone_is_taken_at_the_command_line_too(client, db):
    make_user("bob")

    with pytest.raises(CommandError, match="already taken"):
        call_command("createsuperuser", username="Bob", email="", interactive=False)

    sign_in(client, "Bob")
    assert name_of(client) == "bob"


def test_no_two_accounts_have_names_that_differ_in_case_alone(db):
    make_user("bob")

    with pytest.raises(ValidationError, match="Somebody has that name already"):
        User(username="Bob").validate_constraints()
    with pytest.raises(IntegrityError):
        User.objects.create(username="Bob")


@pytest.mark.parametrize("name", ["dora", "Dora"])
def test_name_taken_while_the_form_was_on_its_way_is_said_to_be_taken(client, db, monkeypatch, name):
    make_user("dora")
    monkeypatch.setattr(AccountAdapter, "clean_username", lambda adapter, name, shallow=False: name)

    response = sign_up(client, name)

    assert "Somebody has that name already. Choose another." in response.content.decode()
    assert User.objects.count() == 1


def test_name_taken_meanwhile_takes_up_no_place_of_an_invitation(client, db, monkeypatch, settings):
    settings.SIGN_UP = "invited"
    invitation = make_invitation(make_group(make_user("dora")), uses=1)
    client.get(invitation.path)
    monkeypatch.setattr(AccountAdapter, "clean_username", lambda adapter, name, shallow=False: name)

    sign_up(client, "Dora")

    invitation.refresh_from_db()
    assert invitation.uses_left == 1


@pytest.mark.django_db(transaction=True)
def test_names_that_differ_in_case_alone_are_named_before_they_are_refused():
    MigrationExecutor(connection).migrate(BEFORE)
    bob, other = User.objects.create(username="bob"), User.objects.create(username="Bob")

    try:
        with pytest.raises(CommandError, match=rf"bob \(account {bob.pk}\), Bob \(account {other.pk}\)"):
            call_command("migrate", verbosity=0)
        User.objects.filter(pk=other.pk).update(username="bob-2")
    finally:
        call_command("migrate", verbosity=0)

    assert User.objects.count() == 2
