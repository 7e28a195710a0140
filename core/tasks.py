"""Celery's side of the outbox, and the worker's pulse."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from core import jobs, outbox
from core.models import OutboxMessage

HEARTBEAT_KEY = "worker-heartbeat"


def outbox_task(name: str) -> Callable[[Callable[[OutboxMessage, datetime], None]], Any]:
    """Make a function of (message, at) the Celery task ``name`` that does an outbox row's work."""

    def decorate(handler: Callable[[OutboxMessage, datetime], None]) -> Any:
        def run(pk: int) -> None:
            outbox.work(pk, handler)

        return shared_task(name=name)(run)

    return decorate


@shared_task(name="core.sweep_outbox", expires=60)
def sweep_outbox() -> None:
    """Nudge what the broker or a killed worker lost."""
    outbox.sweep(at=timezone.now())


@shared_task(name="core.heartbeat", expires=60)
def heartbeat() -> None:
    """Leave a sign of life that /readyz reads."""
    cache.set(HEARTBEAT_KEY, timezone.now().timestamp(), timeout=600)


@shared_task(name="core.clean_jobs", expires=3600)
def clean_jobs() -> None:
    """Delete finished work that nobody needs any more; beat calls it daily."""
    jobs.clean_jobs(at=timezone.now())
