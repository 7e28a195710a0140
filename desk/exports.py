"""Guest lists as files for spreadsheet programs. A cell that a program could take for a formula is neutralised."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from core.countries import country_name
from events.enums import Mode
from events.models import Event
from registrations.enums import LetterState, Part, Source, State
from registrations.models import Registration, RegistrationQuerySet

# A program takes what begins with one of these for a formula (OWASP, CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CHUNK = 1000
Cell = str | datetime | None


def columns() -> list[str]:
    """The headings, in the reader's language."""
    return [
        _("Family name"),
        _("Given name"),
        _("Organisation"),
        _("E-mail address"),
        _("Country code"),
        _("Country"),
        _("Language"),
        _("Part"),
        _("Takes part"),
        _("State"),
        _("Registered by"),
        _("Registered at"),
        _("Checked in at"),
        _("Latest letter"),
    ]


def rows(guests: RegistrationQuerySet, event: Event) -> Iterator[list[Cell]]:
    """One row for each guest of ``desk.selectors.guests.for_export``, read in chunks; times on the event's clock."""
    for guest in guests.iterator(chunk_size=_CHUNK):
        yield _row(guest, event)


def _row(guest: Any, event: Event) -> list[Cell]:
    registration: Registration = guest
    return [
        registration.family_name,
        registration.given_name,
        registration.organisation,
        registration.email,
        registration.country,
        country_name(registration.country) if registration.country else "",
        registration.language,
        str(Part(registration.part).label),
        str(Mode(registration.mode).label),
        str(State(registration.status).label),
        str(Source(registration.source).label),
        _local(registration.created_at, event),
        _local(guest.arrived_at, event),
        str(LetterState(guest.last_letter).label) if guest.last_letter else "",
    ]


def _local(moment: datetime | None, event: Event) -> datetime | None:
    return moment and moment.astimezone(event.zone).replace(tzinfo=None, microsecond=0)


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program could take ``text`` for a formula."""
    return text.startswith(_FORMULA_STARTS)


def harmless(cell: Cell) -> str:
    """The cell as text for a CSV file; a leading apostrophe tells a program that it is text."""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return f"'{cell}" if cell and is_risky(cell) else cell or ""


def as_csv(table: Iterable[list[Cell]]) -> Iterator[str]:
    """The file piece by piece: UTF-8 with a byte-order mark and semicolons, which Excel in French, Dutch and German opens
    by a double click.
    """
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns())
    for row in table:
        writer.writerow([harmless(cell) for cell in row])
        if buffer.tell() > 16_384:
            yield _drained(buffer)
    yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def write_xlsx(table: Iterable[list[Cell]], file: IO[bytes], title: str) -> None:
    """Write the workbook into ``file``, row by row: every text is a text cell, never a formula, a number or a link."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    with xlsxwriter.Workbook(file, options) as book:
        heading = book.add_format({"bold": True, "bottom": 1})
        # Keeps the text a text when somebody edits the cell, too.
        quoted = book.add_format({"quote_prefix": True})
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 3, 26)
        sheet.set_column(4, 13, 17)
        sheet.write_row(0, 0, columns(), heading)
        for number, row in enumerate(table, start=1):
            _write(sheet, number, row, quoted)


def _write(sheet: Any, number: int, row: list[Cell], quoted: Any) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, datetime):
            sheet.write_datetime(number, place, cell)
        elif cell:
            sheet.write_string(number, place, cell, quoted if is_risky(cell) else None)


def _sheet_name(title: str) -> str:
    kept = "".join(letter for letter in title if letter not in "[]:*?/\\'")
    return kept[:31].strip() or "guests"
