"""Queries whose SQL is written once, for the few that come in bursts.

To authenticate a token or to judge a single scan, Django takes longer to write the query than the database to answer it.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

# Stand-ins that no column holds, by which an argument's place among the SQL's parameters is known.
_FIRST = -(2**62)
Row = TypeVar("Row", bound=Model)


_Written = tuple[type[Row], str, list[tuple[int | None, Any]]]


class Prepared(Generic[Row]):
    """A query made by ``build`` from one list of integers or of texts and some further integers.

    ``build`` gets the list as its first argument; the SQL is kept for each length of it. What ``build`` makes is what is
    asked: the rules stay where they are written.
    """

    def __init__(self, build: Callable[..., QuerySet[Row, Any]]) -> None:
        self.build = build
        self._written = lru_cache(maxsize=128)(self._write)

    def __call__(self, many: Sequence[Any], *others: int) -> list[Row]:
        model, sql, places = self._written(connection.vendor, len(many), len(others))
        values = [*many, *others]
        given = [fixed if place is None else values[place] for place, fixed in places]
        return list(model._default_manager.raw(sql, given))

    def _write(self, _vendor: str, length: int, further: int) -> _Written[Row]:
        stand_ins = [_FIRST - number for number in range(length + further)]
        rows = self.build(stand_ins[:length], *stand_ins[length:])
        sql, given = rows.query.sql_with_params()
        place = {str(stand_in): number for number, stand_in in enumerate(stand_ins)}
        return rows.model, sql, [(place.get(str(value)), value) for value in given]
