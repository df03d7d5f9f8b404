"""The sheet in a photo is told from the frame of a table on it."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.page_edges import find_sheet

SHEET = np.float32([(120, 100), (1090, 130), (1070, 1500), (100, 1480)])


def page_with_table() -> np.ndarray:
    """As a phone's scanner cuts it out and whitens it: the frame of a table is the strongest outline."""
    page = np.full((1650, 1200, 3), 250, np.uint8)
    cv2.polylines(page, [SHEET.astype(np.int32)], isClosed=True, color=(60, 60, 60), thickness=3)
    for share in np.linspace(0.05, 0.95, 20):
        left, right = SHEET[0] + (SHEET[3] - SHEET[0]) * share, SHEET[1] + (SHEET[2] - SHEET[1]) * share
        cv2.line(page, tuple(map(int, left)), tuple(map(int, right)), (60, 60, 60), 2)
    return page


def test_the_frame_of_a_table_is_no_sheet() -> None:
    assert find_sheet(page_with_table()) is None


def test_a_sheet_on_a_light_desk_is_found() -> None:
    photo = np.full((1650, 1200, 3), 205, np.uint8)
    cv2.fillConvexPoly(photo, SHEET.astype(np.int32), (250, 250, 250), cv2.LINE_AA)
    corners = find_sheet(photo)
    assert corners is not None
    assert np.abs(corners - SHEET).max() < 6
