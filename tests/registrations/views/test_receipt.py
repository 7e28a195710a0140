"""The page after the form, and the correction of a mistyped address."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from events.models import Pool
from registrations.enums import LetterKind, State
from registrations.models import Letter, Registration
from registrations.receipts import Receipt, ReceiptInvalid, open_receipt, seal
from tests import factories as make
from tests.registrations.views import filling

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return unescape(" ".join(response.content.decode().split()))


def register(client, event, **changes) -> str:
    """The address of the receipt of a registration by the form."""
    return client.post(f"/events/{event.slug}/register/", filling.registration(event, **changes))["Location"]


def correct(client, receipt: str, event, email: str):
    return client.post(receipt, filling.address(email, f"address:{event.pk}"))


def test_receipt_tells_nobody_else_and_is_kept_nowhere(client):
    event = make.event()

    receipt = register(client, event)
    response = client.get(receipt)

    assert "ana" not in receipt.lower().split("/registered/")[0]
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "noindex" in response["X-Robots-Tag"]
    # The owner of the address proves to be it by reading the letter; this page opens nothing.
    assert "/my/" not in response.content.decode().split("<main")[1]


def test_receipt_opens_for_an_hour_and_only_unchanged():
    now = make.now()
    receipt = Receipt(1, 2, State.CONFIRMED, 0, "in_person", make.person())

    token = seal(receipt, now)

    assert open_receipt(token, now + timedelta(minutes=59)) == receipt
    with pytest.raises(ReceiptInvalid):
        open_receipt(token, now + timedelta(minutes=61))
    with pytest.raises(ReceiptInvalid):
        open_receipt(token[:-4] + "AAAA", now)
    with pytest.raises(ReceiptInvalid):
        open_receipt("what", now)


def test_receipt_with_and_without_registration_has_one_length():
    now = make.now()
    receipt = Receipt(1, 0, State.CONFIRMED, 0, "in_person", make.person())

    assert len(seal(receipt, now)) == len(seal(replace(receipt, registration=12345), now))


def test_receipt_of_a_retired_key_still_opens(settings):
    token = seal(Receipt(1, 2, State.CONFIRMED, 0, "in_person", make.person()), make.now())

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key"

    assert open_receipt(token, make.now()).registration == 2


def test_receipt_that_is_too_old_or_of_another_event_says_where_to_go(client):
    event, other = make.event(), make.event()
    receipt = Receipt(event.pk, 0, State.CONFIRMED, 0, "in_person", make.person())
    old = seal(receipt, make.now() - timedelta(hours=2))
    swapped = seal(receipt, make.now())

    for slug, token in ((event.slug, old), (other.slug, swapped), (event.slug, "garbage")):
        response = client.get(reverse("registrations:done", args=[slug, token]))
        assert response.status_code == 410
        assert f"/events/{slug}/my-link/" in text(response)


def test_correction_moves_the_registration_and_its_letter(client):
    event = make.event()
    receipt = register(client, event, email="anna@guests.example")

    response = correct(client, receipt, event, "ana@guests.example")
    shown = text(client.get(response["Location"]))

    made = Registration.objects.get()
    assert made.email == "ana@guests.example"
    assert "on its way to <strong>ana@guests.example</strong>" in shown
    assert list(Letter.objects.order_by("created_at").values_list("to", flat=True)) == [
        "anna@guests.example",
        "ana@guests.example",
    ]
    assert Pool.objects.get(event=event).taken == 1


def test_correction_with_a_mistake_keeps_it_and_says_so(client):
    event = make.event()
    receipt = register(client, event)

    response = correct(client, receipt, event, "ana@")

    assert response.status_code == 422
    assert 'value="ana@"' in text(response)
    assert Registration.objects.get().email == "ana@guests.example"


def test_correction_behind_a_known_address_registers_what_was_typed(client):
    event = make.event()
    make.registration(event, email="ana@guests.example", given_name="Anastasia")
    receipt = register(client, event, email="ana@guests.example", given_name="Ana")

    response = correct(client, receipt, event, "ana.two@guests.example")

    assert response.status_code == 302
    assert Registration.objects.get(email="ana@guests.example").given_name == "Anastasia"
    assert Registration.objects.get(email="ana.two@guests.example").given_name == "Ana"


def test_correction_to_a_known_address_keeps_one_place_and_looks_the_same(client):
    event = make.event()
    make.registration(event, email="bob@guests.example", letter=False)

    def page(first: str, second: str) -> str:
        response = correct(client, register(client, event, email=first), event, second)
        shown = client.get(response["Location"]).content.decode()
        return filling.without_secrets(shown).replace(second, "EMAIL")

    known = page("typo1@guests.example", "bob@guests.example")
    unknown = page("typo2@guests.example", "eve@guests.example")

    assert known == unknown
    assert Registration.objects.get(email="typo1@guests.example").status == State.CANCELLED
    assert Pool.objects.get(event=event).taken == 2
    assert Letter.objects.get(to="bob@guests.example").kind == LetterKind.LINK


def test_receipt_changes_nothing_on_get(client):
    event = make.event()
    receipt = register(client, event)

    client.get(receipt, filling.address("eve@guests.example", f"address:{event.pk}"))

    assert Registration.objects.get().email == "ana@guests.example"
