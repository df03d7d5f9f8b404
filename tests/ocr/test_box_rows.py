"""Boxes for single digits are found where they are pale or stand apart, and what is printed below a line stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from metering.pages import Box, Page, PageSource, Word
from ocr.blank_form import paint_over, with_sure_words
from ocr.box_rows import find_box_rows, with_box_rows, without_sides
from ocr.frames import find_faint_lines
from ocr.rules import WORKING, LinePicture

SCALE = 72 / WORKING


def sheet(count: int, colour: int, gap: int = 6) -> np.ndarray:
    paper = np.full((300, 900), 255, np.uint8)
    for n in range(count):
        left = 200 + n * (30 + gap)
        cv2.rectangle(paper, (left, 100), (left + 30, 138), colour, 1)
        cv2.putText(paper, str(n % 10), (left + 4, 140), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 40, 2, cv2.LINE_AA)
    return paper


def teeth(line: tuple[int, int], count: int, bottom: int, pen: int) -> np.ndarray:
    """A printed line, and upright strokes on it."""
    paper = np.full((300, 900), 255, np.uint8)
    cv2.line(paper, (line[0], 140), (line[1], 140), 60, 1)
    for n in range(count):
        cv2.line(paper, (200 + 40 * n, 95), (200 + 40 * n, bottom), 60, pen)
    return paper


@pytest.mark.parametrize(("colour", "gap"), [(60, 6), (200, 6), (200, 0)])
def test_a_row_of_boxes_is_found_although_digits_cross_their_sides(colour: int, gap: int) -> None:
    (row,) = find_box_rows(sheet(6, colour, gap))
    assert row.left == pytest.approx(200 * SCALE, abs=3)
    assert row.right == pytest.approx((230 + 5 * (30 + gap)) * SCALE, abs=3)
    assert row.height == pytest.approx(38 * SCALE, abs=3)


def test_rows_of_boxes_beside_each_other_on_one_level_are_one_each() -> None:
    paper = np.full((300, 1200), 255, np.uint8)
    for left in (*range(200, 380, 36), *range(520, 700, 36)):
        cv2.rectangle(paper, (left, 100), (left + 36, 138), 60, 1)
        cv2.putText(paper, str(left % 10), (left + 8, 142), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 40, 2, cv2.LINE_AA)
    one, two = sorted(find_box_rows(paper), key=lambda row: row.left)
    assert (one.left, one.right) == pytest.approx((200 * SCALE, 380 * SCALE), abs=3)
    assert (two.left, two.right) == pytest.approx((520 * SCALE, 700 * SCALE), abs=3)


def test_a_comb_that_is_open_above_is_a_row_of_boxes() -> None:
    paper = teeth((200, 440), count=7, bottom=140, pen=1)
    for n in range(4):
        cv2.putText(paper, str(n + 4), (290 + 40 * n, 136), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 40, 2, cv2.LINE_AA)
    (row,) = find_box_rows(paper)
    assert (row.left, row.right) == pytest.approx((200 * SCALE, 440 * SCALE), abs=3)
    assert row.top == pytest.approx(95 * SCALE, abs=3)


def test_ones_on_a_line_to_write_on_are_no_comb() -> None:
    assert find_box_rows(teeth((150, 600), count=6, bottom=139, pen=2)) == []


def test_words_and_a_frame_around_them_are_no_row_of_boxes() -> None:
    paper = np.full((300, 900), 255, np.uint8)
    cv2.putText(paper, "HEAT OF OOO 8888", (210, 130), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 30, 2, cv2.LINE_AA)
    cv2.rectangle(paper, (200, 98), (560, 140), 60, 1)
    assert find_box_rows(paper) == []


def test_a_row_takes_the_place_of_its_boxes_and_its_sides_are_no_lines() -> None:
    row, box, far = Box(100, 100, 200, 118), Box(100, 100, 116, 118), Box(300, 100, 400, 118)
    assert with_box_rows((box, far), (row,)) == (row, far)
    assert without_sides((Box(95, 119, 160, 120), Box(300, 130, 400, 131)), (row,)) == (Box(300, 130, 400, 131),)


def test_two_faint_lines_beside_each_other_are_two() -> None:
    paper = np.full((300, 900), 255, np.uint8)
    for left, right in ((100, 400), (435, 800)):
        paper[150:152, left:right:4] = 90
        paper[150:152, left + 1 : right : 4] = 90
    lines = sorted(find_faint_lines(LinePicture.of(paper, WORKING)), key=lambda line: line.left)
    assert [round(line.left / SCALE) for line in lines] == pytest.approx([100, 435], abs=4)


def test_a_caption_below_a_line_stays_and_strokes_that_come_down_to_it_go() -> None:
    paper = np.full((300, 900), 255, np.uint8)
    page = Page(1, 900 * SCALE, 300 * SCALE, (), PageSource.OCR)
    cv2.line(paper, (300, 100), (300, 158), 30, 3)  # a digit's stroke over the line
    paper[156:164, 400:404] = 30  # a letter below it
    out = paint_over(paper, page, (), [Box(200 * SCALE, 110 * SCALE, 600 * SCALE, 150 * SCALE + 5)])
    assert out[112:158, 295:306].min() > 200
    assert out[157:163, 401:403].max() == 30


def test_letters_of_a_caption_that_touch_the_line_stay() -> None:
    paper = np.full((300, 900), 255, np.uint8)
    page = Page(1, 900 * SCALE, 300 * SCALE, (), PageSource.OCR)
    paper[149:152, 200:600] = 30
    cv2.line(paper, (300, 100), (290, 158), 30, 3)  # a comma's stroke over the line
    paper[152:164, 400:404] = 30  # a letter that begins at it
    out = paint_over(paper, page, (), [Box(200 * SCALE, 110 * SCALE, 600 * SCALE, 152 * SCALE + 5)])
    assert out[112:160, 285:306].min() > 200
    assert out[154:163, 401:403].max() == 30
    assert out[148:152, 200:600].min() > 200


def test_a_word_that_was_sure_with_the_ink_stays_where_the_blank_form_lost_it() -> None:
    sure, torn = Word("Заводской", 0.96, Box(50, 50, 100, 60)), Word("BABORCKOn", 0.1, Box(51, 51, 101, 61))
    written = Word("Олтин", 0.95, Box(50, 80, 100, 90))
    sign = Word("№", 0.95, Box(104, 50, 112, 60))
    assert with_sure_words([torn], [sure, sign, written], [Box(40, 75, 200, 95)]) == [sure, sign]
    assert with_sure_words([Word("Заводской", 0.8, sure.box)], [sure], []) == [Word("Заводской", 0.8, sure.box)]
