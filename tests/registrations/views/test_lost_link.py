"""“Send me my link again.”"""

from datetime import timedelta
from html import unescape

import pytest

from events.models import Event
from registrations.enums import LetterKind
from registrations.models import Letter
from registrations.views import access
from tests import factories as make
from tests.registrations.views import filling

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return unescape(" ".join(response.content.decode().split()))


def ask(client, event, email: str):
    return client.post(f"/events/{event.slug}/my-link/", filling.address(email, f"link:{event.pk}"), follow=True)


def test_lost_link_mails_it_and_answers_alike_for_an_unknown_address(client):
    event = make.event()
    make.registration(event, email="ana@guests.example", letter=False)

    known = ask(client, event, "ANA@guests.example ")
    unknown = ask(client, event, "bob@guests.example")

    assert known.content == unknown.content
    assert known.redirect_chain == unknown.redirect_chain
    assert "If there is a registration for the address that you gave" in text(known)
    assert [(letter.kind, letter.to) for letter in Letter.objects.all()] == [(LetterKind.LINK, "ana@guests.example")]


def test_lost_link_of_another_event_stays_silent(client):
    event, other = make.event(), make.event()
    make.registration(other, email="ana@guests.example", letter=False)

    ask(client, event, "ana@guests.example")

    assert not Letter.objects.exists()


def test_lost_link_with_a_mistake_keeps_what_was_typed(client):
    event = make.event()

    response = ask(client, event, "ana@guests")

    assert response.status_code == 422
    assert 'value="ana@guests"' in text(response)


def test_lost_link_floods_neither_an_address_nor_us(client, monkeypatch):
    monkeypatch.setattr(access, "FORM_LIMIT", (8, 600))
    event = make.event()
    make.registration(event, email="ana@guests.example", letter=False)

    answers = [ask(client, event, "ana@guests.example").status_code for _number in range(9)]

    assert answers == [200] * 8 + [429]
    assert Letter.objects.count() == access.LETTER_LIMIT[0]


def test_lost_link_changes_nothing_on_get(client):
    event = make.event()
    make.registration(event, email="ana@guests.example", letter=False)

    client.get(f"/events/{event.slug}/my-link/?email=ana@guests.example&sent=1")

    assert not Letter.objects.exists()


def test_any_link_mails_the_links_of_all_events_that_are_not_over(client):
    ahead, also_ahead, over = make.event(), make.event(), make.event()
    for event in (ahead, also_ahead, over):
        make.registration(event, email="ana@guests.example", letter=False)
    Event.objects.filter(pk=over.pk).update(
        starts_at=make.now() - timedelta(days=2), ends_at=make.now() - timedelta(days=1)
    )

    known = client.post("/my/link/", filling.address("ana@guests.example", "link:any"), follow=True)
    unknown = client.post("/my/link/", filling.address("bob@guests.example", "link:any"), follow=True)

    assert known.content == unknown.content
    assert sorted(letter.registration.event_id for letter in Letter.objects.all()) == sorted([ahead.pk, also_ahead.pk])
