"""The one form in which an event is made and changed."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.countries import country_names
from core.translated import TranslatedText
from delegations.models import Theme
from desk import covers
from desk.forms.fields import WallClockField, capitalised, in_zone, time_zones
from desk.forms.texts import CODES, TEXTS, gather, text_fields
from desk.selectors.events import Vocabulary
from events.enums import MODES, Format, Kind, Mode, Visibility
from events.models import Room, Venue

_VENUE_PARTS = ("venue_name", "venue_street", "venue_postcode", "venue_city")
_MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
_PLAIN = (
    "kind",
    "languages",
    "timezone",
    "format",
    "online_url",
    "visibility",
    "waiting_list",
    "approval",
    "counts",
    "counts_reason",
)


class EventForm(forms.Form):
    """Everything about an event. ``event_fields()``, ``places()`` and the vocabulary's parts feed the services."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the event"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The title is needed in each of them; guests choose among them for their letters."),
    )
    starts_at = WallClockField(label=gettext_lazy("Start"))
    ends_at = WallClockField(label=gettext_lazy("End"))
    timezone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    format = forms.ChoiceField(label=gettext_lazy("Format"), widget=forms.RadioSelect)
    venue = forms.ModelChoiceField(
        Venue.objects.none(),
        label=gettext_lazy("Venue"),
        required=False,
        empty_label=gettext_lazy("None yet, or a new one below"),
    )
    room = forms.ModelChoiceField(
        Room.objects.none(), label=gettext_lazy("Room"), required=False, empty_label=gettext_lazy("No room yet")
    )
    venue_name = forms.CharField(label=gettext_lazy("Name of the building"), max_length=200, required=False)
    venue_street = forms.CharField(label=gettext_lazy("Street and number"), max_length=200, required=False)
    venue_postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=20, required=False)
    venue_city = forms.CharField(label=gettext_lazy("City"), max_length=100, required=False)
    venue_country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    online_url = forms.URLField(
        label=gettext_lazy("Address of the online meeting"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only those who take part online get it, in their letters."),
    )
    places_in_person = forms.IntegerField(
        label=gettext_lazy("Places in person"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Empty: no limit."),
    )
    places_online = forms.IntegerField(
        label=gettext_lazy("Places online"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Empty: no limit."),
    )
    visibility = forms.ChoiceField(label=gettext_lazy("Who sees it"), widget=forms.RadioSelect)
    registration_opens_at = WallClockField(
        label=gettext_lazy("Registration opens"),
        required=False,
        help_text=gettext_lazy("Empty: as soon as the event is published."),
    )
    registration_closes_at = WallClockField(
        label=gettext_lazy("Registration closes"),
        required=False,
        help_text=gettext_lazy("Empty: when the event starts."),
    )
    waiting_list = forms.BooleanField(
        label=gettext_lazy("Keep a waiting list when it is full"),
        required=False,
        help_text=gettext_lazy("A place that becomes free goes to the first in line at once, with a letter."),
    )
    approval = forms.BooleanField(
        label=gettext_lazy("Approve each registration by hand"),
        required=False,
        help_text=gettext_lazy(
            "Guests hear that you have received their request; the place is theirs when you approve."
        ),
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=gettext_lazy("Themes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_theme = forms.CharField(label=gettext_lazy("A new theme"), max_length=60, required=False)
    cover = forms.FileField(
        label=gettext_lazy("Cover picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy("JPEG, PNG or WebP up to 8 MB; wide pictures look best."),
    )
    cover_kept = forms.CharField(required=False, widget=forms.HiddenInput)
    cover_remove = forms.BooleanField(label=gettext_lazy("Remove the picture"), required=False)
    counts = forms.BooleanField(
        label=gettext_lazy("Counts towards the participants"),
        required=False,
        help_text=gettext_lazy("Whether those who came are added to the figure that the delegation publishes."),
    )
    counts_reason = forms.CharField(
        label=gettext_lazy("Why it counts or not"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: European conference in Brussels; internal meeting."),
    )

    def __init__(
        self, *args: Any, vocabulary: Vocabulary, modes_in_use: dict[str, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary, self.modes_in_use = vocabulary, modes_in_use or {}
        self.new_cover: bytes | None = None
        self.fields.update(text_fields())
        self._fill_choices()
        self._want_titles()

    def _want_titles(self) -> None:
        """The title is needed in each language that is ticked, be it now or from the start."""
        ticked = self.data.getlist("languages") if isinstance(self.data, QueryDict) and self.is_bound else None
        for code in self.initial.get("languages", []) if ticked is None else ticked:
            if code in CODES:
                self.fields[f"title_{code}"].required = True
                self.fields[f"title_{code}"].error_messages["required"] = _(
                    "Give the title in this language: it is one of the event's."
                )

    def _fill_choices(self) -> None:
        zone = self.initial.get("timezone", "")
        offered: dict[str, Any] = {
            "kind": capitalised(Kind.choices),
            "format": capitalised(Format.choices),
            "visibility": capitalised(Visibility.choices),
            "timezone": time_zones(zone),
            "venue_country": list(country_names().items()),
        }
        for name, choices in offered.items():
            self._field(name).choices = choices
        self._field("venue").queryset = self.vocabulary.venues
        self._field("room").queryset = self.vocabulary.rooms
        self._field("themes").queryset = self.vocabulary.themes
        self._field("venue").label_from_instance = lambda venue: f"{venue.name}, {venue.city}"
        self._field("room").label_from_instance = self._room_label

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @staticmethod
    def _room_label(room: Room) -> str:
        return _("%(room)s, %(venue)s (%(capacity)s seats)") % {
            "room": room.name,
            "venue": room.venue.name,
            "capacity": room.capacity,
        }

    # --- what the pages need -----------------------------------------------------------------------------------------
    @property
    def texts(self) -> list[dict[str, Any]]:
        """The fields of title, summary and description, by language."""
        names = [name for name in TEXTS if name != "cover_alt"]
        return [{"code": code, "fields": [self[f"{name}_{code}"] for name in names]} for code in CODES]

    @property
    def picture_texts(self) -> list[dict[str, Any]]:
        """The fields that say what the picture shows, by language."""
        return [{"code": code, "fields": [self[f"cover_alt_{code}"]]} for code in CODES]

    @property
    def has_new_venue(self) -> bool:
        """Whether something stands in the part for a new building, so that the page shows it opened."""
        return any(self[name].value() for name in _VENUE_PARTS)

    # --- cleaning ----------------------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self._clean_moments(data)
        self._clean_venue(data)
        self._clean_modes(data)
        self._clean_cover(data)
        return data

    def _clean_moments(self, data: dict[str, Any]) -> None:
        zone = data.get("timezone")
        if not zone:
            return
        for name in _MOMENTS:
            if data.get(name):
                self._to_moment(name, zone, data)
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end must come after the start."))
        opens, closes = data.get("registration_opens_at"), data.get("registration_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("registration_closes_at", _("Registration must close after it opens."))
        if closes and ends and closes > ends:
            self.add_error("registration_closes_at", _("Registration can't close after the end of the event."))

    def _to_moment(self, name: str, zone: str, data: dict[str, Any]) -> None:
        # The input has no seconds: a time that was not touched stays to the second what it was.
        before: Any = self.initial.get(name)
        untouched = (
            before and zone == self.initial.get("timezone") and before.replace(second=0, microsecond=0) == data[name]
        )
        try:
            data[name] = in_zone(before if untouched else data[name], zone)
        except ValidationError as error:
            self.add_error(name, error)

    def _clean_venue(self, data: dict[str, Any]) -> None:
        typed = [name for name in _VENUE_PARTS if data.get(name)]
        if typed and data.get("venue"):
            self.add_error("venue", _("Choose a venue from the list or describe a new one, not both."))
        if typed:
            for name in _VENUE_PARTS:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A new venue needs this too."))
        room, venue = data.get("room"), data.get("venue")
        if room and (venue is None or room.venue_id != venue.pk):
            self.add_error("room", _("This room is in another building: choose the venue that it belongs to."))

    def _clean_modes(self, data: dict[str, Any]) -> None:
        offered = MODES.get(data.get("format", ""), [])
        for mode, people in self.modes_in_use.items():
            if offered and mode not in offered:
                self.add_error(
                    "format",
                    _(
                        "%(people)s guests take part %(mode)s: the event must keep offering it, or they must be cancelled first."
                    )
                    % {"people": people, "mode": Mode(mode).label},
                )

    def _clean_cover(self, data: dict[str, Any]) -> None:
        upload, kept = data.get("cover"), data.get("cover_kept")
        try:
            if upload:
                if upload.size > covers.MAX_BYTES:
                    raise covers.NotACover(_("The picture is larger than 8 MB: choose a smaller one."))
                self.new_cover = covers.read_cover(upload.read())
            elif kept and not data.get("cover_remove"):
                self.new_cover = covers.read_cover(covers.unpack(kept))
        except covers.NotACover as error:
            self.add_error("cover", error.message)
        if self.new_cover is None and not self._keeps_cover(data):
            return
        for code in data.get("languages", []):
            if not data.get(f"cover_alt_{code}") and f"cover_alt_{code}" not in self.errors:
                self.add_error(f"cover_alt_{code}", _("Say in a few words what the picture shows."))

    def _keeps_cover(self, data: dict[str, Any]) -> bool:
        return bool(self.initial.get("has_cover")) and not data.get("cover_remove")

    def keep_cover(self) -> None:
        """Put a picture that was just chosen into the form that goes back, so that it need not be chosen again."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["cover_kept"] = covers.pack(self.new_cover) if self.new_cover else ""
        self.data = data

    # --- what the services take --------------------------------------------------------------------------------------
    def event_fields(self) -> dict[str, Any]:
        """The fields of the event, but for venue, themes, places and a new cover's storing."""
        data = self.cleaned_data
        fields: dict[str, Any] = {name: data[name] for name in (*_PLAIN, *_MOMENTS)}
        fields.update({name: gather(name, data) for name in TEXTS})
        if self.new_cover is not None:
            fields["cover"] = covers.cover_file(self.new_cover)
        elif data.get("cover_remove"):
            fields.update(cover="", cover_alt=TranslatedText())
        in_person = Mode.IN_PERSON in MODES[data["format"]]
        fields.update(venue=data["venue"] if in_person else None, room=data["room"] if in_person else None)
        return fields

    def new_venue(self) -> dict[str, str] | None:
        """The parts of the building that was described, or None."""
        data = self.cleaned_data
        if not data["venue_name"] or Mode.IN_PERSON not in MODES[data["format"]]:
            return None
        return {name.removeprefix("venue_"): data[name] for name in (*_VENUE_PARTS, "venue_country")}

    def places(self) -> dict[str, int | None]:
        """The size of each pool of the event's format."""
        return {mode.value: self.cleaned_data[f"places_{mode.value}"] for mode in MODES[self.cleaned_data["format"]]}
