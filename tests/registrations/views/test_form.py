"""Registering by the public form, in words as the guest sees it."""

import time
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from core.audit import SYSTEM
from events.models import Pool
from registrations.enums import LetterKind, State
from registrations.models import Letter, Registration
from registrations.views import access
from tests import factories as make
from tests.registrations.views import filling

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return unescape(" ".join(response.content.decode().split()))


def path(event) -> str:
    return f"/events/{event.slug}/register/"


# --- the way through ------------------------------------------------------------------------------------------------
def test_form_with_csrf_and_a_real_pause_gives_a_place_and_a_letter():
    event = make.event(places=5)
    browser = Client(enforce_csrf_checks=True)

    page = browser.get(path(event)).content.decode()
    sent = filling.registration(event, stamp=filling.value_of(page, "stamp"))
    sent["csrfmiddlewaretoken"] = filling.value_of(page, "csrfmiddlewaretoken")
    time.sleep(2.1)
    response = browser.post(path(event), sent, follow=True)

    made = Registration.objects.get(event=event)
    assert (made.status, made.name, made.country, made.source) == (State.CONFIRMED, "Ana Example", "BE", "form")
    assert Letter.objects.get().kind == LetterKind.CONFIRMED
    assert "Your place is confirmed" in text(response)
    assert "Thank you, Ana." in text(response)
    assert "ana@guests.example" in text(response)
    assert response.redirect_chain[0][1] == 302


def test_form_without_csrf_token_changes_nothing():
    event = make.event()

    response = Client(enforce_csrf_checks=True).post(path(event), filling.registration(event))

    assert response.status_code == 403
    assert not Registration.objects.exists()


def test_form_on_a_full_event_says_the_position_on_the_waiting_list(client):
    event = make.event(places=1)
    make.registration(event)
    make.registration(event)

    before = text(client.get(path(event)))
    after = text(client.post(path(event), filling.registration(event), follow=True))

    assert "Full: join the waiting list" in before
    assert "You are on the waiting list" in after
    assert "number <strong>2</strong>" in after
    assert Registration.objects.get(email="ana@guests.example").status == State.WAITLISTED


def test_form_with_approval_says_that_the_request_is_received(client):
    event = make.event(approval=True)

    shown = text(client.post(path(event), filling.registration(event), follow=True))

    assert "We have your request" in shown
    assert Registration.objects.get().status == State.PENDING


def test_form_asks_for_the_mode_only_where_there_is_a_choice(client):
    hybrid, room = make.event(format="hybrid", online=10), make.event()

    missing = client.post(path(hybrid), filling.registration(hybrid))
    client.post(path(hybrid), filling.registration(hybrid, mode="online"))

    assert "Choose how you will take part." in text(missing)
    assert Registration.objects.get(event=hybrid).mode == "online"
    assert "How you take part" not in text(client.get(path(room)))


def test_form_in_german_remembers_the_language(client):
    event = make.event()

    page = client.get(path(event), headers={"accept-language": "de"}).content.decode()

    assert '<option value="de" selected>Deutsch</option>' in page
    assert page.index("Österreich") < page.index("Pakistan")


# --- mistakes -------------------------------------------------------------------------------------------------------
def test_form_with_mistakes_keeps_what_was_typed_and_points_at_each(client):
    event = make.event()

    response = client.post(path(event), filling.registration(event, given_name="", email="ana@", country="BE"))
    shown = text(response)

    assert response.status_code == 422
    assert 'value="Example"' in shown
    assert 'value="ana@"' in shown
    assert '<option value="BE" selected>' in shown
    assert 'href="#id_given_name">Given name: Write your given name.' in shown
    assert 'href="#id_email">E-mail address: This is not a whole e-mail address.' in shown
    assert 'aria-describedby="id_given_name_error"' in shown
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"country": "XX"},
        {"language": "tlh"},
        {"email": "a" * 300 + "@guests.example"},
        {"family_name": "x" * 101},
        {"given_name": "\x00"},
        {"given_name": "Win at www.spam.example"},
        {"organisation": "https://spam.example/now"},
        {"stamp": "forged:1abc:def"},
    ],
)
def test_form_with_odd_input_is_refused_in_words(client, changes):
    event = make.event()

    response = client.post(path(event), filling.registration(event, **changes))

    assert response.status_code == 422
    assert "Please look at this once more" in text(response)
    assert not Registration.objects.exists()


def test_form_asks_once_about_a_mistyped_mail_domain(client):
    event = make.event()
    sent = filling.registration(event, email="ana@gmial.com")

    asked = client.post(path(event), sent)
    sent["asked"] = filling.value_of(asked.content.decode(), "asked")
    insisted = client.post(path(event), sent)

    assert "Did you mean ana@gmail.com?" in text(asked)
    assert insisted.status_code == 302
    assert Registration.objects.get().email == "ana@gmial.com"


def test_form_shows_names_as_text_whatever_they_hold(client):
    event = make.event()

    shown = client.post(path(event), filling.registration(event, given_name="<b>{{ x }}</b>"), follow=True)

    assert "&lt;b&gt;{{ x }}&lt;/b&gt;" in shown.content.decode()
    assert "<b>" not in shown.content.decode()


# --- robots ---------------------------------------------------------------------------------------------------------
def test_form_with_the_trap_filled_comes_back_emptied_and_then_passes(client):
    event = make.event()
    sent = filling.registration(event, website="https://robot.example")

    stopped = client.post(path(event), sent)
    page = stopped.content.decode()
    again = client.post(path(event), {**sent, "website": filling.value_of(page, "website")})

    assert "A field that should stay empty was filled in." in text(stopped)
    assert 'value="Ana"' in page
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("age", "words"),
    [(-30, "faster than a person types"), (13 * 3600, "open for a long time"), (None, "when this page was opened")],
)
def test_form_too_fast_too_old_or_without_stamp_comes_back_with_what_was_typed(client, age, words):
    event = make.event()
    stamp = "" if age is None else filling.stamp(f"register:{event.pk}", age)

    response = client.post(path(event), filling.registration(event, stamp=stamp))

    assert response.status_code == 422
    assert words in text(response)
    assert 'value="ana@guests.example"' in text(response)
    assert filling.value_of(response.content.decode(), "stamp")
    assert not Registration.objects.exists()


def test_form_with_the_stamp_of_another_event_is_refused(client):
    event, other = make.event(), make.event()

    response = client.post(path(event), filling.registration(event, stamp=filling.stamp(f"register:{other.pk}")))

    assert response.status_code == 422


def test_form_lets_an_office_register_and_stops_a_robot(client, monkeypatch):
    monkeypatch.setattr(access, "FORM_LIMIT", (3, 600))
    event, other = make.event(), make.event()

    answers = [client.post(path(event), filling.registration(event, email=f"a{n}@guests.example")) for n in range(4)]
    elsewhere = client.post(path(other), filling.registration(other))

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Please wait ten minutes" in text(answers[-1])
    assert 'value="a3@guests.example"' in text(answers[-1])
    assert elsewhere.status_code == 302
    assert Registration.objects.filter(event=event).count() == 3


def test_form_works_while_redis_is_away(client, settings):
    event = make.event()
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.2},
        }
    }
    began = time.monotonic()

    response = client.post(path(event), filling.registration(event))

    assert response.status_code == 302
    assert time.monotonic() - began < 1
    assert Registration.objects.count() == 1


# --- closed ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"registration_opens_at": make.now() + timedelta(days=2)}, "Registration opens on"),
        ({"registration_closes_at": make.now() - timedelta(days=2)}, "Registration is closed"),
        ({"visibility": "invitation"}, "By invitation"),
        ({"status": "cancelled"}, "This event is cancelled"),
        ({"places": 0, "waiting_list": False}, "All places are taken"),
    ],
)
def test_form_of_an_event_that_takes_nobody_says_why(client, fields, words):
    event = make.event(**fields)

    shown = client.get(path(event))
    sent = client.post(path(event), filling.registration(event))

    assert words in text(shown)
    assert "<form" not in text(shown).split("<main")[1]
    assert sent.status_code == 409
    assert not Registration.objects.exists()


def test_form_of_a_hybrid_event_whose_room_just_filled_points_at_the_mode(client):
    event = make.event(format="hybrid", places=1, online=5, waiting_list=False)
    make.registration(event, mode="in_person")

    response = client.post(path(event), filling.registration(event, mode="in_person"))

    assert response.status_code == 409
    assert "Choose the other way to take part" in text(response)
    assert 'value="ana@guests.example"' in text(response)


def test_get_never_registers(client):
    event = make.event()

    client.get(path(event), filling.registration(event))

    assert not Registration.objects.exists()
    assert Pool.objects.get(event=event).taken == 0


# --- nobody learns who is registered --------------------------------------------------------------------------------
@pytest.mark.parametrize("places", [5, 1])
@pytest.mark.parametrize("approval", [False, True])
def test_form_answers_a_known_address_exactly_like_an_unknown_one(client, places, approval):
    event = make.event(places=places, approval=approval)
    make.registration(event, email="ANA@guests.example")

    def answer(email: str) -> tuple[int, str, int]:
        response = client.post(path(event), filling.registration(event, email=email))
        page = client.get(response["Location"]).content.decode()
        return response.status_code, filling.without_secrets(page).replace(email, "EMAIL"), len(response["Location"])

    known = answer("ana@guests.example")
    unknown = answer("bob@guests.example")

    assert known == unknown
    assert Registration.objects.count() == 2


def test_form_with_a_known_address_mails_its_owner_the_link_and_changes_nothing(client):
    event = make.event()
    there = make.registration(event, email="ana@guests.example", given_name="Anastasia", letter=False)

    client.post(path(event), filling.registration(event, given_name="Mallory"))

    there.refresh_from_db()
    assert there.given_name == "Anastasia"
    assert [(letter.kind, letter.to) for letter in Letter.objects.all()] == [(LetterKind.LINK, "ana@guests.example")]
    assert Registration.objects.count() == 1


def test_form_can_not_be_used_to_flood_a_known_address(client):
    event = make.event()
    make.registration(event, email="ana@guests.example", letter=False)

    for _number in range(9):
        client.post(path(event), filling.registration(event))

    assert Letter.objects.count() == access.LETTER_LIMIT[0]


def test_form_takes_a_cancelled_address_again(client):
    event = make.event()
    gone = make.registration(event, email="ana@guests.example")
    make.registrations.cancel_registration(registration=gone, by=SYSTEM, at=make.now())

    client.post(path(event), filling.registration(event))

    assert Registration.objects.filter(email="ana@guests.example", status=State.CONFIRMED).count() == 1
