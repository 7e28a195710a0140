"""Sign-in and forgotten password, in the words of the house."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django.utils.translation import gettext_lazy as _

_ADDRESS = _("E-mail address")


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's form, with our word for the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["login"])


class ForgottenPasswordForm(ResetPasswordForm):  # type: ignore[misc]
    """allauth's form, with our word for the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _speak(self.fields["email"])


def _speak(field: Any) -> None:
    field.label = _ADDRESS
    field.widget.attrs.pop("placeholder", None)
