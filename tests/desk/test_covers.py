import io
import struct
import zlib

import pytest

from desk.covers import LONGEST_SIDE, NotACover, pack, read_cover, unpack
from tests.desk.makers import picture


def test_read_cover_of_a_large_picture_gives_a_smaller_jpeg():
    from PIL import Image

    result = read_cover(picture((3200, 1000)).read())

    shrunk = Image.open(io.BytesIO(result))
    assert (shrunk.format, shrunk.size) == ("JPEG", (LONGEST_SIDE, 500))


def test_read_cover_drops_the_metadata():
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "JPEG", exif=exif)
    assert b"taken at home" in out.getvalue()

    assert b"taken at home" not in read_cover(out.getvalue())


def test_read_cover_turns_the_picture_upright():
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held sideways
    out = io.BytesIO()
    Image.new("RGB", (60, 30)).save(out, "JPEG", exif=exif)

    assert Image.open(io.BytesIO(read_cover(out.getvalue()))).size == (30, 60)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\x89PNG\r\n\x1a\nbroken",
        b"GIF89a" + b"\0" * 50,
    ],
)
def test_read_cover_of_another_content_is_refused(content):
    with pytest.raises(NotACover, match="JPEG, PNG or WebP"):
        read_cover(content)


def _png_header(side):
    """A PNG that promises ``side`` × ``side`` pixels and holds none of them."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b""))]
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_read_cover_of_too_many_pixels_is_refused_before_they_are_unpacked():
    with pytest.raises(NotACover, match="50 million"):
        read_cover(_png_header(8000))


def test_read_cover_of_a_decompression_bomb_is_refused():
    with pytest.raises(NotACover):
        read_cover(_png_header(60_000))


def test_unpack_of_what_was_packed_gives_it_back():
    assert unpack(pack(b"\x00picture")) == b"\x00picture"


def test_unpack_of_something_else_is_refused():
    with pytest.raises(NotACover):
        unpack("not base64 §")
