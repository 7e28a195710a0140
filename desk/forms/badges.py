"""The form that has badges printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from registrations.badges.sheets import SHEETS, Layout
from registrations.services.badges import MAX_OFFSET

_MOST_PLACES = max(sheet.places for sheet in SHEETS.values())


class BadgeForm(forms.Form):
    """Layout and position of the badges; ``selected`` are ids of registrations, none meaning all."""

    layout = forms.ChoiceField(
        label=gettext_lazy("Paper"), choices=Layout.choices, widget=forms.RadioSelect, initial=Layout.LABELS
    )
    start = forms.IntegerField(
        label=gettext_lazy("First free label on the sheet"),
        min_value=1,
        max_value=_MOST_PLACES,
        initial=1,
        help_text=gettext_lazy("For a sheet that is used in part: count from the top left, row by row."),
    )
    offset_x = forms.DecimalField(
        label=gettext_lazy("Move to the right, in mm"),
        min_value=-MAX_OFFSET,
        max_value=MAX_OFFSET,
        decimal_places=1,
        initial=0,
    )
    offset_y = forms.DecimalField(
        label=gettext_lazy("Move down, in mm"), min_value=-MAX_OFFSET, max_value=MAX_OFFSET, decimal_places=1, initial=0
    )
    both_sides = forms.BooleanField(
        label=gettext_lazy("Print both sides"),
        required=False,
        help_text=gettext_lazy("The same face on the back, for badges that turn on their string."),
    )
    selected = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, offered: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["selected"]
        chosen.choices = [(pk, pk) for pk in offered]

    def settings(self) -> dict[str, Any]:
        """What ``start_badges`` takes."""
        data = self.cleaned_data
        return {
            "layout": data["layout"],
            "start": data["start"],
            "offset_x": float(data["offset_x"]),
            "offset_y": float(data["offset_y"]),
            "both_sides": data["both_sides"],
            "registrations": data["selected"] or None,
        }
