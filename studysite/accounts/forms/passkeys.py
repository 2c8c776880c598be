"""allauth's forms for passkeys and security keys, which here answer broken keys as they answer wrong ones."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms
from cryptography.exceptions import InvalidSignature

BROKEN = (AttributeError, InvalidSignature, KeyError, OverflowError, TypeError, ValueError)
"""What reading a key raises that no browser made."""


def refuse_broken[Read](read: Callable[[], Read]) -> Read:
    """What `read` gives. Raises ValidationError where a key is wrong, or is none at all."""
    try:
        return read()
    except BROKEN as fault:
        raise get_adapter().validation_error("incorrect_code") from fault


class AddKeyForm(forms.AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        return refuse_broken(super().clean)


class AuthenticateKeyForm(forms.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return refuse_broken(super().clean_credential)


class LoginKeyForm(forms.LoginWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return refuse_broken(super().clean_credential)


class ReauthenticateKeyForm(forms.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return refuse_broken(super().clean_credential)
