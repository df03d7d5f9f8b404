"""Reads what is written by hand in a place of a form, by two readers that share neither training nor data (docs/handwriting.md).

Our own is the line reader and the sign reader weighed together; the other is PP-OCR's recognition model.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box, Page
from ocr.hand_crops import HandCrop, cut_written
from ocr.hand_signs import SignReader
from ocr.line_texts import likely_texts, recombined_dates, text_costs
from ocr.second_reader import SecondReader
from ocr.written_line import ALPHABET, LineReader

_TEXTS = 12  # that are asked of each reader
_OF_LINE = 0.75  # the line reader's share of our own reading, the rest is the sign reader's
_WITHOUT = 2.0  # nats: so much less likely a beginning is struck out where no gap is behind it
_CAP = 9.0  # nats that one of our two may say against a text: it may have lost the line
#: What PP-OCR, which knows all letters, may call each sign of ours.
_CALLED = {
    "0": "0OoQD", "1": "1lI|!i", "2": "2Zz", "3": "3", "4": "4", "5": "5Ss", "6": "6bG", "7": "7", "8": "8B", "9": "9gq",
    ",": ",.;:·•'`", "-": "-–—~=_", "/": "/", "X": "Xx×", "V": "Vv", "I": "I",
}  # fmt: skip
_FLOOR = 1e-4  # of a sign that PP-OCR did not think of
_WIDEST_SIGN = 2.4  # of the digits' height: so wide is a sign with the gap behind it at most
_OF_DATES = "/XVI"  # signs that stand in dates alone; elsewhere a slash and a Roman one are a 1
_STROKE = 0.7  # nats by which a bare stroke in a date is less likely a slash or a Roman one, to readers that call it a 1


class HandReader:
    """One a worker process. Not safe for threads."""

    def __init__(self, second: SecondReader) -> None:
        self._second = second
        self._lines = LineReader()
        self._signs = SignReader()

    def look(self, grey: np.ndarray, page: Page, place: Box, boxed: bool) -> float | None:
        """How surely the ink in a place is handwriting, 0 print .. 1 hand; None where there is none."""
        crop = cut_written(grey, page, place, boxed)
        return None if crop is None else self.look_at(crop.picture)

    def look_at(self, line: np.ndarray) -> float:
        """The same of a line that was cut out already."""
        return self._lines.read(line)[1]

    def read(self, grey: np.ndarray, page: Page, place: Box, boxed: bool, dated: bool) -> HandReading:
        """What is written in a place of a page (grey: flattened, uint8; place in points); boxed: it has a printed frame; dated: a date
        is expected there, with slashes and Roman months."""
        crop = cut_written(grey, page, place, boxed)
        return HandReading() if crop is None else self.read_crop(crop, dated)

    def read_crop(self, crop: HandCrop, dated: bool) -> HandReading:
        """The same of writing that was cut out already; what it says without a doubtful first try is dearer by _WITHOUT for each reader."""
        reading = self._read_line(crop, dated)
        if crop.rest is None:
            return reading
        known = {text.text for text in reading.texts}
        rest = [t for t in self._read_line(crop.rest, dated).texts if t.text not in known]
        others = [replace(t, costs=(t.costs[0] + _WITHOUT, t.costs[1] + _WITHOUT)) for t in rest]
        return replace(reading, texts=tuple(sorted((*reading.texts, *others), key=lambda t: sum(t.costs))))

    def _read_line(self, crop: HandCrop, dated: bool) -> HandReading:
        line, hand = self._lines.read(crop.picture)
        signs = self._signs.read(crop.picture, ALPHABET)
        other = self._second.chances(crop.picture, [_CALLED[sign] for sign in ALPHABET], _FLOOR)
        views = [line, _with_strokes(signs), _with_strokes(other)] if dated else [_without_dates(v) for v in (line, signs, other)]
        least = crop.wide / _WIDEST_SIGN
        texts = [t for t in dict.fromkeys(t for logs in views for t in likely_texts(logs, ALPHABET, _TEXTS)) if len(t) >= max(1, least)]
        if not texts:
            return HandReading(hand=hand, struck=crop.struck, beyond=crop.beyond)
        if dated:
            texts = list(dict.fromkeys([*texts, *recombined_dates(texts)]))
        costs = [np.array(text_costs(logs, ALPHABET, texts)) for logs in views]
        own = _OF_LINE * np.minimum(costs[0], _CAP) + (1 - _OF_LINE) * np.minimum(costs[1], _CAP)
        written = [WrittenText(t, (float(a), float(b))) for t, a, b in zip(texts, own, costs[2], strict=True)]
        best = tuple(min(written, key=lambda text: text.costs[n]).text for n in (0, 1))
        return HandReading(tuple(sorted(written, key=lambda t: sum(t.costs))), (best[0], best[1]), hand, crop.struck, crop.beyond)


def _with_strokes(logs: np.ndarray) -> np.ndarray:
    """The chances in a date of readers that know no Roman months: what they call a 1 may be a bare stroke (II is not 11)."""
    out = logs.copy()
    one = out[:, ALPHABET.index("1") + 1] - _STROKE
    for sign in "I/":
        column = ALPHABET.index(sign) + 1
        out[:, column] = np.logaddexp(out[:, column], one)
    return out


def _without_dates(logs: np.ndarray) -> np.ndarray:
    """The chances where no date is expected."""
    out = logs.copy()
    one, gone = ALPHABET.index("1") + 1, [ALPHABET.index(sign) + 1 for sign in _OF_DATES]
    out[:, one] = np.logaddexp.reduce(out[:, [one, ALPHABET.index("/") + 1, ALPHABET.index("I") + 1]], axis=1)
    out[:, gone] = -1e9
    return out
