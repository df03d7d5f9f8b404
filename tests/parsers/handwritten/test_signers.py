"""Who signed on lines without labels of their own, and what captions and labels of other meanings ask for: there, or surely not told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, Page, Word
from metering.reports import Report
from parsers.fields import extract
from parsers.handwritten.signers import NOTE
from tests.parsers.handwritten.test_pages import page, writing
from tests.parsers.handwritten.test_places import words

ROW = (Box(60, 512, 170, 512.7), Box(180, 512, 300, 512.7), Box(310, 512, 420, 512.7))
POST, NAME = Word("3Hepzcmuk", 0.3, Box(70, 498, 120, 511)), Word("Hyp.mob", 0.3, Box(320, 498, 380, 511))


def signed(written: tuple[Word, ...] = (POST, NAME), printed: list[Word] | None = None, rules: tuple[Box, ...] = ROW) -> tuple[Page, Page]:
    """A page filled in by hand with a row of lines below its readings, on which the engine read that; and its print alone."""
    sheet = page()
    blank = replace(sheet, words=(*sheet.words, *(printed or [])), rules=(*sheet.rules, *rules))
    return replace(blank, words=(*blank.words, *written)), blank


def read(inked: Page, blank: Page, unsigned: bool = False) -> Report:
    asked = replace(writing(inked, 0.95), printed=lambda number: blank.words)
    middle = ROW[1]
    look = lambda number, place, boxed: None if unsigned and middle.left <= place.left < middle.right else 0.95  # noqa: E731
    (report,) = extract([inked], "form.pdf", writing=replace(asked, look=look))
    return report


def who(report: Report) -> tuple[bool, bool]:
    """Whether post and name are there."""
    for field in (report.position, report.signatory):
        assert field is None or (field.note == NOTE and not field.certain and field.confidence < 0.5)
    return report.position is not None, report.signatory is not None


def test_three_lines_below_the_readings_are_for_post_signature_and_name() -> None:
    assert who(read(*signed())) == (True, True)
    assert who(read(*signed(printed=words("имзо", 172, 502)))) == (True, True)
    assert who(read(*signed(), unsigned=True)) == (True, False)  # the name may be the signature then
    assert who(read(*signed((NAME,)))) == (False, True)
    assert who(read(*signed((POST,)))) == (True, False)


def test_of_a_name_under_a_stamp_nothing_needs_to_be_read() -> None:
    inked, blank = signed((POST,))
    asked = replace(writing(inked, 0.95, stamp=Box(330, 460, 440, 570), beside=0.95), printed=lambda number: blank.words)
    (report,) = extract([inked], "form.pdf", writing=asked)
    assert who(report) == (True, True)


@pytest.mark.parametrize(
    ("printed", "rules"),
    [
        (words("Дата", 25, 502), ROW),
        (words("Принял", 15, 502), ROW),
        ([], (*ROW, *(replace(line, top=612, bottom=612.7) for line in ROW))),
        ([], (*ROW, Box(430, 512, 520, 512.7))),
        ([], ROW[1:]),
    ],
    ids=["of a date", "of who took it", "two rows", "four lines", "two lines"],
)
def test_other_rows_of_lines_name_nobody(printed: list[Word], rules: tuple[Box, ...]) -> None:
    assert who(read(*signed(printed=printed, rules=rules))) == (False, False)


def test_a_day_is_no_post_and_a_line_for_the_signature_holds_no_name() -> None:
    day = Word("25.10.2026", 0.6, Box(70, 498, 120, 511))
    assert who(read(*signed((day, NAME)))) == (False, True)
    assert who(read(*signed((POST, NAME), printed=words("(имзо)", 345, 515)))) == (False, False)


def test_behind_the_word_for_the_signature_the_second_line_is_the_name_s() -> None:
    behind = [*words("Подпись", 130, 502), *words("/", 303, 502)]
    assert who(read(*signed((NAME,), printed=behind, rules=ROW[1:]))) == (False, True)
    assert who(read(*signed((NAME,), printed=words("Составил", 120, 502), rules=ROW[1:]))) == (False, False)


def test_a_caption_below_the_middle_of_a_line_is_that_line_s_though_the_arc_of_a_stamp_is_level_behind_it() -> None:
    printed = [*words("(должность)", 130, 515), *words("Дата", 25, 502)]
    assert who(read(*signed((POST,), printed, (Box(60, 512, 400, 512.7), Box(250, 522, 280, 523))))) == (True, False)


def test_a_post_on_the_line_above_may_reach_into_the_place_for_the_name() -> None:
    printed = [*words("Должность", 60, 490), *words("Фамилия И.О.", 60, 518)]
    rules = (Box(126, 500, 300, 500.7), Box(142, 528, 317, 528.7))
    post = Word("Энергетик", 0.9, Box(148, 485, 230, 506))
    inked, blank = signed((post, Word("244.408", 0.3, Box(161, 514, 230, 527))), printed, rules)
    report = read(inked, blank)
    assert (report.position is not None, report.signatory is not None) == (True, True)


@pytest.mark.parametrize(("label", "there"), [("Объект манзили", True), ("Объект", False)])
def test_a_label_of_the_building_that_asks_for_its_address_is_one_for_the_address(label: str, there: bool) -> None:
    scrawl = Word("Hafouu", 0.3, Box(170, 450, 240, 461))
    inked, blank = signed((scrawl,), words(label, 60, 450), (Box(155, 461, 400, 461.7),))
    found = read(inked, blank).address
    assert (found is not None and found.note == NOTE) is there
