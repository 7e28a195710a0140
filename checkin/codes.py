"""Badge codes as they arrive: from a camera, a keyboard scanner or a person's fingers."""

import hashlib
import re

_CODE = re.compile(r"[A-Z2-7]{26}")
_GAPS = re.compile(r"[\s\u2010-\u2015-]+")
# A scanner that types for a QWERTY keyboard into an AZERTY machine: digits arrive as the unshifted signs of the upper row,
# and the keys of A and Q, of W and Z, and of M lie elsewhere.
_DIGITS = str.maketrans("éÉ\"'(-èÈ", "22345677")
_LETTERS = str.maketrans("AQWZ?,", "QAZWMM")
_AZERTY = re.compile(r"[éÉ\"'(èÈ?,]")


def candidates(text: str) -> list[str]:
    """The badge codes that ``text`` may stand for: none, the one as written, and the one as an AZERTY machine garbled it.

    Case, spaces and dashes don't matter. Two of 2^128 codes never meet by chance, so looking for both readings is safe.
    """
    plain = _GAPS.sub("", text).upper()
    found = [plain] if _CODE.fullmatch(plain) else []
    if _AZERTY.search(text) or (found and plain.isalpha()):
        digits = re.sub(r"\s+", "", text).translate(_DIGITS).upper()
        found += [code for code in (digits, digits.translate(_LETTERS)) if _CODE.fullmatch(code) and code not in found]
    return found


def digest(text: str) -> str:
    """SHA-256 (hex) of what was read, so that a stranger's QR is recognised again without being kept."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
