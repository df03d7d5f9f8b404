"""Looks for a signature: pen strokes below the readings that are neither print, nor rules, nor the stamp.

Print leaves short dense pieces where it was read badly; a signature leaves wide thin strokes that fill little of the place they
take (docs/reading.md, "Marks").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from metering.pages import Box, Mark, Page, PageSource
from ocr.captioned_places import captioned_places, is_level_with, stands_in
from ocr.ink import MILLIMETRE, WORKING, Ink, in_points, is_print, square_around
from ocr.pen_on_stamp import is_darker, pen_on_stamp
from ocr.pieces import inked_place, large_pieces
from ocr.signing_places import around_lines, below_the_readings, end_of_readings, places_before_names, signing_places
from ocr.square_stamps import is_framed, unread_rows
from ocr.stamp_remains import has_rim, is_arc, is_beside_the_rim, runs_round, spans, without_arcs
from ocr.stamps import Ring
from ocr.stroke_places import enclosed_words, is_at_edge, is_others
from ocr.unsigned import is_bare

DARK = 70  # of 255: pen ink, however pale
MARGIN = 4  # points below a table: edges of its cells reach a little further than its rules
PRINT_BESIDE = 0.55  # of the height of a stroke at a stamp: with so much print on its lines it may be print that could not be read
IN_COLOUR = 0.6  # share of a stroke's ink: print is black
OVER_PRINT = 1.5  # times the print beside it: what stands between a post and a name and is so high is none
AS_PRINT = 1.3  # times the usual word's height: of 90 pages surely signed none was it by strokes lower than 1.7 alone
LARGEST_PRINT = 12 / 72 * WORKING  # pixels; on a page filled in by hand the usual word is higher
TALLER_THAN_PRINT = 2.0  # times the usual word's height, and so much wide: one thin piece of ink so large is no letter
LIKELY = 0.2  # from that likelihood on a stroke belongs to a signature's place
AT_MOST_UNSURE = 0.7  # likelihood of strokes that may be print, or the stamp itself: a person looks
THIN = 0.25  # share of such a piece's box that is ink
LINE = 12  # millimetres; what runs straight for so long is a line to sign on, whether it is known as a rule or not
LINE_LIKE = 15  # times as long as broad; of flat signatures the flattest are ten times
OF_OTHER_INK = 0.1  # share of a stroke's ink that the stamp cannot have left: with less it may be a part of the stamp
HAIR = 0.055  # share of its box that is ink: of 199 signatures' strokes in black 0.07 at least, of hairs 0.05 at most
UNCOLOURED = 0.15  # share of its ink: a hair has no colour, of a thin blue pen's stroke a fifth is colourful enough
WHOLE = 0.9  # share of a circle's outline: of an oval, as on a photo taken aslant, less of the circle is drawn
FAR = 110  # points above a stamp: of 249 signatures none ended more than 10 above it
NEAR = 1.2  # of a stamp's radius: what is at it
SCATTERED, ACROSS = 5, 0.6  # so many pieces over so much of the page's width are what is left of a table's rules
SEAL = 74  # points, 26 mm: of one that was not known for a stamp, in dots say, the rim is as high and wide
FRAME = 140  # points: a rectangular stamp reaches so far beside a piece of its frame that the round one left
EMPTY = 6  # rows of an empty strip: more than the gaps over which strokes are joined
ENCLOSED = 5  # words of print within a stroke's box: it is a frame, or the rules of a table
STRAIGHT, RULED = 3.5, 0.8  # millimetres of a straight run along or down; share of a stroke's ink: of 95 signatures 0.68 at most
LARGEST = (110 * 72 / 25.4, 55 * 72 / 25.4)  # points, width and height: what is larger is a table or a frame, or grew together with one


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of connected ink. Extents along and across its main direction in millimetres; fill: share of its box that is ink;
    in_place: whether it stands where people sign."""

    box: Box
    long: float
    broad: float
    fill: float
    coloured: float
    in_place: bool
    is_low: bool = False  # no higher than print: words in a thin face that were hardly read are so
    print_beside: float = 0.0  # share of its height in which print stands on the same lines that may not have been read
    encloses: int = 0  # words of print within its box
    might_be_stamp: bool = False  # beside its rim, of its very ink and running round its middle, or as large as one that was not found
    is_others: bool = False  # where the supplier's people sign, or a day is written
    among_readings: bool = False  # above the last of them, where rules and frames are that nothing told of; or far above the stamp
    is_ruled: bool = False  # nearly all straight runs: the cells for one sign each; or a frame
    is_beside_place: bool = False  # on the row of a place that is captioned for the signature, and not in it

    @property
    def is_too_large(self) -> bool:
        return self.box.width > LARGEST[0] or self.box.height > LARGEST[1] or self.encloses >= ENCLOSED

    @property
    def is_line(self) -> bool:
        """A rule that is bent or leans too much to be known for one, on a photo of a sheet that does not lie flat."""
        return self.long > LINE_LIKE * self.broad

    @property
    def likelihood(self) -> float:
        """Of being pen strokes rather than print or dirt."""
        if self.is_line:
            return 0.0
        sparse = _ramp(self.broad, 1.8, 3.8) * _ramp(self.long, 5, 10) * _ramp(-self.fill, -0.30, -0.18)
        tall = _ramp(self.broad, 6, 8) * _ramp(self.long, 8, 12) * _ramp(-self.fill, -0.45, -0.36)
        pen = _ramp(self.broad, 1.5, 3.0) * _ramp(self.long, 4, 8) * _ramp(-self.fill, -0.42, -0.30) if self.coloured > 0.5 else 0.0
        placed = _ramp(self.broad, 1.2, 2.4) * _ramp(self.long, 4, 7) * _ramp(-self.fill, -0.42, -0.34) if self.in_place else 0.0
        likelihood = max(sparse, tall, pen, placed)
        return min(likelihood, AT_MOST_UNSURE) if self.is_doubtful else likelihood

    @property
    def is_doubtful(self) -> bool:
        elsewhere = self.is_others or self.among_readings or self.is_beside_place
        return elsewhere or self.might_be_print or self.might_be_stamp or self.is_ruled or self.is_hair

    @property
    def is_hair(self) -> bool:
        """A hair or a thread on the scanner's glass: one thin bow, where a pen goes to and fro."""
        return self.fill < HAIR and self.coloured < UNCOLOURED

    @property
    def might_be_print(self) -> bool:
        return (self.print_beside >= PRINT_BESIDE or self.is_low) and self.coloured < IN_COLOUR


def signature_mark(ink: Ink, page: Page, ring: Ring | None, lines: Sequence[Box] = ()) -> Mark:
    """Whether somebody signed. An absence is unsure where a stamp may hide a signature, or a table have grown together with one.

    lines: further lines on which people may sign, where what else is written on the page is none of its ink.
    """
    stamp = ring if ring is not None and ring.is_stamp else None
    top = below_the_readings(page, None if stamp is None else stamp.box.top)
    rooms = places_before_names(page, top)
    pen, known = _pen_ink(ink, stamp, top)
    captioned = captioned_places(page, top)
    found = list(_strokes(pen, known, ink, page, stamp, [*signing_places(page, top), *captioned, *around_lines(lines, top)], rooms))
    found = _beside_unread_rows([_beside_places(stroke, captioned) for stroke in found], pen, ink.rules)
    strokes = [stroke for stroke in found if stroke.box.bottom > top + MARGIN]
    strokes += _in_a_frame_of_signers(found, end_of_readings(page), top + MARGIN)
    at_edge = [stroke for stroke in strokes if is_at_edge(stroke.box, page)]
    hidden = any(stroke.is_too_large for stroke in strokes) or any(stroke.likelihood > LIKELY for stroke in at_edge)
    strokes = [stroke for stroke in strokes if not stroke.is_too_large and stroke not in at_edge]
    # Print under a stamp, and a stamp, fall into several pieces: together they are no surer than one.
    perhaps = max((stroke.likelihood for stroke in strokes if stroke.is_doubtful), default=0.0)
    absent = float(np.prod([1 - stroke.likelihood for stroke in strokes if not stroke.is_doubtful])) * (1 - perhaps)
    pieces = [stroke.box for stroke in strokes if stroke.likelihood > LIKELY]
    if absent > 0.5 or not pieces:
        confidence = min(max(absent, 0.5), 0.97)
        hidden = hidden or _is_ink_in_a_cell(ink, page, stamp) or (stamp is not None and not is_bare(ink, page, stamp, top))
        return Mark(value=False, confidence=min(confidence, 0.7) if hidden else confidence, page=page.number)
    place = Box.around(pieces)
    is_scattered = len(pieces) >= SCATTERED and place.width > ACROSS * page.width
    most = AT_MOST_UNSURE if is_scattered else 0.98
    return Mark(value=True, confidence=float(np.clip(1 - absent, 0.5, most)), page=page.number, box=place)


def _in_a_frame_of_signers(strokes: Sequence[Stroke], end: float, bottom: float) -> list[Stroke]:
    """Pen strokes in colour that together are no larger than a signature, below the last reading and yet above the end of the lowest
    frame: whatever that says, it is one for signers. Its own rules are black."""
    inside = [s for s in strokes if s.box.bottom <= bottom and 0 < end < s.box.top and s.coloured >= IN_COLOUR]
    around = Box.around([s.box for s in inside]) if inside else None
    return inside if around is not None and around.width <= LARGEST[0] and around.height <= LARGEST[1] else []


def _beside_places(stroke: Stroke, captioned: Sequence[Box]) -> Stroke:
    """A stroke, which is likely a name or a post by hand where it stands on the row of a place for the signature and outside of it."""
    level = any(is_level_with(stroke.box, place) for place in captioned)
    return replace(stroke, is_beside_place=level and not any(stands_in(stroke.box, place) for place in captioned))


def _beside_unread_rows(strokes: list[Stroke], pen: np.ndarray, rules: np.ndarray) -> list[Stroke]:
    """The strokes, of which those at a frame in colour (rules are black), or at letters in a row, may be a rectangular stamp. Letters are
    looked for only where a stroke would be a sure signature."""
    framed = [s.box for s in strokes if s.is_ruled and s.coloured >= IN_COLOUR and s.box.width < FRAME and s.box.height < FRAME]
    frames = [Box(box.left - FRAME, box.top, box.right + FRAME, box.bottom) for box in framed]
    strokes = [replace(s, might_be_stamp=s.might_be_stamp or any(frame.meets(s.box) for frame in frames)) for s in strokes]
    if not (sure := [stroke.box for stroke in strokes if stroke.likelihood > AT_MOST_UNSURE]):
        return strokes
    rows = unread_rows(pen, rules, Box.around(sure))
    return [replace(stroke, might_be_stamp=stroke.might_be_stamp or any(row.may_be(stroke.box) for row in rows)) for stroke in strokes]


def _is_ink_in_a_cell(ink: Ink, page: Page, stamp: Ring | None) -> bool:
    """Whether there are strokes above the end of the lowest table: some sign in a cell. They prove no signature."""
    top = 0.25 * page.height
    strokes = _strokes(*_pen_ink(ink, stamp, top), ink, page, stamp, [], [])
    return any(s.box.top > top and s.likelihood >= AT_MOST_UNSURE and not s.is_too_large for s in strokes)


def _ramp(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))


def _pen_ink(ink: Ink, stamp: Ring | None, top: float) -> tuple[np.ndarray, np.ndarray]:
    """Ink that is not print, rules or stamp, as 0/255, and what of it is not of the stamp's very ink; of what ends above `top`, in points,
    it need not be told."""
    dark = cv2.threshold(ink.darkness, DARK, 255, cv2.THRESH_BINARY)[1]
    rules = ink.rules | _straight(dark, stamp) if stamp is not None else ink.rules
    left = cv2.bitwise_and(dark, cv2.bitwise_not(rules))
    # A stroke that crosses a rule goes on below it.
    bridged = cv2.morphologyEx(left, cv2.MORPH_CLOSE, np.ones((11, 1), np.uint8))
    left |= bridged & rules & dark
    start = _empty_above(left, int(top * WORKING / 72))
    rows, columns = inked_place(left[start:])
    part = (slice(start + rows.start, start + rows.stop), columns)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(left[part], connectivity=8)
    area, width, height = stats[:, cv2.CC_STAT_AREA], stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    in_print = np.bincount(labels[ink.print[part] > 0], minlength=len(stats)) / np.maximum(1, area)
    # A zigzag may have been read as a word: one thin stroke, wide and higher than the words of the page.
    zigzag = (height > 1.3 * ink.word_height) & (width > 6 * MILLIMETRE) & (area < 0.28 * width * height)
    keep = ((in_print < 0.6) | zigzag) & (area >= 6)
    keep[0] = False
    pen = np.zeros_like(left)
    pen[part] = (keep * np.uint8(255)).take(labels)
    if stamp is None:
        return pen, pen
    disc = np.zeros_like(ink.darkness)
    cv2.circle(disc, (int(stamp.x), int(stamp.y)), int(stamp.radius * 1.06 + 3), 255, cv2.FILLED)
    pen[disc > 0] = 0
    on_stamp, known = (without_arcs(mask, stamp) for mask in pen_on_stamp(ink, left & cv2.bitwise_not(ink.print), stamp))
    return pen | on_stamp, pen | known


def _stands_in(room: Box, stroke: Box) -> bool:
    """Whether a stroke stands between a post and a name and is higher than these are, but reaches no further below them than a pen does:
    a piece of a stamp may."""
    beside = room.left < stroke.left and stroke.right < room.right
    level = room.top - room.height < stroke.bottom < room.bottom + room.height
    return beside and level and stroke.height > OVER_PRINT * room.height


def _empty_above(mask: np.ndarray, row: int) -> int:
    """The nearest row at or above that one over which there is an empty strip, so that no piece is cut apart there; 0 without one."""
    inked = np.flatnonzero(mask[:row].any(axis=1))
    edges = np.concatenate([[-1], inked, [row]])
    strips = np.flatnonzero(np.diff(edges) > EMPTY)
    return int(edges[strips[-1] + 1]) if len(strips) and strips[-1] > 0 else 0


def _straight(dark: np.ndarray, stamp: Ring) -> np.ndarray:
    """Long straight thin lines across at a stamp, 0/255: it breaks the rules that are found, and a text layer does not tell them all."""
    runs = np.zeros_like(dark)
    top, bottom = max(0, int(stamp.y - NEAR * stamp.radius)), int(stamp.y + NEAR * stamp.radius)
    runs[top:bottom] = cv2.morphologyEx(dark[top:bottom], cv2.MORPH_OPEN, np.ones((1, int(LINE * MILLIMETRE)), np.uint8))
    thick = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((4, 1), np.uint8))
    return cv2.bitwise_and(runs, cv2.bitwise_not(thick))


def _reaches(stamp: Ring, box: Box) -> bool:
    """Whether a stamp stands on, or right beside, a box."""
    return box.meets(square_around(stamp.x, stamp.y, NEAR * stamp.radius))


def _print_beside(box: Box, page: Page) -> float:
    """The share of a box's height in which words stand on the same lines, those in the box itself included."""
    rows: set[int] = set()
    for word in page.words:
        if is_print(word) and word.box.top < box.bottom and word.box.bottom > box.top:
            rows |= set(range(int(max(word.box.top, box.top)), int(min(word.box.bottom, box.bottom)) + 1))
    return len(rows) / max(1.0, box.height)


def _is_no_letter(stroke: np.ndarray, ink: Ink, page: Page) -> bool:
    """Whether a stroke cannot be print that was not read: a text layer has all of it, and no letter is one thin piece of ink so large."""
    if page.source is PageSource.TEXT_LAYER:
        return True
    least = TALLER_THAN_PRINT * ink.word_height
    return any(np.count_nonzero(own) < THIN * own.size for _, own in large_pieces(stroke.astype(np.uint8), least, least))


def is_ruled(stroke: np.ndarray) -> bool:
    """Whether a stroke is drawn with a ruler, along and down: of a box for each digit of a number the rules are too short to be known."""
    mask, length = stroke.astype(np.uint8), int(STRAIGHT * MILLIMETRE)
    runs = [cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) for shape in ((1, length), (length, 1))]
    return bool(np.count_nonzero(runs[0] | runs[1]) >= RULED * np.count_nonzero(mask))


def _strokes(
    pen: np.ndarray, known: np.ndarray, ink: Ink, page: Page, stamp: Ring | None, places: list[Box], rooms: list[Box]
) -> Iterator[Stroke]:
    """The pieces of pen ink; known: what of it cannot be the stamp's own; places: lines to sign on; rooms: between a post and a name."""
    joined = cv2.morphologyEx(pen, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    end = end_of_readings(page)
    far = 0.0 if stamp is None else stamp.box.top - FAR
    for (x, y, width, height), own in large_pieces(joined, 4 * MILLIMETRE, 2 * MILLIMETRE):
        place = (slice(y, y + height), slice(x, x + width))
        inked = own & (pen[place] > 0)
        rows, columns = np.nonzero(inked)
        if len(rows) < 20 or (stamp is not None and is_arc(columns + x, rows + y, stamp)):
            continue
        broad, long = 4 * np.sqrt(np.maximum(np.linalg.eigvalsh(np.cov(np.stack([columns, rows]))), 0)) / MILLIMETRE
        box = in_points(x, y, width, height)
        middle = Box(*box.middle, *box.middle)
        in_place = any(where.holds(middle) for where in places) or any(_stands_in(room, box) for room in rooms)
        yield Stroke(
            box,
            float(long),
            float(broad),
            len(rows) / float(width * height),
            float(np.mean(ink.colourful[place][rows, columns] > 0)),
            in_place,
            height < AS_PRINT * min(ink.word_height, LARGEST_PRINT),
            _print_beside(box, page) if stamp is not None and _reaches(stamp, box) and not _is_no_letter(inked, ink, page) else 0.0,
            enclosed_words(box, page, in_place=in_place),
            min(box.width, box.height) > SEAL
            if stamp is None
            else (
                (
                    stamp.drawn < WHOLE
                    and is_beside_the_rim(columns + x, rows + y, stamp)
                    and not is_darker(ink, rows + y, columns + x, stamp)
                )
                or (np.count_nonzero(known[place][rows, columns]) < OF_OTHER_INK * len(rows) and runs_round(columns + x, rows + y, stamp))
                or (spans(box, stamp.box) and has_rim(columns + x, rows + y, stamp))
            ),
            is_others(box, page),
            middle.top < end or box.bottom < far,
            is_ruled(inked) or is_framed(inked),
        )
