"""Texts in several languages on a form: one plain field for each language, so that each error stands where it belongs."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from core.translated import TranslatedText

CODES = [code for code, _name in settings.LANGUAGES]
# What to put where, by field: label, longest text, rows of its box (none: one line).
TEXTS: dict[str, tuple[Any, int, int]] = {
    "title": (gettext_lazy("Title"), 200, 0),
    "summary": (gettext_lazy("Summary"), 500, 3),
    "description": (gettext_lazy("Description"), 20_000, 12),
    "cover_alt": (gettext_lazy("What the picture shows"), 300, 0),
}
HELP = {
    "summary": gettext_lazy("One or two sentences: they stand in the list and when the page is shared."),
    "description": gettext_lazy(
        "Markdown: **bold**, *italic*, ## heading, - list, [text](https://…). HTML is taken out."
    ),
    "cover_alt": gettext_lazy("For those who can't see it."),
}


def text_fields() -> dict[str, forms.CharField]:
    """A field for each text and language, named ``title_fr``; none is required by itself."""
    return {f"{name}_{code}": _field(name, code) for name in TEXTS for code in CODES}


def _field(name: str, code: str) -> forms.CharField:
    label, longest, rows = TEXTS[name]
    attrs = {"lang": code, **({"rows": rows} if rows else {})}
    widget: forms.Widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
    label = format_lazy("{text} ({language})", text=label, language=dict(settings.LANGUAGES)[code])
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget, help_text=HELP.get(name, ""))


def spread(name: str, text: TranslatedText | dict[str, str]) -> dict[str, str]:
    """The initial values of the fields of one text."""
    return {f"{name}_{code}": text.get(code, "") for code in CODES}


def gather(name: str, cleaned: dict[str, Any]) -> TranslatedText:
    """The text that the fields of ``name`` make together, without the empty languages."""
    found = {code: cleaned.get(f"{name}_{code}", "") for code in CODES}
    return TranslatedText({code: text for code, text in found.items() if text})
