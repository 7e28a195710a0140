"""The Celery application; its settings are the ``CELERY_*`` names in config.settings."""

import os

from celery import Celery
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("guimard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def show_a_first_pulse(**_: object) -> None:
    """Have a worker that just started show its pulse, and sweep what was left: beat's first round is a while away."""
    for name in ("core.heartbeat", "core.sweep_outbox"):
        app.send_task(name)
