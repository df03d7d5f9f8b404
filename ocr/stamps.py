"""Looks for a round stamp: a ring 26 to 54 mm across, in any colour, faint, cut, oval or across print.

Edge pixels of ink vote for the centre that they point at (the gradient of a ring is radial); the best centres are then judged
by how much of the circle is really drawn (docs/reading.md, "Marks").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from metering.pages import Box, Mark
from ocr.dotted_stamps import DottedRing
from ocr.ink import MILLIMETRE, Ink, square_around

LEAST_RADIUS, GREATEST_RADIUS = int(13 * MILLIMETRE), int(27 * MILLIMETRE)
SECTORS = 72
CANDIDATES = 5
CELL = 2  # pixels of a bin of the vote
LEAST_SLOPE = 30  # of the darkness, by Sobel: paper's grain stays below
DASH = 50  # of the darkness
BETWEEN_DASHES, ROW_OF_DASHES = 7, 80  # pixels from one to the next, and of a whole row
EVEN_CHANCE = 0.425  # share of a circle that must be drawn to be as likely a stamp as not
STEEPNESS = 19
FINE_SECTORS = 180
UNSURE = 0.7  # that there is no stamp, where traces of one are left; that there is one, where half of a circle is drawn
MOST_OF_A_RING = 0.6  # share of a circle; of 89 stamps on drawn scans and photos 88 had more
WIDEST_SEAL = 25 * MILLIMETRE  # radius in pixels; seals are 38 to 45 mm across, cups 60 and more
OF_DOTS = 0.9  # that two circles of dots are a seal's
FAINT_BLUR, FAINT_GAIN = 1.5, 4.0  # pixels, and times the darkness: what is left of a pale stamp in black and white becomes a line
FAINT_RING = 0.45  # share of such a circle; on pages without a stamp at most 0.31
DRAWN_RING = 0.55  # share of a circle that is drawn where the stamp has one


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle in pixels of the ink. drawn: share of its outline that is drawn; coloured: share of its ink that has a colour;
    darkness: of its ink, 0..255; in_head: whether it ends above the readings, in the head of the page."""

    x: float
    y: float
    radius: float
    drawn: float
    coloured: float
    darkness: float
    in_head: bool = False

    @property
    def likelihood(self) -> float:
        """Of being a stamp: a logistic curve fitted to drawn and sample pages, never wholly certain."""
        return float(np.clip(1 / (1 + np.exp(-STEEPNESS * (self.drawn - EVEN_CHANCE))), 0.01, 0.99))

    @property
    def is_stamp(self) -> bool:
        return self.likelihood >= 0.5

    @property
    def box(self) -> Box:
        """The square around it, in points."""
        return square_around(self.x, self.y, self.radius)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Edge pixels with the direction of their slope, as unit vectors; all float32."""

    x: np.ndarray
    y: np.ndarray
    across: np.ndarray
    down: np.ndarray


def find_ring(ink: Ink, head: float = 0.0, approval: Box | None = None) -> Ring | None:
    """The most ring-like circle of the page, however little it is one; None on an empty page. Emblems of letterheads are rings with words
    too: one that ends above `head`, in points, is taken only where no other is a stamp, if it does not stand where the page is approved."""
    edges = _edges(ink)
    if len(edges.x) < 60:
        return None
    rings = [_judge(x, y, edges, ink) for x, y in _centres(edges, ink.darkness.shape)]
    found = [replace(r, in_head=r.box.bottom < head and not (approval is not None and approval.holds(r.box))) for r in rings if r]
    best = max(found, key=lambda ring: (ring.is_stamp and not ring.in_head, ring.drawn), default=None)
    return _centred(best, edges) if best is not None and best.is_stamp else best


def stamp_mark(ring: Ring | None, ink: Ink, page_number: int, dotted: Callable[[], DottedRing | None] = lambda: None) -> Mark:
    """What the best ring says. An absence is sure only where nothing came near to a ring, faint traces of one included. dotted: asked where
    there is no ring."""
    if ring is None or not ring.is_stamp:
        confidence = 0.99 if ring is None else 1 - ring.likelihood
        dots = dotted()
        if dots is not None and dots.is_seal:
            return Mark(value=True, confidence=UNSURE if dots.in_head else OF_DOTS, page=page_number, box=dots.box)
        is_trace = (dots is not None and dots.is_trace) or _has_traces(ink)
        return Mark(value=False, confidence=min(confidence, UNSURE) if is_trace else confidence, page=page_number)
    # Loops of a signature draw half of a circle at times: less than most of one is for a person.
    # Nor is what may be the emblem of a letterhead, or the ring that a cup left.
    is_sure = ring.drawn >= MOST_OF_A_RING and not ring.in_head and ring.radius <= WIDEST_SEAL
    confidence = ring.likelihood if is_sure else min(ring.likelihood, UNSURE)
    return Mark(value=True, confidence=confidence, page=page_number, box=ring.box)


def _has_traces(ink: Ink) -> bool:
    """Whether dots run in a circle, as a pale stamp leaves them in a scan in black and white. They prove no stamp."""
    others = cv2.bitwise_and(ink.darkness, cv2.bitwise_not(cv2.bitwise_or(ink.print, ink.rules)))
    traces = find_ring(replace(ink, darkness=cv2.convertScaleAbs(cv2.GaussianBlur(others, (0, 0), FAINT_BLUR), alpha=FAINT_GAIN)))
    return traces is not None and traces.drawn >= FAINT_RING


def _edges(ink: Ink) -> _Edges:
    smooth = cv2.GaussianBlur(ink.darkness, (3, 3), 0)
    slopes = cv2.Sobel(smooth, cv2.CV_16S, 1, 0), cv2.Sobel(smooth, cv2.CV_16S, 0, 1)
    # One of the two slopes of a steep pixel is more than 0.7 of it: only for those it is reckoned, most of a page is paper.
    perhaps = cv2.max(*(cv2.convertScaleAbs(slope) for slope in slopes))
    perhaps = cv2.threshold(perhaps, int(0.7 * LEAST_SLOPE), 255, cv2.THRESH_BINARY)[1]
    # A slope reaches further than the line that it is of, and lines of a table would be nearly all that votes.
    known = cv2.bitwise_or(ink.print, cv2.dilate(ink.rules | _rows_of_dashes(ink), np.ones((5, 5), np.uint8)))
    perhaps = cv2.bitwise_and(perhaps, cv2.bitwise_or(cv2.bitwise_not(known), ink.colourful))
    places = np.flatnonzero(perhaps)
    across, down = (slope.ravel()[places].astype(np.float32) for slope in slopes)
    steep = np.hypot(across, down)
    edge = steep > LEAST_SLOPE
    y, x = (one.astype(np.float32) for one in np.divmod(places[edge], perhaps.shape[1]))
    return _Edges(x, y, across[edge] / steep[edge], down[edge] / steep[edge])


def _rows_of_dashes(ink: Ink) -> np.ndarray:
    """Rows of dashes, typed ones say, 0/255: no arc of a stamp is level for so long."""
    dark = cv2.threshold(ink.darkness, DASH, 255, cv2.THRESH_BINARY)[1]
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, BETWEEN_DASHES), np.uint8))
    return cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, ROW_OF_DASHES), np.uint8))


def _centres(edges: _Edges, shape: tuple[int, ...]) -> list[tuple[float, float]]:
    """Places that most edges point at from a stamp's radius."""
    # With a border as wide as the largest radius every vote has a cell.
    border = GREATEST_RADIUS // CELL + 1
    height, width = shape[0] // CELL + 1 + 2 * border, shape[1] // CELL + 1 + 2 * border
    x, y = edges.x / CELL + border, edges.y / CELL + border
    across, down = edges.across / CELL, edges.down / CELL
    reaches = [reach for radius in range(LEAST_RADIUS, GREATEST_RADIUS, CELL) for reach in (-radius, radius)]
    cells = np.empty((len(reaches), len(x)), np.intp)  # what bincount takes without a copy
    for row, reach in zip(cells, reaches, strict=True):
        np.multiply((y + reach * down).astype(np.int32), width, out=row)
        row += (x + reach * across).astype(np.int32)
    votes = np.bincount(cells.ravel(), minlength=height * width).astype(np.float32).reshape(height, width)
    votes = np.ascontiguousarray(votes[border:-border, border:-border])
    votes = cv2.GaussianBlur(votes, (0, 0), 1.2)
    votes -= cv2.blur(votes, (31, 31))  # near a dense table every place gets votes: what stands out counts
    centres = []
    for _ in range(CANDIDATES):
        _, top, _, (x, y) = cv2.minMaxLoc(votes)
        if top <= 0:
            break
        centres.append(((x + 0.5) * CELL, (y + 0.5) * CELL))
        cv2.circle(votes, (x, y), 6, 0, cv2.FILLED)
    return centres


def _judge(x: float, y: float, edges: _Edges, ink: Ink) -> Ring | None:
    """The best drawn circle around a centre."""
    reach = GREATEST_RADIUS + 4
    near = (np.abs(edges.x - x) < reach) & (np.abs(edges.y - y) < reach)
    dx, dy = edges.x[near] - x, edges.y[near] - y
    distance = np.hypot(dx, dy)
    radial = np.abs(dx * edges.across[near] + dy * edges.down[near]) > 0.92 * np.maximum(distance, 1)
    radial &= distance < reach
    if np.count_nonzero(radial) < 40:
        return None
    sector = ((np.arctan2(dy[radial], dx[radial]) / (2 * np.pi) + 0.5) * SECTORS).astype(int) % SECTORS
    places = sector * (reach + 1) + distance[radial].astype(int)
    counts = np.bincount(places, minlength=SECTORS * (reach + 1)).astype(np.float32).reshape(SECTORS, reach + 1)
    counts = cv2.blur(counts, (5, 1), borderType=cv2.BORDER_CONSTANT) * 5  # a stamp is a little oval, a sheet not quite flat
    arc = np.arange(reach + 1) * 2 * np.pi / SECTORS
    drawn = (counts >= np.maximum(2, 0.6 * arc)).mean(axis=0)
    drawn[:LEAST_RADIUS] = 0
    best = float(drawn.max())
    # The outermost of its rings: letters inside make circles too.
    radius = int(np.nonzero(drawn >= max(0.6 * best, 0.02))[0].max()) if best >= 0.02 else LEAST_RADIUS
    return Ring(x, y, float(radius), best, *_ink_of(x, y, radius, ink))


def _centred(ring: Ring, edges: _Edges) -> Ring:
    """The ring with its middle to a part of a pixel: the vote knows it to two, and then a thin inner circle lies on no one radius.

    Twice the circle through the edges near it that is nearest to them (Kåsa's least squares).
    """
    for _ in range(2):
        dx, dy = edges.x - ring.x, edges.y - ring.y
        distance = np.hypot(dx, dy)
        near = (np.abs(distance - ring.radius) < 4) & (np.abs(dx * edges.across + dy * edges.down) > 0.95 * np.maximum(distance, 1))
        if np.count_nonzero(near) < 40:
            return ring
        x, y = dx[near], dy[near]
        terms, distances = np.stack([x, y, np.ones_like(x)]), x * x + y * y
        (a, b, _), *_ = np.linalg.lstsq(np.inner(terms, terms), np.inner(terms, distances), rcond=None)
        if np.hypot(a, b) / 2 > 2 * CELL:  # half a circle, or one that is none: the vote is better
            return ring
        ring = replace(ring, x=float(ring.x + a / 2), y=float(ring.y + b / 2))
    return ring


def _ink_of(x: float, y: float, radius: float, ink: Ink) -> tuple[float, float]:
    """What share of a circle's ink is coloured, and how dark it is."""
    reach = int(radius) + 5
    left, top = max(0, int(x) - reach), max(0, int(y) - reach)
    place = (slice(top, int(y) + reach + 1), slice(left, int(x) + reach + 1))
    darkness, colourful = ink.darkness[place], ink.colourful[place]
    band = np.zeros_like(darkness)
    cv2.circle(band, (int(x) - left, int(y) - top), int(radius), 255, 5)
    inked = (band > 0) & (darkness > 70)
    if not inked.any():
        return 0.0, 0.0
    return float(np.mean(colourful[inked] > 0)), float(np.percentile(darkness[inked], 75))


def circles(inked: np.ndarray, radius: np.ndarray, angle: np.ndarray, stamp: Ring) -> list[tuple[int, int]]:
    """The stamp's circles as (least, greatest) radius in pixels, from what share of each circle is drawn."""
    size = int(stamp.radius * 1.12) + 2
    sector = ((angle / (2 * np.pi) + 0.5) * FINE_SECTORS).astype(int) % FINE_SECTORS
    near = inked & (radius < size - 1)
    drawn = np.zeros((FINE_SECTORS, size), bool)
    drawn[sector[near], radius[near].astype(int)] = True
    share = drawn.mean(axis=0)
    share[: int(0.25 * stamp.radius)] = 0  # circles in the middle are too short to tell
    bands: list[tuple[int, int]] = []
    for at in np.nonzero(share >= DRAWN_RING)[0]:
        if bands and at - bands[-1][1] <= 3:
            bands[-1] = (bands[-1][0], int(at))
        else:
            bands.append((int(at), int(at)))
    return bands
