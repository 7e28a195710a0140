"""Numbers and days on the pages of the totals."""

from django import template

from totals import wording

register = template.Library()
register.filter("number", wording.number)
# A moment is first put into the zone that the template shows.
register.filter("full_date", wording.day, expects_localtime=True)
register.filter("short_date", wording.short_day)
