"""Reads a line of digits written by hand: a small net of our own that sees the line as it stands (docs/handwriting.md, "The line reader").

It was trained on other material than PP-OCR's model (tests/bench/train_lines.py), so the two are independent readers. Beside the
characters it tells handwriting from print, by the look of the ink.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from ocr.models import open_model

#: The signs that are read, in the order of the net's classes from 1; 0 is the blank. "," stands for a comma and a point.
ALPHABET = "0123456789,-/XVI"
HEIGHT = 32  # pixels of the net's input
WIDEST = 480
BORDER = 8  # pixels of paper at both ends
MODEL = Path(__file__).parent / "lines.onnx"


class LineReader:
    """One a worker process. Not safe for threads."""

    def __init__(self) -> None:
        self._session = open_model(MODEL)

    def read(self, crop: np.ndarray) -> tuple[np.ndarray, float]:
        """For a grey crop of one line (uint8, dark ink on light paper): log probabilities, steps x (1 + signs), and how surely it is
        handwriting, 0 print .. 1 hand."""
        logs, hand = self._session.run(None, {"x": as_line(crop)[None]})
        return logs[0], float(hand[0])


def as_line(crop: np.ndarray) -> np.ndarray:
    """1 x HEIGHT x width, 0 paper .. 1 ink."""
    darkness = 255.0 - crop.astype(np.float32)
    darkest = float(np.percentile(darkness, 99)) if darkness.size else 0.0
    darkness = np.clip(darkness / max(darkest, 40.0), 0, 1)
    width = min(WIDEST - 2 * BORDER, max(8, round(crop.shape[1] * HEIGHT / crop.shape[0])))
    small = cv2.resize(darkness, (width, HEIGHT), interpolation=cv2.INTER_AREA if crop.shape[0] > HEIGHT else cv2.INTER_LINEAR)
    total = -(-(width + 2 * BORDER) // 8) * 8
    out = np.zeros((1, HEIGHT, total), np.float32)
    out[0, :, BORDER : BORDER + width] = small
    return out
