"""Keeping robots out of public forms without a puzzle: a trap field and a signed age of the form.

Whoever is stopped gets the form back with all that was typed, a sentence that says what to do, and a fresh stamp; a
person presses the button once more and is through.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext_lazy as _

# Stamps count whole seconds, so this stops what takes less than one and up to two.
TOO_FAST = timedelta(seconds=1)
TOO_OLD = timedelta(hours=12)


class GuardedForm(forms.Form):
    """A form that carries a trap (``website``, which people don't see) and a stamp (when it was shown, and for what).

    ``purpose`` binds a stamp to one form of one event, so that stamps can't be collected elsewhere.
    """

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self._signer = TimestampSigner(salt=f"guard:{purpose}")
        super().__init__(*args, **kwargs)
        self.initial["stamp"] = self._signer.sign("shown")

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for what looks like a robot; a form with other mistakes comes back for those."""
        cleaned = super().clean() or {}
        problem = self._problem(str(cleaned.pop("stamp", "")), str(cleaned.pop("website", "")))
        if problem and not self.errors:
            raise ValidationError(problem, code="guard")
        return cleaned

    def _problem(self, stamp: str, trap: str) -> Any:
        if trap:
            self._renew()
            return _(
                "A field that should stay empty was filled in. We have emptied it: please send the form once more."
            )
        try:
            self._signer.unsign(stamp, max_age=TOO_OLD)
        except SignatureExpired:
            self._renew()
            return _("This page was open for a long time. Please check what you typed and send it once more.")
        except BadSignature:
            self._renew()
            return _("We could not tell when this page was opened. Please send the form once more.")
        if self._is_younger(stamp, TOO_FAST):
            return _("That was faster than a person types. Please send the form once more.")
        return None

    def _is_younger(self, stamp: str, age: timedelta) -> bool:
        try:
            self._signer.unsign(stamp, max_age=age)
        except SignatureExpired:
            return False
        return True

    def _renew(self) -> None:
        """Put a fresh stamp and an empty trap into the form that goes back; all else stays as typed."""
        typed: Any = self.data
        data = typed.copy()
        data[self.add_prefix("stamp")] = self._signer.sign("shown")
        data[self.add_prefix("website")] = ""
        self.data = data
