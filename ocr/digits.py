"""Reads one digit in one box: a small net of our own, typed and written by hand (docs/form.md, "The digit reader").

It was trained on other material than PP-OCR's model (tests/bench/train_digits.py), so the two are independent readers.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from ocr.models import open_model

SIDE = 28  # pixels of the net's input
INK = 20  # pixels of the longer side of the ink within it
MODEL = Path(__file__).parent / "digits.onnx"


class DigitReader:
    """One a worker process. Not safe for threads."""

    def __init__(self) -> None:
        self._session = open_model(MODEL)

    def read(self, crops: list[np.ndarray]) -> np.ndarray:
        """Probabilities of the digits, count x 10, for grey crops (uint8, dark ink on light paper) of one digit each."""
        if not crops:
            return np.zeros((0, 10), np.float32)
        return self._session.run(None, {"x": np.stack([as_input(crop) for crop in crops])})[0]


def as_input(crop: np.ndarray) -> np.ndarray:
    """1 x SIDE x SIDE, 0 paper .. 1 ink: the ink at one size, its centre of mass in the middle."""
    darkness = 255.0 - crop.astype(np.float32)
    darkest = float(np.percentile(darkness, 99.5))
    darkness = (np.clip(darkness, 0, darkest) / max(darkest, 1)).astype(np.float32)
    rows, columns = np.nonzero(darkness > 0.4)
    if len(rows) == 0:
        return np.zeros((1, SIDE, SIDE), np.float32)
    cut = darkness[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = INK / max(cut.shape)
    size = max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale))
    small = cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    total = max(float(small.sum()), 1e-6)
    y = float((small.sum(axis=1) * np.arange(small.shape[0])).sum()) / total
    x = float((small.sum(axis=0) * np.arange(small.shape[1])).sum()) / total
    top = int(np.clip(round(SIDE / 2 - 0.5 - y), 0, SIDE - small.shape[0]))
    left = int(np.clip(round(SIDE / 2 - 0.5 - x), 0, SIDE - small.shape[1]))
    out = np.zeros((1, SIDE, SIDE), np.float32)
    out[0, top : top + small.shape[0], left : left + small.shape[1]] = small
    return out
