"""An event as the API writes and reads it."""

import zoneinfo
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError as InvalidText
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.translated import TranslatedText, validate_translated
from delegations.enums import Permission
from delegations.models import Delegation, Theme
from delegations.selectors import delegations_for
from desk.selectors.events import modes_in_use
from events.calendar import page_url
from events.enums import MODES, Format, Kind, Mode, Status, Visibility
from events.models import Event, Venue
from events.selectors import pools_of

_YEARS = range(1990, 2101)
_MOST_PLACES = 1_000_000


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}, "example": {"en": "…", "fr": "…"}})
class TranslatedSerializerField(serializers.Field[Any, Any, Any, Any]):
    """Text by language, ``{"en": "…", "fr": "…"}``; empty texts are left out."""

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.one_text = serializers.CharField(max_length=max_length, allow_blank=True)

    def to_internal_value(self, data: Any) -> TranslatedText:
        try:
            validate_translated(data)
        except InvalidText as error:
            raise serializers.ValidationError(error.messages) from error
        texts = {code: self.one_text.run_validation(text) for code, text in data.items()}
        return TranslatedText({code: text for code, text in texts.items() if text})

    def to_representation(self, value: TranslatedText) -> dict[str, str]:
        return dict(value)


class MomentField(serializers.DateTimeField):
    """An RFC 3339 time with its offset."""

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.year not in _YEARS:
            raise serializers.ValidationError(_("Give a year from 1990 to 2100."))
        if value.tzinfo is None:
            raise serializers.ValidationError(
                _("Give the time with its offset, for example 2027-03-18T18:00:00+01:00.")
            )
        return value


@extend_schema_field(
    {
        "type": "object",
        "properties": {mode.value: {"type": ["integer", "null"], "minimum": 0} for mode in Mode},
        "additionalProperties": False,
        "example": {"in_person": 80, "online": None},
    }
)
class PlacesField(serializers.Field[Any, Any, Any, Any]):
    """How many places each mode has; null is no limit."""

    def to_internal_value(self, data: Any) -> dict[str, int | None]:
        if not isinstance(data, dict):
            raise serializers.ValidationError(_("Give the places by mode, for example {“in_person”: 80}."))
        for mode, size in data.items():
            if mode not in Mode.values:
                raise serializers.ValidationError(_("The modes are in_person and online."))
            if size is not None and (type(size) is not int or not 0 <= size <= _MOST_PLACES):
                raise serializers.ValidationError(_("Give a whole number of places, or null for no limit."))
        return data

    def to_representation(self, value: dict[str, int | None]) -> dict[str, int | None]:
        return value


class EventSerializer(serializers.Serializer[Event]):
    """An event. Times come back on the event's own clock; ``taken`` are the places given away, by mode."""

    id = serializers.IntegerField(read_only=True)
    slug = serializers.SlugField(read_only=True)
    status = serializers.ChoiceField(choices=Status.choices, read_only=True)
    url = serializers.SerializerMethodField()
    delegation = serializers.SlugField(
        required=False, help_text="The lead host; may be left out by a member of one delegation only."
    )
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    title = TranslatedSerializerField(max_length=200)
    summary = TranslatedSerializerField(max_length=500, required=False)
    description = TranslatedSerializerField(max_length=20_000, required=False)
    starts_at = MomentField()
    ends_at = MomentField()
    timezone = serializers.CharField(max_length=60, required=False)
    format = serializers.ChoiceField(choices=Format.choices, required=False)
    venue = serializers.PrimaryKeyRelatedField(queryset=Venue.objects.all(), required=False, allow_null=True)
    online_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    places = PlacesField(required=False)
    taken = serializers.SerializerMethodField()
    languages = serializers.ListField(
        child=serializers.ChoiceField(choices=settings.LANGUAGES), required=False, allow_empty=False
    )
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)
    registration_opens_at = MomentField(required=False, allow_null=True)
    registration_closes_at = MomentField(required=False, allow_null=True)
    approval = serializers.BooleanField(required=False)
    waiting_list = serializers.BooleanField(required=False)
    themes = serializers.ListField(
        child=serializers.SlugField(), required=False, help_text="Slugs of the delegation's themes."
    )

    def get_url(self, event: Event) -> str:
        return page_url(event)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "integer"}, "example": {"in_person": 12}})
    def get_taken(self, event: Event) -> dict[str, int]:
        pools = pools_of(event)
        return {mode.value: pools[mode].taken for mode in event.modes if mode in pools}

    def to_representation(self, instance: Event) -> dict[str, Any]:
        pools = pools_of(instance)
        fields: dict[str, Any] = {
            name: field for name, field in self.fields.items() if name not in ("delegation", "places", "themes")
        }
        shown = {name: self._shown(name, field, instance) for name, field in fields.items()}
        shown["delegation"] = instance.delegation.slug
        shown["places"] = {mode.value: pools[mode].size for mode in instance.modes if mode in pools}
        shown["themes"] = [theme.slug for theme in instance.themes.all()]
        return {str(name): shown[str(name)] for name in self.fields}

    @staticmethod
    def _shown(name: str, field: Any, event: Event) -> Any:
        if isinstance(field, MomentField):
            moment = getattr(event, name)
            return moment and moment.astimezone(event.zone).isoformat()
        value = field.get_attribute(event)
        return None if value is None else field.to_representation(value)

    def validate_timezone(self, value: str) -> str:
        if value not in zoneinfo.available_timezones():
            raise serializers.ValidationError(_("Use a name of the time zone database, for example Europe/Brussels."))
        return value

    def validate_title(self, value: TranslatedText) -> TranslatedText:
        if not value:
            raise serializers.ValidationError(_("Give the title in one language at least."))
        return value

    def validate_languages(self, value: list[str]) -> list[str]:
        return list(dict.fromkeys(value))

    def validate_delegation(self, value: str) -> str:
        if self.instance is not None and value != self.instance.delegation.slug:
            raise serializers.ValidationError(_("An event stays with its delegation."))
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        self._check_times(attrs)
        self._check_modes(attrs)
        lead = self.instance.delegation if self.instance else self._lead(attrs)
        attrs["delegation"] = lead
        self._check_venue(attrs, lead)
        if "themes" in attrs:
            attrs["themes"] = self._themes(attrs["themes"], lead)
        return attrs

    def _value(self, attrs: dict[str, Any], name: str) -> Any:
        return attrs.get(name, getattr(self.instance, name, None))

    def _check_times(self, attrs: dict[str, Any]) -> None:
        if self._value(attrs, "ends_at") <= self._value(attrs, "starts_at"):
            raise serializers.ValidationError({"ends_at": [_("The end must come after the start.")]})
        opens, closes = self._value(attrs, "registration_opens_at"), self._value(attrs, "registration_closes_at")
        if opens and closes and closes <= opens:
            raise serializers.ValidationError(
                {"registration_closes_at": [_("Registration must close after it opens.")]}
            )

    def _check_modes(self, attrs: dict[str, Any]) -> None:
        offered = MODES[self._value(attrs, "format") or Format.IN_PERSON]
        extra = [mode for mode, size in attrs.get("places", {}).items() if mode not in offered and size is not None]
        if extra:
            raise serializers.ValidationError(
                {"places": [_("The event's format has no places of the mode %s.") % extra[0]]}
            )
        if "places" in attrs:
            attrs["places"] = {mode: size for mode, size in attrs["places"].items() if mode in offered}
        if self.instance and "format" in attrs and set(modes_in_use(self.instance)) - set(offered):
            raise serializers.ValidationError(
                {"format": [_("Guests take part in a mode that this format does not offer.")]}
            )

    def _lead(self, attrs: dict[str, Any]) -> Delegation:
        allowed = delegations_for(self.context["request"].user, Permission.MANAGE_EVENTS)
        slug = attrs.get("delegation")
        found = list(allowed.filter(slug=slug) if slug else allowed[:2])
        if len(found) != 1:
            text = (
                _("You organise no events for this delegation.")
                if slug or not found
                else _("Say for which delegation.")
            )
            raise serializers.ValidationError({"delegation": [text]})
        return found[0]

    def _check_venue(self, attrs: dict[str, Any], lead: Delegation) -> None:
        venue = attrs.get("venue")
        if venue and venue.delegation_id not in (None, lead.pk):
            raise serializers.ValidationError({"venue": [_("There is no such venue.")]})

    def _themes(self, slugs: list[str], lead: Delegation) -> list[Theme]:
        known = {theme.slug: theme for theme in Theme.objects.filter(delegation=lead, slug__in=slugs)}
        unknown = [slug for slug in slugs if slug not in known]
        if unknown:
            raise serializers.ValidationError(
                {"themes": [_("The delegation has no theme “%s”.") % slug for slug in unknown]}
            )
        return [known[slug] for slug in dict.fromkeys(slugs)]
