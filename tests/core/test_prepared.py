"""Queries that are written once."""

import pytest

from core.prepared import Prepared
from registrations.models import Registration
from tests import factories

pytestmark = pytest.mark.django_db


def test_prepared_asks_anew_for_each_list_and_each_argument():
    event, other = factories.event(), factories.event()
    here, there = [factories.registration(event) for _ in range(3)], factories.registration(other)
    find = Prepared(lambda codes, pk: Registration.objects.filter(badge_code__in=codes, event=pk).order_by("pk"))

    for _ in range(2):
        assert find([guest.badge_code for guest in here], event.pk) == here
        assert find([here[1].badge_code], event.pk) == [here[1]]
        assert find([here[1].badge_code], other.pk) == []
        assert find([there.badge_code], other.pk) == [there]


def test_prepared_gives_rows_as_the_query_itself_does():
    event = factories.event()
    guest = factories.registration(event)
    find = Prepared(lambda keys: Registration.objects.filter(pk__in=keys))

    values = [{**vars(row), "_state": None} for row in (find([guest.pk])[0], Registration.objects.get(pk=guest.pk))]
    assert values[0] == values[1]


def test_prepared_takes_hostile_text_as_text():
    find = Prepared(lambda codes: Registration.objects.filter(badge_code__in=codes))

    assert find(["' OR 1=1 --"]) == find(["%s"]) == find(['"; DROP TABLE x']) == []
