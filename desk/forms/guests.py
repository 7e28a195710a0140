"""The forms of the guest list."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.countries import country_name, country_names
from desk.forms.fields import capitalised
from desk.selectors.guests import ORDERS
from events.enums import Mode
from events.models import Event
from registrations.enums import Part
from registrations.models import Registration
from registrations.services import Person


class GuestFilter(forms.Form):
    """What the list shows. Unknown values are ignored: an old bookmark still opens."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=200)
    mode = forms.ChoiceField(label=gettext_lazy("Takes part"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    part = forms.ChoiceField(label=gettext_lazy("Part"), required=False)
    letters = forms.BooleanField(label=gettext_lazy("Letters in trouble"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in ORDERS])

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(((code, country_name(code)) for code in countries), key=lambda pair: pair[1])
        offered: dict[str, list[Any]] = {
            "mode": capitalised(Mode.choices),
            "language": list(settings.LANGUAGES),
            "country": named,
            "part": capitalised(Part.choices),
        }
        for name, choices in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *choices]

    def wanted(self) -> dict[str, Any]:
        """The values that make sense; the others count as not given."""
        self.is_valid()
        return {"sort": "name", **{name: value for name, value in self.cleaned_data.items() if value}}


class PersonForm(forms.Form):
    """Who a guest is."""

    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100)
    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("Without one, no letter is sent: hand over a printed badge."),
    )
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=200, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"), choices=settings.LANGUAGES)
    part = forms.ChoiceField(
        label=gettext_lazy("Part"),
        help_text=gettext_lazy(
            "Attendees count as participants, speakers on a line of their own; staff and interpreters never."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries: Any = self.fields["country"]
        countries.choices = [("", _("Not known")), *country_names().items()]
        parts: Any = self.fields["part"]
        parts.choices = capitalised(Part.choices)

    def clean_given_name(self) -> str:
        return self._name("given_name")

    def clean_family_name(self) -> str:
        return self._name("family_name")

    def _name(self, field: str) -> str:
        name: str = self.cleaned_data[field]
        if not any(letter.isalnum() for letter in name):
            raise ValidationError(_("Write the name as it should stand on the badge."))
        return name


class GuestForm(PersonForm):
    """A guest whom the organisers add."""

    mode = forms.ChoiceField(label=gettext_lazy("Takes part"), widget=forms.RadioSelect)
    letter = forms.BooleanField(
        label=gettext_lazy("Send the letter"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "The confirmation with badge and calendar entry, or the word that they are on the waiting list."
        ),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "language": event.languages[0] if event.languages else "en",
            "part": Part.ATTENDEE,
            "mode": event.modes[0],
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        modes: Any = self.fields["mode"]
        modes.choices = capitalised([(mode.value, mode.label) for mode in event.modes])

    def person(self) -> Person:
        """The guest as the services take one."""
        names = ("given_name", "family_name", "email", "organisation", "country", "language")
        return Person(**{name: self.cleaned_data[name] for name in names})


class CorrectionForm(PersonForm):
    """A guest whose details are put right."""

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        self.registration = registration
        initial = {name: getattr(registration, name) for name in PersonForm.base_fields}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not email and self.registration.email:
            raise ValidationError(_("A guest who has an address keeps one: correct it, or cancel the registration."))
        return email

    def details(self) -> dict[str, str]:
        """What ``change_person`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "email"}

    @property
    def new_email(self) -> str:
        """The corrected address, or an empty string when it stays."""
        email: str = self.cleaned_data["email"]
        return email if email != self.registration.email else ""


class CancelGuestForm(forms.Form):
    """Taking a guest off the list."""

    letter = forms.BooleanField(label=gettext_lazy("Tell the guest by letter"), required=False, initial=True)


class CancelEventForm(forms.Form):
    """Calling an event off."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, in the words that the guests will read"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It stands in the letter and on the event's page. It is not translated."),
    )
