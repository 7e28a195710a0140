"""Rate limits."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from core.throttle import Limit, allows, client_address

NOON = datetime(2026, 12, 3, 12, tzinfo=UTC)


@pytest.fixture
def key() -> str:
    return uuid.uuid4().hex


def test_allows_up_to_the_limit_and_again_in_the_next_window(key):
    limit = Limit("test", key, times=2, seconds=60)

    answers = [allows([limit], at=NOON) for _number in range(3)]
    later = allows([limit], at=NOON + timedelta(seconds=60))

    assert answers == [True, True, False]
    assert later is True


def test_allows_counts_each_key_and_each_purpose_apart(key):
    assert allows([Limit("test", key, 1, 60)], at=NOON)
    assert allows([Limit("test", key + "other", 1, 60)], at=NOON)
    assert allows([Limit("test-too", key, 1, 60)], at=NOON)
    assert not allows([Limit("test", key, 1, 60)], at=NOON)


def test_allows_everything_while_redis_is_away(key, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 0.2},
        }
    }

    assert all(allows([Limit("test", key, 1, 60)], at=NOON) for _number in range(3))


def test_slot_never_holds_the_address_itself():
    slot = Limit("test", "ana@guests.example", 1, 60).slot(NOON)

    assert "ana" not in slot
    cache.set(slot, 1)


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "expected"),
    [
        ("192.0.2.7", "", 0, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9", 0, "192.0.2.7"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", 1, "203.0.113.9"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "nonsense", 1, "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", 0, "192.0.2.7"),
    ],
)
def test_client_address_trusts_only_our_own_proxies(settings, remote, forwarded, proxies, expected):
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)

    assert client_address(request) == expected
