"""Stamps and signatures are found in colour, grey and one bit; their absence is sure only where the page is clean."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import ImageDraw

from metering.pages import Box, Mark, Page, PageSource, Word
from ocr.geometry import UprightPicture
from ocr.ink import Ink
from ocr.pen_over_print import pen_over_print
from ocr.read_page import ReadPage
from ocr.reader import PageReader
from ocr.signatures import Stroke, _strokes, signature_mark
from ocr.signing_places import end_of_head, end_of_readings
from ocr.stamp_remains import without_arcs
from ocr.stamps import Ring, find_ring, stamp_mark
from tests.ocr.drawing import BLACK, BLUE, GREY, VIOLET, Report, Signature, Stamp, draw_report, photograph, press, scan, sign


@pytest.mark.parametrize(
    ("stamp", "kind"),
    [
        (Stamp(), "colour"),
        (Stamp(colour=VIOLET, rings=3, turned=200), "colour"),
        (Stamp(colour=GREY, opacity=0.6), "grey"),
        (Stamp(colour=BLUE, diameter=31), "black"),
        (Stamp(x=40, y=140, colour=BLACK, rings=1), "black"),
        (Stamp(oval=0.92, cut=0.25), "colour"),
        (Stamp(opacity=0.4, patchy=0.4), "grey"),
    ],
)
def test_a_stamp_is_found_where_it_was_pressed(read, stamp: Stamp, kind: str):
    mark = read(scan(press(sign(draw_report(), Signature()), stamp), kind)).stamp()
    assert mark.value
    assert mark.confidence > 0.75
    assert mark.box is not None
    assert mark.box.middle == (pytest.approx(stamp.x / 25.4 * 72, abs=14), pytest.approx(stamp.y / 25.4 * 72, abs=14))


@pytest.mark.parametrize("kind", ["colour", "grey", "black"])
def test_a_page_without_a_stamp_surely_has_none(read, kind: str):
    mark = read(
        scan(sign(draw_report(Report(further=("Оригинал отчета будет представлен в срок.",) * 4)), Signature(y=163)), kind, 1.0)
    ).stamp()
    assert not mark.value
    assert mark.confidence >= 0.9


@pytest.mark.parametrize(
    ("signature", "kind"),
    [
        (Signature(), "colour"),
        (Signature(colour=BLACK, seed=4), "grey"),
        (Signature(colour=BLACK, seed=6, pen=0.7), "black"),
        (Signature(seed=8, loops=True, width=36), "colour"),
        (Signature(x=50, seed=9, height=14), "colour"),
    ],
)
def test_a_signature_is_found(read, signature: Signature, kind: str):
    mark = read(scan(sign(draw_report(), signature), kind)).signature()
    assert mark.value
    assert mark.box is not None
    assert mark.box.left < signature.x / 25.4 * 72 < mark.box.right


@pytest.mark.parametrize("kind", ["colour", "grey", "black"])
def test_an_unsigned_page_surely_has_no_signature(read, kind: str):
    mark = read(scan(draw_report(), kind, -1.0)).signature()
    assert not mark.value
    assert mark.confidence >= 0.9


def test_a_stamp_alone_is_no_signature_and_might_hide_one(read):
    page = read(scan(press(draw_report(), Stamp(x=105))))
    assert page.stamp().value
    assert not page.signature().value
    assert page.signature().confidence < 0.9


@pytest.mark.parametrize(
    ("signature", "stamp", "kind"),
    [
        (Signature(x=105, y=132, colour=BLACK), Stamp(x=108, y=138, colour=VIOLET), "colour"),
        (Signature(x=105, y=132), Stamp(x=108, y=138, colour=GREY, opacity=0.6), "colour"),
        (Signature(x=92, y=133, colour=BLACK), Stamp(x=108, y=138, colour=BLACK), "black"),
    ],
)
def test_a_signature_wholly_under_a_stamp_is_found(read, signature: Signature, stamp: Stamp, kind: str):
    page = read(scan(press(sign(draw_report(), signature), stamp), kind))
    assert page.stamp().value
    assert page.signature().value
    assert page.signature().confidence >= 0.8


@pytest.mark.parametrize(("seed", "hard"), [(3, False), (4, True)])
def test_both_are_found_in_a_photo_and_both_absences_too(read, seed: int, hard: bool):
    signed = read(photograph(press(sign(draw_report(), Signature()), Stamp(x=125)), hard, seed), None)
    assert (signed.stamp().value, signed.signature().value) == (True, True)
    bare = read(photograph(draw_report(), hard, seed), None)
    assert (bare.stamp().value, bare.signature().value) == (False, False)
    assert min(bare.stamp().confidence, bare.signature().confidence) >= 0.9


def test_marks_are_found_beside_a_text_layer(plain: ReadPage, page_reader: PageReader, tmp_path: Path):
    page = dataclasses.replace(plain.page, source=PageSource.TEXT_LAYER, rules=())
    path = tmp_path / "rendered.ppm"
    cv2.imwrite(str(path), scan(press(sign(draw_report(), Signature()), Stamp(x=125)), dpi=100))
    shown = page_reader.show(path, page)
    assert (shown.stamp().value, shown.signature().value) == (True, True)
    cv2.imwrite(str(path), scan(draw_report(), dpi=100))
    shown = page_reader.show(path, page)
    assert (shown.stamp().value, shown.signature().value) == (False, False)


def test_a_table_whose_rules_are_not_known_is_no_signature():
    picture = np.full((827, 1169, 3), 255, np.uint8)
    for x in (70, 160, 300, 420, 560, 700, 830, 960, 1090):
        cv2.line(picture, (x, 260), (x, 310), (0, 0, 0), 1)
    for y in (260, 285, 310):
        cv2.line(picture, (70, y), (1090, y), (0, 0, 0), 1)
    page = Page(1, 841.7, 595.4, (), PageSource.TEXT_LAYER)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert not mark.value
    assert mark.confidence <= 0.7


def test_cells_whose_edges_a_text_layer_tells_one_by_one_are_no_signature():
    picture = np.full((827, 1169, 3), 255, np.uint8)
    columns, rows = (70, 105, 300, 420, 560, 700, 830, 960, 1000, 1040), (240, 265, 290)
    for x in columns:
        cv2.line(picture, (x, rows[0]), (x, rows[-1]), (0, 0, 0), 1)
    for y in rows:
        cv2.line(picture, (columns[0], y), (columns[-1], y), (0, 0, 0), 1)
    edges = tuple(Box(a * 0.72, y * 0.72, b * 0.72, y * 0.72) for y in rows for a, b in itertools.pairwise(columns))
    page = Page(1, 841.7, 595.4, (), PageSource.TEXT_LAYER, edges)
    assert not signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None).value


def test_the_rules_of_a_table_in_pieces_are_no_sure_signature():
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for x in range(70, 770, 80):
        cv2.polylines(
            picture, [np.array([[x, 600 + x % 50], [x + 30, 604 + x % 50], [x + 33, 640], [x + 2, 644]], np.int32)], True, (0, 0, 0), 1
        )
    page = Page(1, 595.4, 841.7, (), PageSource.OCR)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert mark.confidence <= 0.7


@pytest.mark.parametrize(("row", "is_sure"), [(400, True), (700, False)])
@pytest.mark.parametrize("texts", [("4410,15",), ("1204", "1288", "840")])
def test_strokes_above_the_last_reading_are_no_sure_signature(texts: tuple[str, ...], row: int, is_sure: bool):
    """A skewed or torn table leaves pieces of its rules among its numbers, and no rule tells where it ends."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    stroke = np.array([[300 + 12 * n, 600 + (20 if n % 2 else -16)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, (0, 0, 0), 2, cv2.LINE_AA)
    words = tuple(
        Word(text, 0.95, Box((70 + 100 * n) * 0.72, row * 0.72, (140 + 100 * n) * 0.72, (row + 14) * 0.72)) for n, text in enumerate(texts)
    )
    page = Page(1, 595.4, 841.7, words, PageSource.OCR)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert mark.value
    assert (mark.confidence > 0.75) == is_sure


def assert_unsigned_beside_its_stamp(picture: np.ndarray, source: PageSource):
    page = Page(1, 595.4, 841.7, (), source)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    ring = find_ring(ink)
    assert ring is not None
    assert ring.is_stamp
    mark = signature_mark(ink, page, ring)
    assert not (mark.value and mark.confidence > 0.7)


def test_what_an_oval_stamp_leaves_outside_its_circle_is_no_sure_signature():
    """On a photo taken aslant the rim leaves the circle that was found on one side, and letters stand at it."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    cv2.ellipse(picture, (452, 537), (72, 72), 0, 50, 310, (190, 140, 90), 3, cv2.LINE_AA)
    cv2.ellipse(picture, (462, 537), (90, 72), 0, -75, 75, (190, 140, 90), 3, cv2.LINE_AA)
    for y in range(490, 590, 12):
        cv2.line(picture, (528, y), (546, y + 5), (190, 140, 90), 2, cv2.LINE_AA)
    assert_unsigned_beside_its_stamp(picture, PageSource.OCR)


@pytest.mark.parametrize("gap", [0, 25, 60])
def test_pieces_of_the_inner_circle_of_a_stamp_are_no_sure_signature(gap: int):
    """What a line to sign on and letters leave of it crosses other circles of the stamp, but is of its ink."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    cv2.circle(picture, (452, 537), 72, (190, 140, 90), 3, cv2.LINE_AA)
    cv2.ellipse(picture, (454, 540), (44, 36), 30, gap, 330, (190, 140, 90), 2, cv2.LINE_AA)
    cv2.line(picture, (440, 500), (452, 470), (190, 140, 90), 2, cv2.LINE_AA)
    assert_unsigned_beside_its_stamp(picture, PageSource.TEXT_LAYER)


@pytest.mark.parametrize(
    ("heads", "beside", "is_signed"),
    [
        (("Должность", "Подпись", "Ф.И.О."), "", True),
        (("Lavozimi", "Imzo", "F.I.Sh."), "", True),
        (("Должность", "Подпись", "Ф.И.О."), "25.11.2026", True),
        (("Должность", "Подпись", "Ф.И.О."), "}\\25.11.2026", True),  # a stamp beside it
        (("Лавозими", "“7", "Фамилияси,"), "25.11.2026", True),  # a pen crosses the head
        (("Должность", "Подпись", "Ф.И.О. Дата"), "0.2026", True),  # a stamp tears it
        (("Должность", "Подпись", "Ф.И.О."), "835791.64", False),
        (("Дата", "Показание", "Подпись"), "835791.64", False),
        (("Должность", "Подпись", "Ф.И.О."), "974", False),
        (("Должность", "Показание", "Расход"), "", False),
    ],
)
def test_ink_in_a_cell_is_a_signature_where_people_sign_in_cells(heads: tuple[str, str, str], beside: str, is_signed: bool):
    picture = np.full((1169, 827, 3), 255, np.uint8)
    rows = (600, 640, 700)
    for y in rows:
        cv2.line(picture, (60, y), (760, y), (0, 0, 0), 1)
    stroke = np.array([[300 + 12 * n, 668 + (20 if n % 2 else -16)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, (160, 60, 20), 2, cv2.LINE_AA)
    words = tuple(
        Word(text, 0.95, Box(x * 0.72, y * 0.72, (x + 90) * 0.72, (y + 14) * 0.72))
        for text, x, y in (
            *((head, x, 612) for head, x in zip(" ".join(heads).split(), (70, 300, 560, 660), strict=False)),
            *(("Директор", 70, 660), ("Каримов", 560, 660)),
            *([(beside, 660, 660)] if beside else []),
        )
    )
    rules = tuple(Box(60 * 0.72, y * 0.72, 760 * 0.72, y * 0.72) for y in rows)
    page = Page(1, 595.4, 841.7, words, PageSource.TEXT_LAYER, rules)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value and mark.confidence > 0.75) == is_signed
    assert mark.value or mark.confidence <= 0.7
    read_as_number = Word("974", 0.8, Box(300 * 0.72, 650 * 0.72, 320 * 0.72, 664 * 0.72))
    page = dataclasses.replace(page, words=(*page.words, read_as_number))
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value and mark.confidence > 0.75) == (is_signed and heads[1] != "“7")


def test_boxes_for_one_digit_each_are_no_signature():
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for x in range(300, 480, 18):
        cv2.rectangle(picture, (x, 660), (x + 18, 690), (0, 0, 0), 1)
    page = Page(1, 595.4, 841.7, (), PageSource.TEXT_LAYER)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert mark.confidence <= 0.7


@pytest.mark.parametrize(
    ("captions", "is_signed"),
    [
        (("(подпись)",), True),
        (("(imzo)",), True),
        (("подпись", "Ф.И.О."), True),
        (("(должность)", "(инициалы,"), True),  # a stamp on the third
        (("{lavozimi)", "(F.I.Sh.)"), True),
        (("(lavozimi)", "(1720)", "(F.LSh.)"), True),  # as the engine reads «(imzo)» and «(F.I.Sh.)»
        (("(1720)", "(F.LSh.)"), False),
        (("(должность)",), False),
        (("подпись",), False),
        (("Показание", "Ф.И.О."), False),
    ],
)
def test_a_line_below_which_is_told_that_people_sign_on_it_is_no_table(captions: tuple[str, ...], is_signed: bool):
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for y in (600, 640, 700):
        cv2.line(picture, (60, y), (760, y), (0, 0, 0), 1)
    stroke = np.array([[300 + 12 * n, 668 + (20 if n % 2 else -16)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, (160, 60, 20), 2, cv2.LINE_AA)
    words = tuple(
        Word(caption, 0.95, Box((300 + 200 * n) * 0.72, 703 * 0.72, (380 + 200 * n) * 0.72, 713 * 0.72))
        for n, caption in enumerate(captions)
    )
    rules = tuple(Box(60 * 0.72, y * 0.72, 760 * 0.72, y * 0.72) for y in (600, 640, 700))
    page = Page(1, 595.4, 841.7, words, PageSource.OCR, rules)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value and mark.confidence > 0.75) == is_signed


@pytest.mark.parametrize(
    ("source", "height", "is_sure"), [(PageSource.TEXT_LAYER, 12, True), (PageSource.OCR, 20, True), (PageSource.OCR, 12, False)]
)
def test_black_strokes_beside_a_stamp_and_print_are_sure_where_they_are_no_letters(source: PageSource, height: int, is_sure: bool):
    """Print that a stamp made unreadable is in no text layer's page, and has no thin piece higher than two of its lines."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    cv2.circle(picture, (526, 620), 72, (190, 140, 90), 3, cv2.LINE_AA)
    stroke = np.array([[300 + 18 * n, 600 + (height if n % 2 else -height)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, (0, 0, 0), 1, cv2.LINE_AA)
    words = tuple(Word("Директор", 0.95, Box(70 * 0.72, y * 0.72, 150 * 0.72, (y + 14) * 0.72)) for y in (580, 594, 608, 622))
    page = Page(1, 595.4, 841.7, words, source)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    mark = signature_mark(ink, page, find_ring(ink))
    assert mark.value
    assert (mark.confidence > 0.75) == is_sure


@pytest.mark.parametrize(
    ("texts", "is_sure"),
    [
        ((("Директор", 60, 600), ("Каримов", 460, 600)), True),
        ((("Отчет", 60, 600), ("принял:", 110, 600), ("инженер", 160, 600), ("Рахимов", 460, 600)), False),
        ((("Hisobotni", 60, 600), ("qabul", 120, 600), ("qildi", 160, 600)), False),
        ((("Сдал:", 60, 560), ("Принял:", 240, 560), ("Директор", 60, 600), ("инженер", 240, 600)), False),
        ((("Принял:", 60, 560), ("Абонент:", 240, 560), ("инженер", 60, 600), ("Директор", 240, 600)), True),
        ((("Директор", 60, 600), ("Отчет", 60, 660), ("принял:", 110, 660)), True),
    ],
)
def test_who_signs_for_receipt_does_not_sign_the_report(texts: tuple[tuple[str, int, int], ...], is_sure: bool):
    picture = np.full((1169, 827, 3), 255, np.uint8)
    stroke = np.array([[300 + 12 * n, 600 + (20 if n % 2 else -16)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, (160, 60, 20), 2, cv2.LINE_AA)
    words = tuple(Word(text, 0.95, Box(x * 0.72, y * 0.72, (x + 7 * len(text)) * 0.72, (y + 14) * 0.72)) for text, x, y in texts)
    page = Page(1, 595.4, 841.7, words, PageSource.OCR)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert mark.value
    assert (mark.confidence > 0.75) == is_sure


@pytest.mark.parametrize(
    ("colour", "places", "is_signed"),
    [
        ((160, 60, 20), [(300, 640)], True),
        ((0, 0, 0), [(300, 640)], False),
        ((160, 60, 20), [(300, 480)], False),
        ((160, 60, 20), [(70, 640), (640, 640)], False),  # numbers by hand, over the whole frame
    ],
)
def test_a_pen_in_colour_signs_in_a_frame_below_the_readings_whatever_that_says(
    colour: tuple[int, int, int], places: list[tuple[int, int]], is_signed: bool
):
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for x, y in places:
        stroke = np.array([[x + 12 * n, y + (20 if n % 2 else -16)] for n in range(9)], np.int32)
        cv2.polylines(picture, [stroke], False, colour, 2, cv2.LINE_AA)
    cv2.rectangle(picture, (60, 600), (760, 700), (0, 0, 0), 1)
    words = (Word("4410,15", 0.95, Box(300 * 0.72, 540 * 0.72, 360 * 0.72, 554 * 0.72)),)
    rules = tuple(Box(60 * 0.72, y * 0.72, 760 * 0.72, y * 0.72) for y in (600, 700))
    page = Page(1, 595.4, 841.7, words, PageSource.OCR, rules)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value and mark.confidence > 0.75) == is_signed


@pytest.mark.parametrize(
    ("texts", "down", "is_sure"),
    [
        ((("Директор", 60, 600), ("Каримов", 460, 600), ("А.Б.", 515, 600)), 0, True),
        ((("Direktor", 60, 600), ("G‘ofurov", 460, 600), ("O‘.Sh.", 522, 600)), 0, True),
        ((("Директор", 60, 600), ("А.Б.", 460, 600), ("Каримов", 495, 600)), 0, True),
        ((("Директор", 60, 600), ("Каримов", 460, 600)), 0, False),  # no initials: any two words
        ((("Директор", 60, 600), ("Каримов", 300, 600), ("А.Б.", 355, 600)), 0, False),  # not between them
        ((("Каримов", 460, 600), ("А.Б.", 515, 600)), 0, False),  # no post on its row
        ((("Директор", 60, 600), ("Каримов", 460, 600), ("А.Б.", 515, 600)), 50, False),  # below the row
    ],
)
def test_what_stands_between_a_post_and_a_name_and_is_higher_than_they_are_is_a_signature(texts, down: int, is_sure: bool):
    """Without a line to sign on the look of a small dense pen alone leaves it open."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    stroke = np.array([[250 + 13 * n, down + 606 + (12 if n % 2 else -12)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, (0, 0, 0), 2, cv2.LINE_AA)
    words = tuple(Word(text, 0.95, Box(x * 0.72, y * 0.72, (x + 7 * len(text)) * 0.72, (y + 14) * 0.72)) for text, x, y in texts)
    page = Page(1, 595.4, 841.7, words, PageSource.OCR)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value and mark.confidence > 0.8) == is_sure


def test_a_word_that_was_not_read_between_a_post_and_a_name_is_no_signature():
    picture = np.full((1169, 827, 3), 255, np.uint8)
    cv2.putText(picture, "M.P.", (280, 614), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1, cv2.LINE_AA)
    boxes = (("Директор", 60, 116), ("Каримов", 460, 509), ("А.Б.", 515, 543))
    words = tuple(Word(text, 0.95, Box(left * 0.72, 600 * 0.72, right * 0.72, 614 * 0.72)) for text, left, right in boxes)
    page = Page(1, 595.4, 841.7, words, PageSource.OCR)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value, mark.confidence >= 0.9) == (False, True)


@pytest.mark.parametrize(("row", "is_sure"), [(640, True), (380, False)])
def test_strokes_far_above_the_stamp_are_no_sure_signature(row: int, is_sure: bool):
    """What is written by hand in the head of a form whose readings were not read."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    cv2.circle(picture, (500, 740), 70, (190, 140, 90), 3, cv2.LINE_AA)
    stroke = np.array([[200 + 12 * n, row + (20 if n % 2 else -16)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, (160, 60, 20), 2, cv2.LINE_AA)
    page = Page(1, 595.4, 841.7, (), PageSource.OCR)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    mark = signature_mark(ink, page, find_ring(ink))
    assert mark.value
    assert (mark.confidence > 0.75) == is_sure


@pytest.mark.parametrize("number", ["4410,15", "840"])
def test_an_emblem_above_the_readings_is_no_sure_stamp(number: str):
    """A ring with words along it is in the head of many a letter; a seal is set at the end."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    cv2.circle(picture, (400, 110), 60, (90, 110, 30), 3, cv2.LINE_AA)
    words = tuple(Word(number, 0.95, Box(x * 0.72, 400 * 0.72, (x + 60) * 0.72, 414 * 0.72)) for x in (100, 300, 500))
    page = Page(1, 595.4, 841.7, words, PageSource.OCR)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    emblem = stamp_mark(find_ring(ink, end_of_head(page)), ink, 1)
    assert (emblem.value, emblem.confidence) == (True, 0.7)
    cv2.circle(picture, (300, 700), 70, (190, 140, 90), 3, cv2.LINE_AA)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    stamp = stamp_mark(find_ring(ink, end_of_head(page)), ink, 1)
    assert stamp.confidence > 0.9
    assert stamp.box is not None
    assert stamp.box.holds(Box(300 * 0.72, 700 * 0.72, 301 * 0.72, 701 * 0.72))


def test_strokes_none_of_which_is_likely_are_no_signature():
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for x, y in itertools.product((150, 350, 550), range(600, 1000, 100)):
        stroke = np.array([[x + 12 * n, y + (9 if n % 2 else -9)] for n in range(9)], np.int32)
        cv2.polylines(picture, [stroke], False, (0, 0, 0), 2, cv2.LINE_AA)
    page = Page(1, 595.4, 841.7, (Word("Директор", 0.95, Box(50, 200, 110, 209)),), PageSource.OCR)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value, mark.confidence) == (False, 0.5)


def test_print_that_a_stamp_makes_unreadable_is_no_sure_signature(read):
    report = draw_report()
    page = read(scan(press(report, Stamp(x=105, y=95, colour=VIOLET))))
    assert page.stamp().value
    assert not (page.signature().value and page.signature().confidence >= 0.8)


def test_strokes_where_something_else_is_written_are_no_sure_signature(read):
    page = read(scan(sign(draw_report(), Signature())))
    mark = page.signature()
    assert mark.value
    assert mark.confidence > 0.75
    assert mark.box is not None
    among_writing = page.signature([mark.box])
    assert (among_writing.value, among_writing.confidence) == (True, 0.7)
    assert page.signature([Box(0, 0, 400, 100)]) == mark


@pytest.mark.parametrize(("millimetres", "is_sure"), [(40, True), (53, False)])
def test_a_ring_wider_than_a_seal_may_be_that_of_a_cup(millimetres: int, is_sure: bool):
    picture = np.full((1169, 827, 3), 255, np.uint8)
    cv2.circle(picture, (500, 900), round(millimetres / 2 / 25.4 * 100), (60, 110, 150), 3, cv2.LINE_AA)
    page = Page(1, 595.4, 841.7, (Word("Директор", 0.95, Box(50, 600, 110, 610)),), PageSource.OCR)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    mark = stamp_mark(find_ring(ink), ink, 1)
    assert mark.value
    assert (mark.confidence >= 0.8) is is_sure


@pytest.mark.parametrize(("colour", "sure"), [(BLACK, True), ((168, 168, 170), False)])
def test_a_stroke_along_the_rim_of_a_broken_stamp_is_sure_where_its_ink_is_darker(colour: tuple[int, int, int], sure: bool):
    signature = Signature(x=112, y=122, width=26, height=5, colour=colour)
    drawn = press(sign(draw_report(), signature), Stamp(x=112, y=142, colour=GREY, opacity=0.6, cut=0.1))
    page = Page(1, 595.4, 841.7, (Word("Директор", 0.95, Box(50, 200, 110, 209)),), PageSource.OCR)
    ink = Ink.of(UprightPicture.already(scan(drawn, "grey", dpi=100), 100), page)
    mark = signature_mark(ink, page, find_ring(ink))
    assert (mark.value and mark.confidence >= 0.8) is sure


@pytest.mark.parametrize(("beyond", "is_sure"), [(4.0, False), (-20.0, True)], ids=["within it", "over its edge"])
def test_a_signature_within_a_stamp_of_dots_is_no_sure_one(read, beyond: float, is_sure: bool):
    """In one bit such a stamp is told by its dots, and no circle is known whose ink could be left out. beyond: points around it."""
    page = read(scan(sign(draw_report(), Signature(colour=BLACK, seed=6, pen=0.7)), "black"))
    found = page.signature().box
    assert found is not None
    page = read(scan(sign(draw_report(), Signature(colour=BLACK, seed=6, pen=0.7)), "black"))
    dots = Box(found.left - beyond, found.top - beyond, found.right + beyond, found.bottom + beyond)
    page.__dict__["_stamp"] = Mark(value=True, confidence=0.9, page=1, box=dots)
    assert page.signature().value
    assert (page.signature().confidence > 0.75) is is_sure


@pytest.mark.parametrize("rim", [True, False])
def test_what_is_left_of_a_rim_makes_no_sure_signature_of_the_name_beside_it(rim: bool):
    """As on a photo whose stamp is a little larger than the circle that was found; a paraph as large as the stamp stays one."""
    stamp = Ring(452, 537, 72, 0.9, 0.3, 145)
    pen, known = (np.zeros((1169, 827), np.uint8) for _ in range(2))
    if rim:
        cv2.circle(pen, (452, 537), 78, 255, 2)
        cv2.putText(known, "Karimov A.B.", (520, 500), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 255, 2)
    else:
        path = [(385, 590), (405, 480), (430, 595), (450, 478), (490, 597), (500, 480), (530, 590), (640, 500)]
        cv2.polylines(known, [np.array(path)], isClosed=False, color=255, thickness=2)
    pen |= known
    ink = Ink.of(UprightPicture.already(cv2.merge([255 - pen] * 3), 100), Page(1, 595.4, 841.7, (), PageSource.OCR))
    strokes = _strokes(pen, known, ink, Page(1, 595.4, 841.7, (), PageSource.OCR), stamp, [], [])
    stroke = max(strokes, key=lambda stroke: stroke.box.height)
    assert (stroke.likelihood > 0.9) is not rim


def test_a_dark_piece_of_a_stamp_s_rim_is_taken_out_and_a_stroke_across_it_stays():
    stamp = Ring(452, 537, 72, 0.9, 0.3, 145)
    rim, stroke = (np.zeros((1169, 827), np.uint8) for _ in range(2))
    cv2.ellipse(rim, (452, 537), (72, 72), 0, -70, -20, 255, 3)
    cv2.line(stroke, (400, 600), (440, 500), 255, 3)
    left = without_arcs(rim | stroke, stamp)
    assert np.array_equal(left, stroke)


def test_a_long_quantity_ends_the_readings_though_it_was_read_less_surely_and_a_short_one_does_not():
    def page(text: str, confidence: float) -> Page:
        return Page(1, 595.4, 841.7, (Word(text, confidence, Box(300, 230, 350, 240)),), PageSource.OCR)

    assert end_of_readings(page("69457,09", 0.58)) == 240
    assert end_of_readings(page("69457,09", 0.4)) == 0
    assert end_of_readings(page("5,7", 0.58)) == 0


def test_a_high_sparse_stroke_in_a_thick_pen_is_surely_a_signature_and_a_low_dense_one_is_none():
    def stroke(broad: float, fill: float) -> Stroke:
        return Stroke(Box(222, 336, 306, 359), 31.0, broad, fill, 0.0, in_place=False)

    assert stroke(8.3, 0.2).likelihood > 0.95
    assert stroke(3.1, 0.45).likelihood == 0
    assert stroke(6.0, 0.3).likelihood < 0.5


@pytest.mark.parametrize("kind", ["colour", "black"])
def test_a_hair_on_an_unsigned_page_is_no_sure_signature(read, kind: str):
    drawn = draw_report()
    ImageDraw.Draw(drawn).arc([62 * 8, 112 * 8, 115 * 8, 165 * 8], 200, 320, fill=BLACK, width=2)
    assert read(scan(drawn, kind)).signature().confidence <= 0.7


@pytest.mark.parametrize(("coloured", "is_hair"), [(0.0, True), (0.1, True), (0.23, False)])
def test_a_thin_stroke_of_a_blue_pen_is_no_hair(coloured: float, is_hair: bool):
    thin = Stroke(Box(217, 283, 292, 320), 34.4, 6.6, 0.05, coloured, in_place=True)
    assert thin.is_hair is is_hair
    assert (thin.likelihood > 0.8) is not is_hair


@pytest.mark.parametrize(("height", "is_sure"), [(14, False), (32, True)])
def test_what_is_no_higher_than_print_on_a_line_to_sign_on_is_no_sure_signature(height: int, is_sure: bool):
    """A post in a typewriter's thin face on its own line, of which nothing was read."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    stroke = np.array([[202 + 14 * n, 611 - (height if n % 2 else 0)] for n in range(10)], np.int32)
    cv2.polylines(picture, [stroke], False, (0, 0, 0), 1, cv2.LINE_AA)
    words = tuple(Word(text, 0.95, Box(x * 0.72, 600 * 0.72, (x + 7 * len(text)) * 0.72, 614 * 0.72)) for text, x in (("Лицо:", 150),))
    rules = (Box(196 * 0.72, 613 * 0.72, 346 * 0.72, 614 * 0.72),)
    page = Page(1, 595.4, 841.7, words, PageSource.OCR, rules)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value and mark.confidence >= 0.8) == is_sure
    assert mark.value or mark.confidence < 0.9


@pytest.mark.parametrize(
    ("texts", "is_sure"),
    [
        ((("«", 180), ("»", 240), ("2026", 420), ("г.", 455)), False),
        ((("Дата", 60), ("составления:", 95)), False),
        ((("Sana:", 100),), False),
        ((("Дата", 60), ("Подпись", 110)), True),
        ((("2026", 60), ("г.", 95)), True),  # before it, not behind
        ((("Директор", 60), ("Каримов", 420)), True),
    ],
)
def test_what_is_written_where_a_day_is_asked_for_is_no_sure_signature(texts: tuple[tuple[str, int], ...], is_sure: bool):
    """A pen in colour that wrote «24 11» on the row below who signs: 130 pixels wide, 22 high."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    stroke = np.array([[192 + 14 * n, 612 - (22 if n % 2 else 0)] for n in range(9)], np.int32)
    cv2.polylines(picture, [stroke], False, (160, 60, 20), 2, cv2.LINE_AA)
    words = tuple(Word(text, 0.95, Box(x * 0.72, 600 * 0.72, (x + 7 * len(text)) * 0.72, 614 * 0.72)) for text, x in texts)
    page = Page(1, 595.4, 841.7, words, PageSource.OCR)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert mark.value
    assert (mark.confidence >= 0.8) == is_sure


@pytest.mark.parametrize("is_signed", [True, False])
@pytest.mark.parametrize("edge", [0, 793])
def test_strokes_that_a_scanner_makes_of_the_sheet_s_edge_are_no_signature(edge: int, is_signed: bool):
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for down in range(560, 1160, 60):
        stroke = np.array([[edge + (33 if n % 4 in (1, 2) else 0), down + 4 * n] for n in range(9)], np.int32)
        cv2.polylines(picture, [stroke], False, (0, 0, 0), 2)
    if is_signed:
        stroke = np.array([[300 + 12 * n, 600 + (20 if n % 2 else -16)] for n in range(9)], np.int32)
        cv2.polylines(picture, [stroke], False, (0, 0, 0), 2, cv2.LINE_AA)
    page = Page(1, 595.4, 841.7, (), PageSource.OCR)
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value, mark.confidence >= 0.8) == (is_signed, is_signed)


@pytest.mark.parametrize(("row", "is_signed"), [(604, True), (622, False)], ids=["the row above", "within it"])
def test_a_pen_that_goes_up_into_the_row_above_its_line_is_no_frame_around_its_words(row: int, is_signed: bool):
    picture = np.full((1169, 827, 3), 255, np.uint8)
    stroke = np.array([[202 + 20 * n, 651 - (56 if n % 2 else 0)] for n in range(10)], np.int32)
    cv2.polylines(picture, [stroke], False, (0, 0, 0), 2, cv2.LINE_AA)
    texts = [
        ("Лицо:", 150, 640),
        *((text, x, row) for text, x in (("Дата", 205), ("отчета", 245), ("24", 290), ("ноября", 315), ("2026", 360))),
    ]
    words = tuple(Word(text, 0.95, Box(x * 0.72, y * 0.72, (x + 7 * len(text)) * 0.72, (y + 10) * 0.72)) for text, x, y in texts)
    page = Page(1, 595.4, 841.7, words, PageSource.OCR, (Box(196 * 0.72, 652 * 0.72, 396 * 0.72, 653 * 0.72),))
    mark = signature_mark(Ink.of(UprightPicture.already(picture, 100), page), page, None)
    assert (mark.value and mark.confidence >= 0.8) is is_signed
    assert mark.value or mark.confidence < 0.9


@pytest.mark.parametrize(("radius", "might_be_stamp"), [(40, False), (60, True)])
def test_a_stroke_as_large_as_a_seal_may_be_one_where_no_stamp_was_found(radius: int, might_be_stamp: bool):
    """In one bit a stamp of dots leaves its rim, with the letters of a name at it."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    cv2.circle(picture, (400, 800), radius, (0, 0, 0), 2, cv2.LINE_AA)
    page = Page(1, 595.4, 841.7, (), PageSource.OCR)
    ink = Ink.of(UprightPicture.already(picture, 100), page)
    pen = cv2.threshold(ink.darkness, 70, 255, cv2.THRESH_BINARY)[1]
    assert [stroke.might_be_stamp for stroke in _strokes(pen, pen, ink, page, None, [], [])] == [might_be_stamp]


@pytest.mark.parametrize(
    ("source", "thick", "are_rules"),
    [(PageSource.TEXT_LAYER, 0.5, True), (PageSource.TEXT_LAYER, 2.5, False), (PageSource.OCR, 0.5, False)],
)
def test_short_sides_of_cells_are_rules_where_a_text_layer_tells_them_thin(source: PageSource, thick: float, are_rules: bool):
    """A pen's short strokes are drawn thicker; on a picture a short line may be anything."""
    page = Page(1, 595.4, 841.7, (), source, tuple(Box(100, 100 + 14 * n, 100 + thick, 112 + 14 * n) for n in range(30)))
    ink = Ink.of(UprightPicture.already(np.full((1169, 827, 3), 255, np.uint8), 100), page)
    assert bool(ink.rules.any()) is are_rules


@pytest.mark.parametrize("source", list(PageSource))
def test_a_page_without_any_ink_has_no_marks(source: PageSource):
    page = Page(1, 595.4, 841.7, (), source)
    ink = Ink.of(UprightPicture.already(np.full((1169, 827, 3), 255, np.uint8), 100), page)
    mark = signature_mark(ink, page, find_ring(ink))
    assert not mark.value
    assert mark.confidence > 0.9
    assert pen_over_print(ink, page, None, lambda: ()) is None
