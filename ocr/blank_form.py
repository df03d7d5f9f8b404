"""A printed form without what was written into it: its lines and frames painted white, so that its labels read cleanly."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from metering.handwriting import fill_lines
from metering.pages import Box, Page, Word

_PITCH = 12.0  # points between two lines to write on at least
_ABOVE, _BELOW = 21.0, 5.0  # points above a printed line and below it that a hand takes
_LINE = 1.0  # points below a line's middle that are still its own ink
_SEEN, _ALONG = 4.0, 0.3  # points above a line's lower edge in which its rows are looked for, and share of their length that is dark
_OVER, _SLANT = 2.0, 1.5  # points above its rows in which a stroke that goes on below is seen, and by which it leans
_DARK = 215  # so dark is ink
_NEAR = 4.0  # points between a rule and the frame that it bounds
_SURELY, _TORN, _LETTERS = 0.9, 0.5, 3  # confidence of a word read before the form was blank, and of a torn one; its letters
_SURE = 0.6  # confidence of a printed word
_MARGIN, _LEAST_LABEL = 3.0, 20.0  # points around the paper before a frame, and of its width
_LEAST, _MOST = 4.0, 40.0  # points of the height of writing on one line
_PRINT = 1.3  # of the usual height of printed words: so high are those with a bracket or a long letter
_BESIDE, _WIDE = 1.0, 1.5  # of its height: between two parts of it, and its width at least


def places_over_lines(page: Page, frames: Sequence[Box]) -> tuple[Box, ...]:
    """What a hand takes over each printed line of a page; the rules of its tables are none to write on, seen upright ones or not."""
    lines = [line for line in fill_lines(page) if sum(_bounds(line, frame) for frame in frames) < 2]
    places = []
    for line in lines:
        over = [o.bottom for o in lines if o.bottom < line.top - _PITCH and o.shares_width(line)]
        top = max([line.middle[1] - _ABOVE, *(y + 2 for y in over)])
        places.append(Box(line.left, top, line.right, line.bottom + _BELOW))
    return tuple(places)


def doubtful_places(words: Sequence[Word], known: Sequence[Box]) -> list[Box]:
    """Where words stand beside each other that were hardly read, or figures however surely, the widest first: what was written where no
    line or frame is. Letters no higher than the form's print are none: small print is read badly, too. known: the places to write in,
    which are looked at anyhow."""
    free = [w for w in words if _LEAST < w.box.height < _MOST and not any(k.meets(w.box) for k in known)]
    print_ = median([w.box.height for w in words if is_printed(w)] or [0.0])
    doubtful = [w.box for w in free if w.confidence < _TORN and not (_is_letters(w.text) and w.box.height < _PRINT * print_)]
    figures = [w.box for w in free if w.confidence >= _TORN and _is_mostly_digits(w.text)]
    wide = (g for g in (*_beside(doubtful), *_beside(figures)) if g.width > _WIDE * g.height)
    return sorted((Box(g.left - 1, g.top - 2, g.right + 1, g.bottom + 2) for g in wide), key=lambda g: -g.width)


def _beside(boxes: Sequence[Box]) -> list[Box]:
    """Boxes that follow each other on a line put together."""
    groups: list[Box] = []
    for box in sorted(boxes, key=lambda b: b.left):
        near = (g for g in groups if box.left - g.right < _BESIDE * g.height and abs(box.middle[1] - g.middle[1]) < 0.5 * g.height)
        home = next(near, None)
        if home is None:
            groups.append(box)
        else:
            groups[groups.index(home)] = home.union(box)
    return groups


def _is_letters(text: str) -> bool:
    return 2 * sum(c.isalpha() for c in text) > len(text) and not any(c.isdigit() for c in text)


def _is_mostly_digits(text: str) -> bool:
    return 2 * sum(c.isdigit() for c in text) > len(text)


def paint_over(grey: np.ndarray, page: Page, frames: Sequence[Box], over_lines: Sequence[Box] = ()) -> np.ndarray:
    """A copy of the page (flattened, uint8) with frames painted white, and what was written over lines (as places_over_lines gives them):
    below a line only strokes that come from above, a caption may be printed there."""
    out = grey.copy()
    scale = grey.shape[1] / page.width
    for place in frames:
        _paint(out, place, scale)
    for place in over_lines:
        part = out[
            tuple(slice(max(0, round(a * scale)), round(b * scale)) for a, b in ((place.top, place.bottom), (place.left, place.right)))
        ]
        if part.size:
            _paint_writing(part, scale)
    return out


def printed_frames(page: Page, frames: Sequence[Box]) -> tuple[Box, ...]:
    """The frames that surely hold print: those in which words were read, and the heads of tables."""
    return tuple(f for f in frames if any(is_printed(w) and f.holds(w.box) for w in page.words) or _is_head(f, frames))


def before_frames(words: Sequence[Word], written: Sequence[Box], frames: Sequence[Box]) -> list[Box]:
    """The paper before each frame of one line to write in, or row of such, before which no word was read well: the engine may have passed
    over its label. words: of the form without its ink; frames: all, of which none stands right before such a one, as in tables."""
    printed = [w.box for w in words if is_printed(w)]
    left = min((box.left for box in printed), default=0.0) - _MARGIN
    firsts: list[Box] = []
    for frame in sorted((f for f in written if f.height < _MOST), key=lambda f: f.left):
        if not any(_is_level(frame, box) for box in firsts):
            firsts.append(frame)
    bare = [f for f in firsts if not any(_is_level(f, box) and box.left < f.left for box in printed)]
    alone = [f for f in bare if not any(_is_level(f, o) and 0 < f.left - o.right + 1 < _MARGIN + 1 for o in frames)]
    return [Box(left, f.top, f.left - _MARGIN, f.bottom) for f in alone if f.left - 2 * _MARGIN - left > _LEAST_LABEL]


def _is_level(frame: Box, box: Box) -> bool:
    return frame.top < box.middle[1] < frame.bottom


def with_sure_words(words: Sequence[Word], inked: Sequence[Word], painted: Sequence[Box]) -> list[Word]:
    """The words of a blank form, with those that were read surely before it was blank and are lost or torn now: the engine finds its
    lines anew. painted: where the ink was, whose words are none of the form's."""
    out = list(words)
    for word in inked:
        letters = sum(c.isalpha() for c in word.text) >= _LETTERS or "№" in word.text
        if word.confidence < _SURELY or not letters or any(p.holds(word.box) for p in painted):
            continue
        here = [w for w in out if _shares(w.box, word.box)]
        if all(w.confidence < _TORN for w in here):
            out = [*(w for w in out if w not in here), word]
    return out


def _shares(one: Box, two: Box) -> bool:
    across = min(one.right, two.right) - max(one.left, two.left)
    down = min(one.bottom, two.bottom) - max(one.top, two.top)
    return across > 0.3 * min(one.width, two.width) and down > 0.5 * min(one.height, two.height)


def _is_head(frame: Box, frames: Sequence[Box]) -> bool:
    """Whether a frame is a cell of a table's first row: cells beside it and below, none above."""
    beside = sum(abs(o.top - frame.top) < 4 and abs(o.bottom - frame.bottom) < 4 for o in frames)
    return beside >= 3 and any(_is_right_above(frame, o) for o in frames) and not any(_is_right_above(o, frame) for o in frames)


def _is_right_above(upper: Box, lower: Box) -> bool:
    shared = min(upper.right, lower.right) - max(upper.left, lower.left)
    return -2 < lower.top - upper.bottom < 8 and shared > 0.5 * min(upper.width, lower.width)


def _bounds(line: Box, frame: Box) -> bool:
    """Whether a level rule bounds a frame above or below, alone or with others beside it."""
    near = min(abs(line.middle[1] - frame.top), abs(line.middle[1] - frame.bottom)) < _NEAR
    return near and line.left - _NEAR < frame.left and frame.right < line.right + _NEAR


def is_printed(word: Word) -> bool:
    """Whether a word is surely one that is printed."""
    return word.confidence >= _SURE and sum(c.isalpha() for c in word.text) >= _LETTERS


def _paint_writing(part: np.ndarray, scale: float) -> None:
    """Paints white what stands over a printed line, the line, and what comes down over it and below: the letters of a caption may touch
    the line, but nothing stands over them. part: of the page, down to _BELOW points below the line, changed; scale: pixels a point."""
    dark = (part < _DARK).astype(np.uint8)
    foot = max(0, len(part) - round(_BELOW * scale))
    first = max(0, foot - round(_SEEN * scale))
    rows = first + np.flatnonzero(dark[first : foot + round(_LINE * scale)].mean(axis=1) > _ALONG)
    if len(rows):
        below = int(rows[-1]) + 1
        over = dark[max(0, int(rows[0]) - round(_OVER * scale)) : int(rows[0])].max(axis=0, initial=0, keepdims=True)
        reached = cv2.dilate(over, np.ones((1, 2 * round(_SLANT * scale) + 1), np.uint8))[0]
    else:  # dots, or a line that leans
        below, reached = foot + round(_LINE * scale), np.ones(part.shape[1], np.uint8)
    _, labels = cv2.connectedComponents(dark[below:], connectivity=8)
    hanging = np.isin(labels, np.unique(labels[:1][(dark[below : below + 1] & reached) > 0])) & (labels > 0)
    part[below:][cv2.dilate(hanging.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = 255
    part[:below] = 255


def _paint(out: np.ndarray, box: Box, scale: float) -> None:
    out[max(0, round(box.top * scale)) : round(box.bottom * scale), max(0, round(box.left * scale)) : round(box.right * scale)] = 255
