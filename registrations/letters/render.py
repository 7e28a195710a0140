"""A letter in its looks: text and HTML in the guest's language and the delegation's colours, with badge and calendar entry."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.documents import LettersMissing
from core.mail import Mail
from delegations.models import Delegation
from events import dates
from events.calendar import event_calendar, location, page_url
from events.enums import Mode
from events.models import Event
from registrations.badges import badge_pdf, badge_png
from registrations.letters.colours import readable
from registrations.letters.words import Words, title, words_for
from registrations.models import Letter, Registration

if TYPE_CHECKING:
    from css_inline import CSSInliner

BADGE_PICTURE = "badge"
PAPER, SURFACE = "#f7f1e5", "#fffcf6"
_WORD_JOINER = "\N{WORD JOINER}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter ready to go. ``remark`` says what it lacks, "" when it has all."""

    mail: Mail
    remark: str = ""


def render(letter: Letter, at: datetime) -> Rendered:
    """Set ``letter`` as it is true at ``at``; its registration needs event, delegation, venue and room at hand.

    A name that our fonts can't print costs the PDF only: the badge in the letter itself is still whole.
    """
    registration = letter.registration
    with translation.override(registration.language):
        words = words_for(letter, at)
        context = _context(registration, words)
        mail = Mail(
            subject=_one_line(words.subject),
            text=render_to_string("registrations/letters/letter.txt", context).strip() + "\n",
            html=_html(registration.event.delegation, context),
            to=[letter.to],
            from_email=_sender(registration.event.delegation, registration.language),
            reply_to=[registration.event.delegation.email],
            headers=_headers(letter, at),
        )
        return Rendered(mail, _attach(mail, registration, words, at))


def _html(delegation: Delegation, context: dict[str, Any]) -> str:
    page = str(render_to_string("registrations/letters/letter.html", context))
    # “14:00–17:30” is one thing: no line ends in it.
    page = re.sub(r"(\d\d:\d\d)–(\d\d:\d\d)", rf"\1{_WORD_JOINER}–{_WORD_JOINER}\2", page)
    return str(_inliner(delegation).inline(page))


def _headers(letter: Letter, at: datetime) -> dict[str, str]:
    return {
        "Message-ID": letter.message_id,
        "Date": format_datetime(at),
        "Content-Language": letter.registration.language,
        # RFC 3834: keeps out-of-office replies from filling the delegation's mailbox.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }


def _sender(delegation: Delegation, language: str) -> str:
    """The delegation's name with the installation's address: mail servers check the address, people read the name."""
    name = _one_line(delegation.name.in_language(language, delegation.languages))
    return str(Address(display_name=name, addr_spec=parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _attach(mail: Mail, registration: Registration, words: Words, at: datetime) -> str:
    """Add what the letter carries. Returns a remark about what could not be made."""
    remark = ""
    if words.badge:
        mail.add_picture(BADGE_PICTURE, badge_png(registration.badge_code))
        try:
            mail.add_file(_("badge") + ".pdf", badge_pdf(registration, at), "application/pdf")
        except LettersMissing as missing:
            remark = missing.message
    if words.calendar:
        entry = event_calendar(
            [registration.event],
            registration.language,
            mode=registration.mode,
            cancelled=words.calendar == "cancelled",
            stamp=at,
        )
        mail.add_file(_("event") + ".ics", entry, "text/calendar", method="PUBLISH", charset="utf-8")
    return remark


def _context(registration: Registration, words: Words) -> dict[str, Any]:
    event, language = registration.event, registration.language
    delegation = event.delegation
    return {
        "words": words,
        "changed": {change.about: change for change in words.changes},
        "language": language,
        "name": harmless(registration.name),
        "organisation": harmless(registration.organisation),
        "delegation": delegation,
        "sender": _one_line(delegation.name.in_language(language, delegation.languages)),
        "privacy_url": settings.PUBLIC_URL + reverse("privacy", args=[delegation.slug]),
        "badge_code": registration.badge_code,
        "badge_picture": BADGE_PICTURE,
        **_facts(event, registration.mode, language, words),
    }


def _facts(event: Event, mode: str, language: str, words: Words) -> dict[str, Any]:
    """When and where, as the guest needs it."""
    online = mode == Mode.ONLINE
    return {
        "title": title(event, language),
        "title_language": event.title.language_for(language, event.languages),
        "page_url": page_url(event),
        "when": dates.span(event, language),
        "zone": dates.zone_name(event, language),
        "where": _("online") if online else location(event, mode),
        "meeting_url": event.online_url if words.meeting else "",
        "access": event.venue.access.in_language(language, event.languages)
        if words.practical and event.venue and not online
        else "",
    }


def harmless(text: str) -> str:
    """A name as a mail program shows it and nothing more: what looks like an address of the web gets no live link.

    An invisible joiner after the dots and slashes breaks what programs would turn into a link.
    """
    line = _one_line(text)
    if not re.search(r"://|\w\.\w{2}|@", line):
        return line
    return re.sub(r"([./:@])(?=\S)", rf"\1{_WORD_JOINER}", line)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _inliner(delegation: Delegation) -> "CSSInliner":
    return _inliner_for(delegation.accent, delegation.ink)


@lru_cache(maxsize=32)
def _inliner_for(accent: str, ink: str) -> "CSSInliner":
    from css_inline import CSSInliner

    colours = {
        "accent": readable(accent, SURFACE),
        "ink": readable(ink, SURFACE),
        "paper": PAPER,
        "surface": SURFACE,
    }
    css = render_to_string("registrations/letters/letter.css", colours)
    return CSSInliner(inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=css)
