"""Numbers of a scan are read twice: what both readers see and arithmetic ties together is certain, what differs is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Box, PageSource, Word
from metering.repairs import Repair, RepairReason
from metering.reports import SecondReading
from parsers.fields import extract
from parsers.page.lines import lines_of
from tests.parsers.read_twice import PRINTED, Print, numbers, read, scanned
from tests.parsers.typed import LETTER, typed


def test_what_both_readers_see_is_certain() -> None:
    report = read(scanned(PRINTED), Print(PRINTED))
    (meter,) = report.meters
    for field in (report.contract_number, report.reading_date, report.period, meter.serial, *numbers(report)):
        assert field is not None
        assert field.certain
        assert field.confidence >= 0.97
    assert [f.value for f in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_every_number_that_decides_is_asked_by_its_own_place() -> None:
    printed = Print(PRINTED)
    read(scanned(PRINTED), printed)
    assert {"03117", "23.11.2026", "4411223", "593772,09", "593810,50", "38,41"} <= set(printed.asked)


def test_without_a_second_reader_nothing_of_a_scan_is_certain() -> None:
    report = read(scanned(PRINTED), None)
    (meter,) = report.meters
    assert not any(f.certain for f in (report.contract_number, report.reading_date, meter.serial, *numbers(report)) if f is not None)


def test_a_place_in_which_only_the_wider_look_sees_digits_tells_nothing() -> None:
    """As where print is struck out by pen and others are written above it."""
    report = read(scanned(PRINTED), Print(PRINTED, {"593810,50": ""}, {"593810,50": "7-"}))
    assert not numbers(report)[1].certain


@pytest.mark.parametrize("how", ["struck", "inked"])
def test_numbers_struck_out_or_written_over_are_not_certain_though_they_add_up(how: str) -> None:
    """The customer has corrected them by pen: what is printed may not count any more."""
    printed = Print(PRINTED)

    def second(page: int, box: Box) -> SecondReading | None:
        reading = printed(page, box)
        return replace(reading, **{how: reading.text in {"593810,50", "38,41"}}) if reading is not None else None

    assert [field.certain for field in numbers(read(scanned(PRINTED), second))] == [True, False, False]


def test_a_text_layer_is_not_asked_about() -> None:
    printed = Print(PRINTED)
    read(typed(PRINTED), printed)
    assert printed.asked == []


def test_a_lost_decimal_comma_comes_back_from_the_other_reader() -> None:
    report = read(scanned(PRINTED, {"593772,09": "59377209"}), Print(PRINTED))
    previous = numbers(report)[0]
    assert previous.value == "593772.09"
    assert previous.certain
    assert previous.note is not None
    assert "59377209" in previous.note
    assert previous.repair == Repair("59377209", "593772.09", RepairReason.ARITHMETIC)
    assert "59377209" in previous.alternatives


def test_a_comma_that_neither_reader_saw_comes_back_by_arithmetic_but_is_not_certain() -> None:
    report = read(scanned(PRINTED, {"593772,09": "59377209"}), Print(PRINTED, {"593772,09": "59377209"}))
    previous = numbers(report)[0]
    assert previous.value == "593772.09"
    assert not previous.certain


def test_a_wrong_digit_is_settled_by_the_reading_that_adds_up() -> None:
    report = read(scanned(PRINTED, {"593810,50": "593870,50"}), Print(PRINTED))
    current = numbers(report)[1]
    assert current.value == "593810.50"
    assert current.certain
    assert current.alternatives == ("593870.50",)


def test_arithmetic_never_invents_a_value() -> None:
    report = read(scanned(PRINTED, {"593810,50": "593870,50"}), Print(PRINTED, {"593810,50": "593840,50"}))
    current = numbers(report)[1]
    assert current.value in ("593870.50", "593840.50")
    assert not current.certain
    assert current.confidence <= 0.6


def test_a_report_that_does_not_add_up_stays_as_printed() -> None:
    printed = PRINTED.replace("38,41", "48,41")
    report = read(scanned(printed), Print(printed))
    assert [f.value for f in numbers(report)] == ["593772.09", "593810.50", "48.41"]
    assert not any(f.certain for f in numbers(report))


def test_a_further_digit_in_the_wide_look_makes_a_value_uncertain() -> None:
    report = read(scanned(PRINTED), Print(PRINTED, wider={"4411223": "94411223", "593772,09": "1593772,09"}))
    (meter,) = report.meters
    assert meter.serial is not None
    assert not meter.serial.certain
    assert not numbers(report)[0].certain
    assert numbers(report)[1].certain


def test_a_number_of_which_only_the_wide_look_sees_digits_is_uncertain() -> None:
    report = read(scanned(PRINTED), Print(PRINTED, {"593772,09": ""}, wider={"593772,09": "593772,09"}))
    assert not numbers(report)[0].certain
    assert numbers(report)[1].certain


@pytest.mark.parametrize(
    ("gap", "unit", "wider", "certain"),
    [
        (0.7, "Гкал", "38,411", True),  # «Г» is taken for 1, and between it and the number is no room for a digit
        (1.5, "Гкал", "38,411", False),
        (0.1, "Гкал", "38,411", False),  # «1кал», say
        (0.7, "1кал", "38,411", False),
        (0.7, "Гкал", "938,41", False),
        (0.7, "Гкал", "38,41123", False),
    ],
)
def test_a_further_digit_that_is_the_first_letter_of_the_unit_leaves_a_number_certain(
    gap: float, unit: str, wider: str, certain: bool
) -> None:
    page = scanned(PRINTED)
    number = next(word for word in page.words if word.text == "38,41")
    start = number.box.right + gap * LETTER
    box = replace(number.box, left=start, right=start + 4 * LETTER)
    words = tuple(Word(unit, word.confidence, box) if word.text == "Гкал" else word for word in page.words)
    report = read(replace(page, words=words), Print(PRINTED, wider={"38,41": wider}))
    assert numbers(report)[2].digits_sure is certain


def test_two_of_three_numbers_are_never_certain() -> None:
    printed = PRINTED.replace("38,41 Гкал", "           ")
    report = read(scanned(printed), Print(printed))
    assert not any(f.certain for m in report.meters for f in (m.previous, m.current, m.consumption) if f is not None)


def test_what_the_first_pass_missed_comes_from_the_third() -> None:
    torn = PRINTED.replace("4411223", "~~~~~~~").replace("03117", "~~~~~")
    report = read(scanned(torn), Print(PRINTED), lambda page, top, bottom: scanned(PRINTED).words)
    (meter,) = report.meters
    assert report.contract_number is not None
    assert report.contract_number.value == "03117"
    assert meter.serial is not None
    assert meter.serial.value == "4411223"


def test_the_third_reading_is_not_asked_for_when_nothing_is_open() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("asked")

    assert read(scanned(PRINTED), Print(PRINTED), third).meters


def test_numbers_that_do_not_add_up_are_read_once_more_where_they_stand_and_nowhere_else() -> None:
    asked = []

    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        asked.append((top, bottom))
        return tuple(word for word in scanned(PRINTED).words if top <= word.box.middle[1] <= bottom)

    def block(page: int) -> tuple[Word, ...]:
        raise AssertionError("asked")

    misread = PRINTED.replace("38,41", "33,41")
    (report,) = extract([scanned(misread)], "scan.pdf", Print(PRINTED), third, block=block)
    (meter,) = report.meters
    assert meter.consumption is not None
    assert meter.consumption.value == "38.41"
    consumption = next(word for word in scanned(PRINTED).words if word.text == "38,41")
    assert all(top < consumption.box.top and consumption.box.bottom < bottom for top, bottom in asked)
    assert all(bottom - top < 421 for top, bottom in asked)


@pytest.mark.parametrize(
    ("printed", "misread"),
    [
        ("03117", "О3117"),
        ("593772,09", "593772;09"),
        ("Предыдущие", "Предылушие"),
        ("Расход", "Раехол"),
        ("Договор №", "Договор Мо"),
        ("Гкал", "Гкап"),
    ],
)
def test_common_misreadings_do_not_lose_a_value(printed: str, misread: str) -> None:
    report = read(scanned(PRINTED.replace(printed, misread)), Print(PRINTED))
    assert report.contract_number is not None
    assert report.contract_number.value == "03117"
    assert [f.value for f in numbers(report)] == ["593772.09", "593810.50", "38.41"]
    assert report.meters[0].unit is not None


def test_a_letter_that_was_taken_for_a_digit_is_a_repair_of_the_first_reading() -> None:
    report = read(scanned(PRINTED, {"03117": "О3117"}), Print(PRINTED))
    assert report.contract_number is not None
    assert report.contract_number.value == "03117"
    assert report.contract_number.repair == Repair("О3117", "03117", RepairReason.LOOKALIKE)
    assert report.inn is not None
    assert report.inn.repair is None


def test_what_the_digit_reader_decided_is_a_repair_with_that_reason() -> None:
    report = read(scanned(PRINTED, {"4411223": "4411228"}), Print(PRINTED))
    (meter,) = report.meters
    assert meter.serial is not None
    assert (meter.serial.value, meter.serial.repair) == ("4411223", Repair("4411228", "4411223", RepairReason.READERS))


def test_what_is_read_alike_has_no_repair() -> None:
    report = read(scanned(PRINTED), Print(PRINTED))
    (meter,) = report.meters
    assert all(field is not None and field.repair is None for field in (meter.serial, meter.previous, meter.current, meter.consumption))


def test_digits_of_a_typewriter_stand_wide_and_are_one_number() -> None:
    page = typed("Зав. № 1130400", source=PageSource.OCR, confidence=0.9)
    serial = page.words[-1]
    thin = tuple(Box(b.left + 0.28 * b.width, b.top, b.right - 0.28 * b.width, b.bottom) for b in serial.symbols)
    (line,) = lines_of(replace(page, words=(*page.words[:-1], replace(serial, symbols=thin))))
    assert line.tokens[-1].text == "1130400"


def test_three_numbers_that_all_lost_their_comma_close_and_are_taken_with_it() -> None:
    lost = {"593772,09": "59377209", "593810,50": "59381050", "38,41": "3841"}
    report = read(scanned(PRINTED, lost), Print(PRINTED))
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]
    assert all(field.repair is not None for field in numbers(report))


def test_a_comma_that_one_reader_sees_in_one_of_three_numbers_leaves_them_open() -> None:
    lost = {"593772,09": "59377209", "593810,50": "59381050", "38,41": "3841"}
    report = read(scanned(PRINTED, lost), Print(PRINTED, {"593772,09": "59377209", "593810,50": "59381050"}))
    assert not any(field.certain for field in numbers(report))


def test_a_further_reading_that_closes_only_without_its_commas_is_not_taken() -> None:
    torn, lost = {"593772,09": "593773,09"}, {"593772,09": "59377209", "593810,50": "59381050", "38,41": "3841"}
    (report,) = extract([scanned(PRINTED, torn)], "scan.pdf", Print(PRINTED), cells=lambda page: scanned(PRINTED, lost).words)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


PARTED = PRINTED.replace("593772,09 ", "593 772,09").replace("593810,50 ", "593 810,50")

BEHEADED = PRINTED.replace("593772,09", "   772,09").replace("593810,50", "   810,50")

SPECKLED = PRINTED.replace("593772,09  ", "593 ‹ 772,09").replace("593810,50  ", "593 ‹ 810,50")


def test_indexes_that_both_lost_their_thousands_add_up_and_are_taken_with_them() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        return scanned(PARTED).words

    head = "Зав. №       Предыдущие     Текущие        Расход"
    (report,) = extract([scanned(BEHEADED.replace(head, "~~~"))], "scan.pdf", Print(PARTED), third)
    assert [field.value for field in numbers(report)] == ["593772.09", "593810.50", "38.41"]


def test_a_number_with_dirt_between_its_thousands_is_not_certain_to_be_whole() -> None:
    assert not any(field.certain for field in numbers(read(scanned(SPECKLED), Print(SPECKLED)))[:2])


def test_few_digits_that_add_up_in_one_of_many_ways_are_never_certain() -> None:
    torn = PRINTED.replace("593772,09", "143,9    ").replace("593810,50", "151      ").replace("38,41", "9,1  ")
    misread = {"143.9": "143.8", "9,1": "7,1", "143,9": "143,8"}
    report = read(scanned(torn), Print(torn, misread), lambda number, top, bottom: scanned(torn.replace("9,1", "7,1")).words)
    assert not any(number.certain for number in numbers(report))


@pytest.mark.parametrize("mark", ["М | П.", f"м\n{' ' * 46}. у"])
def test_a_mark_for_the_stamp_that_a_bar_or_a_lines_end_parts_loses_no_page(mark: str) -> None:
    text = PRINTED.replace("Каримов Ш.Р.", f"Каримов Ш.Р.            {mark}")
    assert read(scanned(text), Print(text)).contract_number is not None


@pytest.mark.parametrize(("previous", "certain"), [("4726,10", False), ("4726,1 ", True)])
def test_numbers_that_may_have_lost_their_last_digits_are_not_certain(previous: str, certain: bool) -> None:
    page = PRINTED.replace("593772,09", f"{previous}  ").replace("593810,50", "4968,5   ").replace("38,41 Гкал", "242,4 Гкал")
    assert {field.certain for field in numbers(read(scanned(page), Print(page)))} == {certain}


@pytest.mark.parametrize(("tight", "wide", "value"), [("11223", "4411223", "4411223"), ("11228", "74411228", "411223")])
def test_a_serial_of_which_both_readers_lost_a_part_is_what_the_wider_look_shows(tight: str, wide: str, value: str) -> None:
    """The engine lost a digit within, so that its box is that of the rest; what begins otherwise than it saw is a rule beside it."""
    report = read(scanned(PRINTED, {"4411223": "411223"}), Print(PRINTED, {"4411223": tight}, {"4411223": wide}))
    (meter,) = report.meters
    assert meter.serial is not None
    assert (meter.serial.value, meter.serial.certain) == (value, False)


def test_where_both_readers_numbers_add_up_the_digit_readers_are_taken_and_stay_open() -> None:
    """The engine took a 3 for a 5 in both indexes: the sum holds with either."""
    misread = {"593772,09": "595772,09", "593810,50": "595810,50"}
    values = numbers(read(scanned(PRINTED, misread), Print(PRINTED)))
    assert [(f.value, f.certain) for f in values] == [("593772.09", False), ("593810.50", False), ("38.41", False)]


def test_marks_that_the_digit_reader_lost_in_all_three_numbers_are_no_other_numbers() -> None:
    lost = {text: text.replace(",", "") for text in ("593772,09", "593810,50", "38,41")}
    assert [f.value for f in numbers(read(scanned(PRINTED), Print(PRINTED, lost)))] == ["593772.09", "593810.50", "38.41"]


@pytest.mark.parametrize(("seen", "value"), [("03117", "03117"), ("903117", None)])
def test_a_contract_of_a_digit_too_many_is_as_the_digit_reader_sees_it_and_open(seen: str, value: str | None) -> None:
    """A zero with a dot in it was read as 90."""
    contract = read(scanned(PRINTED, {"03117": "903117"}), Print(PRINTED, {"03117": seen})).contract_number
    assert (contract and contract.value) == value
    assert contract is None or not contract.certain
