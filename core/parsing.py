"""What the API reads: JSON with an end to its depth and to its numbers, and which texts a database can't keep."""

import codecs
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant

DEEPEST = 32
# PostgreSQL keeps neither in a text or in JSON. The JSON reader lets them through when they are written as escapes.
_UNFIT = re.compile("[\x00\ud800-\udfff]")


class BoundedJSONParser(JSONParser):
    """JSON as DRF reads it, but a nesting or a number that nobody can work with is a 400 and not a failure of ours."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value in ``stream``. Raises ParseError, which says what can't be used."""
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            text = codecs.getreader(encoding)(stream).read()
            value = json.loads(text, parse_constant=strict_constant, parse_float=_finite)
        except RecursionError as error:
            raise ParseError(_("The JSON is nested too deeply.")) from error
        except (ValueError, LookupError) as error:
            raise ParseError(_("The body is not JSON: %(reason)s") % {"reason": error}) from error
        # Most bodies have too few brackets to be deep.
        if text.count("[") + text.count("{") > DEEPEST and _depth(value) > DEEPEST:
            raise ParseError(_("The JSON is nested too deeply."))
        return value


def keepable(value: Any) -> bool:
    """Whether a database can keep every text in ``value``: none has a zero character or half of a surrogate pair."""
    return not any(map(_UNFIT.search, _texts(value)))


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits[:20]} is out of range")
    return number


def _layers(value: Any) -> Iterator[list[Any]]:
    """The values at each depth, from ``value`` alone down."""
    layer = [value]
    while layer:
        yield layer
        layer = [part for whole in layer for part in _parts(whole)]


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _depth(value: Any) -> int:
    """How many lists and objects stand in each other at most."""
    return sum(any(isinstance(part, dict | list) for part in layer) for layer in _layers(value))


def _texts(value: Any) -> Iterator[str]:
    """Every text in ``value``, names of fields included."""
    for layer in _layers(value):
        for part in layer:
            if isinstance(part, str):
                yield part
            elif isinstance(part, dict):
                yield from part
