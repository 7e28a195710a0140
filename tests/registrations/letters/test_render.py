from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.core import mail
from django.urls import reverse

from core.documents import missing_letters
from events.enums import Status
from events.models import Event
from registrations.badges import badge_png
from registrations.enums import LetterKind, State
from registrations.letters.render import harmless
from registrations.models import Registration
from registrations.selectors import manage_url
from registrations.services import post
from tests import factories
from tests.registrations.letters.reading import entry, files, html, letter_of, send, text

pytestmark = pytest.mark.django_db

IN_STATE = {
    LetterKind.RECEIVED: State.PENDING,
    LetterKind.WAITLISTED: State.WAITLISTED,
    LetterKind.DECLINED: State.DECLINED,
    LetterKind.CANCELLED_BY_GUEST: State.CANCELLED,
    LetterKind.CANCELLED_BY_ORGANISER: State.CANCELLED,
}
BADGED = {LetterKind.CONFIRMED, LetterKind.PROMOTED, LetterKind.REMINDER, LetterKind.LINK}
# The link is a key: whoever has no registration any more, or gets a mere thank-you, has no use for it.
LINKED = BADGED | {LetterKind.RECEIVED, LetterKind.WAITLISTED, LetterKind.EVENT_CHANGED}
ENTERED = BADGED | {LetterKind.EVENT_CHANGED}
WITHDRAWN = {LetterKind.CANCELLED_BY_GUEST, LetterKind.CANCELLED_BY_ORGANISER, LetterKind.EVENT_CANCELLED}


def guest_for(kind):
    guest = factories.registration(factories.event(online_url="https://meet.example/room-7"), letter=False)
    if kind == LetterKind.EVENT_CANCELLED:
        Event.objects.update(status=Status.CANCELLED)
    if kind in IN_STATE:
        Registration.objects.update(status=IN_STATE[kind], waiting_since=factories.now())
    return Registration.objects.select_related("event__delegation").get(pk=guest.pk)


def written(kind, guest):
    context = {"before": {"starts_at": "2026-01-01T10:00:00+00:00"}} if kind == LetterKind.EVENT_CHANGED else {}
    return letter_of(guest, kind, **context)


@pytest.mark.parametrize("kind", LetterKind)
def test_render_each_kind_carries_what_belongs_to_it(kind):
    guest = guest_for(kind)

    message = send(written(kind, guest))

    parts = files(message)
    assert ("application/pdf" in parts) == (kind in BADGED)
    assert ("cid:badge" in html(message)) == (kind in BADGED)
    assert (guest.badge_code in text(message)) == (kind in BADGED)
    assert (manage_url(guest) in text(message)) == (kind in LINKED)
    assert (manage_url(guest) in html(message)) == (kind in LINKED)
    status = str(entry(message)["STATUS"]) if "text/calendar" in parts else None
    assert status == ("CONFIRMED" if kind in ENTERED else "CANCELLED" if kind in WITHDRAWN else None)
    assert "{" not in text(message) + message["Subject"]
    assert "%(" not in text(message) + message["Subject"]


def test_render_confirmation_has_its_parts_in_the_order_that_mail_programs_expect():
    guest = guest_for(LetterKind.CONFIRMED)

    message = send(written(LetterKind.CONFIRMED, guest))

    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
        "text/calendar",
    ]
    picture = next(part for part in message.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<badge>"
    assert picture.get_content() == badge_png(guest.badge_code)
    assert files(message)["application/pdf"].get_content().startswith(b"%PDF")
    assert files(message)["text/calendar"].get_param("method") == "PUBLISH"


def test_render_headers_name_the_delegation_and_are_fixed_for_the_letter():
    office = factories.delegation(name={"en": "Delegation of Łódź"}, email="office@office.example")
    guest = factories.registration(factories.event(of=office), letter=False)
    letter = letter_of(guest, LetterKind.CONFIRMED)
    at = factories.now()

    message = send(letter, at)

    assert message["From"] == "Delegation of Łódź <noreply@localhost>"
    assert message["Reply-To"] == "office@office.example"
    assert message["To"] == guest.email
    assert message["Message-ID"] == letter.message_id
    assert parsedate_to_datetime(message["Date"]) == at.replace(microsecond=0)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "en"
    assert "List-Unsubscribe" not in message


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_render_event_texts_come_in_the_language_of_the_guest(language):
    titles = {"en": "Cities", "fr": "Villes", "nl": "Steden", "de": "Städte"}
    event = factories.event(title=titles, languages=list(titles))
    guest = factories.registration(event, language=language, letter=False)

    message = send(letter_of(guest, LetterKind.CONFIRMED))

    assert titles[language] in message["Subject"]
    assert f'<html lang="{language}">' in html(message)
    assert message["Content-Language"] == language
    assert str(entry(message)["SUMMARY"]) == titles[language]


def test_render_online_guest_gets_the_meeting_and_no_badge():
    event = factories.event(format="hybrid", online=None, online_url="https://meet.example/room-7")
    here = factories.registration(event, letter=False)
    there = factories.registration(event, mode="online", letter=False)

    to_here = send(letter_of(here, LetterKind.CONFIRMED))
    to_there = send(letter_of(there, LetterKind.CONFIRMED))

    assert "https://meet.example/room-7" in text(to_there)
    assert str(entry(to_there)["LOCATION"]) == "https://meet.example/room-7"
    assert "application/pdf" not in files(to_there)
    assert event.venue.street not in text(to_there)
    assert "meet.example" not in str(to_here)
    assert event.venue.street in text(to_here)
    assert "application/pdf" in files(to_here)


def test_render_reminder_tells_how_to_get_in():
    event = factories.event(venue=factories.venue(access={"en": "Second door, ring twice."}))
    guest = factories.registration(event, letter=False)

    confirmation = send(letter_of(guest, LetterKind.CONFIRMED))
    reminder = send(letter_of(guest, LetterKind.REMINDER), event.starts_at - timedelta(hours=24))

    assert "Second door, ring twice." in text(reminder)
    assert "Second door" not in text(confirmation)
    assert reminder["Subject"].startswith("Tomorrow at ")


HOSTILE = [
    ("{{ 7|add:7 }} {0} {x}", "{% now 'Y' %} %(event)s %s"),
    ("<script>alert(1)</script>", "<b>bold</b>"),
    ("http://evil.example/win", "www.evil.example"),
    ("Ada\r\nBcc: everybody@guests.example", "Example\nX-Evil: 1"),
]


@pytest.mark.parametrize(("given_name", "family_name"), HOSTILE)
def test_render_hostile_names_come_out_harmless(given_name, family_name):
    guest = factories.registration(factories.event(), letter=False)
    # Past the form and the service, as an import or an old row might bring it.
    Registration.objects.filter(pk=guest.pk).update(
        given_name=given_name, family_name=family_name, organisation=given_name
    )

    message = send(letter_of(guest, LetterKind.CONFIRMED))

    page, plain = html(message), text(message)
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    assert "<script>" not in page
    assert "<b>bold" not in page
    assert "://evil" not in page + plain
    assert "www.evil" not in page + plain
    assert "14" not in plain.splitlines()[2]
    for braces in ("{{ 7|add:7 }} {0} {x}", "{% now 'Y' %} %(event)s %s"):
        assert (braces in plain) == (braces in given_name + family_name)
    assert mail.outbox[-1].recipients() == [guest.email]


def test_render_event_title_with_a_line_break_stays_one_header():
    event = factories.event(title={"en": "Cities\r\nBcc: everybody@guests.example"})
    guest = factories.registration(event, letter=False)

    message = send(letter_of(guest, LetterKind.CONFIRMED))

    assert message["Bcc"] is None
    assert message["Subject"] == "Your place is confirmed: Cities Bcc: everybody@guests.example"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana Example", "Ana Example"),
        ("J. P. O’Example-Łódzka", "J. P. O’Example-Łódzka"),
        ("evil.example/a", "evil.\u2060example/\u2060a"),
        ("a@evil.example", "a@\u2060evil.\u2060example"),
    ],
)
def test_harmless_breaks_what_programs_would_link_and_nothing_else(name, shown):
    assert harmless(name) == shown


def test_render_name_that_fonts_lack_goes_without_pdf_and_says_so():
    guest = factories.registration(factories.event(), given_name="𓀀", letter=False)
    assert missing_letters(guest.given_name)
    letter = letter_of(guest, LetterKind.CONFIRMED)

    message = send(letter)

    assert "application/pdf" not in files(message)
    assert "cid:badge" in html(message)
    assert "our fonts lack 𓀀" in letter.error


def test_render_waiting_guest_learns_the_position():
    event = factories.event(places=1)
    factories.registration(event)
    factories.registration(event)
    guest = factories.registration(event, letter=False)

    message = send(letter_of(guest, LetterKind.WAITLISTED))

    assert "number 2 on the waiting list" in text(message)


@pytest.mark.parametrize("kind", [LetterKind.CONFIRMED, LetterKind.EVENT_CANCELLED])
def test_render_links_lead_to_this_installation_only(kind):
    guest = guest_for(kind)

    page = html(send(written(kind, guest)))

    assert "<script" not in page
    assert "src=" not in page.replace('src="cid:badge"', "")
    assert f"http://localhost:8000{reverse('privacy', args=[guest.event.delegation.slug])}" in page


def test_send_letter_costs_a_constant_number_of_queries(django_assert_num_queries):
    guest = factories.registration(factories.event(places=9), letter=False)
    letter = letter_of(guest, LetterKind.CONFIRMED)
    send(letter_of(guest, LetterKind.LINK))

    with django_assert_num_queries(2):
        post.send(letter_id=letter.pk, at=factories.now(), last=False)
