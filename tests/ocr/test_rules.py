"""Lines of tables that were photographed: thin, pale in places, a frame within a frame."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.rules import WORKING, LinePicture, find_cells, find_rules

GREY, PALE = 120, 190


def table(pale: int = GREY) -> np.ndarray:
    """Two rows of three cells, 100 by 60 pixels; pale: how dark their lines are in every third stretch of 30 pixels."""
    sheet = np.full((400, 600), 255, np.uint8)
    for start in range(0, 300, 30):
        for y in (100, 160, 220):
            cv2.line(sheet, (100 + start, y), (129 + start, y), pale if start % 90 == 0 else GREY, 2)
    for start in range(0, 120, 30):
        for x in (100, 200, 300, 400):
            cv2.line(sheet, (x, 100 + start), (x, 129 + start), pale if start % 90 == 0 else GREY, 2)
    cv2.putText(sheet, "text of a page in black", (100, 300), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    return sheet


def test_a_rule_that_is_pale_in_places_is_one_line():
    plain, pale = (LinePicture.of(table(shade), WORKING) for shade in (GREY, PALE))
    assert len(find_cells(plain)) == len(find_cells(pale)) == 6
    assert len(find_rules(plain)) == len(find_rules(pale)) == 7


def test_a_line_that_is_pale_all_along_is_none():
    sheet = table()
    cv2.line(sheet, (100, 260), (400, 260), PALE, 2)
    assert len(find_rules(LinePicture.of(sheet, WORKING))) == 7


def test_a_frame_around_a_table_is_no_cell():
    sheet = table()
    cv2.rectangle(sheet, (90, 90), (410, 230), GREY, 2)
    cells = find_cells(LinePicture.of(sheet, WORKING))
    assert len(cells) == 6
    assert all(cell.width < 60 for cell in cells)


def test_pale_lines_of_which_only_what_crosses_them_is_ink_are_rules():
    sheet = np.full((400, 600), 255, np.uint8)
    for y in (100, 130, 160, 190, 220):
        cv2.line(sheet, (100, y), (400, y), GREY, 2)
    for x in (100, 200, 300, 400):
        cv2.line(sheet, (x, 100), (x, 220), GREY if x < 300 else 200, 1 if x == 300 else 2)
    uprights = [rule for rule in find_rules(LinePicture.of(sheet, WORKING)) if rule.height > rule.width]
    assert len(uprights) == 4
