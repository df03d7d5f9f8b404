"""The lines drawn on a PDF page along its axes, as PDFium tells them: what a table's cells are made of."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from metering.pages import Box

_LIMIT = 5000
_DEEP = 8  # forms within forms
_ASKEW, _ALONG = 0.01, 0.7  # of a step's length, off its axis; of a path's length
_THIN = 3.0  # points; a rectangle no thicker is a drawn line

_Matrix = tuple[float, float, float, float, float, float]


def read_rules(page: pdfium.PdfPage) -> tuple[Box, ...]:
    """Thin boxes in points of the visible page, which is not turned: lines, thin rectangles, and the sides of stroked ones."""
    left, _, _, top = page.get_bbox()
    count = pdfium_c.FPDFPage_CountObjects(page)
    things = (pdfium_c.FPDFPage_GetObject(page, i) for i in range(count))
    shift = (1.0, 0.0, 0.0, -1.0, -left, top)
    sides = (side for drawn in _drawn(things, shift, 0) for side in _sides(*drawn) if max(side.width, side.height) >= 2 * _THIN)
    return tuple(itertools.islice(sides, _LIMIT))


def _drawn(things: Iterator[Any], outer: _Matrix, depth: int) -> Iterator[tuple[Box, bool, bool]]:
    """The bounds of each path, or part of one, on the page, and whether it is stroked and filled."""
    for thing in things:
        kind = pdfium_c.FPDFPageObj_GetType(thing)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEP:
            inside = (pdfium_c.FPDFFormObj_GetObject(thing, i) for i in range(pdfium_c.FPDFFormObj_CountObjects(thing)))
            yield from _drawn(inside, _joined(_matrix(thing), outer), depth + 1)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            pdfium_c.FPDFPath_GetDrawMode(thing, fill, stroke)
            if fill.value or stroke.value:
                matrix = _joined(_matrix(thing), outer)
                for points in _parts(thing):
                    yield _around(points, matrix), bool(stroke.value) and _is_straight(points), bool(fill.value)


def _parts(path: Any) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of a path that is more than a point, in its own coordinates."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(pdfium_c.FPDFPath_CountSegments(path)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, i)
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    if len(points) > 1:
        yield points


def _is_straight(points: list[tuple[float, float]]) -> bool:
    """Whether a path goes along the axes, as around a cell, rounded corners aside: what a pen wrote has no sides."""
    steps = [(abs(a - c), abs(b - d)) for (a, b), (c, d) in itertools.pairwise(points)]
    return sum(max(step) for step in steps if min(step) < _ASKEW * max(step)) >= _ALONG * sum(map(max, steps))


def _around(points: list[tuple[float, float]], matrix: _Matrix) -> Box:
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x, y in points]
    down = [b * x + d * y + f for x, y in points]
    return Box(round(min(across), 2), round(min(down), 2), round(max(across), 2), round(max(down), 2))


def _matrix(thing: Any) -> _Matrix:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(thing, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _joined(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _sides(box: Box, stroked: bool, filled: bool) -> tuple[Box, ...]:
    if min(box.width, box.height) <= _THIN:
        return (box,)
    if not stroked:
        return ()
    return (
        Box(box.left, box.top, box.right, box.top),
        Box(box.left, box.bottom, box.right, box.bottom),
        Box(box.left, box.top, box.left, box.bottom),
        Box(box.right, box.top, box.right, box.bottom),
    )
