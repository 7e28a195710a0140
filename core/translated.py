"""Text in several languages: stored as ``{"en": "…", "fr": "…"}``, read in the language of the reader."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class TranslatedText(dict[str, str]):
    """One text in the languages that it has. ``str()`` gives the active language, or the nearest fallback."""

    def in_language(self, language: str | None, fallbacks: Iterable[str] = ()) -> str:
        """The text in ``language``, else in the first of ``fallbacks``, else English, else any; ``""`` if it is empty."""
        return self._pick(language, fallbacks)[1]

    def language_for(self, language: str | None, fallbacks: Iterable[str] = ()) -> str:
        """The language in which ``in_language`` answers, so that a page can mark it with ``lang``."""
        return self._pick(language, fallbacks)[0]

    def _pick(self, language: str | None, fallbacks: Iterable[str]) -> tuple[str, str]:
        for code in (language or "", (language or "").split("-")[0], *fallbacks, "en", *self):
            if self.get(code):
                return code, self[code]
        return language or "", ""

    def __str__(self) -> str:
        return self.in_language(get_language())

    def __bool__(self) -> bool:
        return any(self.values())

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))


def validate_translated(value: Any) -> None:
    """Raises ValidationError unless ``value`` maps known language codes to text."""
    known = {code for code, _name in settings.LANGUAGES}
    if not isinstance(value, Mapping):
        raise ValidationError(_("Give the text by language, for example {“en”: “…”}."))
    for code, text in value.items():
        if code not in known:
            raise ValidationError(_("“%(code)s” is not one of the languages en, fr, nl, de."), params={"code": code})
        if not isinstance(text, str):
            raise ValidationError(_("The text in “%(code)s” must be a string."), params={"code": code})


class _TranslatedAttribute(DeferredAttribute):
    """Makes a TranslatedText of whatever mapping is assigned, so that reading never depends on who wrote."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        plain = isinstance(value, Mapping) and not isinstance(value, TranslatedText)
        instance.__dict__[self.field.attname] = TranslatedText(value) if plain else value


class TranslatedField(models.JSONField):
    """A model field of ``TranslatedText``."""

    descriptor_class = _TranslatedAttribute
    default_validators = [validate_translated]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", TranslatedText)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> TranslatedText:
        return TranslatedText(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Any:
        return TranslatedText(value) if isinstance(value, Mapping) else value

    def formfield(self, **kwargs: Any) -> Any:
        return TranslatedFormField(required=not self.blank, label=self.verbose_name, help_text=self.help_text)


class TranslatedWidget(forms.MultiWidget):
    """One input per language, each with its language code as ``lang``; the template shows them as labelled tabs or rows."""

    template_name = "django/forms/widgets/translated.html"

    def __init__(self, languages: Iterable[str], multiline: bool = False, attrs: dict[str, Any] | None = None) -> None:
        self.languages = list(languages)
        names = dict(settings.LANGUAGES)
        make: Callable[..., forms.Widget] = forms.Textarea if multiline else forms.TextInput
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: make(attrs={"lang": code, "data-language": code, "aria-label": names.get(code, code)})
            for code in self.languages
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[str]:
        return [(value or {}).get(code, "") for code in self.languages]


class TranslatedFormField(forms.MultiValueField):
    """A form field that reads and gives a TranslatedText; a required one wants ``first`` language at least."""

    def __init__(
        self,
        *,
        languages: Iterable[str] | None = None,
        multiline: bool = False,
        max_length: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.languages = list(languages or [code for code, _name in settings.LANGUAGES])
        required = kwargs.pop("required", True)
        fields = [forms.CharField(required=False, max_length=max_length) for _code in self.languages]
        super().__init__(
            fields=fields,
            widget=TranslatedWidget(self.languages, multiline),
            required=required,
            require_all_fields=False,
            **kwargs,
        )

    def compress(self, data_list: list[str]) -> TranslatedText:
        return TranslatedText({code: text for code, text in zip(self.languages, data_list, strict=False) if text})
