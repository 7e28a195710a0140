"""Signing in: who may, in which words, and what a stranger learns."""

import random

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from delegations.models import User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    """A browser at an address of its own: attempts are counted by address, and all tests share one count."""
    return Client(REMOTE_ADDR=f"127.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}")


def _sign_in(client, email, password):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_sign_in_with_the_right_password_leads_to_the_desk(client):
    member = factories.member()

    answer = _sign_in(client, member.email.upper(), factories.PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:home"))
    assert client.session["_auth_user_id"] == str(member.pk)


def test_sign_in_says_the_same_of_a_wrong_password_and_of_an_unknown_account(client):
    member = factories.member()

    wrong = _sign_in(client, member.email, "not the password")
    unknown = _sign_in(client, "nobody@office.example", "not the password")

    def without_what_was_typed(answer):
        page = answer.content.decode()
        return page.replace(member.email, "").replace("nobody@office.example", "")

    pages = [
        without_what_was_typed(answer).split("<main")[1].split("csrfmiddlewaretoken")[0] for answer in (wrong, unknown)
    ]
    assert pages[0] == pages[1]
    assert "_auth_user_id" not in client.session


def test_sign_in_is_limited_after_many_wrong_passwords(client):
    member = factories.member()

    answers = [_sign_in(client, member.email, f"wrong {number}") for number in range(12)]
    last = _sign_in(client, member.email, factories.PASSWORD)

    assert last.status_code in (200, 429)
    assert "_auth_user_id" not in client.session
    assert answers[0].status_code == 200


def test_forgotten_password_answers_alike_and_writes_to_known_accounts_only(client):
    member = factories.member()

    known = client.post(reverse("account_reset_password"), {"email": member.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@office.example"})

    assert known["Location"] == unknown["Location"]
    assert [letter.to for letter in mail.outbox] == [[member.email]]


def test_sign_up_and_the_list_of_addresses_are_closed(client):
    client.force_login(factories.member())

    addresses = client.get("/accounts/email/")
    client.logout()
    sign_up = client.post(reverse("account_signup"), {"email": "new@office.example", "password1": factories.PASSWORD})

    assert addresses.status_code == 404
    assert "Accounts are made for you" in sign_up.content.decode()
    assert not User.objects.filter(email="new@office.example").exists()


def test_sign_in_page_speaks_of_an_e_mail_address_in_the_readers_language(client):
    english = client.get(reverse("account_login")).content.decode()
    french = client.get(reverse("account_login"), headers={"Accept-Language": "fr"}).content.decode()

    assert "E-mail address" in english
    assert "Adresse e-mail" in french
