"""The door without JavaScript."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checkin.readings import LARGEST_KEY, LONGEST_CODE


class ScanForm(forms.Form):
    """One reading: a typed or scanned code, or the number of a registration that was found by name.

    ``id`` is made with the page, so that a form that is sent twice is one scan.
    """

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    code = forms.CharField(
        label=_("Code on the badge"),
        max_length=LONGEST_CODE,
        required=False,
        help_text=_("26 letters and digits. Spaces and small letters are fine."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "inputmode": "text"}
        ),
    )
    registration = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("code") and not data.get("registration"):
            self.add_error("code", _("Type the code that is printed under the QR, or find the person by name."))
        return data
