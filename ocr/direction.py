"""Whether a page stands on its head: a small direction model votes on up to two dozen of its lines."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.models import DIRECTION, model_path, open_model

FIRST, SECOND, LINES = 4, 12, 24  # more where the first are in doubt: they are handwriting and rows of boxes on a form filled in by hand
LINE_HEIGHT, LINE_WIDTH = 48, 192  # pixels, fixed by the model
LONGEST = 5.0  # a line is cut to this many heights: squeezed letters are hard to judge
UPRIGHT = 4.0  # the first few alone say that it stands upright: on their head pages have 2.1 and more, 97 % of upright ones -4 and less
SURE = 1.0  # mean log odds of a line from which a page is turned: pages on their head have 2.9 and more, doubtful ones are mostly upright


class DirectionReader:
    """One a worker process."""

    def __init__(self) -> None:
        self._session = open_model(model_path(DIRECTION))

    def upside_down(self, grey: np.ndarray, lines: list[tuple[int, int, int, int]]) -> bool:
        """Votes over text lines given as (left, top, width, height) in pixels of the grey page; no lines: upright."""
        chosen = sorted(lines, key=lambda box: -min(box[2], LONGEST * box[3]) * box[3])[:LINES]
        if not chosen:
            return False
        odds = self._odds(grey, chosen[:FIRST])
        for start, end, upright in ((FIRST, SECOND, UPRIGHT), (SECOND, LINES, SURE)):
            if odds.mean() <= -upright or len(chosen) <= start:
                break
            odds = np.concatenate([odds, self._odds(grey, chosen[start:end])])
        return bool(odds.mean() > SURE)

    def _odds(self, grey: np.ndarray, lines: list[tuple[int, int, int, int]]) -> np.ndarray:
        """Log odds of each line that it stands on its head."""
        crops = np.concatenate([_as_input(grey, box) for box in lines])
        upright, turned = self._session.run(None, {"x": crops})[0].T
        odds: np.ndarray = np.log(np.clip(turned, 1e-4, 1)) - np.log(np.clip(upright, 1e-4, 1))
        return odds


def _as_input(grey: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    """1 x 3 x 48 x 192, -1..1, padded on the right with the middle grey."""
    left, top, width, height = box
    margin = max(1, height // 8)
    width = min(width, int(LONGEST * height))
    crop = grey[max(0, top - margin) : top + height + margin, max(0, left - margin) : left + width + margin]
    scaled = min(LINE_WIDTH, round(crop.shape[1] * LINE_HEIGHT / crop.shape[0]))
    padded = np.zeros((LINE_HEIGHT, LINE_WIDTH), np.float32)
    padded[:, :scaled] = cv2.resize(crop, (scaled, LINE_HEIGHT)).astype(np.float32) / 127.5 - 1
    return np.broadcast_to(padded, (1, 3, *padded.shape))
