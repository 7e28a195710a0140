"""Rate limits, counted in the cache in fixed windows. While the cache is away, everybody is let through."""

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` in ``seconds`` for each ``key`` (an address, an event, both) of the purpose ``name``."""

    name: str
    key: str
    times: int
    seconds: int

    def slot(self, at: datetime) -> str:
        """The cache key of the window around ``at``; the key itself is hashed, so that no address stands in the cache."""
        digest = hashlib.blake2b(f"{settings.SECRET_KEY}:{self.key}".encode(), digest_size=16).hexdigest()
        return f"throttle:{self.name}:{digest}:{int(at.timestamp()) // self.seconds}"


def allows(limits: Iterable[Limit], *, at: datetime) -> bool:
    """Count one use of each limit; False as soon as one is exceeded."""
    for limit in limits:
        count = _count(limit, at)
        if count is None:
            # One silent cache is enough waiting for one request.
            return True
        if count > limit.times:
            return False
    return True


def _count(limit: Limit, at: datetime) -> int | None:
    """How often the limit was used in this window, this time included; None while the cache is away."""
    slot = limit.slot(at)
    try:
        count: int | None = cache.incr(slot)
    except ValueError:
        cache.add(slot, 1, timeout=limit.seconds)
        return 1
    except (RedisError, OSError):
        return None
    return count


def client_address(request: HttpRequest) -> str:
    """The network address that a limit counts by: the IPv4 address, or the /64 that one IPv6 household has.

    Behind ``TRUSTED_PROXIES`` proxies of our own it is the address that the outermost of them saw; with none,
    ``X-Forwarded-For`` is what a stranger wrote and is not looked at.
    """
    raw = str(request.META.get("REMOTE_ADDR", ""))
    proxies = getattr(settings, "TRUSTED_PROXIES", 0)
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        raw = hops[-proxies]
    return _household(raw)


def _household(raw: str) -> str:
    try:
        address = ipaddress.ip_address(raw)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
