"""The worker's side of the broker: losing it never ends the worker."""

import logging

from celery.worker.consumer import Consumer

_log = logging.getLogger(__name__)


class SteadyConsumer(Consumer):
    """Celery's consumer, named in the setting ``worker_consumer``.

    Celery 5.7 closes a lost connection twice. Seen once in some forty losses, under load: the second close found messages
    to give back on a transport that was gone, and the AttributeError in kombu stopped the worker. The connection is
    lost in any case, and the outbox gives the work of those messages again, so the worker goes on to connect anew.
    """

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        try:
            super().on_connection_error_after_connected(exc)
        except AttributeError as fault:
            _log.warning("the lost connection could not be closed properly: %s", fault)
