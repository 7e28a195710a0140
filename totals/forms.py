"""The form of an activity and the filters of the book and the register."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from delegations.models import Delegation
from totals.enums import ActivityKind
from totals.models import Activity
from totals.selectors import terms
from totals.services import ActivityError, check_day


class DayInput(forms.DateInput):
    """A day in the browser's own calendar; it wants and gives ISO dates in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ActivityForm(forms.ModelForm[Activity]):
    """What is asked of an activity. It checks; the service writes."""

    kind = forms.ChoiceField(
        label=_("Kind"), widget=forms.RadioSelect, error_messages={"required": _("Choose what it was.")}
    )
    held_on = forms.DateField(
        label=_("Date"), widget=DayInput, error_messages={"required": _("Say on which day it was.")}
    )

    class Meta:
        model = Activity
        fields = ["kind", "held_on", "title", "counterpart", "place", "network", "theme", "note"]
        labels = {"title": _("In one line"), "counterpart": _("With whom"), "place": _("Where"), "note": _("Note")}
        help_texts = {
            "title": _("As it may stand in the annual report, for example “Mobility working group, spring session”."),
            "counterpart": _("The organisation, and the person if it matters."),
        }
        error_messages = {"title": {"required": _("Say in one line what it was.")}}
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, delegation: Delegation, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delegation, self.at = delegation, at
        self.fields["kind"].choices = [(kind.value, capfirst(kind.label)) for kind in ActivityKind]  # type: ignore[attr-defined]
        for name, rows in zip(("network", "theme"), terms(delegation), strict=True):
            field: forms.ModelChoiceField[Any] = self.fields[name]  # type: ignore[assignment]
            field.queryset, field.empty_label = rows, _("– none –")
            field.label = capfirst(str(field.label))
            if not rows:
                del self.fields[name]

    def clean_held_on(self) -> date:
        """A day on which something can have been done; the service holds the same rule."""
        held_on: date = self.cleaned_data["held_on"]
        try:
            check_day(delegation=self.delegation, held_on=held_on, at=self.at)
        except ActivityError as error:
            raise forms.ValidationError(error.message) from error
        return held_on


class PeriodForm(forms.Form):
    """From when to when the figures are wanted; both ends may stay open."""

    since = forms.DateField(label=_("From"), widget=DayInput, required=False)
    until = forms.DateField(label=_("To"), widget=DayInput, required=False)

    def clean(self) -> dict[str, Any]:
        """The last day may not be before the first."""
        days = super().clean() or {}
        since, until = days.get("since"), days.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return days


class RecountForm(forms.Form):
    """Why an event is counted again."""

    reason = forms.CharField(
        label=_("Why do you count again?"),
        help_text=_(
            "For example: “The signature list of the side entrance turned up.” It is kept with the new version."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: the reason is kept with the new version.")},
    )
