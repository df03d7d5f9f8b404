"""Where a page says that people sign: what stands beside that place on its row is a name or a post by hand, and no signature."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from metering.pages import Box, Mark, Page, PageSource, Word
from ocr.captioned_places import along_lines, captioned_places
from ocr.geometry import UprightPicture
from ocr.ink import Ink
from ocr.signatures import signature_mark

POST, SIGN, NAME = Box(58, 500, 200, 501), Box(212, 500, 330, 501), Box(340, 500, 480, 501)
CAPTIONS = (("(должность)", 100), ("(подпись)", 250), ("(Ф.И.О.)", 390))


def page(rules: tuple[Box, ...], *words: tuple[str, float, float]) -> Page:
    """words: text, left and top in points."""
    read = tuple(Word(text, 0.95, Box(left, top, left + 5 * len(text), top + 9)) for text, left, top in words)
    return Page(1, 595.4, 841.7, read, PageSource.OCR, rules)


def below(captions: tuple[tuple[str, int], ...]) -> list[tuple[str, float, float]]:
    return [(text, left, 504) for text, left in captions]


def signed(sheet: Page, *strokes: tuple[float, float]) -> Mark:
    """The page with a zigzag over each stretch of its row, in points."""
    picture = np.full((1169, 827, 3), 255, np.uint8)
    for rule in sheet.rules:
        ends = (int(rule.left / 0.72), int(rule.top / 0.72)), (int(rule.right / 0.72), int(rule.top / 0.72))
        cv2.line(picture, *ends, (0, 0, 0), 1)
    for left, right in strokes:
        across = np.linspace(left / 0.72, right / 0.72, 9)
        points = [[x, 682 - (28 if n % 2 else 0)] for n, x in enumerate(across)]
        cv2.polylines(picture, [np.array(points, np.int32)], False, (150, 60, 20), 2, cv2.LINE_AA)
    return signature_mark(Ink.of(UprightPicture.already(picture, 100), sheet), sheet, None)


@pytest.mark.parametrize(
    ("rules", "words", "place"),
    [
        ((POST, SIGN, NAME), below(CAPTIONS), (SIGN.left, SIGN.right)),
        ((Box(58, 500, 480, 501),), below(CAPTIONS), (202.5, 342.5)),
        ((SIGN,), [("Imzo:", 180, 493)], (SIGN.left, SIGN.right)),
        ((POST, SIGN, NAME), [], (SIGN.left, SIGN.right)),
        ((SIGN, NAME), [("Директор", 160, 493)], (SIGN.left, SIGN.right)),
        ((POST, SIGN), [], None),
        ((SIGN,), [("Директор", 160, 493)], None),
        ((POST, SIGN, NAME), [("Каримов", 350, 490)], None),
    ],
    ids=[
        "over its caption",
        "a part of one line",
        "behind its label",
        "of three lines",
        "behind a post",
        "of two",
        "one",
        "not among print",
    ],
)
def test_the_place_for_the_signature_is_told_by_its_caption_or_by_the_lines_of_its_row(rules, words, place):
    found = captioned_places(page(rules, *words), 300.0)
    assert [(round(box.left, 1), round(box.right, 1)) for box in found] == ([] if place is None else [place])


@pytest.mark.parametrize("captions", [below(CAPTIONS), []], ids=["captioned", "three lines"])
def test_a_name_by_hand_beside_an_empty_place_for_the_signature_is_no_sure_one(captions):
    form = page((POST, SIGN, NAME), ("Отчет", 100, 100), *captions)
    named = signed(form, (350, 420))
    assert not (named.value and named.confidence >= 0.8)
    whole = signed(form, (350, 420), (220, 300))
    assert whole.value
    assert whole.confidence >= 0.8


def test_a_signature_over_more_than_its_place_is_one():
    form = page((POST, SIGN, NAME), ("Отчет", 100, 100), *below(CAPTIONS))
    assert signed(form, (190, 360)).confidence >= 0.8


def test_captions_listed_below_all_three_lines_tell_no_place_of_their_own():
    listed = [("должность,", 58.0, 504.0), ("подпись,", 112.0, 504.0), ("фамилия", 156.0, 504.0)]
    (place,) = captioned_places(page((POST, SIGN, NAME), *listed), 300.0)
    assert (place.left, place.right) == (SIGN.left, SIGN.right)


@pytest.mark.parametrize(
    ("read", "lines", "captioned", "place"),
    [
        (Box(63, 487, 106, 500), [POST, SIGN], [], Box(58, 487, 200, 500)),
        (Box(400, 487, 440, 500), [Box(212, 500, 480, 501)], [], Box(212, 487, 480, 500)),
        (Box(400, 487, 440, 500), [Box(212, 500, 480, 501)], [Box(212, 470, 340, 513)], Box(340, 487, 480, 500)),
        (Box(10, 487, 50, 500), [POST], [], Box(10, 487, 50, 500)),
        (Box(63, 300, 106, 313), [POST], [], Box(63, 300, 106, 313)),
    ],
    ids=["a post", "a name on the signature's line", "but not in its place", "before the line", "elsewhere"],
)
def test_no_one_signs_on_the_line_on_which_a_part_of_a_post_or_a_name_was_read(read, lines, captioned, place):
    assert along_lines([read], lines, captioned) == [place]


def test_on_a_page_by_hand_any_line_may_be_signed():
    """The post before it is by hand, so no print tells that the line is one to sign on."""
    form = page((SIGN,), ("Отчет", 100, 100))
    picture = np.full((1169, 827, 3), 255, np.uint8)
    points = [[300 + 10 * n, 682 - (22 if n % 2 else 0)] for n in range(7)]
    cv2.polylines(picture, [np.array(points, np.int32)], False, (0, 0, 0), 2, cv2.LINE_AA)
    ink = Ink.of(UprightPicture.already(picture, 100), form)
    marks = [signature_mark(ink, form, None, lines) for lines in ((), (SIGN,))]
    assert [mark.value and mark.confidence >= 0.8 for mark in marks] == [False, True]
