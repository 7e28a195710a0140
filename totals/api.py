"""The public numbers over the API: for everybody, from any page, and cheap to ask for again and again."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any
from uuid import UUID

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from delegations.models import Delegation
from totals.selectors import figures, public_delegation, published_figures, revision_of

KEPT_SECONDS = 60
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class FigureSerializer(serializers.Serializer[Any]):
    """``value`` = ``opening`` (published before Guimard) + ``counted`` (since then)."""

    value = serializers.IntegerField()
    opening = serializers.IntegerField()
    counted = serializers.IntegerField()


class FiguresSerializer(serializers.Serializer[Any]):
    """The six figures by their names."""

    participants = FigureSerializer()
    stakeholder_meetings = FigureSerializer()
    speaking_engagements = FigureSerializer()
    working_group_participations = FigureSerializer()
    dignitary_visits = FigureSerializer()
    metropole_meetings = FigureSerializer()


class TotalsSerializer(serializers.Serializer[Any]):
    """``as_of`` is the last day that any of the figures speaks of; null while there is none."""

    delegation = serializers.SlugField()
    as_of = serializers.DateField(allow_null=True)
    figures = FiguresSerializer()


View = Callable[..., HttpResponseBase]


def open_to_all_origins(view: View) -> View:
    """Let scripts of any page read the answer, errors too; no cookie or token plays a part in it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        return response

    return answer


_SLUG = OpenApiParameter(
    "delegation",
    OpenApiTypes.STR,
    description="The delegation's short name; may be left out where the installation has one delegation only.",
)
_FROM = OpenApiParameter(
    "from",
    OpenApiTypes.DATE,
    description=(
        "First day. An opening balance can't be divided: it is in figures whose period holds all of its time, in no other, "
        "and what is dated up to its day is never added."
    ),
)
_TO = OpenApiParameter("to", OpenApiTypes.DATE, description="Last day, included.")


@extend_schema(
    parameters=[_SLUG, _FROM, _TO], responses=TotalsSerializer, auth=[], operation_id="totals", tags=["totals"]
)
@open_to_all_origins
@api_view(["GET"])
@authentication_classes([])
@permission_classes([AllowAny])
def totals(request: Request) -> HttpResponseBase:
    """The published figures of a delegation: opening balance plus what was counted since, of events that are closed."""
    since, until = _day(request, "from"), _day(request, "to")
    if since and until and until < since:
        raise ValidationError({"to": [_("The last day is before the first.")]})
    slug = _slug(request)
    try:
        revision = revision_of(slug)[1]
    except Delegation.DoesNotExist:
        raise _unknown() from None
    body, tag = (_kept_body if revision else _body)(slug, revision, since, until)
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={KEPT_SECONDS}"}
    response = HttpResponse(body, content_type="application/json", headers=headers)
    return get_conditional_response(request._request, etag=tag, response=response) or response


def _slug(request: Request) -> str:
    given = request.GET.get("delegation", "")
    if not given:
        known = [found.delegation.slug for found in published_figures()]
        if len(known) == 1:
            return known[0]
        raise ValidationError(
            {"delegation": [_("Say which delegation: %(known)s.") % {"known": ", ".join(known) or "–"}]}
        )
    if not slug_re.fullmatch(given):
        raise _unknown()
    return given


def _unknown() -> NotFound:
    return NotFound(_("There is no delegation of that name here."))


def _day(request: Request, name: str) -> date | None:
    given = request.GET.get(name, "")
    if not given:
        return None
    try:
        return date.fromisoformat(given if _DAY.fullmatch(given) else "")
    except ValueError:
        raise ValidationError({name: [_("Write the day as YYYY-MM-DD, for example 2026-01-31.")]}) from None


def _body(slug: str, _revision: UUID | None, since: date | None, until: date | None) -> tuple[bytes, str]:
    """The answer as JSON, and its entity tag."""
    found = figures(public_delegation(slug), since, until)
    lines = {
        str(line.figure): {"value": line.value, "opening": line.opening, "counted": line.counted} for line in found
    }
    as_of = found.as_of.isoformat() if found.as_of else None
    body = json.dumps({"delegation": slug, "as_of": as_of, "figures": lines}, separators=(",", ":")).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


# The revision changes in the transaction of every change, so what is kept under it is right for ever, in each process by
# itself: one small query says whether it still holds, and neither a clock nor Redis takes part.
_kept_body = lru_cache(maxsize=512)(_body)
