"""WSGI application; app servers load ``config.wsgi:application``."""

import os
from pathlib import Path

from config.environment import home

# The web processes of one machine answer /metrics in turn, so each leaves its numbers here and any of them adds all up. Said
# before anything loads the client library, which looks once. Containers name a folder of their own: they share their home.
metrics = Path(os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(home() / "metrics")))
metrics.mkdir(parents=True, exist_ok=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
