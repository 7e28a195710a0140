"""PDF pages as a person or a scanner gets them: pictures of the print, words by their places, codes that scan."""

import io
import shutil
import subprocess
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

DPI = 300


def pictures(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    """Each page in grey, as a laser printer of ``dpi`` would print it; skips where poppler is missing."""
    if not shutil.which("pdftoppm"):
        pytest.skip("no pdftoppm (poppler-utils) on this machine")
    made = subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-"], input=pdf, capture_output=True, check=True).stdout
    images = []
    while made:
        image = Image.open(io.BytesIO(made))
        size = len(f"P5\n{image.width} {image.height}\n255\n") + image.width * image.height
        images.append(image.copy())
        made = made[size:]
    return images


def codes(picture: Image.Image) -> list[str]:
    """The QR codes that scan on a page, in no order."""
    import zxingcpp

    return [found.text for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def boxes(picture: Image.Image) -> list[tuple[float, float, float, float]]:
    """Where each code lies: left, top, right and bottom in mm, without quiet zone."""
    import zxingcpp

    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    corners = [(c.position.top_left, c.position.bottom_right) for c in found]
    scale = 25.4 / DPI
    return [(a.x * scale, a.y * scale, b.x * scale, b.y * scale) for a, b in corners]


def dark_in(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether anything is printed in the rectangle (mm)."""
    box = tuple(round(side * DPI / 25.4) for side in (left, top, right, bottom))
    return picture.crop(box).getextrema()[0] < 128


def words(pdf: bytes) -> list[str]:
    """The text of each page, soft hyphens and line ends taken out."""
    return ["".join(page.extract_text().replace("\u00ad", "").split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def sizes(pdf: bytes, page: int = 0) -> dict[str, float]:
    """The font size in points of each piece of text."""
    found: dict[str, float] = {}

    def look(text: str, _matrix: Any, place: list[float], _font: Any, size: float) -> None:
        if text.strip():
            found[text.strip()] = round(size * abs(place[0]), 1)

    PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=look)
    return found
