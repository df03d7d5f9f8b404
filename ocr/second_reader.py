"""The second, independent reader of numbers: PP-OCR's recognition model in whole numbers, restricted to digits and `, . -`.

One crop holds one number on one line. The model knows nothing of tesseract's errors, so a value on which both agree is
very rarely wrong (docs/reading.md, "When is a number certain").
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from ocr.models import RECOGNITION, model_path, open_model

MODEL = Path(__file__).parent / "numbers.onnx"  # made by tests/bench/quantise_numbers.py
ALPHABET = "0123456789,.-"
LINE_HEIGHT = 48  # pixels, fixed by the model
LEAST_WIDTH = 96
GREATEST_WIDTH = 1920


class SecondReader:
    """One a worker process. Not safe for threads."""

    def __init__(self, model: Path = MODEL) -> None:
        self._session = open_model(model)
        # CTC: class 0 is the blank, class i + 1 the i-th character of the model's own list.
        characters = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._characters = {character: n + 1 for n, character in enumerate(characters)}
        self._classes = np.array([0] + [self._characters[c] for c in ALPHABET])

    def read(self, crop: np.ndarray) -> tuple[str, float]:
        """Text of a grey crop (height x width, uint8, dark ink on light paper) and the mean probability of its characters.

        The probabilities are those among all characters of the model, so letters that were forced into digits show as a low confidence.
        """
        if min(crop.shape) < 4:
            return "", 0.0
        probabilities = self._session.run(None, {"x": as_input(crop)})[0][0][:, self._classes]
        best = probabilities.argmax(axis=1)
        text, chances = "", []
        for step, choice in enumerate(best):
            if choice == 0:
                continue
            if step and best[step - 1] == choice:
                chances[-1] = max(chances[-1], float(probabilities[step, choice]))
                continue
            text += ALPHABET[choice - 1]
            chances.append(float(probabilities[step, choice]))
        return text.strip(",."), float(np.mean(chances)) if chances else 0.0

    def chances(self, crop: np.ndarray, signs: Sequence[str], floor: float) -> np.ndarray:
        """Log probabilities along a grey crop of one line, steps x (1 + signs), the blank first. signs: for each the characters that
        count as it; floor: the least chance of each, before they are made to add up to one."""
        probabilities = self._session.run(None, {"x": as_input(crop)})[0][0]
        columns = [[0], *([self._characters[c] for c in called if c in self._characters] for called in signs)]
        summed = np.stack([probabilities[:, column].sum(axis=1) for column in columns], axis=1) + floor
        return np.log(summed / summed.sum(axis=1, keepdims=True))


def as_input(crop: np.ndarray) -> np.ndarray:
    """1 x 1 x 48 x width, -1..1; padded on the right with the middle grey, as the model was trained."""
    height, width = crop.shape
    scaled = min(GREATEST_WIDTH, max(8, round(width * LINE_HEIGHT / height)))
    line = cv2.resize(crop, (scaled, LINE_HEIGHT), interpolation=cv2.INTER_LINEAR).astype(np.float32) / 127.5 - 1
    padded = np.zeros((LINE_HEIGHT, max(LEAST_WIDTH, -(-scaled // 32) * 32)), np.float32)
    padded[:, :scaled] = line
    return padded[None, None]


def recognition_model() -> Path:
    """PP-OCR's own model, of which ours was made."""
    return model_path(RECOGNITION)
