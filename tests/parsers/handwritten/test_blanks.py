"""Blanks of a form whose label says little: behind the word for a meter alone, beside a table, below the readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box, Page, PageSource, Word
from metering.reports import Report
from metering.units import MeterKind
from parsers.fields import extract
from parsers.handwritten.written_dates import torn_date
from parsers.page.marked import mark
from tests.parsers.handwritten.test_date_parts import line, places, printed
from tests.parsers.handwritten.test_pages import LABELS, VALUES, page, writing

NUMBERS = printed(("предыдущее", 60, 120), ("показание", 124, 180), top=260)


def test_what_is_written_behind_the_word_for_a_meter_is_its_serial_where_no_label_asks_for_that() -> None:
    meter = printed(("Счетчик", 60, 110), (":", 110, 113))
    lines = (line(118, 300), line(186, 300, 271))
    (serial,) = (place for key, place in places([*meter, *NUMBERS], lines).loose if key == "serial")
    assert 112 < serial.box.left < serial.box.right < 340
    asked = printed(("Зав.", 60, 80), ("№", 84, 92), top=230)
    (serial,) = (place for key, place in places([*meter, *asked, *NUMBERS], (*lines, line(98, 300, 241))).loose if key == "serial")
    assert serial.box.bottom > 240


def test_a_blank_for_the_type_of_a_meter_is_none_for_its_serial() -> None:
    words = [*printed(("Теплосчетчик", 60, 130), ("тип", 134, 150)), *NUMBERS]
    assert [key for key, _ in places(words, (line(156, 300), line(186, 300, 271))).loose] == ["previous"]


@pytest.mark.parametrize(
    ("also", "keys"), [("", ["previous", "current", "consumption"]), ("расход", ["previous", "current", "consumption"])]
)
def test_the_sum_of_a_meter_s_numbers_outside_of_a_table_is_its_consumption(also: str, keys: list[str]) -> None:
    """Where no label asks for that («на начало ____, на конец ____, итого ____»); else it is nobody's."""
    lines = [("на начало", 200), ("на конец", 230), *([(also, 260)] if also else []), ("итого", 290)]
    words = [w for text, top in lines for w in printed(*((part, 60 + 30 * n, 85 + 30 * n) for n, part in enumerate(text.split())), top=top)]
    loose = places(words, tuple(line(130, 300, top + 11) for _, top in lines)).loose
    assert [key for key, _ in loose] == ["previous", "current", "consumption"]
    assert (loose[-1][1].box.bottom > 290) is not bool(also)


@pytest.mark.parametrize(("word", "found"), [("№", True), ("рақами", True), ("тури", False)])
def test_behind_the_blank_for_a_type_a_number_sign_or_a_word_for_it_asks_for_the_serial(word: str, found: bool) -> None:
    words = printed(("Ҳисоблагич", 60, 115), (":", 115, 117), (word, 230, 265))
    lines = (line(121, 226), line(270, 380), line(186, 300, 271))
    serials = [place for key, place in places([*words, *NUMBERS], lines).loose if key == "serial"]
    assert any(place.box.left > 260 for place in serials) is found


@pytest.mark.parametrize(("between", "found"), [("(1-й ввод),", True), ("2", True), ("тип", False)])
def test_the_word_for_a_meter_goes_on_with_a_bracket_or_a_count_up_to_its_number_sign(between: str, found: bool) -> None:
    first, *rest = between.split()
    words = printed(("Прибор", 60, 90), ("учёта", 94, 118), (first, 122, 142), *((part, 146, 172) for part in rest), ("№", 177, 185))
    loose = places([*words, *NUMBERS], (line(190, 300), line(186, 300, 271))).loose
    assert [key for key, _ in loose] == [*(["serial"] if found else []), "previous"]
    assert not found or loose[0][1].box.left > 180


HEADS = {60: "Предыдущее показание, Гкал", 220: "Текущее показание, Гкал", 380: "Расход, Гкал"}


@pytest.mark.parametrize(("typed", "serial"), [(False, "1306457"), (True, "1306451")])
def test_of_a_table_without_a_column_for_the_serial_it_stands_elsewhere_by_hand_or_typed(typed: bool, serial: str) -> None:
    words = [
        Word(part, 0.95, Box(left + 2, 300 + 12 * n, left + 2 + 6.0 * len(part), 310 + 12 * n))
        for left, head in HEADS.items()
        for n, part in enumerate(head.split())
    ]
    words += printed(("Заводской", 60, 110), ("№", 114, 122))
    words += [Word("1306451", 0.96, Box(130, 200, 172, 210))] if typed else []
    cells = [Box(left, top, left + 150, top + high) for top, high in ((295, 45), (342, 24)) for left in HEADS]
    values = {200: "1306457", **dict(zip(HEADS, ("1284,37", "1331,92", "47,55"), strict=True))}

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = values.get(round(place.left) if place.top > 340 else 200 if place.top < 205 < place.bottom else 0, "")
        return HandReading((WrittenText(text, (0.0, 0.0)),), (text, text), 0.9) if text else HandReading()

    def look(number: int, place: Box, boxed: bool) -> float:
        return 0.01 if typed and place.top < 205 < place.bottom else 0.95

    sheet = Page(1, 595, 842, tuple(words), PageSource.OCR, (line(126, 300),))
    asked = replace(writing(sheet, 0.95), hand=hand, look=look, frames=lambda number, form: tuple(cells))
    (report,) = extract([sheet], "form.pdf", writing=asked)
    (meter,) = report.meters
    assert meter.current is not None
    assert meter.serial is not None
    assert (meter.current.value, meter.serial.value, meter.serial.certain) == ("1331.92", serial, False)


def test_the_one_date_in_parts_below_the_readings_is_the_reports() -> None:
    reading = printed(("Дата", 60, 82), ("снятия", 86, 120), ("показаний", 124, 176), ("«", 180, 185), ("»", 222, 227), ("20", 285, 297))
    parts = ((186, 221), (230, 282), (298, 330))
    lines = (*(line(a, b) for a, b in parts), line(186, 300, 271))
    last = printed(("М.П.", 60, 82), ("«", 180, 185), ("»", 222, 227), ("20", 285, 297), top=320)
    found = places([*reading, *NUMBERS, *last], (*lines, *(line(a, b, 331) for a, b in parts)))
    (report,) = found.dates["report_date"]
    assert report.box.top > 271
    assert not report.labelled
    above = printed(("на", 60, 82), ("«", 180, 185), ("»", 222, 227), ("20", 285, 297), top=160)
    found = places([*above, *reading, *NUMBERS], (*lines, *(line(a, b, 171) for a, b in parts)))
    assert "report_date" not in found.dates


def test_a_day_that_was_read_as_a_century_makes_no_date_below_the_readings() -> None:
    lines = (line(186, 300, 271), *(line(a, b, 331) for a, b in ((126, 160), (170, 220), (298, 330))))
    torn = printed(("М.П.", 60, 82), ("20", 110, 122), ("20", 285, 297), ("г.", 332, 338), top=320)
    assert "report_date" not in places([*NUMBERS, *torn], lines).dates


Hand = Callable[[int, Box, bool, bool], HandReading]


def dated(reading: Hand, engine: tuple[tuple[str, float], ...] = (), stamp: Box | None = None, frames: tuple[Box, ...] = ()) -> Report:
    """A form with one blank each for the two dates (at 450 and 500), their values by a hand; engine: what that read on the first blank."""
    sheet = page(LABELS | {450.0: "Дата снятия показаний", 500.0: "Дата составления"})
    words = tuple(Word(text, 0.7, Box(left, 450, left + 6.0 * len(text), 460)) for text, left in engine)
    asked = writing(sheet, 0.95, stamp=stamp)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        return reading(number, place, boxed, dated) if place.bottom > 440 else asked.hand(number, place, boxed, dated)

    (report,) = extract(
        [replace(sheet, words=(*sheet.words, *words))], "form.pdf", writing=replace(asked, hand=hand, frames=lambda number, form: frames)
    )
    return report


def said(text: str, cost: float = 0.0) -> HandReading:
    return HandReading((WrittenText(text, (cost, cost)),), (text, text), 0.9)


@pytest.mark.parametrize(
    ("engine", "parts"),
    [
        ((("21", 200.0), ("ноября", 220.0), ("2026", 262.0)), {200: "21", 270: "2026"}),
        ((("2026", 200.0), ("йил", 230.0), ("21", 254.0), ("ноябрь", 270.0)), {210: "2026", 258: "21"}),
    ],
)
def test_a_date_with_its_month_in_a_word_on_one_blank_is_parted_by_that_word(
    engine: tuple[tuple[str, float], ...], parts: dict[int, str]
) -> None:
    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if place.bottom > 490:
            return said("24,11,2026")
        whole = place.right - place.left > 130 and all(place.left < x < place.right for x in (205, 290))
        return said("211101712026", 9.0) if whole else said(next(t for x, t in parts.items() if place.left < x < place.right))

    read = dated(hand, engine).reading_date
    assert read is not None
    assert (read.value, read.certain) == ("2026-11-21", False)  # the word was read by the engine alone


def test_a_date_in_digits_is_not_parted_by_what_looks_like_a_month() -> None:
    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        return said("24,11,2026") if place.bottom > 490 else said("23,11,2026")

    read = dated(hand, (("march", 220.0),)).reading_date
    assert read is not None
    assert (read.value, read.certain) == ("2026-11-23", True)


def test_a_report_s_date_of_which_a_stamp_hides_the_end_is_what_stands_before_the_ring() -> None:
    stamp = Box(220, 450, 330, 560)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if place.bottom < 490:
            return said("23,11,2026")
        return said(",24,11,2") if place.right < 230 else said("01,02,2020", 9.0)

    report = dated(hand, stamp=stamp)
    assert report.report_date is not None
    assert report.reading_date is not None
    assert (report.report_date.value, report.report_date.certain) == ("2026-11-24", False)
    assert not report.reading_date.certain  # a torn date says nothing for another
    assert dated(hand).report_date is None  # without a stamp it is rubbish


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("19,12,22", "2025-12-19"),
        ("2012", "2025-12-20"),
        ("20,XII", "2025-12-20"),
        ("202025", "2025-12-20"),
        ("20,11,2025", None),
        ("20,1", None),
        ("18,12,2025", None),
        ("5,1,2026", None),
    ],
)
def test_a_torn_date_is_one_of_the_days_soon_after_the_readings(text: str, date: str | None) -> None:
    assert torn_date("2025-12-19")(text) == date


@pytest.mark.parametrize(("frames", "month"), [(((190, 250), (270, 300)), 11), (((190, 300),), 2)])
def test_two_strokes_in_boxes_for_digits_are_an_eleven(frames: tuple[tuple[int, int], ...], month: int) -> None:
    cells = tuple(Box(left, top, right, top + 18) for top in (446, 496) for left, right in frames)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        return said("23,II,2026" if dated else "23,11,2026")

    reading = dated(hand, frames=cells).reading_date
    assert reading is not None
    assert reading.value == f"2026-{month:02d}-23"


def test_a_ring_of_ink_is_no_frame_for_a_value() -> None:
    frames = (Box(130, 200, 142, 212),)  # the ring of № by hand
    (contract,) = places(printed(("Договор", 60, 105)), frames=frames).single["contract_number"]
    assert not contract.boxed
    assert contract.box.right > 200


def test_a_number_sign_by_hand_is_no_digit_of_a_serial() -> None:
    found = places([*printed(("зав.", 60, 80)), *NUMBERS], (line(186, 300, 271),))
    (before,) = (place for key, place in found.loose if key == "serial")
    signs = printed(("№", 95, 110), ("24606906", 115, 170))
    found.begin_behind_signs(mark(Page(1, 595.0, 842, tuple(signs), PageSource.OCR)))
    (serial,) = (place for key, place in found.loose if key == "serial")
    assert before.box.left < 95
    assert serial.box.left == 110
    digits = printed(("24606906", 85, 130), ("№", 140, 150))  # another value's sign
    found.loose = [("serial", before)]
    found.begin_behind_signs(mark(Page(1, 595.0, 842, tuple(digits), PageSource.OCR)))
    assert found.loose == [("serial", before)]


@pytest.mark.parametrize("sign", ["№", "N"])
def test_a_meter_s_type_and_the_number_sign_behind_it_are_no_digits_of_its_serial(sign: str) -> None:
    """«Sharky 775 № 344482» in the cell for both; what is no number sign parts nothing."""
    found = places(printed(("Заводской", 60, 110), ("№", 114, 122)), frames=(Box(130, 192, 430, 216),))
    inked = printed(("Sharky", 140, 180), ("775", 184, 200), (sign, 210, 218), ("344482", 225, 270))
    found.begin_behind_signs(mark(Page(1, 595.0, 842, tuple(inked), PageSource.OCR)))
    (serial,) = (place for key, place in found.loose if key == "serial")
    assert (serial.boxed, serial.box.left) == (True, 218 if sign == "№" else 130)


def test_the_blank_of_a_month_that_ink_hides_is_between_day_and_century() -> None:
    words = printed(("Показания", 60, 110), ("сняты", 114, 140), ("«", 180, 185), ("»", 222, 227), ("20", 285, 297), ("г.", 332, 338))
    (parts,) = places(words, (line(186, 221), line(298, 330))).dates["reading_date"]
    assert 227 <= parts.month.box.left < parts.month.box.right <= 285  # type: ignore[union-attr]
    named = [*words, *printed(("октября", 235, 278))]
    (parts,) = places(named, (line(186, 221), line(298, 330))).dates["reading_date"]
    assert parts.month == 10


def test_of_several_meters_labels_that_ink_tore_come_from_the_other_reading() -> None:
    def meter(top: float, *keys: str) -> list[Word]:
        said = {"previous": "предыдущее", "current": "текущее", "consumption": "расход"}
        return [w for n, key in enumerate(said) if key in keys for w in printed((said[key], 60, 120), top=top + 30 * n)]

    lines = tuple(line(126, 300, 111 + 30 * n) for n in range(6))
    every = ("previous", "current", "consumption")
    torn = places([*meter(100, "current"), *meter(190, *every)], lines)
    whole = places([*meter(100, *every), *meter(190, *every)], lines)
    torn.add_lost(whole, mark(Page(1, 595.0, 842, tuple(meter(100, "current")), PageSource.OCR)))
    assert [key for key, _ in torn.loose] == [*every, *every]


@pytest.mark.parametrize("read", [True, False])
def test_a_place_ends_before_a_label_that_only_the_other_reading_has(read: bool) -> None:
    asked = printed(("Дата", 60, 82), ("снятия", 86, 120))
    also = printed(("Дата", 260, 282), ("составления", 286, 350)) if read else []
    lines = (line(126, 250), line(354, 460), line(186, 300, 271))
    lost = places([*asked, *NUMBERS], (line(126, 460), lines[2]))
    lost.add_lost(places([*asked, *also, *NUMBERS], lines), mark(Page(1, 595.0, 842, tuple(asked), PageSource.OCR)))
    assert (lost.single["reading_date"][0].box.right < 260) is read


def test_a_kind_that_another_meter_s_line_names_is_not_this_one_s() -> None:
    first, second = {200.0: "Договор №", 250.0: "Зав. №", 280.0: "Предыдущее, Гкал", 310.0: "Текущее, Гкал", 340.0: "Расход, Гкал"}, 400.0
    labels = {second: "ГВС: водосчетчик зав. №", 430.0: "Предыдущее, м3", 460.0: "Текущее, м3", 490.0: "Расход, м3"}
    values = {200.0: "00417", 250.0: "1306457", 280.0: "1284,37", 310.0: "1331,92", 340.0: "47,55"}
    values |= {second: "92758175", 430.0: "577,14", 460.0: "597,24", 490.0: "20,10"}
    sheet = page(first | labels)
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95, values=values))
    assert [meter.kind for meter in report.meters] == [MeterKind.HEAT, MeterKind.HOT_WATER]


@pytest.mark.parametrize(("written", "kind"), [("", MeterKind.HEAT), ("20,10", MeterKind.HOT_WATER)])
def test_the_kind_of_a_meter_that_the_customer_struck_through_is_no_other_s(written: str, kind: MeterKind) -> None:
    labels = {200.0: "Договор №", 250.0: "Зав. №", 280.0: "Предыдущее, Гкал", 310.0: "Текущее, Гкал", 340.0: "Расход, Гкал"}
    empty = {400.0: "ГВС: предыдущее", 430.0: "Текущее", 460.0: "Расход"}
    values = {200.0: "00417", 250.0: "1306457", 280.0: "1284,37", 310.0: "1331,92", 340.0: "47,55"}
    values |= {400.0: "577,14", 430.0: "597,24", 460.0: written}
    sheet = page(labels | empty)
    plain = writing(sheet, 0.95, values=values)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        dashes = HandReading((WrittenText("00", (6.0, 6.0)), WrittenText("01", (6.4, 6.4))), ("00", "00"), 0.9)
        return dashes if place.top > 380 and not written else plain.hand(number, place, boxed, dated)

    (report,) = extract([sheet], "form.pdf", writing=replace(plain, hand=hand))
    assert report.meters[-1].kind is kind
    assert len(report.meters) == (2 if written else 1)


@pytest.mark.parametrize("head", ["", "Теплосчетчик"])
def test_a_type_and_its_serial_without_a_label_may_stand_in_the_cell_before_the_numbers(head: str) -> None:
    words = [
        Word(part, 0.95, Box(left + 2, 300 + 12 * n, left + 2 + 6.0 * len(part), 310 + 12 * n))
        for left, text in HEADS.items()
        for n, part in enumerate(text.split())
    ]
    cells = [Box(left, top, left + 150, top + high) for top, high in ((295, 45), (342, 24)) for left in HEADS]
    beside = Box(5, 295, 57, 366)
    values = dict(zip(HEADS, ("1284,37", "1331,92", "47,55"), strict=True))
    kind, serial = Box(8, 300, 50, 320), Box(8, 340, 54, 360)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = {kind: "8117", serial: "1306457"}.get(place, values.get(round(place.left) if place.top > 340 else 0, ""))
        return said(text) if text else HandReading()

    def look(number: int, place: Box, boxed: bool) -> float:
        return 0.01 if head and place == beside else 0.95

    asked = replace(writing(Page(1, 595, 842, tuple(words), PageSource.OCR), 0.95), hand=hand, look=look)
    asked = replace(asked, frames=lambda number, form: (beside, *cells), groups=lambda number, place, boxed: ((kind, serial),))
    (report,) = extract([Page(1, 595, 842, tuple(words), PageSource.OCR)], "form.pdf", writing=asked)
    (meter,) = report.meters
    assert (meter.serial.value if meter.serial is not None else None) == (None if head else "1306457")


@pytest.mark.parametrize("dash", [True, False])
def test_a_day_and_the_index_of_that_day_are_told_apart_by_the_dash_between(dash: bool) -> None:
    sheet = page({200.0: "Договор №", 250.0: "Зав. №", 400.0: "Расход, Гкал"})
    lines = {300.0: ("25.10.2026", "1284,37"), 330.0: ("23.11.2026", "1331,92")}
    words = []
    for top, (day, index) in lines.items():
        for text, left in (("на", 60.0), (day, 80.0), ("—", 143.0), (index, 152.0)):
            words += [Word(text, 0.5, Box(left, top, left + 6.0 * len(text), top + 10))] if dash or text != "—" else []
    plain = writing(sheet, 0.95)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        seen = [
            (left, text)
            for top, written in lines.items()
            if place.top < top + 5 < place.bottom
            for left, text in zip((80, 152), written, strict=True)
        ]
        inside = [text for left, text in seen if place.left < left + 20 < place.right]
        return said(",".join(inside).replace(".", ",")) if inside else plain.hand(number, place, boxed, dated)

    asked = replace(plain, hand=hand, printed=lambda number: sheet.words)
    (report,) = extract([replace(sheet, words=(*sheet.words, *words))], "letter.pdf", writing=asked)
    (meter,) = report.meters
    values = [field.value if field is not None else None for field in (meter.previous, meter.current, report.reading_date)]
    assert values == [*(("1284.37", "1331.92") if dash else (None, None)), "2026-11-23"]


def test_a_letter_s_number_is_no_contract_and_its_day_is_the_reports() -> None:
    head = printed(("Исх.", 60, 80), ("№", 84, 92), ("от", 160, 170))
    found = places([*head, *NUMBERS], (line(96, 155), line(176, 300), line(186, 300, 271)))
    assert "contract_number" not in found.single
    (report,) = found.single["report_date"]
    assert 165 < report.box.left < 180
    asked = printed(("Дата", 60, 82), ("составления", 86, 150), top=320)
    found = places([*head, *NUMBERS, *asked], (line(96, 155), line(176, 300), line(186, 300, 271), line(156, 300, 331)))
    (report,) = found.single["report_date"]
    assert report.box.top > 271


def test_the_day_on_which_a_letter_was_sent_comes_before_quotation_marks_that_ink_makes_at_its_foot() -> None:
    head = printed(("Исх.", 60, 80), ("№", 84, 92), ("от", 160, 170))
    foot = printed(("«", 200, 206), ("»", 240, 246), ("20", 300, 311), ("г.", 350, 356), top=400)
    lines = (line(96, 155), line(176, 300), line(186, 300, 271), line(207, 239, 411), line(248, 298, 411))
    (report,) = places([*head, *NUMBERS, *foot], lines).single["report_date"]
    assert report.box.bottom < 271
    (report,) = places([*NUMBERS, *foot], lines[2:]).single["report_date"]
    assert report.box.top > 271


@pytest.mark.parametrize(("before", "found"), [("что", True), ("ИНН", False)])
def test_the_day_of_an_act_s_readings_is_written_before_their_verb_and_its_own_at_its_head(before: str, found: bool) -> None:
    head = printed(("г.", 60, 70), ("Ташкент", 74, 120), ("«", 300, 306), ("»", 345, 351), ("2026", 440, 462), ("г.", 466, 472), top=100)
    act = printed((before, 60, 80), ("сняты", 190, 215), ("показания", 219, 270))
    lines = (line(307, 344, 111), line(354, 436, 111), line(84, 186), line(186, 300, 271))
    single = places([*head, *act, *NUMBERS], lines).single
    assert ([place.box.right for place in single.get("reading_date", [])] == [186]) is found
    assert not found or [place.box.bottom < 130 for place in single["report_date"]] == [True]


@pytest.mark.parametrize("sign", ["№", "от"])
def test_the_number_sign_for_a_contract_may_begin_the_line_below_its_label(sign: str) -> None:
    """In its own column; the line that begins the next one at the margin is of another («от ____»)."""
    words = printed(("потребителя", 340, 400), ("по", 404, 414), ("договору", 418, 460))
    words += printed(("от", 60, 70), (sign, 340, 349), top=230)
    lines = (line(74, 180, 241), line(353, 450, 241), line(186, 300, 271))
    (contract,) = places([*words, *NUMBERS], lines).single["contract_number"]
    assert (contract.box.left > 340) is (sign == "№")


@pytest.mark.parametrize(("printed_as", "contract"), [("4", "00417"), ("23216", "23216")])
def test_a_number_that_counts_a_line_is_no_contract_that_came_typed(printed_as: str, contract: str) -> None:
    sheet = page()
    words = printed((printed_as, 300, 300 + 6 * len(printed_as)))
    sheet = replace(sheet, words=(*sheet.words, *words))

    def seen(number: int, place: Box, boxed: bool) -> float:
        return 0.01 if place.left > 290 else 0.95

    asked = replace(writing(sheet, 0.95), look=seen, printed=lambda number: tuple(w for w in sheet.words if w not in words))
    (report,) = extract([sheet], "letter.pdf", writing=asked)
    assert report.contract_number is not None
    assert report.contract_number.value == contract


@pytest.mark.parametrize(("next_word", "found"), [(":", True), ("начало", False)])
def test_the_blank_behind_readings_on_is_for_their_day(next_word: str, found: bool) -> None:
    words = printed(("Показания", 60, 115), ("на", 119, 130), (next_word, 131, 131 + 5.0 * len(next_word)))
    single = places([*words, *NUMBERS], (line(172, 300), line(186, 300, 271))).single
    assert ("reading_date" in single) is found


def test_a_dash_behind_the_readings_day_ends_its_blank() -> None:
    words = printed(("Показания", 60, 115), ("на", 119, 130), ("—", 250, 262), ("Гкал", 420, 440))
    (day,) = places([*words, *NUMBERS], (line(134, 248), line(266, 412), line(186, 300, 271))).single["reading_date"]
    assert day.box.right <= 250


@pytest.mark.parametrize(("look", "contract"), [(0.01, "23216"), (0.9, "00417")])
def test_a_contract_typed_in_a_sentence_is_not_looked_for_among_the_blanks(look: float, contract: str) -> None:
    sheet = page({top: label for top, label in LABELS.items() if top != 200.0} | {200.0: "Реквизит:"})
    words = [*printed(("договору", 60, 110), ("№", 114, 122), ("23216", 126, 160), top=150)]
    sheet = replace(sheet, words=(*sheet.words, *words))

    def seen(number: int, place: Box, boxed: bool) -> float:
        return look if place.top <= 155 <= place.bottom else 0.95

    asked = replace(writing(sheet, 0.95), look=seen, printed=lambda number: tuple(w for w in sheet.words if w not in words))
    (report,) = extract([sheet], "letter.pdf", writing=asked)
    assert report.contract_number is not None
    assert report.contract_number.value == contract


def test_a_serial_beside_its_meter_s_type_is_the_one_word_of_its_length() -> None:
    """«Зав. № ВКТ-7 1306457»: all of it means nothing; parted at its widest gap it has one word that is long enough."""
    sheet = page()
    asked = writing(sheet, 0.95, values=VALUES | {250.0: ""})
    left, right = Box(100, 245, 140, 262), Box(145, 245, 200, 262)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = {left: "8117", right: "1306457,"}.get(place)
        return asked.hand(number, place, boxed, dated) if text is None else said(text)

    def groups(number: int, place: Box, boxed: bool) -> tuple[tuple[Box, ...], ...]:
        return ((left.union(right),), (left, right)) if place.holds(right) else ()

    (meter,) = extract([sheet], "form.pdf", writing=replace(asked, hand=hand, groups=groups))[0].meters
    assert meter.serial is not None
    assert (meter.serial.value, meter.serial.certain) == ("1306457", False)
    two = replace(asked, hand=lambda n, place, boxed, dated: said("1306457") if place in (left, right) else hand(n, place, boxed, dated))
    (other,) = extract([sheet], "form.pdf", writing=replace(two, groups=groups))[0].meters
    assert other.serial is None
