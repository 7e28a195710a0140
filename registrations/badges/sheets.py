"""Sheets of badges: the geometry of each layout in millimetres, and where each badge falls on them.

Sizes of the label and card sheets: DOMAIN "The door" (the L4785 family; 85 × 54 mm cards).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Layout(models.TextChoices):
    """The papers badges are printed on; the labels are what an organiser chooses from."""

    A6 = "a6", _("A6, one badge a page")
    A6_ON_A4 = "a6_on_a4", _("A6, four on an A4 sheet to cut")
    LABELS = "labels", _("Labels 80 × 50 mm, ten on an A4 sheet")
    CARDS = "cards", _("Cards 85 × 54 mm, ten on an A4 sheet")


@dataclass(frozen=True)
class Sheet:
    """A page and the badges on it: millimetres from the page's top left corner, filled row by row."""

    page: tuple[float, float]
    size: tuple[float, float]
    first: tuple[float, float]
    pitch: tuple[float, float]
    columns: int
    rows: int
    radius: float = 0
    cuts: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())

    @property
    def places(self) -> int:
        """Badges on a full page."""
        return self.columns * self.rows

    def corner(self, index: int, *, back: bool = False) -> tuple[float, float]:
        """The top left corner of place ``index`` (from 0); on the back of the paper the columns run the other way."""
        row, column = divmod(index, self.columns)
        if back:
            column = self.columns - 1 - column
        return self.first[0] + column * self.pitch[0], self.first[1] + row * self.pitch[1]


SHEETS = {
    Layout.A6: Sheet(page=(105, 148), size=(105, 148), first=(0, 0), pitch=(105, 148), columns=1, rows=1),
    Layout.A6_ON_A4: Sheet(
        page=(210, 297),
        size=(105, 148),
        first=(0, 0.5),
        pitch=(105, 148),
        columns=2,
        rows=2,
        cuts=((105,), (0.5, 148.5, 296.5)),
    ),
    Layout.LABELS: Sheet(page=(210, 297), size=(80, 50), first=(18, 13), pitch=(95, 55), columns=2, rows=5, radius=4),
    Layout.CARDS: Sheet(page=(210, 297), size=(85, 54), first=(15, 13.5), pitch=(95, 54), columns=2, rows=5),
}

Place = tuple[float, float, int]


@dataclass(frozen=True)
class Run:
    """How a set of badges is to be printed: the layout, how far this printer is off (mm), and where to begin."""

    layout: Layout
    offset_x: float = 0
    offset_y: float = 0
    start: int = 1
    both_sides: bool = False

    @property
    def sheet(self) -> Sheet:
        return SHEETS[self.layout]

    def pages(self, count: int) -> Iterator[list[Place]]:
        """The pages for ``count`` badges: (x, y, index of the badge); with ``both_sides`` each page's back follows it."""
        skipped = self.start - 1
        for first in range(0, skipped + count, self.sheet.places):
            numbers = range(max(first, skipped), min(first + self.sheet.places, skipped + count))
            yield [self._place(number, skipped, back=False) for number in numbers]
            if self.both_sides:
                yield [self._place(number, skipped, back=True) for number in numbers]

    def _place(self, number: int, skipped: int, *, back: bool) -> Place:
        x, y = self.sheet.corner(number % self.sheet.places, back=back)
        return round(x + self.offset_x, 2), round(y + self.offset_y, 2), number - skipped

    def geometry(self) -> dict[str, Any]:
        """What the template needs to know of the sheet; lines to cut along move with the badges."""
        sheet = self.sheet
        return {
            "page": sheet.page,
            "size": sheet.size,
            "radius": sheet.radius,
            "face": "portrait" if sheet.size[1] > sheet.size[0] else "label",
            "cuts": ([x + self.offset_x for x in sheet.cuts[0]], [y + self.offset_y for y in sheet.cuts[1]]),
        }
