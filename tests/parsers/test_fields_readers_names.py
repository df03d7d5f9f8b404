"""Who signs, on a scan: names and posts under ink, on lines that were passed over, beside the signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from metering.pages import Box, Word
from metering.reports import Report
from parsers.fields import extract
from tests.parsers.read_twice import PRINTED, Print, read, scanned


def test_the_page_is_not_read_once_more_for_a_name_alone() -> None:
    def third(page: int, top: float, bottom: float) -> tuple[Word, ...]:
        raise AssertionError("it costs as much as the first reading, and finds no name that its own place does not show")

    report = read(scanned(PRINTED.replace("Каримов Ш.Р.", "~~~~~~~ ~~~~")), Print(PRINTED), third)
    assert report.signatory is None


def read_beneath(covered: str, *readings: str) -> tuple[Report, list[int]]:
    """A page under whose stamp the last line was read as `covered`, and as each of the readings with the ink faded another way."""
    page = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", covered))
    bottom = [word for word in page.words if word.box.top > 120]
    band = Box.around([word.box for word in bottom])
    asked = []

    def fade(number: int, way: int) -> tuple[Box, tuple[Word, ...]] | None:
        asked.append(way)
        if way >= len(readings):
            return None
        words = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", readings[way])).words
        return band, tuple(word for word in words if band.top <= word.box.middle[1] <= band.bottom)

    (report,) = extract([page], "scan.pdf", fade=fade)
    return report, asked


def test_a_name_under_a_stamp_is_taken_from_the_reading_with_its_ink_faded() -> None:
    report, asked = read_beneath("Директор             Ка~#мо", "Директор             К*", "Директор             Каримов Ш.Р.")
    assert report.signatory is not None
    assert report.signatory.value == "Каримов Ш.Р."
    assert asked == [0, 1]


def test_who_signs_is_read_from_its_row_by_itself_where_ink_hid_it() -> None:
    page = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", "Директор             Ка~#мо"))
    asked = []

    def row(number: int, place: Box) -> tuple[Word, ...]:
        asked.append(place)
        return tuple(word for word in scanned(PRINTED).words if place.top <= word.box.middle[1] <= place.bottom)

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.signatory is not None
    assert report.signatory.value == "Каримов Ш.Р."
    assert len(asked) == 1


def test_the_row_above_a_name_is_read_by_itself_for_its_position() -> None:
    two_lines = PRINTED.replace("Директор             Каримов Ш.Р.", "Директор\n____________ Каримов Ш.Р.")
    page = scanned(two_lines, {"Директор": "~^v^~"})
    page = replace(page, words=tuple(word for word in page.words if word.text != "~^v^~"))

    def row(number: int, place: Box) -> tuple[Word, ...]:
        return tuple(word for word in scanned(two_lines).words if place.top <= word.box.middle[1] <= place.bottom)

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.position is not None
    assert report.position.value == "Директор"


def test_a_position_that_a_pen_crosses_is_told_by_what_is_left_of_its_row() -> None:
    two_lines = PRINTED.replace("Директор             Каримов Ш.Р.", "~^v^~\n____________ Каримов Ш.Р.")
    page = scanned(two_lines)
    page = replace(page, words=tuple(word for word in page.words if word.text != "~^v^~"))

    def row(number: int, place: Box) -> tuple[Word, ...]:
        inside = [word.box for word in scanned(two_lines).words if word.text == "~^v^~" and place.top < word.box.middle[1] < place.bottom]
        return tuple(Word("Бошэнжргтик", 0.1, box) for box in inside)

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.position is not None
    assert (report.position.value, report.position.note) == ("Бош энергетик", "partly covered")


LOST = """
             Отчет о потреблении тепловой энергии за ноябрь 2026 г.

Организация: Школа № 214

Адрес: г. Ташкент, Чиланзарский район, ул. Бунёдкор, 121

Договор № 03117      ИНН 301234567

Дата снятия показаний: 23.11.2026

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
"""


@pytest.mark.parametrize(("lost", "key"), [("Адрес:", "address"), ("Организация:", "organization")])
def test_a_line_that_was_passed_over_is_read_by_itself_from_the_gap_that_it_left(lost: str, key: str) -> None:
    whole = scanned(LOST)
    line = next(word.box.middle[1] for word in whole.words if word.text == lost)
    page = replace(whole, words=tuple(word for word in whole.words if abs(word.box.middle[1] - line) > 2))
    asked = []

    def row(number: int, place: Box) -> tuple[Word, ...]:
        asked.append(place)
        return tuple(word for word in whole.words if place.top <= word.box.top and word.box.bottom <= place.bottom)

    (report,) = extract([page], "scan.pdf", row=row)
    expected = {"address": "г. Ташкент, Чиланзарский район, ул. Бунёдкор, 121", "organization": "Школа № 214"}[key]
    found = getattr(report, key)
    assert found is not None
    assert found.value == expected
    assert sum(abs(place.middle[1] - line) < 3 for place in asked) == 1


def test_where_no_gap_is_wide_enough_for_a_line_none_is_looked_for() -> None:
    page = scanned("\n".join(line for line in LOST.split("\n") if not line.startswith("Адрес") and line))
    asked = []

    def row(number: int, place: Box) -> tuple[Word, ...]:
        asked.append(place)
        return ()

    (report,) = extract([page], "scan.pdf", row=row)
    assert report.address is None
    assert not [place for place in asked if place.top < next(w.box.top for w in page.words if w.text == "Дата")]


def test_a_name_that_was_read_well_is_not_looked_at_again() -> None:
    report, asked = read_beneath("Директор             Каримов Ш.Р.", "Директор             Коримав Ж.Р.")
    assert report.signatory is not None
    assert report.signatory.value == "Каримов Ш.Р."
    assert asked == []


def test_initials_on_the_next_line_belong_to_the_surname_before_them() -> None:
    wide = PRINTED.replace(
        "Директор             Каримов Ш.Р.",
        "Ответственный за теплохозяйство                                          Каримова\nИ.Т.",
    )
    report = read(scanned(wide), Print(wide))
    assert report.signatory is not None
    assert report.signatory.value == "Каримова И.Т."


def test_who_is_in_charge_is_a_position_where_ink_covers_the_name() -> None:
    report = read(scanned(PRINTED.replace("Директор             Каримов Ш.Р.", "\n" * 20 + "Потребитель: Ответственное лицо ______")), None)
    assert report.position is not None
    assert (report.position.value, report.signatory) == ("Ответственное лицо", None)


@pytest.mark.parametrize(
    ("printed", "position"),
    [
        ("Ответственный за теплово х~#", "Ответственный за тепловое хозяйство"),
        ("Ответственный за узел учёта", "Ответственный за узел учёта"),
    ],
)
def test_a_position_is_completed_from_the_list_only_where_it_goes_on_like_it(printed: str, position: str) -> None:
    report = read(scanned(PRINTED.replace("Директор   ", printed)), Print(PRINTED))
    assert report.position is not None
    assert report.position.value == position


def test_a_surname_of_four_letters_is_no_torn_unit() -> None:
    page = PRINTED.replace("Каримов Ш.Р.", "Тхай Ш.Р.")
    report = read(scanned(page), Print(page))
    assert report.signatory is not None
    assert report.signatory.value == "Тхай Ш.Р."


def read_beside(first: str, *readings: str) -> tuple[Report, int]:
    """A page whose last line was read as `first`, and what is beside its signature as each of the readings; how many were asked for."""
    page = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", first))
    asked = 0

    def name(number: int, row: Box) -> Iterator[tuple[Word, ...]]:
        nonlocal asked
        for text in readings:
            asked += 1
            words = scanned(PRINTED.replace("Директор             Каримов Ш.Р.", text)).words
            yield tuple(word for word in words if row.top <= word.box.middle[1] <= row.bottom and word.text != "Директор")

    (report,) = extract([page], "scan.pdf", name=name)
    return report, asked


def test_a_name_that_ink_hides_is_what_two_readings_beside_the_signature_say() -> None:
    said = [f"Директор             {name}" for name in ("Каримоб Ш.Р.", "Каримов Ш.Р.", "", "Каримов Ш.Р.", "Каримоб Ш.Р.")]
    report, asked = read_beside("Директор             Ка~#мо", *said)
    assert report.signatory is not None
    assert report.signatory.value == "Каримов Ш.Р."
    assert asked == 4


def test_a_name_that_was_read_well_is_not_looked_at_beside_the_signature() -> None:
    report, asked = read_beside("Директор             Каримов Ш.Р.", "Директор             Коримав Ш.Р.")
    assert report.signatory is not None
    assert (report.signatory.value, asked) == ("Каримов Ш.Р.", 0)


def test_beneath_ink_no_name_is_looked_for_that_two_readings_beside_the_signature_say() -> None:
    whole = scanned(PRINTED)
    name = [word for word in whole.words if word.box.top > 120 and word.text != "Директор"]
    pale = tuple(replace(word, confidence=0.8) for word in name)
    page = replace(whole, words=(*(word for word in whole.words if word not in name), *pale))
    faded: list[int] = []

    def fade(number: int, way: int) -> None:
        faded.append(way)

    (report,) = extract([page], "scan.pdf", fade=fade, name=lambda number, row: iter([pale]))
    assert report.signatory is not None
    assert (report.signatory.value, faded) == ("Каримов Ш.Р.", [])
    extract([page], "scan.pdf", fade=fade)
    assert faded


def test_a_picture_on_which_no_words_were_read_is_not_read_in_other_ways() -> None:
    page = scanned("| = ~ 12 .. / —\n  ge *  <442  \nво 3\n")

    def ask(*asked: object) -> None:
        raise AssertionError(f"read once more: {asked}")

    (report,) = extract([page], "carpet.jpg", fade=ask, third=ask, cells=ask, block=ask, row=ask, name=ask)  # type: ignore[arg-type]
    assert not report.meters


def test_on_a_second_sheet_that_is_only_signed_the_name_under_ink_is_read_by_itself() -> None:
    sheet = scanned("Директор\n\nМ.П.")
    words = tuple(word for word in scanned("Директор             Каримов Ш.Р.").words if word.text != "Директор")
    (report,) = extract([sheet], "2.jpg", name=lambda number, row: iter([words]))
    assert report.position is not None
    assert (report.position.value, report.signatory and report.signatory.value) == ("Директор", "Каримов Ш.Р.")


def test_a_position_alone_in_the_head_of_a_page_is_not_who_signs() -> None:
    report = read(scanned("Директор\n" + PRINTED.replace("Директор             Каримов Ш.Р.", "")), Print(PRINTED))
    assert report.position is None
