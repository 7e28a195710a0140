"""The names of countries in the reader's language (CLDR, through Babel), for ISO 3166 alpha-2 codes."""

import unicodedata
from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

# CLDR regions of two letters that are no country or territory of ISO 3166, Kosovo (XK) being the one wanted exception.
_NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


def country_names(language: str | None = None) -> dict[str, str]:
    """Code → name in ``language`` (the active one by default), in the order in which its readers look for them."""
    return _names(language or get_language() or "en")


def country_name(code: str, language: str | None = None) -> str:
    """The country's name in ``language``, or the code itself where there is none."""
    return country_names(language).get(code, code)


@lru_cache(maxsize=8)
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language, sep="-").territories
    known = [(code, name) for code, name in territories.items() if len(code) == 2 and code.isalpha()]
    return {code: name for code, name in sorted(known, key=_sort_key) if code not in _NO_COUNTRY}


def _sort_key(item: tuple[str, str]) -> str:
    """Letters without their accents: Österreich stands at O, Île and Ile side by side."""
    decomposed = unicodedata.normalize("NFKD", item[1])
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
