"""Cover pictures: looked at by content, shrunk and written anew, so that nothing but the picture is kept."""

import base64
import binascii
import io
import uuid
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600
_FORMATS = ("JPEG", "PNG", "WEBP")


class NotACover(ValueError):
    """What was uploaded can't be the cover; ``message`` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read_cover(content: bytes) -> bytes:
    """The picture as a JPEG of 1600 px at most, without its metadata (a phone writes the place into it). Raises NotACover."""
    from PIL import Image, ImageOps

    if len(content) > MAX_BYTES:
        raise NotACover(_("The picture is larger than 8 MB: choose a smaller one."))
    try:
        # The size is read from the header; only then is it safe to unpack the pixels.
        picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise NotACover(_("The picture has more than 50 million pixels: choose a smaller one."))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _as_jpeg(upright)
    except NotACover:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotACover(_("This file is not a picture that we can read: choose a JPEG, PNG or WebP file.")) from error


def _as_jpeg(picture: "Picture") -> bytes:
    from PIL import Image

    layers = picture.convert("RGBA")
    paper = Image.new("RGB", layers.size, "white")
    paper.paste(layers, mask=layers.getchannel("A"))
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


def cover_file(content: bytes) -> ContentFile[bytes]:
    """The file to store, under a name that says nothing and is never used twice."""
    return ContentFile(content, name=f"{uuid.uuid4().hex}.jpg")


def pack(content: bytes) -> str:
    """The picture as text for a hidden field: a form that comes back keeps what was chosen."""
    return base64.b64encode(content).decode("ascii")


def unpack(text: str) -> bytes:
    """What ``pack`` packed. Raises NotACover for anything that is not base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotACover(_("The picture did not arrive whole: choose it again.")) from error
