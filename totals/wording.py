"""Numbers and days as a reader of the active language writes them (CLDR, through Babel)."""

from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import get_language

from events.dates import locale


def _locale() -> str:
    return locale((get_language() or "en").split("-")[0])


def number(value: int) -> str:
    """1520 as “1,520”, “1 520” or “1.520”."""
    return format_decimal(value, locale=_locale())


def day(value: date) -> str:
    """“28 November 2023”."""
    return format_date(value, "long", locale=_locale())


def short_day(value: date) -> str:
    """“28 Nov 2023”, for a table."""
    return format_date(value, "medium", locale=_locale())
