from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from checkin.enums import Method
from core.audit import SYSTEM, Actor
from core.models import AuditEntry
from delegations.models import Delegation
from events.enums import Status
from registrations.enums import Part, Source
from registrations.models import Registration
from tests import factories
from tests.totals.makers import came, closed, event_with, guest, held, seen
from totals.models import Ledger, Statement
from totals.selectors import figures
from totals.services import NothingToFreeze, ReasonNeeded, freeze_statement

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 3)


def test_freeze_statement_of_a_mixed_event_counts_each_on_their_line() -> None:
    event = held(DAY, format="hybrid", places=50, online=50)
    for country in ("BE", "BE", "FR"):
        came(guest(event, country=country))
    guest(event)
    came(guest(event, source=Source.WALK_IN, country=""))
    seen(guest(event, mode="online", country="DE"), mode="online", method=Method.PLATFORM)
    guest(event, mode="online")
    for part in (Part.SPEAKER, Part.SPEAKER, Part.STAFF, Part.INTERPRETER):
        came(guest(event, part=part))

    statement = closed(event)

    kept = Statement.objects.get(pk=statement.pk)
    assert (kept.version, kept.is_current, kept.held_on, kept.counts) == (1, True, DAY, True)
    assert (kept.registered, kept.confirmed, kept.participants, kept.speakers) == (7, 7, 5, 2)
    assert (kept.present_in_person, kept.present_online, kept.walk_ins, kept.no_shows) == (4, 1, 1, 2)
    assert kept.by_method == {"scan": 4, "platform": 1}
    assert kept.by_country == {"": 1, "BE": 2, "DE": 1, "FR": 1}
    assert kept.entries == 5


def test_freeze_statement_dates_the_event_by_the_day_in_its_own_time_zone() -> None:
    start = datetime(2025, 6, 30, 23, 30, tzinfo=UTC)
    event = factories.event(starts_at=start, ends_at=start.replace(day=30, minute=59), at=start.replace(day=1))

    assert closed(event).held_on == date(2025, 7, 1)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.CANCELLED])
def test_freeze_statement_of_an_event_that_did_not_take_place_is_refused(status: str) -> None:
    event = factories.event(status=status)

    with pytest.raises(NothingToFreeze) as refusal:
        freeze_statement(event=event, by=SYSTEM, at=factories.now())

    assert "took place" in refusal.value.message
    assert not Statement.objects.exists()


def test_freeze_statement_again_without_a_reason_is_refused_and_changes_nothing() -> None:
    statement = event_with(1, DAY, factories.delegation())

    with pytest.raises(ReasonNeeded):
        freeze_statement(event=statement.event, by=SYSTEM, at=factories.now(), reason="  ")

    assert Statement.objects.get(is_current=True) == statement


def test_freeze_statement_again_with_a_reason_makes_a_new_version_and_keeps_the_old() -> None:
    first = with_a_no_show(factories.delegation())
    seen(first.event.registrations.last())

    second = freeze_statement(
        event=first.event, by=Actor("Ada"), at=factories.now(), reason="The paper list turned up."
    )

    first.refresh_from_db()
    assert (first.version, first.is_current, first.participants) == (1, False, 1)
    assert (second.version, second.is_current, second.participants) == (2, True, 2)
    assert (second.reason, second.closed_by) == ("The paper list turned up.", "Ada")
    assert figures(first.delegation)["participants"].value == 2


def with_a_no_show(of: Delegation) -> Statement:
    event = held(DAY, of=of)
    came(guest(event))
    guest(event)
    return closed(event)


def test_freeze_statement_is_in_the_audit_log_with_both_sides() -> None:
    first = with_a_no_show(factories.delegation(slug="north"))
    seen(first.event.registrations.last())
    freeze_statement(event=first.event, by=Actor("Ada"), at=factories.now(), reason="Paper list")

    entry = AuditEntry.objects.filter(action="statement.frozen").latest("pk")

    assert (entry.actor_label, entry.scope) == ("Ada", "north")
    assert (entry.before["participants"], entry.after["participants"], entry.after["reason"]) == (1, 2, "Paper list")


def test_freeze_statement_turns_the_page_of_its_delegation_only() -> None:
    here, elsewhere = factories.delegation(), factories.delegation()
    event_with(1, DAY, here)
    event_with(1, DAY, elsewhere)
    before = dict(Ledger.objects.values_list("delegation", "revision"))

    event_with(2, DAY, here)

    after = dict(Ledger.objects.values_list("delegation", "revision"))
    assert after[here.pk] != before[here.pk]
    assert after[elsewhere.pk] == before[elsewhere.pk]


def test_frozen_numbers_stay_when_people_are_made_anonymous() -> None:
    office = factories.delegation()
    statement = event_with(3, DAY, office)
    before = Statement.objects.filter(pk=statement.pk).values().get()

    Registration.objects.update(
        given_name="", family_name="", email="", email_key="", organisation="", country="", answers={}
    )
    Registration.objects.filter(event=statement.event).first().attendances.all().delete()

    assert Statement.objects.filter(pk=statement.pk).values().get() == before
    assert figures(office)["participants"].value == 3


@pytest.mark.parametrize("people", [1, 3])
def test_freeze_statement_takes_the_same_queries_for_any_number_of_guests(
    people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    event = held(DAY)
    for _number in range(people):
        came(guest(event))
    Ledger.objects.create(delegation=event.delegation)

    with django_assert_num_queries(13):
        freeze_statement(event=event, by=SYSTEM, at=factories.now())


@pytest.mark.parametrize("again", [{"version": 1, "is_current": False}, {"version": 2, "is_current": True}])
def test_database_holds_one_statement_per_version_and_one_that_stands(again: dict[str, Any]) -> None:
    statement = event_with(1, DAY, factories.delegation())
    statement.pk = None
    for name, value in again.items():
        setattr(statement, name, value)

    with pytest.raises(ValidationError):
        statement.validate_constraints()
