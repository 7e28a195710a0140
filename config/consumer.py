"""The worker's side of the broker: losing it never ends the worker."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from celery.worker.consumer import Consumer

_log = logging.getLogger(__name__)


def steady(loop: Callable[..., Any]) -> Callable[..., Any]:
    """The event loop ``loop``, in which a message given back over a connection that is gone counts as a lost connection.

    Kombu 5 forgets the connection's parameters when it closes it, and then stumbles over them in the acknowledgement of a
    task that ended meanwhile; Celery knows what to do about a lost connection, but not about an AttributeError.
    """

    @wraps(loop)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return loop(*args, **kwargs)
        except AttributeError as fault:
            if "hostname" not in str(fault):
                raise
            raise ConnectionResetError("the broker was lost before a message could be given back") from fault

    return run


class SteadyConsumer(Consumer):
    """Celery's consumer, named in the setting ``worker_consumer``.

    The work of messages that could not be given back is found again by the outbox, so the worker only has to connect anew.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.loop = steady(self.loop)  # type: ignore[has-type]

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        """Close the lost connection; Celery 5.7 does it twice, and the second time may stumble as above."""
        try:
            super().on_connection_error_after_connected(exc)
        except AttributeError as fault:
            _log.warning("the lost connection could not be closed properly: %s", fault)
