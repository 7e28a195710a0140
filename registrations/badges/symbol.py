"""The QR symbol of a badge code: the 26 characters and nothing else, version 2, level M, quiet zone of 4 modules."""

import io
import re
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

VERSION = 2
QUIET = 4
MODULES = 25
SIDE = MODULES + 2 * QUIET
# Any mask makes a valid symbol; trying all eight for the prettiest takes six times as long.
MASK = 3
_CODE = re.compile(r"[A-Z2-7]{26}")


@lru_cache(maxsize=32)  # a letter shows the same symbol twice, as a picture and in the PDF
def modules(code: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the symbol without quiet zone, True for dark. Raises ValueError for what is no badge code."""
    if not _CODE.fullmatch(code):
        raise ValueError("A badge code is 26 upper-case base32 characters.")
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode
    from qrcode.util import QRData

    symbol = QRCode(version=VERSION, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    symbol.add_data(QRData(code))
    symbol.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.modules)


def badge_path(code: str) -> str:
    """The dark modules as one SVG path in a square of SIDE × SIDE modules, quiet zone included."""
    return "".join(_runs(row, y + QUIET) for y, row in enumerate(modules(code)))


def _runs(row: tuple[bool, ...], y: int) -> str:
    edges = [x for x in range(len(row) + 1) if (x > 0 and row[x - 1]) != (x < len(row) and row[x])]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return "".join(f"M{start + QUIET} {y}h{end - start}v1h{start - end}z" for start, end in pairs)


def badge_svg(code: str, label: str = "") -> SafeString:
    """The symbol as inline SVG, dark on white in any colour scheme; ``label`` is its text alternative, else it is hidden."""
    role = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" {role}>'
        '<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>',
        side=SIDE,
        role=role,
        path=badge_path(code),
    )


def badge_png(code: str, scale: int = 8) -> bytes:
    """The symbol as a PNG of ``SIDE × scale`` pixels a side (264 by default), black on white."""
    from PIL import Image

    image = Image.new("1", (SIDE, SIDE), 1)
    for y, row in enumerate(modules(code)):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + QUIET, y + QUIET), 0)
    out = io.BytesIO()
    image.resize((SIDE * scale, SIDE * scale), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()
