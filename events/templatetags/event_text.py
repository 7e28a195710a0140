"""An event's texts in the reader's language, and its times in its own zone."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.markdown import to_html
from core.translated import TranslatedText
from events import dates
from events.models import Event

register = template.Library()


def _language() -> str:
    return get_language() or "en"


@register.filter
def for_reader(text: TranslatedText, event: Event) -> str:
    """``text`` in the reader's language, else in the first of the event's languages that has it."""
    return text.in_language(_language(), event.languages)


@register.simple_tag
def lang_attribute(text: TranslatedText, event: Event) -> SafeString | str:
    """`` lang="fr"`` where ``for_reader`` answers in another language than the page's; else nothing."""
    code = text.language_for(_language(), event.languages)
    return "" if code == _language() else format_html(' lang="{}"', code)


@register.filter
def prose(text: TranslatedText, event: Event) -> SafeString:
    """The Markdown ``text`` for the reader, as safe HTML."""
    return to_html(text.in_language(_language(), event.languages))


@register.filter
def when(event: Event) -> str:
    """Day and hours of the event, in full."""
    return dates.span(event, _language())


@register.filter
def when_on_page(event: Event) -> SafeString | str:
    """``when`` for a narrow column: the hours stay on one line."""
    if event.local_start.date() != event.local_end.date():
        return when(event)
    return format_html('{}, <span class="nowrap">{}</span>', day(event), hours(event))


@register.filter
def hours(event: Event) -> str:
    """“14:00–17:30”."""
    return dates.hours(event, _language())


@register.filter
def day(event: Event) -> str:
    """“Thursday 3 December 2026”, the day on which it begins."""
    return dates.day(event.local_start, _language())


@register.filter
def short_day(event: Event) -> str:
    """“Thu 3 Dec”."""
    return dates.short_day(event.local_start, _language())


@register.filter
def calendar_day(at: datetime, event: Event) -> str:
    """The day of a moment in the event's time zone, short, with its year."""
    return dates.calendar_day(at.astimezone(event.zone), _language())


@register.filter
def zone(event: Event) -> str:
    """“Brussels time”."""
    return dates.zone_name(event, _language())


@register.filter
def moment(at: datetime, event: Event) -> str:
    """“Monday 30 November 2026 at 18:00”, in the event's zone."""
    return dates.moment(at, event, _language())
