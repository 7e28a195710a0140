"""Numbers and days on the pages of the totals."""

from django import template

from totals import wording

register = template.Library()
register.filter("number", wording.number)
register.filter("full_date", wording.day)
register.filter("short_date", wording.short_day)
