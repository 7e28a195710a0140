"""API errors as application/problem+json (RFC 9457), and the shape of lists."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import inline_serializer
from rest_framework import exceptions, serializers, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler


class Pages(PageNumberPagination):
    """Lists come in pages: ``results`` and the address of the ``next`` page, or null."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": {"type": ["string", "null"], "format": "uri"}},
        }


def pages_of(serializer: type[serializers.BaseSerializer[Any]]) -> Any:
    """For the API's description: the shape in which ``Pages`` lists what ``serializer`` writes."""
    name = f"{serializer.__name__.removesuffix('Serializer')}Page"
    return inline_serializer(name, {"results": serializer(many=True), "next": serializers.URLField(allow_null=True)})


class Conflict(exceptions.APIException):
    """The request is sound but the state of things does not allow it."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: any API error becomes ``type``, ``title``, ``status``, ``detail`` and, per field, ``errors``."""
    if isinstance(error, ObjectDoesNotExist):
        error = Http404()
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = _printable(problem(response.status_code, response.data, getattr(error, "default_code", "error")))
    response.content_type = "application/problem+json"
    return response


def problem(code: int, detail: Any, kind: str) -> dict[str, Any]:
    """The body of a problem: ``detail`` is a sentence, or what is wrong by field."""
    body: dict[str, Any] = {"type": f"urn:guimard:problem:{kind}", "title": _title(code), "status": code}
    if isinstance(detail, dict) and set(detail) == {"detail"}:
        return {**body, "detail": str(detail["detail"])}
    return {**body, "detail": _("Some of what was sent can't be used."), "errors": detail}


def _printable(detail: Any) -> Any:
    """``detail`` without halves of surrogate pairs: a refusal may repeat what was sent, and UTF-8 can't say those."""
    if isinstance(detail, dict):
        return {_printable(name): _printable(part) for name, part in detail.items()}
    if isinstance(detail, list | tuple):
        return [_printable(part) for part in detail]
    return detail.encode(errors="replace").decode() if isinstance(detail, str) else detail


def _title(code: int) -> str:
    return HTTPStatus(code).phrase
