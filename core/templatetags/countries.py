"""Names of countries on pages."""

from django import template

from core import countries

register = template.Library()


@register.filter
def country_name(code: str) -> str:
    """The name of the country with this ISO 3166 code in the language of the page."""
    return countries.country_name(code)
