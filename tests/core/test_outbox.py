from datetime import timedelta

import pytest
from django.db import transaction

from core import outbox
from core.models import OutboxMessage
from core.outbox import GiveUp, RetryLater
from tests import factories
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(monkeypatch):
    """What the broker was told: the border to Celery, since nothing listens at its end here."""
    calls = []
    monkeypatch.setattr(outbox.current_app, "send_task", lambda task, args: calls.append((task, *args)))
    monkeypatch.setattr(outbox._broker, "silent_until", 0.0)
    return calls


def row(**fields):
    return outbox.enqueue(**{"task": "area.deed", "payload": {}, "at": factories.now(), **fields})


def test_enqueue_nudges_after_the_commit_and_not_before(told):
    with transaction.atomic():
        message = row()
        assert told == []

    assert told == [("area.deed", message.pk)]


def test_enqueue_in_a_transaction_that_fails_leaves_no_work(told):
    def fails():
        row()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction.atomic(fails)()

    assert told == []
    assert not OutboxMessage.objects.exists()


def test_enqueue_equal_keys_are_the_same_work(told):
    first, second = row(key="once"), row(key="once")

    assert first.pk == second.pk
    assert len(told) == 1


def test_enqueue_for_later_waits_for_its_time(told):
    at = factories.now()
    message = row(due_at=at + timedelta(hours=1))

    assert told == []
    assert outbox.claim(message.pk, at=at) is None
    assert outbox.claim(message.pk, at=at + timedelta(hours=1)).attempts == 1


def test_enqueue_many_writes_all_in_one_statement(told, django_assert_num_queries):
    with django_assert_num_queries(3):  # with the begin and end of its transaction
        rows = outbox.enqueue_many(task="area.deed", payloads=[{"n": n} for n in range(3)], at=factories.now())

    assert told == [("area.deed", message.pk) for message in rows]


def test_work_done_is_never_done_again():
    message, done = row(), []

    results = [outbox.work(message.pk, lambda found, _at: done.append(found.pk)) for _time in range(2)]

    assert results == [True, False]
    assert done == [message.pk]


def test_work_that_gives_up_keeps_the_reason_and_is_never_tried_again():
    message = row()

    def hopeless(found, at):
        raise GiveUp("there is no such mailbox")

    outbox.work(message.pk, hopeless)

    message.refresh_from_db()
    assert message.failed_at
    assert message.error == "there is no such mailbox"
    assert outbox.claim(message.pk, at=factories.now() + timedelta(days=1)) is None


@pytest.mark.parametrize("error", [RetryLater("451 busy"), ValueError("a fault of ours")])
def test_work_that_fails_is_tried_later_each_time_and_at_last_fails(error, settings):
    message = row()

    def failing(found, at):
        raise error

    waits = []
    for _attempt in range(outbox.MAX_ATTEMPTS):
        assert outbox.work(message.pk, failing) is False
        message.refresh_from_db()
        waits.append((message.due_at - factories.now()).total_seconds())
        OutboxMessage.objects.update(due_at=factories.now())

    assert message.failed_at
    assert str(error) in message.error
    assert waits[0] == pytest.approx(settings.OUTBOX_RETRY_SECONDS, abs=2)
    assert waits[3] == pytest.approx(settings.OUTBOX_RETRY_SECONDS * 8, abs=2)
    assert max(waits) <= 6 * 3600


def test_claim_by_many_at_once_gives_the_row_to_one():
    message = row()

    claims = at_once([lambda: outbox.claim(message.pk, at=factories.now())] * 8)

    assert sum(claim is not None for claim in claims) == 1


def test_claim_of_a_dead_workers_row_waits_for_the_end_of_the_lease(settings):
    message, at = row(), factories.now()
    lease = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    outbox.claim(message.pk, at=at)

    assert outbox.claim(message.pk, at=at + lease - timedelta(seconds=1)) is None
    assert outbox.claim(message.pk, at=at + lease).attempts == 2


def test_sweep_tells_what_is_due_and_lets_the_worker_time(told, settings):
    at = factories.now()
    grace = timedelta(seconds=settings.OUTBOX_SWEEP_SECONDS)
    lost, fresh = row(at=at - 2 * grace), row(at=at)
    taken = row(at=at - 2 * grace)
    outbox.claim(taken.pk, at=at)
    told.clear()

    swept = [outbox.sweep(at=at), outbox.sweep(at=at + grace / 2)]

    assert swept == [1, 0], "a row that was told of a moment ago is left to the worker"
    assert told == [("area.deed", lost.pk)]
    assert outbox.sweep(at=at + grace) == 1
    assert told[-1] == ("area.deed", fresh.pk)
    assert outbox.sweep(at=at + 6 * grace) == 1, "a nudge that was lost with its broker is given again"


def test_sweep_with_the_broker_away_keeps_the_rows_for_the_next(settings, told, monkeypatch):
    at = factories.now()
    row(at=at - timedelta(minutes=5))

    def away(task, args):
        raise ConnectionError("refused")

    with monkeypatch.context() as broken:
        broken.setattr(outbox.current_app, "send_task", away)
        assert outbox.sweep(at=at) == 0

    assert outbox.sweep(at=at) == 1


def test_nudge_broker_found_silent_is_not_asked_by_the_next_letter(monkeypatch):
    asked = []

    def away(task, args):
        asked.append(args)
        raise ConnectionError("refused")

    monkeypatch.setattr(outbox.current_app, "send_task", away)
    monkeypatch.setattr(outbox._broker, "silent_until", 0.0)

    with transaction.atomic():
        for _number in range(50):
            row()

    assert len(asked) == 1
    assert OutboxMessage.objects.count() == 50
