"""Is the process up, and is everything there that it needs?"""

from collections.abc import Callable
from datetime import timedelta
from hmac import compare_digest

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView
from redis import Redis
from redis.exceptions import RedisError

from config.environment import value
from core.models import OutboxMessage
from core.tasks import HEARTBEAT_KEY

OUTBOX_AGE = timedelta(minutes=5)
# Six beats may be missed before the worker counts as gone.
HEARTBEATS_MISSED = 6


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and outbox are fine; else 503 with the reason of each that is not."""
    checks: dict[str, Callable[[], str]] = {
        "database": _database, "broker": _broker, "worker": _worker, "outbox": _outbox
    }  # fmt: skip
    reasons = {name: check() for name, check in checks.items()}
    answer = {"ready": not any(reasons.values()), "checks": {name: reason or "ok" for name, reason in reasons.items()}}
    return JsonResponse(answer, status=200 if answer["ready"] else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "the database does not answer"
    return ""


def _broker() -> str:
    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=0.3, socket_connect_timeout=0.3).ping()
    except RedisError:
        return "the broker does not answer"
    return ""


def _worker() -> str:
    beat = cache.get(HEARTBEAT_KEY)
    limit = HEARTBEATS_MISSED * max(settings.OUTBOX_SWEEP_SECONDS, 1)
    if beat is None:
        return "no sign of life from a worker"
    age = timezone.now().timestamp() - beat
    return f"no sign of life from a worker for {age:.0f} s" if age > limit else ""


def _outbox() -> str:
    try:
        oldest = (
            OutboxMessage.objects.filter(done_at=None, failed_at=None, due_at__lt=timezone.now() - OUTBOX_AGE)
            .order_by("due_at")
            .values_list("due_at", flat=True)
            .first()
        )
    except DatabaseError:
        return "the database does not answer"
    return f"work is waiting since {oldest.isoformat()}" if oldest else ""


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' numbers: for a bearer of ``METRICS_TOKEN``, or from this very machine when none is set."""
    token = value("METRICS_TOKEN")
    if token:
        allowed = compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    else:
        allowed = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and "X-Forwarded-For" not in request.headers
    if not allowed:
        return HttpResponseForbidden("Set METRICS_TOKEN and send it as a bearer token.\n", content_type="text/plain")
    response: HttpResponse = ExportToDjangoView(request)
    return response
