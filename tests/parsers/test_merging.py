"""Photos, pages and attachments of one report become one; what contradicts stays apart. Contract numbers are found in a mail's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Mark
from metering.reports import Report
from parsers.fields import extract
from parsers.merging import merge
from parsers.requisites.contracts import contract_numbers_in
from tests.parsers.test_fields_samples import value
from tests.parsers.typed import typed


def part(text: str, name: str) -> Report:
    (report,) = extract([typed(text)], name)
    return report


FIRST = "Договор № 03117 за ноябрь 2026 г.\nЗав. № 4411223 предыдущее 1,00 текущее 2,50 расход 1,50 Гкал"
SECOND = "Договор № 03117 за ноябрь 2026 г.\nЗав. № 4411224 предыдущее 5,00 текущее 7,00 расход 2,00 Гкал"
BACK = "Зав. № 4411225 предыдущее 8,00 текущее 9,00 расход 1,00 Гкал\nДиректор   Каримов Ш.Р."


def test_parts_of_one_contract_and_month_are_one_report() -> None:
    (report,) = merge([part(FIRST, "1.jpg"), part(SECOND, "2.jpg")])
    assert report.files == ("1.jpg", "2.jpg")
    assert report.pages == 2
    assert [value(m.serial) for m in report.meters] == ["4411223", "4411224"]


def test_a_part_without_a_contract_joins_the_only_one() -> None:
    (report,) = merge([part(BACK, "back.jpg"), part(FIRST, "front.jpg")])
    assert value(report.contract_number) == "03117"
    assert value(report.signatory) == "Каримов Ш.Р."
    assert {value(m.serial) for m in report.meters} == {"4411223", "4411225"}


def test_a_part_without_a_contract_stays_apart_between_two() -> None:
    reports = merge([part(FIRST, "1.pdf"), part(SECOND.replace("03117", "03118"), "2.pdf"), part(BACK, "3.pdf")])
    assert [value(r.contract_number) for r in reports] == ["03117", "03118", None]


def test_another_month_stays_apart() -> None:
    assert len(merge([part(FIRST, "1.pdf"), part(SECOND.replace("ноябрь", "декабрь"), "2.pdf")])) == 2


def test_another_value_of_the_same_meter_stays_apart() -> None:
    corrected = FIRST.replace("2,50", "2,60").replace("1,50", "1,60")
    reports = merge([part(FIRST, "1.pdf"), part(corrected, "2.pdf")])
    assert [r.meters[0].current.value for r in reports if r.meters[0].current] == ["2.50", "2.60"]


def test_the_same_page_twice_is_one_meter() -> None:
    (report,) = merge([part(FIRST, "1.pdf"), part(FIRST, "1.jpg")])
    assert len(report.meters) == 1


def test_each_part_keeps_its_own_reading_date() -> None:
    one = part(FIRST + "\nДата снятия показаний: 22.11.2026", "1.pdf")
    two = part(SECOND + "\nДата снятия показаний: 23.11.2026", "2.pdf")
    (report,) = merge([one, two])
    assert [value(m.reading_date) for m in report.meters] == ["2026-11-22", "2026-11-23"]
    assert value(report.reading_date) == "2026-11-23"


def test_ink_on_one_part_is_ink_on_the_report() -> None:
    signed = replace(part(SECOND, "2.pdf"), signature_present=Mark(True, 0.9), stamp_present=Mark(True, 0.8))
    (report,) = merge([part(FIRST, "1.pdf"), signed])
    assert report.signature_present.value
    assert report.stamp_present.value


def test_nothing_merges_to_nothing() -> None:
    assert merge([]) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Отчет по договору № 00421 за октябрь", ("00421",)),
        ("Договор №421, показания", ("00421",)),
        ("00088-sonli shartnoma bo'yicha hisobot", ("00088",)),
        ("03340-сонли шартнома", ("03340",)),
        ("1207 shartnoma 24.12", ("01207",)),
        ("договор № 00421 и договор № 00422, ещё раз договор 00421", ("00421", "00422")),
        ("Показания во вложении, тел. 12345", ()),
        ("договор от 12.01.2024", ()),
    ],
)
def test_contract_numbers_are_found_in_words(text: str, numbers: tuple[str, ...]) -> None:
    assert contract_numbers_in(text) == numbers


def test_a_hostile_subject_does_not_hold_the_reader_up() -> None:
    assert contract_numbers_in("договор " + " " * 100_000 + "дог." * 50_000) == ()


def _doubted(report: Report, name: str, value: str, *alternatives: str) -> Report:
    """The report with another value of its first meter, read without certainty."""
    line = report.meters[0]
    field = replace(getattr(line, name), value=value, certain=False, alternatives=alternatives)
    return replace(report, meters=(replace(line, **{name: field}), *report.meters[1:]))


def test_a_value_that_was_read_badly_on_a_second_photo_joins_and_stays_open() -> None:
    (report,) = merge([part(FIRST, "1.jpg"), _doubted(part(FIRST, "2.jpg"), "current", "2.60")])
    (meter,) = report.meters
    assert meter.current is not None
    assert (meter.current.value, meter.current.certain, meter.current.alternatives) == ("2.50", False, ("2.60",))


def test_a_value_that_a_reader_of_the_second_photo_saw_too_stays_certain() -> None:
    (report,) = merge([_doubted(part(FIRST, "2.jpg"), "current", "2.60", "2.50"), part(FIRST, "1.jpg")])
    (meter,) = report.meters
    assert meter.current is not None
    assert (meter.current.value, meter.current.certain) == ("2.50", True)


def test_a_serial_that_was_read_badly_on_a_second_photo_is_no_second_meter() -> None:
    (report,) = merge([part(FIRST, "1.jpg"), _doubted(part(FIRST, "2.jpg"), "serial", "4411228")])
    assert len(report.meters) == 1


def test_a_contract_number_that_was_read_badly_on_a_second_photo_is_no_second_report() -> None:
    again = part(FIRST.replace("03117", "03177"), "2.jpg")
    assert again.contract_number is not None
    doubted = replace(again, contract_number=replace(again.contract_number, certain=False))
    (report,) = merge([part(FIRST, "1.jpg"), doubted])
    assert report.contract_number is not None
    assert (report.contract_number.value, report.contract_number.certain) == ("03117", False)
    assert len(merge([part(FIRST, "1.jpg"), again])) == 2  # both certain: a person sees both


TWO = [part(FIRST, "1.pdf"), part(SECOND.replace("03117", "03118"), "2.pdf")]


def test_between_two_a_part_joins_the_one_whose_meter_it_repeats() -> None:
    photo = part("Зав. № 4411224 предыдущее 5,00 текущее 7,00 расход 2,00 Гкал\nДиректор   Каримов Ш.Р.", "3.jpg")
    reports = merge([*TWO, photo])
    assert [(value(r.contract_number), r.files) for r in reports] == [("03117", ("1.pdf",)), ("03118", ("2.pdf", "3.jpg"))]


def test_between_two_a_page_of_signatures_belongs_to_the_page_before_it_but_its_ink_proves_nothing() -> None:
    signed = replace(part("Директор   Каримов Ш.Р.", "2.jpg"), signature_present=Mark(True, 0.98), stamp_present=Mark(True, 0.98))
    one, two = merge([TWO[0], signed, TWO[1]])
    assert (one.files, two.files) == (("1.pdf", "2.jpg"), ("2.pdf",))
    assert one.stamp_present.value
    assert one.stamp_present.confidence < 0.8


def test_each_field_and_mark_says_in_which_file_it_stands() -> None:
    signed = replace(part(BACK, "back.jpg"), stamp_present=Mark(True, 0.9, 1))
    (report,) = merge([part(FIRST, "front.jpg"), signed])
    assert report.files == ("front.jpg", "back.jpg")
    assert [m.serial.file for m in report.meters if m.serial] == [1, 2]
    assert (report.contract_number and report.contract_number.file, report.signatory and report.signatory.file) == (1, 2)
    assert report.stamp_present.file == 2


def test_an_absence_of_ink_is_as_sure_as_the_least_sure_part() -> None:
    parts = [replace(part(FIRST, name), stamp_present=Mark(False, sure)) for name, sure in (("1.jpg", 0.99), ("2.jpg", 0.6))]
    (report,) = merge(parts)
    assert report.stamp_present.confidence == 0.6


def _whole(meter: str) -> str:
    return f"ООО «Бунёдкор Сервис»\nг. Ташкент, ул. Навои, 5\n{meter}\nДиректор ____________ Каримов Ш.Р."


def test_two_whole_reports_of_one_contract_are_two() -> None:
    one, two = part(_whole(FIRST), "1.pdf"), part(_whole(SECOND), "2.pdf")
    signed = replace(one, signature_present=Mark(True, 0.98), stamp_present=Mark(True, 0.99))
    reports = merge([signed, two])
    assert [[value(m.serial) for m in report.meters] for report in reports] == [["4411223"], ["4411224"]]
    assert [report.signature_present.value for report in reports] == [True, False]


def test_what_a_letter_lists_is_one_report_with_it() -> None:
    letter = part(_whole(FIRST + "\nЗав. № 4411224 предыдущее 5,00 текущее 7,00 расход 2,00 Гкал"), "letter.pdf")
    (report,) = merge([part(_whole(FIRST), "1.pdf"), part(_whole(SECOND), "2.pdf"), letter])
    assert len(report.meters) == 2


def test_what_a_letter_is_signed_for_is_one_report_with_it() -> None:
    letter = part("Договор № 03117\nНаправляем показания за ноябрь 2026 г.\nДиректор   Каримов Ш.Р.", "letter.pdf")
    letter = replace(letter, signature_present=Mark(True, 0.98))
    (report,) = merge([part(_whole(FIRST), "1.pdf"), part(_whole(SECOND), "2.pdf"), letter])
    assert len(report.meters) == 2
    assert report.signature_present.value


@pytest.mark.parametrize("second", [_whole(SECOND), SECOND])
def test_pages_of_a_file_are_two_reports_where_each_is_whole(second: str) -> None:
    pages = [typed(_whole(FIRST), number=1), typed(second, number=2)]
    reports = extract(pages, "both.pdf")
    assert len(reports) == (2 if "Директор" in second else 1)
