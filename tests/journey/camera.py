"""A camera that looks at the badge in a letter: its picture as an uncompressed video for Chromium's fake capture device."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

WIDTH, HEIGHT, RATE, FRAMES = 640, 480, 10, 10


def arguments(video: Path) -> list[str]:
    """The switches with which Chromium takes ``video`` for its camera, and nobody has to allow it."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={video}",
    ]


def write_video(path: Path, picture: bytes) -> Path:
    """Write a video (YUV4MPEG2, 4:2:0) of ``picture``, an image file, held still before a dark wall; it loops."""
    grey = Image.open(io.BytesIO(picture)).convert("L")
    scale = max(1, 400 // max(grey.size))
    card = np.kron(np.asarray(grey), np.ones((scale, scale)))[:HEIGHT, :WIDTH]
    scene = np.full((HEIGHT, WIDTH), 60.0)
    top, left = (HEIGHT - card.shape[0]) // 2, (WIDTH - card.shape[1]) // 2
    scene[top : top + card.shape[0], left : left + card.shape[1]] = 30 + card * 0.75
    random = np.random.default_rng(9)
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(FRAMES):
            # A sensor has noise, and no two frames are the same.
            noisy = np.clip(scene + random.normal(0, 8, scene.shape), 0, 255)
            file.write(b"FRAME\n" + noisy.astype(np.uint8).tobytes() + bytes([128]) * (WIDTH * HEIGHT // 2))
    return path
