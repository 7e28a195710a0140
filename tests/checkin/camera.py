"""A camera that shows badges: an uncompressed video for Chromium's fake capture device."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import qrcode

WIDTH, HEIGHT, RATE = 640, 480, 10


def arguments(video: Path) -> list[str]:
    """The switches with which Chromium takes ``video`` for its camera, and nobody has to allow it."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={video}",
    ]


def write_video(path: Path, shown: Sequence[tuple[str, float]]) -> Path:
    """Write a video (YUV4MPEG2, 4:2:0) that shows each QR text for its seconds, "" being an empty table; it loops."""
    random = np.random.default_rng(7)
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for text, seconds in shown:
            picture = _picture(text)
            for _ in range(round(seconds * RATE)):
                noisy = picture + random.normal(0, 12, picture.shape)
                file.write(b"FRAME\n" + np.clip(noisy, 0, 255).astype(np.uint8).tobytes())
                file.write(bytes([128]) * (WIDTH * HEIGHT // 2))
    return path


def _picture(text: str) -> Any:
    """A badge on a dark table: a light card with the code in its middle, a little out of level light."""
    picture = np.full((HEIGHT, WIDTH), 70.0)
    if text:
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
        code.add_data(text)
        modules = np.kron(~np.array(code.get_matrix()), np.ones((8, 8)))
        side = modules.shape[0]
        top, left = (HEIGHT - side) // 2, (WIDTH - side) // 2
        picture[top : top + side, left : left + side] = 40 + modules * 180
    return picture * np.linspace(0.8, 1.0, WIDTH)
