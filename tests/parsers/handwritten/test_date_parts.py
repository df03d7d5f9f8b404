"""A date with blanks or frames for its day, month and year: each is found by the print around it and read by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box, Page, PageSource, Word
from parsers.handwritten.date_parts import with_year_of
from parsers.handwritten.form_places import Places
from parsers.handwritten.places import find_places
from parsers.handwritten.worded_dates import worded_period
from parsers.handwritten.written_dates import in_months, weigh_parts
from parsers.page.marked import mark

PLACE = Box(0, 0, 100, 20)


def printed(*words: tuple[str, float, float], top: float = 200) -> list[Word]:
    """Words with their left and right sides on one line, ten points high."""
    return [Word(text, 0.95, Box(left, top, right, top + 10)) for text, left, right in words]


def places(words: list[Word], rules: tuple[Box, ...] = (), frames: tuple[Box, ...] = ()) -> Places:
    return find_places(mark(Page(1, 595.0, 842, tuple(words), PageSource.OCR, rules)), frames)


def line(left: float, right: float, top: float = 211) -> Box:
    return Box(left, top, right, top + 1)


LABEL = (("Дата", 60, 82), ("снятия", 86, 120), ("показаний", 124, 176))


def test_blanks_between_quotation_marks_and_behind_the_century_are_day_month_and_year() -> None:
    words = printed(*LABEL, ("«", 180, 185), ("»", 222, 227), ("20", 285, 297), ("г.", 332, 338))
    (parts,) = places(words, (line(186, 221), line(230, 282), line(298, 330))).dates["reading_date"]
    assert [round(part.box.middle[0]) for part in (parts.day, parts.month, parts.year)] == [204, 256, 314]  # type: ignore[union-attr]


def test_the_year_may_come_first_and_the_date_go_on_in_the_next_line() -> None:
    words = printed(("Ko'rsatkich", 60, 110), ("olingan", 114, 150), ("sana", 154, 176), ("20", 480, 492), ("yil", 525, 540))
    words += printed(("«", 60, 65), ("»", 100, 105), top=226)
    (parts,) = places(words, (line(493, 522), line(66, 99, 237), line(108, 180, 237))).dates["reading_date"]
    assert parts.year.box.left > 400 > parts.month.box.left > parts.day.box.right - 20  # type: ignore[union-attr]


@pytest.mark.parametrize("word", ["г.", "йил"])
def test_ink_may_hide_the_lines_of_day_and_year(word: str) -> None:
    words = printed(*LABEL, ("«", 180, 185), ("»", 222, 227), ("202", 285, 305), (word, 332, 338))
    (parts,) = places(words, (line(230, 282),)).dates["reading_date"]
    assert (round(parts.day.box.middle[0]), round(parts.year.box.right)) == (204, 334)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("day", "word"), [((186, 212), "г."), ((186, 212), "йил"), ((186, 260), "г."), ((186, 212), "М.П."), ((186, 212), "имзо")]
)
def test_of_a_day_and_a_month_the_marks_and_the_year_may_be_lost_before_its_word(day: tuple[float, float], word: str) -> None:
    found = places(printed(*LABEL, (word, 342, 347)), (line(*day), line(day[1] + 12, 298)))
    if day == (186, 212) and word in ("г.", "йил"):
        (parts,) = found.dates["reading_date"]
        assert (parts.day.box.right, parts.year) == (pytest.approx(212, abs=3), None)
    else:
        assert not found.dates


def test_an_act_says_twice_when_it_was_drawn_up() -> None:
    first = printed(("Акт", 60, 80), ("составлен", 84, 140), ("на", 144, 156), ("«", 160, 165), ("»", 202, 207), ("20", 265, 277))
    numbers = printed(("предыдущее", 60, 120), ("показание", 124, 180), top=260)
    last = printed(("Дата", 60, 82), ("составления", 86, 150), ("«", 160, 165), ("»", 202, 207), ("20", 265, 277), top=320)
    rules = tuple(line(a, b, y) for y in (211, 331) for a, b in ((166, 201), (210, 262), (278, 310)))
    found = places([*first, *numbers, *last], (*rules, line(186, 300, 271)))
    (reading,), (report,) = found.dates["reading_date"], found.dates["report_date"]
    assert reading.box.top < 260 < report.box.top
    assert not reading.labelled


def test_three_frames_the_widest_for_the_year() -> None:
    frames = (Box(190, 195, 222, 217), Box(223, 195, 255, 217), Box(256, 195, 312, 217))
    (parts,) = places(printed(*LABEL), frames=frames).dates["reading_date"]
    assert (parts.day.box, parts.year.box) == (frames[0], frames[2])  # type: ignore[union-attr]


def test_a_date_on_one_line_has_no_parts() -> None:
    assert not places(printed(*LABEL), (line(180, 330),)).dates


def reading(*texts: tuple[str, float]) -> HandReading:
    return HandReading(tuple(WrittenText(text, (cost, cost)) for text, cost in texts), (texts[0][0], texts[0][0]), 0.9)


def test_parts_make_a_date_that_exists() -> None:
    written = weigh_parts(reading(("31", 0.1), ("30", 0.5)), reading(("XI", 0.0)), reading(("26", 0.0)), 1, PLACE, None)
    assert written is not None
    assert written.values[0].text == "2026-11-30"


def test_what_another_reading_of_a_part_makes_is_the_dates_rival_unless_it_is_clearly_dearer() -> None:
    month = HandReading((WrittenText("11", (0.1, 0.2)), WrittenText("1I", (5.7, 0.9)), WrittenText("12", (6.0, 6.0))), ("11", "11"), 0.9)
    written = weigh_parts(reading(("23", 0.0), ("28", 8.0)), month, reading(("2025", 0.0)), 1, PLACE, None)
    assert written is not None
    assert (written.values[0].text, written.alike, written.rivals) == ("2025-11-23", True, ("2025-02-23",))


@pytest.mark.parametrize(("year", "alike"), [("2026", True), ("026", True), ("26", True), ("20", False)])
def test_print_beside_a_whole_part_is_none_of_it(year: str, alike: bool) -> None:
    beside = [replace(reading((text, 0.0)), beyond=True) for text in ("23", "11", year)]
    written = weigh_parts(*beside, 1, PLACE, None)
    assert written is not None
    assert written.alike is alike
    assert year == "20" or written.values[0].text == "2026-11-23"
    torn = weigh_parts(replace(reading(("3", 0.0)), beyond=True), *beside[1:], 1, PLACE, None)
    assert torn is not None
    assert not torn.alike


def test_a_month_in_a_word_is_open_to_each_month_that_it_may_be_of_the_days_that_both_readers_hold_possible() -> None:
    written = weigh_parts(reading(("30", 0.0), ("20", 2.0)), 11, reading(("26", 0.0)), 1, PLACE, None)
    assert written is not None
    open_to = in_months(written, range(1, 13))
    assert (open_to.alike, open_to.values) == (False, written.values)
    assert open_to.rivals is not None
    assert {"2026-10-30", "2026-12-30", "2026-11-20", "2026-02-20"} <= set(open_to.rivals)
    assert not {"2026-11-30", "2026-02-30"} & set(open_to.rivals)
    assert in_months(written, {10, 11}).rivals == ("2026-10-20", "2026-10-30", "2026-11-20")
    torn = weigh_parts(replace(reading(("30", 0.0)), struck=True), 11, reading(("26", 0.0)), 1, PLACE, None)
    assert torn is not None
    assert in_months(torn, range(1, 13)).rivals is None


@pytest.mark.parametrize(("told", "date"), [("2026-11", "2026-11-25"), (None, None)])
def test_a_month_in_a_word_that_nobody_can_read_is_the_pages(told: str | None, date: str | None) -> None:
    written = weigh_parts(reading(("25", 0.0)), reading(("-", 9.0)), None, 1, PLACE, told)
    assert (None if written is None else written.values[0].text) == date
    assert written is None or not written.alike


def test_a_year_that_was_lost_is_read_beside_the_date_with_its_ink() -> None:
    words = printed(*LABEL, ("«", 180, 185), ("»", 222, 227))
    (parts,) = places(words, (line(186, 221), line(230, 282))).dates["reading_date"]
    assert parts.year is None
    inked = mark(Page(1, 595.0, 842, (*words, *printed(("20251", 286, 312))), PageSource.OCR, ()))
    assert with_year_of(inked, parts).year == 2025


@pytest.mark.parametrize(("month", "told"), [("ноядрь", "--11"), ("5557", None), ("", None)])
def test_the_month_by_hand_behind_the_period_s_label_is_the_one_that_it_is_like(month: str, told: str | None) -> None:
    words = printed(("Ҳисобот", 60, 110), ("даври:", 114, 150), ("2.02", 160, 180), (month, 190, 230))
    assert worded_period(mark(Page(1, 595.0, 842, tuple(w for w in words if w.text), PageSource.OCR))) == told
