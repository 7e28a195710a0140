from datetime import date

import pytest

from core.audit import SYSTEM
from desk import services as desk
from events.models import Event
from events.services import WrongStatus
from tests import factories
from tests.races import at_once
from tests.totals.makers import came, closed, guest, held
from totals.models import Statement
from totals.services import freeze_statement

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2025, 6, 3)


def test_close_event_pressed_by_six_at_once_freezes_one_statement() -> None:
    event = held(DAY)
    came(guest(event))
    after = event.ends_at

    results = at_once([lambda: desk.close_event(event=Event.objects.get(pk=event.pk), by=SYSTEM, at=after)] * 6)

    assert [type(result) for result in results].count(Statement) == 1
    assert [type(result) for result in results].count(WrongStatus) == 5
    assert Statement.objects.get().participants == 1


def test_freeze_statement_by_six_at_once_gives_each_a_version_and_leaves_one_that_stands() -> None:
    event = held(DAY)
    closed(event)

    results = at_once(
        [lambda: freeze_statement(event=event, by=SYSTEM, at=factories.now(), reason="Counted again")] * 6
    )

    assert sorted(result.version for result in results) == [2, 3, 4, 5, 6, 7]
    assert Statement.objects.get(is_current=True).version == 7
