"""What guests fill in: the registration, its correction, and an address for a letter."""

import re
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from core.countries import country_names
from core.guard import GuardedForm
from events.enums import Mode
from events.models import Event
from events.selectors import pools_of
from registrations.mail_domains import suggestion
from registrations.models import Registration
from registrations.services import Person

# Names travel into letters to any address that a stranger types: no address of a web site may ride along.
_WEB_ADDRESS = re.compile(r"https?:|www\.|://", re.IGNORECASE)
_DETAILS = ["given_name", "family_name", "organisation", "country", "language"]


def _name(label: Any, autocomplete: str, max_length: int, missing: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=max_length,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": missing,
            "max_length": gettext_lazy("Please keep it under %(limit_value)d characters."),
        },
        **options,
    )


def _email(label: Any, **options: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address: your badge goes there."),
            "invalid": gettext_lazy("This is not a whole e-mail address. It should look like ana@city.example."),
        },
        **options,
    )


class PersonForm(forms.Form):
    """Who somebody is and how they take part; the way is asked only where there is a choice."""

    given_name = _name(gettext_lazy("Given name"), "given-name", 100, gettext_lazy("Write your given name."))
    family_name = _name(gettext_lazy("Family name"), "family-name", 100, gettext_lazy("Write your family name."))
    organisation = _name(gettext_lazy("Organisation"), "organization", 200, required=False)
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("The one in which you work."),
        widget=forms.Select(attrs={"autocomplete": "country"}),
        error_messages={"required": gettext_lazy("Choose your country.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), help_text=gettext_lazy("Your letters come in this language.")
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How you take part"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how you will take part.")},
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, **kwargs)
        self._choices("country", [("", _("Choose a country")), *country_names().items()])
        self._choices("language", [(code, _own_name(code)) for code, _label in settings.LANGUAGES])
        if len(event.modes) > 1:
            self._choices("mode", [(mode.value, _mode_label(event, mode)) for mode in event.modes])
        else:
            del self.fields["mode"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_given_name(self) -> str:
        return _without_web_address(self.cleaned_data["given_name"])

    def clean_family_name(self) -> str:
        return _without_web_address(self.cleaned_data["family_name"])

    def clean_organisation(self) -> str:
        return _without_web_address(self.cleaned_data["organisation"])

    @property
    def mode_choice(self) -> str:
        """The chosen mode, or the only one."""
        return str(self.cleaned_data.get("mode") or self.event.modes[0])

    @property
    def details(self) -> dict[str, str]:
        """The checked fields that say who it is."""
        return {name: self.cleaned_data[name] for name in _DETAILS}


class RegistrationForm(PersonForm, GuardedForm):
    """The public form of an event."""

    email = _email(
        gettext_lazy("E-mail address"), help_text=gettext_lazy("Your confirmation with the badge goes there.")
    )
    # The odd address that was asked about once; typed again, it is taken as it is.
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["given_name", "family_name", "email", "organisation", "country", "language", "mode"]

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        language = get_language() or "en"
        super().__init__(*args, event=event, purpose=f"register:{event.pk}", initial={"language": language}, **kwargs)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        meant = suggestion(email)
        if meant and self.data.get(self.add_prefix("asked")) != email:
            typed: Any = self.data
            data = typed.copy()
            data[self.add_prefix("asked")] = email
            self.data = data
            raise ValidationError(
                _("Did you mean %(address)s? Correct it, or send the form again if it is right as it is."),
                params={"address": meant},
                code="suggestion",
            )
        return email

    @property
    def person(self) -> Person:
        """The guest, as typed and checked."""
        return Person(email=self.cleaned_data["email"], **self.details)


class DetailsForm(PersonForm):
    """The same without the address, for a guest who opened their own page."""

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        initial = {name: getattr(registration, name) for name in [*_DETAILS, "mode"]}
        super().__init__(*args, event=registration.event, initial=initial, **kwargs)


class AddressForm(GuardedForm):
    """One e-mail address to which a letter goes."""

    email = _email(gettext_lazy("E-mail address"))


def _without_web_address(text: str) -> str:
    if _WEB_ADDRESS.search(text):
        raise ValidationError(_("Please leave web addresses out of this field."), code="web_address")
    return text


def _own_name(code: str) -> str:
    return str(get_language_info(code)["name_local"]).capitalize()


def _mode_label(event: Event, mode: Mode) -> str:
    if mode == Mode.ONLINE:
        label = _("Online")
    elif event.venue:
        label = _("In person, %(venue)s") % {"venue": event.venue.name}
    else:
        label = _("In person")
    if not pools_of(event)[mode].is_full:
        return label
    full = _("%(mode)s (full: waiting list)") if event.waiting_list else _("%(mode)s (full)")
    return full % {"mode": label}
