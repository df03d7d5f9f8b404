"""Writing is cut out of combs, frames and dotted lines; the places to write in are found although ink touches them."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import pytest

from metering.handwriting import fill_lines
from metering.pages import Box, Page, PageSource, Word
from ocr.blank_form import before_frames, doubtful_places, places_over_lines
from ocr.frames import find_faint_lines, find_frames, is_fold, underlines, with_faint_lines
from ocr.hand_crops import cut_written
from ocr.rules import LinePicture, find_cells
from tests.support.filled_forms import drawn

PIXELS_PER_INCH = 200
SCALE = PIXELS_PER_INCH / 72
HEIGHT, WIDTH = 400, 1200


def _frames(sheet: np.ndarray) -> tuple[Box, ...]:
    picture = LinePicture.of(sheet, PIXELS_PER_INCH)
    return find_frames(picture, find_cells(picture))


def paper() -> np.ndarray:
    return np.full((HEIGHT, WIDTH), 255, np.uint8)


def page() -> Page:
    return Page(1, WIDTH / SCALE, HEIGHT / SCALE, (), PageSource.OCR)


def write(sheet: np.ndarray, text: str, left: int, base: int, step: int = 44, tall: int = 42) -> None:
    """Digits in pen strokes, each `step` pixels from the last; a comma between where the text has one."""
    chance = Random(4)
    hand = drawn(chance)
    for n, sign in enumerate(text):
        if sign == ",":
            cv2.line(sheet, (left + n * step + 14, base - 4), (left + n * step + 8, base + 8), 20, 4, cv2.LINE_AA)
            continue
        ink = hand(chance, sign)
        ink = cv2.resize(ink, (max(8, round(ink.shape[1] * tall / ink.shape[0])), tall), interpolation=cv2.INTER_AREA)
        place = sheet[base - tall : base, left + n * step : left + n * step + ink.shape[1]]
        place[:] = np.minimum(place, 255 - 235 * ink).astype(np.uint8)


def boxes(sheet: np.ndarray, left: int, top: int, count: int, side: int = 46, high: int = 58) -> None:
    for n in range(count):
        cv2.rectangle(sheet, (left + n * side, top), (left + (n + 1) * side, top + high), 60, 2)


def in_points(left: float, top: float, right: float, bottom: float) -> Box:
    return Box(left / SCALE, top / SCALE, right / SCALE, bottom / SCALE)


def pieces(picture: np.ndarray) -> int:
    """How many pieces of ink there are that are larger than a speck."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((picture < 170).astype(np.uint8), connectivity=8)
    return int(np.count_nonzero(stats[1:, cv2.CC_STAT_AREA] > 12))


def test_a_row_of_boxes_is_one_frame_although_digits_touch_its_lines() -> None:
    sheet = paper()
    boxes(sheet, 300, 100, 5)
    write(sheet, "20826", 306, 162, step=46, tall=60)
    frames = _frames(sheet)
    (frame,) = [f for f in frames if f.width > 50]
    assert frame.left == pytest.approx(300 / SCALE, abs=3)
    assert frame.right == pytest.approx(530 / SCALE, abs=3)


def test_the_lines_between_boxes_are_taken_out_and_ones_stay() -> None:
    sheet = paper()
    boxes(sheet, 300, 100, 4)
    write(sheet, "2181", 310, 150, step=46, tall=40)
    cut = cut_written(sheet, page(), in_points(301, 101, 483, 157), boxed=True)
    assert cut is not None
    assert pieces(cut.picture) == 4
    assert not cut.struck


def test_a_dotted_line_is_found_and_its_dots_are_no_marks() -> None:
    sheet = paper()
    for x in range(300, 900, 8):
        cv2.circle(sheet, (x, 200), 1, 40, -1, cv2.LINE_AA)
    write(sheet, "2082,56", 380, 190)
    (line,) = find_faint_lines(LinePicture.of(sheet, PIXELS_PER_INCH))
    assert line.left < 330 / SCALE
    assert line.right > 870 / SCALE
    cut = cut_written(sheet, page(), in_points(300, 130, 900, 216), boxed=False)
    assert cut is not None
    assert pieces(cut.picture) == 7


def test_a_dotted_line_whose_dots_ran_together_here_and_there_is_no_ink() -> None:
    sheet = paper()
    for x in range(300, 900, 8):
        cv2.rectangle(sheet, (x, 194), (x + (7 if x % 5 == 0 else 3), 197), 30, -1)  # every fifth dot meets the next one
    write(sheet, "2082,56", 380, 192)
    cut = cut_written(sheet, page(), in_points(300, 130, 900, 212), boxed=False)
    assert cut is not None
    assert pieces(cut.picture) == 7
    assert cut.wide < 8


def test_a_row_of_close_digits_is_no_dotted_line() -> None:
    sheet = paper()
    write(sheet, "11171114", 380, 192, step=20)
    cut = cut_written(sheet, page(), in_points(300, 130, 900, 212), boxed=False)
    assert cut is not None
    assert cut.picture.shape[0] > 40
    assert np.count_nonzero(cut.picture < 170) > 0.95 * np.count_nonzero(sheet < 170)


def test_base_lines_of_print_are_no_lines_to_write_on() -> None:
    sheet = paper()
    cv2.putText(sheet, "Heat meter number 1306457 of the contract", (100, 200), cv2.FONT_HERSHEY_COMPLEX, 1.1, 20, 2, cv2.LINE_AA)
    assert find_faint_lines(LinePicture.of(sheet, PIXELS_PER_INCH)) == ()


@pytest.mark.parametrize(
    ("base", "second", "line", "place"),
    [(180, 560, 200, (120, 216)), (200, 520, 202, (140, 202))],
    ids=["over the line", "low above it, where the place ends on the line"],
)
def test_what_is_struck_out_is_left_out(base: int, second: int, line: int, place: tuple[int, int]) -> None:
    sheet = paper()
    write(sheet, "8356", 310, base)
    cv2.line(sheet, (300, base - 20), (490, base - 22), 30, 4, cv2.LINE_AA)
    write(sheet, "2640", second, base)
    cv2.line(sheet, (280, line), (900, line), 40, 2)
    cut = cut_written(sheet, page(), in_points(282, place[0], 898, place[1]), boxed=False)
    assert cut is not None
    assert cut.struck
    assert pieces(cut.picture) == 4


def test_what_is_struck_out_is_left_out_whatever_hangs_in_from_the_line_above() -> None:
    sheet = paper()
    write(sheet, "7467", 310, 142)
    write(sheet, "8356", 310, 195)
    cv2.line(sheet, (300, 181), (490, 179), 30, 7, cv2.LINE_AA)
    write(sheet, "2640", 560, 195)
    cv2.line(sheet, (280, 210), (900, 210), 40, 2)
    cut = cut_written(sheet, page(), in_points(282, 140, 898, 208), boxed=False)
    assert cut is not None
    assert cut.struck
    assert pieces(cut.picture) == 4


def test_the_line_to_write_on_strikes_nothing_out_where_digits_cross_it() -> None:
    sheet = paper()
    write(sheet, "2640", 400, 205)
    cv2.line(sheet, (280, 200), (900, 200), 40, 2)
    cut = cut_written(sheet, page(), in_points(282, 130, 898, 216), boxed=False)
    assert cut is not None
    assert not cut.struck


def test_an_empty_place_holds_nothing() -> None:
    sheet = paper()
    cv2.line(sheet, (280, 200), (900, 200), 40, 2)
    assert cut_written(sheet, page(), in_points(282, 130, 898, 216), boxed=False) is None


def test_the_rules_of_a_table_are_no_lines_to_write_on() -> None:
    to_write_on, head = Box(60, 100, 190, 101), Box(60, 112, 400, 114)
    cells = [Box(left, 115, left + 80, 130) for left in (62, 146, 230, 314)]
    sheet = Page(1, 432, 144, (), PageSource.OCR, rules=(to_write_on, head, Box(60, 131, 400, 133)))
    (place,) = places_over_lines(sheet, cells)
    assert (place.left, place.right) == (60, 190)
    assert place.bottom < 112


def test_a_digit_whose_pen_was_lifted_is_kept_also_at_the_beginning() -> None:
    sheet = paper()
    write(sheet, "8181", 360, 150)
    for top, bottom in ((110, 124), (131, 148)):  # a stroke in two parts before them
        cv2.line(sheet, (330, top), (322, bottom), 20, 4, cv2.LINE_AA)
    cut = cut_written(sheet, page(), in_points(300, 100, 600, 160), boxed=False)
    assert cut is not None
    assert cut.picture.shape[1] > (532 - 322)


def test_frames_that_follow_closely_are_frames_and_not_what_lies_between_them() -> None:
    sheet = paper()
    for top in (60, 150, 240):  # 72 pixels high, 18 to the next
        cv2.rectangle(sheet, (300, top), (800, top + 72), 60, 2)
    frames = [f for f in _frames(sheet) if f.width > 100]
    assert [round(f.top * SCALE) for f in frames] == pytest.approx([61, 151, 241], abs=7)
    assert [round(f.height * SCALE) for f in frames] == pytest.approx([70, 70, 70], abs=12)


def test_a_dotted_line_of_which_a_few_dots_met_is_found_whole() -> None:
    whole, met, other = Box(60, 100, 200, 100.5), Box(150, 99.5, 190, 101), Box(240, 99.5, 360, 101)
    assert with_faint_lines((met, other), [whole]) == [other, Box(60, 99.5, 200, 101)]
    through_print = Box(60, 100, 360, 100.5)
    assert with_faint_lines((whole, other), [through_print]) == [whole, other]


def test_small_print_right_below_a_line_is_no_line_of_its_own() -> None:
    line, caption, next_line = Box(50, 100, 300, 101), Box(140, 105.5, 220, 106.5), Box(140, 122, 220, 123)
    assert with_faint_lines((line,), [caption, next_line]) == [line, next_line]
    assert with_faint_lines((Box(50, 100, 180, 101),), [caption]) == [Box(50, 100, 180, 101), caption]


def test_digits_read_on_a_dotted_line_leave_it_one_and_print_does_not() -> None:
    line = Box(100, 100, 200, 100.5)
    assert not underlines(line, [Word("07625", 0.9, Box(110, 88, 160, 101))])
    assert not underlines(line, [Word("OT62", 0.6, Box(110, 88, 160, 101))])
    assert underlines(line, [Word("договора", 0.95, Box(110, 88, 160, 101))])


def test_a_bracket_and_a_unit_printed_behind_the_place_are_no_signs_of_the_number() -> None:
    sheet = paper()
    write(sheet, "630376", 310, 180)
    cv2.line(sheet, (690, 150), (690, 184), 20, 3, cv2.LINE_AA)
    cut = cut_written(sheet, page(), in_points(300, 120, 800, 190), boxed=False)
    assert cut is not None
    assert cut.wide > 5
    cv2.putText(sheet, "GJ", (700, 180), cv2.FONT_HERSHEY_COMPLEX, 0.8, 20, 1, cv2.LINE_AA)
    cut = cut_written(sheet, page(), in_points(300, 120, 800, 190), boxed=False)
    assert cut is not None
    assert cut.wide > 5


def test_bars_of_sevens_that_touch_strike_nothing_out() -> None:
    sheet = paper()
    write(sheet, "362977841", 310, 180, step=32)
    cv2.line(sheet, (310 + 4 * 32, 160), (310 + 6 * 32, 158), 30, 4, cv2.LINE_AA)
    cut = cut_written(sheet, page(), in_points(300, 120, 800, 190), boxed=False)
    assert cut is not None
    assert cut.struck  # nothing is certain here
    assert cut.picture.shape[1] > 8.5 * 32
    assert np.count_nonzero(cut.picture[:, 4 * 32 : 6 * 32] < 170) > 200


def test_a_streak_down_the_page_takes_no_digits_with_it() -> None:
    sheet = paper()
    write(sheet, "20826", 306, 200)
    sheet[:, 420:422] = 150
    cut = cut_written(sheet, page(), in_points(280, 140, 620, 215), boxed=False)
    assert cut is not None
    assert pieces(cut.picture) == 5


def test_the_edges_of_boxes_that_stand_apart_are_taken_out() -> None:
    sheet = paper()
    for n in range(5):
        cv2.rectangle(sheet, (300 + 56 * n, 100), (346 + 56 * n, 158), 190, 2)
    write(sheet, "20826", 310, 150, step=56, tall=40)
    cut = cut_written(sheet, page(), in_points(301, 101, 570, 157), boxed=True)
    assert cut is not None
    assert pieces(cut.picture) == 5


def test_a_digit_that_crosses_the_side_of_its_cell_is_whole() -> None:
    sheet = paper()
    cv2.rectangle(sheet, (200, 100), (464, 158), 60, 2)
    write(sheet, "20826", 260, 150)
    cut = cut_written(sheet, page(), in_points(201, 101, 462, 157), boxed=True)
    whole = cut_written(sheet, page(), in_points(201, 101, 520, 157), boxed=False)
    assert cut is not None
    assert whole is not None
    assert cut.picture.shape[1] == pytest.approx(whole.picture.shape[1], abs=12)


def test_a_one_as_high_as_its_frame_is_no_side_of_it() -> None:
    sheet = paper()
    cv2.rectangle(sheet, (200, 100), (464, 158), 60, 2)
    cv2.line(sheet, (250, 84), (250, 141), 20, 5, cv2.LINE_AA)
    write(sheet, "826", 290, 148)
    cut = cut_written(sheet, page(), in_points(202, 102, 462, 156), boxed=True)
    assert cut is not None
    assert pieces(cut.picture) == 4


def test_a_number_that_goes_on_outside_of_its_place_makes_nothing_certain() -> None:
    sheet = paper()
    write(sheet, "20826", 300, 180)
    whole = cut_written(sheet, page(), in_points(296, 120, 560, 190), boxed=False)
    torn = cut_written(sheet, page(), in_points(324, 120, 560, 190), boxed=False)
    assert whole is not None
    assert not whole.beyond
    assert torn is not None
    assert torn.beyond


def test_a_fold_is_no_line_to_write_on() -> None:
    assert is_fold(Box(3, 400, 300, 401), 595)
    assert is_fold(Box(300, 400, 592, 401), 595)
    assert not is_fold(Box(60, 400, 540, 401), 595)


def test_what_is_struck_out_in_a_frame_is_left_out_whatever_hangs_in_from_below() -> None:
    sheet = paper()
    cv2.rectangle(sheet, (280, 110), (900, 210), 30, 3)
    write(sheet, "835", 310, 185)
    cv2.line(sheet, (300, 165), (440, 165), 30, 4, cv2.LINE_AA)
    write(sheet, "2640", 520, 185)
    write(sheet, "5", 400, 260)
    cut = cut_written(sheet, page(), in_points(282, 112, 898, 208), boxed=True)
    assert cut is not None
    assert cut.struck
    assert pieces(cut.picture) == 4


def test_what_is_struck_out_in_a_cell_with_soft_rules_is_left_out() -> None:
    sheet = paper()
    cv2.rectangle(sheet, (280, 112), (760, 204), 40, 4)
    write(sheet, "69", 310, 180)
    write(sheet, "2640", 440, 180)
    cv2.line(sheet, (302, 160), (382, 160), 40, 4, cv2.LINE_AA)
    cut = cut_written(cv2.GaussianBlur(sheet, (7, 7), 0), page(), in_points(283, 115, 757, 201), boxed=True)
    assert cut is not None
    assert cut.struck
    assert pieces(cut.picture) == 4


@pytest.mark.parametrize(("top", "count", "kept"), [(178, 1, True), (190, 1, False), (178, 4, False)], ids=["comma", "lower", "letters"])
def test_a_comma_that_hangs_below_a_tight_place_is_kept_and_the_letters_of_a_caption_are_not(top: int, count: int, kept: bool) -> None:
    sheet = paper()
    write(sheet, "2596", 310, 180, step=60)
    for n in range(count):
        cv2.line(sheet, (345 + 60 * n, top), (340 + 60 * n, top + 16), 30, 4, cv2.LINE_AA)
    cut = cut_written(sheet, page(), in_points(282, 120, 898, 181), boxed=False)
    assert cut is not None
    assert (pieces(cut.picture) > 4) is kept


def test_what_is_struck_out_low_in_a_high_cell_is_left_out() -> None:
    sheet = paper()
    cv2.rectangle(sheet, (280, 90), (900, 230), 30, 3)
    write(sheet, "835", 310, 222)
    cv2.line(sheet, (300, 204), (440, 204), 30, 4, cv2.LINE_AA)
    write(sheet, "2640", 520, 222)
    cut = cut_written(sheet, page(), in_points(282, 92, 898, 228), boxed=True)
    assert cut is not None
    assert cut.struck
    assert pieces(cut.picture) == 4


def test_a_ruling_through_the_first_digits_makes_them_no_first_try() -> None:
    sheet = paper()
    write(sheet, "259658", 310, 180)
    cv2.line(sheet, (300, 160), (440, 160), 120, 2, cv2.LINE_AA)
    cut = cut_written(sheet, page(), in_points(282, 120, 898, 216), boxed=False)
    assert cut is not None
    assert cut.wide > 5


def test_what_a_line_through_the_first_digits_leaves_is_a_second_way_to_read_them() -> None:
    sheet = paper()
    write(sheet, "835640", 310, 180, step=32)
    cv2.line(sheet, (300, 160), (372, 160), 30, 4, cv2.LINE_AA)
    cut = cut_written(sheet, page(), in_points(282, 120, 898, 216), boxed=False)
    assert cut is not None
    assert cut.struck
    assert cut.rest is not None
    assert cut.wide - cut.rest.wide > 1
    assert cut.rest.struck


def test_a_one_in_a_box_that_stands_apart_for_thousands_is_a_digit() -> None:
    sheet = paper()
    boxes(sheet, 100, 100, 1)
    boxes(sheet, 166, 100, 3)
    cv2.line(sheet, (124, 108), (122, 148), 20, 4, cv2.LINE_AA)
    write(sheet, "638", 178, 150, step=46)
    place = in_points(100, 100, 304, 158)
    crop = cut_written(sheet, page(), place, boxed=True)
    assert crop is not None
    assert pieces(crop.picture) == 4
    sheet[:, :160] = 255
    cv2.line(sheet, (103, 108), (103, 150), 60, 2)  # what is left of the side of a box
    rest = cut_written(sheet, page(), place, boxed=True)
    assert rest is not None
    assert pieces(rest.picture) == 3


def test_figures_are_looked_at_however_surely_read_and_small_letters_are_not() -> None:
    def word(text: str, left: float, high: float, confidence: float) -> Word:
        return Word(text, confidence, Box(left, 100 - high, left + 50, 100))

    label = word("Shartnoma", 0, 10, 0.9)
    written, torn, scrawl = word("229770", 60, 17, 0.8), word("(зтвамм):", 130, 11, 0.2), word("зтвамм", 260, 19, 0.2)
    found = doubtful_places([label, written, torn, scrawl], [])
    assert sorted(round(box.left) for box in found) == [59, 259]


def test_a_stamp_s_edge_across_a_line_to_write_on_makes_it_no_cell() -> None:
    line, edge = Box(340, 275, 470, 276), Box(422, 269, 424, 304)
    sheet = Page(1, 595, 842, (), PageSource.OCR, (line, edge))
    assert fill_lines(sheet) == (line,)
    for others in ((Box(340, 250, 341, 276),), (edge, Box(360, 269, 361, 277)), (edge, Box(340, 300, 470, 301))):
        assert fill_lines(Page(1, 595, 842, (), PageSource.OCR, (line, *others))) == ()


def test_a_row_of_frames_before_which_no_label_was_read_is_looked_at_once_more() -> None:
    labels = [
        Word(text, surely, Box(60, top, 110, top + 10))
        for text, top, surely in (("Oldingi", 105, 0.9), ("Joriy", 135, 0.9), ("onrmm", 165, 0.2))
    ]
    rows = [Box(300 + 20 * n, top, 319 + 20 * n, top + 20) for top in (100, 130, 160) for n in range(4)]
    around = Box(50, 90, 500, 190)
    (bare,) = before_frames(labels, [around, *rows], [around, *rows])
    assert (bare.top, bare.bottom) == (160, 180)
    assert bare.left < 60
    assert 290 < bare.right < 300
    assert not before_frames(labels, [around, *rows], [around, *rows, Box(200, 160, 299, 180)])  # a table's cell


@pytest.mark.parametrize(("right", "struck"), [(480, True), (930, False)], ids=["to the digits", "through the cell"])
def test_a_line_through_digits_may_begin_beyond_the_side_of_its_cell(right: int, struck: bool) -> None:
    sheet = paper()
    cv2.rectangle(sheet, (280, 110), (900, 210), 30, 3)
    write(sheet, "835", 310, 185)
    cv2.line(sheet, (264, 165), (right, 165), 30, 4, cv2.LINE_AA)
    write(sheet, "2640", 560, 185)
    cut = cut_written(sheet, page(), in_points(282, 112, 898, 208), boxed=True)
    assert cut is not None
    assert cut.struck is struck
    assert (pieces(cut.picture) == 4) is struck
