from datetime import UTC, date, datetime

import pytest

from core.audit import SYSTEM, Actor
from core.models import AuditEntry
from tests import factories
from tests.totals.makers import activity
from totals.enums import ActivityKind
from totals.models import Activity, Ledger
from totals.services import (
    NotOfThisDelegation,
    NotYetHeld,
    TooEarly,
    add_activity,
    change_activity,
    delete_activity,
)

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 3)


def test_add_activity_keeps_all_that_was_written_and_who_wrote_it() -> None:
    office = factories.delegation(slug="north")
    ada = factories.member(of=office, name="Ada")

    activity(office, DAY, ActivityKind.DIGNITARY_VISIT, title="Visit", counterpart="A mayor", place="Rue Guimard")
    add_activity(
        delegation=office,
        by=Actor.of(ada),
        at=factories.now(),
        kind=ActivityKind.METROPOLE_MEETING,
        held_on=DAY,
        title="Talk about trams",
        theme=factories.theme(office),
        note="Follow up in May",
    )

    kept = Activity.objects.get(kind=ActivityKind.METROPOLE_MEETING)
    assert (kept.title, kept.note, kept.held_on, kept.created_by) == ("Talk about trams", "Follow up in May", DAY, ada)
    assert kept.theme.slug == "mobility"
    entry = AuditEntry.objects.filter(action="activity.added").latest("pk")
    assert (entry.actor_label, entry.scope, entry.after["title"]) == ("Ada", "north", "Talk about trams")


def test_add_activity_on_a_day_to_come_is_refused_by_the_clock_of_the_delegation() -> None:
    office = factories.delegation(time_zone="Europe/Brussels")
    late_evening = datetime(2025, 6, 2, 22, 30, tzinfo=UTC)
    values = {"kind": ActivityKind.DIGNITARY_VISIT, "title": "Visit", "by": SYSTEM, "at": late_evening}

    add_activity(delegation=office, held_on=date(2025, 6, 3), **values)
    with pytest.raises(NotYetHeld):
        add_activity(delegation=office, held_on=date(2025, 6, 4), **values)

    assert Activity.objects.count() == 1


def test_add_activity_before_the_delegation_opened_is_refused_with_the_day_of_its_opening() -> None:
    office = factories.delegation(opened_on=date(2017, 9, 1))

    activity(office, date(2017, 9, 1))
    with pytest.raises(TooEarly) as refusal:
        activity(office, date(2017, 8, 31))

    assert "2017" in refusal.value.message


def test_add_activity_under_the_theme_of_another_delegation_is_refused() -> None:
    office, other = factories.delegation(), factories.delegation()

    with pytest.raises(NotOfThisDelegation):
        activity(office, DAY, theme=factories.theme(other))

    assert not Activity.objects.exists()


def test_change_activity_logs_only_what_changed() -> None:
    entry = activity(factories.delegation(), DAY, title="Talk", place="Brussels")

    change_activity(activity=entry, by=Actor("Ada"), at=factories.now(), title="Long talk", place="Brussels")

    logged = AuditEntry.objects.get(action="activity.changed")
    assert (logged.before, logged.after) == ({"title": "Talk"}, {"title": "Long talk"})
    assert Activity.objects.get().title == "Long talk"


def test_change_activity_to_the_same_leaves_no_trace() -> None:
    entry = activity(factories.delegation(), DAY, title="Talk")
    before = Ledger.objects.get().revision

    change_activity(activity=entry, by=SYSTEM, at=factories.now(), title="Talk")

    assert not AuditEntry.objects.filter(action="activity.changed").exists()
    assert Ledger.objects.get().revision == before


def test_delete_activity_takes_it_out_and_the_log_keeps_what_it_said() -> None:
    entry = activity(factories.delegation(), DAY, title="Typed twice")
    before = Ledger.objects.get().revision

    delete_activity(activity=entry, by=Actor("Ada"), at=factories.now())

    assert not Activity.objects.exists()
    logged = AuditEntry.objects.get(action="activity.deleted")
    assert (logged.actor_label, logged.before["title"]) == ("Ada", "Typed twice")
    assert Ledger.objects.get().revision != before
