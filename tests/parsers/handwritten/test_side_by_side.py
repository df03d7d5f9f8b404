"""Several meters on one form: beside each other without a table, in cards, in rows of a slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box, Page, Word
from metering.reports import Report
from metering.units import MeterKind, Unit
from parsers.fields import extract
from parsers.handwritten.hand_meters import loose_drafts, put_serial_of_row, serials_over, table_draft
from parsers.handwritten.lines import Place
from parsers.handwritten.tables import PlacedRow
from parsers.handwritten.values import Value, Written
from parsers.handwritten.writing import HandFields
from parsers.meters.columns import Column, Header
from parsers.page.found import NUMBERS, Draft, Found
from parsers.page.marked import mark
from parsers.page.tokens import Form, Token
from parsers.pagefacts import read_page
from tests.parsers.handwritten.test_pages import writing
from tests.parsers.handwritten.test_places import page_of, places, words

ROWS = {"Заводской номер": 250.0, "Предыдущее показание": 275.0, "Текущее показание": 300.0, "Расход": 325.0}
KEYS = ("serial", *NUMBERS)
#: What a hand left of two dotted lines behind each label, which go from 240 to 365 and from 381 to 506.
TORN = (((312, 365), (465, 506)), ((455, 506),), ((240, 291), (304, 365), (381, 506)), ((278, 365), (438, 506)))


def labels() -> list[Word]:
    return [word for text, top in ROWS.items() for word in words(text, 52, top)]


def torn(rows: tuple[tuple[tuple[int, int], ...], ...] = TORN) -> tuple[Box, ...]:
    return tuple(Box(a, top + 12, b, top + 12.7) for top, row in zip(ROWS.values(), rows, strict=True) for a, b in row)


def test_lines_that_end_at_one_place_behind_all_labels_are_two_columns_of_meters() -> None:
    loose = places(labels(), torn()).loose
    assert [key for key, _ in loose] == [*KEYS, *KEYS]
    left, right = loose[:4], loose[4:]
    assert all((place.box.left, place.box.right) == (240, 365) for _, place in left)
    assert all((place.box.left, place.box.right) == (381, 506) for _, place in right)


@pytest.mark.parametrize(
    ("tops", "paired"), [((100.0, 250.0), True), ((100.0, 150.0), False)], ids=["one over each", "both over the first"]
)
def test_serials_over_several_tables_are_each_of_the_one_below(tops: tuple[float, float], paired: bool) -> None:
    drafts = [Draft(1, top=top) for top in (320.0, 200.0)]
    serials = [Place(Box(60, top, 160, top + 16), boxed=True) for top in tops]
    found = serials_over(drafts, serials)
    assert [(draft.top, place.box.top) for draft, place in found] == ([(200, 100), (320, 250)] if paired else [])
    assert serials_over(drafts[:1], [Place(Box(60, 700, 160, 716), boxed=True)])  # of one meter it may stand anywhere


def test_one_line_that_ink_tears_here_and_there_is_one_column() -> None:
    rows = (((240, 291), (304, 506)), ((330, 506),), ((240, 350), (381, 506)), ((240, 300), (438, 506)))
    assert [key for key, _ in places(labels(), torn(rows)).loose] == [*KEYS]


def test_boxes_behind_a_printed_comma_are_decimals_and_no_other_meter_s_column() -> None:
    """Nearer and narrower than the number's own; the serial has none."""
    frames = tuple(Box(240.0, top - 3, 354.0, top + 14) for top in ROWS.values())
    frames += tuple(Box(366.0, top - 3, 400.0, top + 14) for top in list(ROWS.values())[1:])
    loose = places(labels(), frames=frames).loose
    assert [(key, place.box.right) for key, place in loose] == [(key, 354 if key == "serial" else 400) for key in KEYS]


def test_two_rows_of_boxes_behind_each_label_are_a_column_each() -> None:
    frames = tuple(Box(left, top - 3, left + 100, top + 14) for top in ROWS.values() for left in (240.0, 400.0))
    loose = places(labels(), frames=frames).loose
    assert [(key, place.box.left) for key, place in loose] == [(key, left) for left in (240, 400) for key in KEYS]


def read(sheet: Page, frames: tuple[Box, ...], tell: Callable[[Box], str], lost: str | None = None) -> Report:
    """A page filled in by hand; tell: what is written in a place; lost: a word that goes when what is written is painted over."""

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = tell(place)
        return HandReading((WrittenText(text, (0.0, 0.0)),), (text, text), 0.9)

    printed = tuple(word for word in sheet.words if word.text != lost)
    asked = replace(writing(sheet, 0.95), hand=hand, frames=lambda number, form: frames, printed=lambda number: printed)
    (report,) = extract([sheet], "form.pdf", writing=asked)
    return report


def cards() -> tuple[list[Word], tuple[Box, ...], tuple[Box, ...]]:
    """Two frames beside each other, in each the labels of a meter, their lines and units."""
    printed, rules = [], []
    for left, kind, unit in ((70.0, "(отопление)", "Гкал"), (330.0, "(ГВС)", "ГДж")):
        printed += words(f"Прибор {kind}", left, 225)
        for text, top in zip(("Зав. №:", "Пред.:", "Тек.:", "Расход:"), ROWS.values(), strict=True):
            printed += [*words(text, left, top), *(words(unit, left + 180, top) if "№" not in text else ())]
            rules.append(Box(left + 60, top + 11, left + 160, top + 11.7))
    return printed, tuple(rules), (Box(60, 215, 310, 345), Box(320, 215, 570, 345))


def test_a_frame_around_labels_is_no_place_and_cards_are_read_one_after_the_other() -> None:
    printed, rules, frames = cards()
    loose = places(printed, rules, frames).loose
    assert [key for key, _ in loose] == [*KEYS, *KEYS]
    assert all(60 < place.box.left < place.box.right <= 310 for _, place in loose[:4])
    assert all(320 < place.box.left < place.box.right <= 570 for _, place in loose[4:])


def test_kind_and_unit_of_a_card_are_its_own() -> None:
    printed, rules, frames = cards()
    numbers = {250.0: ("12345678", "87654321"), 275.0: ("100,5", "20,25"), 300.0: ("150,0", "30,75"), 325.0: ("49,5", "10,50")}
    report = read(
        page_of([*words("Договор №", 60, 150), *printed], (Box(120, 161, 200, 162), *rules)),
        frames,
        lambda place: next((pair[place.left > 320] for top, pair in numbers.items() if place.top <= top + 5 <= place.bottom), "00417"),
    )
    assert [(m.serial and m.serial.value, m.kind, m.unit) for m in report.meters] == [
        ("12345678", MeterKind.HEAT, Unit.GCAL),
        ("87654321", MeterKind.HOT_WATER, Unit.GJ),
    ]
    assert [m.consumption and m.consumption.value for m in report.meters] == ["49.5", "10.50"]


SLIP = ("Зав. №", "Предыдущее", "Текущее", "Расход")


def band(top: float, labels: tuple[str, ...] = SLIP) -> tuple[list[Word], list[Box]]:
    frames = [Box(60 + n * 120, top, 177 + n * 120, top + 42) for n in range(4)]
    return [word for frame, text in zip(frames, labels, strict=True) for word in words(text, frame.left + 3, top + 4)], frames


@pytest.mark.parametrize("gap", [30.0, 3.0], ids=["apart", "touching"])
def test_each_row_of_a_slip_is_a_meter_and_a_label_that_one_lost_is_the_other_s(gap: float) -> None:
    upper, lower = band(200), band(242 + gap, ("xx", *SLIP[1:]))
    found = places([*upper[0], *lower[0]], frames=(*upper[1], *lower[1]))
    assert [set(row.places) for row in found.rows] == [set(KEYS), set(KEYS)]
    first, second = found.rows
    assert first.band.bottom <= 242 < second.band.top
    assert second.places["serial"].box.left == 60
    assert not found.loose


def test_what_stands_over_a_row_of_a_slip_is_that_meter_s() -> None:
    upper, lower = band(200), band(272)
    printed = [*words("1) отопление, Гкал", 60, 180), *upper[0], *words("2) ГВС, ГДж", 60, 255), *lower[0], *words("Договор №", 60, 100)]
    numbers = (("12345678", "100,5", "150,0", "49,5"), ("87654321", "20,25", "30,75", "10,50"))
    report = read(
        page_of(printed, (Box(120, 111, 200, 112),)),
        (*upper[1], *lower[1]),
        lambda place: "00417" if place.top < 190 else numbers[place.top > 250][int((place.left - 55) // 120)],
    )
    assert [(m.kind, m.unit) for m in report.meters] == [(MeterKind.HEAT, Unit.GCAL), (MeterKind.HOT_WATER, Unit.GJ)]
    assert [m.consumption and m.consumption.value for m in report.meters] == ["49.5", "10.50"]


@pytest.mark.parametrize("lost", [None, "ГДж"])
def test_rows_of_boxes_that_stand_in_cells_are_the_rows_of_their_table(lost: str | None) -> None:
    """The cells around boxes for single digits are no frames themselves; in between, cells without boxes are. A unit that the print alone
    lost stands in the reading with the ink."""
    heads = [Box(43, 181, 127, 197), Box(131, 181, 166, 197), *(Box(x, 181, x + 125, 197) for x in (169.0, 298.0, 427.0))]
    tops = (201.0, 238.0)
    cells = [Box(f.left, top, f.right, top + 33) for f in heads[:2] for top in tops]
    boxes = [Box(f.left + 10, top + 7, f.right - 10, top + 27) for f in heads[2:] for top in tops]
    labels = zip(heads, ("Зав. №", "Eg.", "Предыдущее", "Текущее", "Расход"), strict=True)
    printed = [word for f, text in labels for word in words(text, f.left + 3, f.top + 3)]
    printed += [*words("Гкал", 134, 212), *words("ГДж", 134, 249), *words("Договор №", 60, 100)]
    numbers = (("1111111", "100,5", "150,0", "49,5"), ("2222222", "20,25", "30,75", "10,50"))
    report = read(
        page_of(printed, (Box(120, 111, 200, 112),)),
        (*heads, *cells, *boxes),
        lambda place: "00417" if place.top < 150 else numbers[place.top > 235][0 if place.left < 130 else int((place.left - 40) // 129)],
        lost,
    )
    assert [(m.serial and m.serial.value, m.unit, m.consumption and m.consumption.value) for m in report.meters] == [
        ("1111111", Unit.GCAL, "49.5"),
        ("2222222", Unit.GJ, "10.50"),
    ]


@pytest.mark.parametrize(("cell", "unit"), [(Box(220, 237, 266, 261), None), (None, Unit.GCAL)])
def test_a_unit_that_was_read_into_the_units_head_is_not_that_of_a_row_with_a_cell_of_its_own(cell: Box | None, unit: Unit | None) -> None:
    """What stands alone beside the ink of the first row looks like a further line of the heads."""
    sheet = page_of(words("Договор №", 60, 100))
    heads = [Column("unit_column", Box(220, 181, 266, 205), [], Unit.GCAL), Column("current", Box(270, 181, 356, 205), [])]
    place = Box(270, 237, 356, 261)
    row = PlacedRow({"current": Place(place, boxed=True)}, place, Header(1, 1, heads), unit=cell)
    asked = writing(sheet, 0.95, values={244.0: "10651,25"})
    facts = read_page(sheet)
    draft = table_draft(row, facts, facts.marked, asked, HandFields(), [])
    assert draft is not None
    assert draft.unit is unit


@pytest.mark.parametrize(("second", "unit"), [("M", Unit.M3), ("7", None)], ids=["a small 3 beside an M", "digits"])
def test_of_meters_in_columns_each_has_the_unit_of_its_own_cell(second: str, unit: Unit | None) -> None:
    cells = [Box(200, 400, 300, 422), Box(302, 400, 402, 422)]
    rows = [{"current": Written(Box(c.left, 340, c.right, 362), 1, (Value("10.5", 0.0),), True, 9.0)} for c in cells]
    said = {200.0: [Word("Гкал", 0.95, Box(230, 406, 256, 416))], 302.0: [*words("3", 360, 402), *words(second, 350, 408)]}
    asked = replace(writing(page_of([]), 0.95), print=lambda number, cell: tuple(said[cell.left]))
    marked = mark(page_of([]))
    assert [d.unit for d in loose_drafts(rows, marked, marked, asked, HandFields(), cells)] == [Unit.GCAL, unit]


def test_meters_below_each_other_whose_places_overlap_a_little_each_have_the_unit_of_their_lines() -> None:
    """What a hand takes over a printed line goes up to the next one."""
    marked = mark(page_of([*words("Isitish", 50, 166), *words("Gkal", 463, 192), *words("Issiq suv", 50, 220), *words("m3", 464, 246)]))

    def meter(serial: float, numbers: float) -> dict[str, Written]:
        tops = {"serial": (serial, 24), **dict.fromkeys(NUMBERS, (numbers, 30))}
        boxes = {key: Box(100, top, 300, top + high) for key, (top, high) in tops.items()}
        return {key: Written(box, 1, (Value("10.5", 0.0),), True, 9.0) for key, box in boxes.items()}

    drafts = loose_drafts([meter(154, 180), meter(207, 235)], marked, marked, writing(page_of([]), 0.95), HandFields())
    assert [(d.kind, d.unit) for d in drafts] == [(MeterKind.HEAT, Unit.GCAL), (MeterKind.HOT_WATER, Unit.M3)]


@pytest.mark.parametrize(("look", "serial"), [(0.95, "1306457"), (0.0, None)], ids=["by hand", "typed"])
def test_a_serial_by_hand_may_stand_beside_its_type_in_the_type_s_cell(look: float, serial: str | None) -> None:
    cell, place = Box(60, 237, 200, 261), Box(270, 237, 356, 261)
    row = PlacedRow({"current": Place(place, boxed=True)}, place, Header(1, 1, []), model=cell)
    asked = writing(page_of([]), look, values={244.0: "1306457"})
    parted = replace(
        asked, groups=lambda number, place, boxed: ((Box(60, 237, 120, 243), Box(60, 244, 120, 261)),) if place == cell else ()
    )
    facts = read_page(page_of([]))
    draft = table_draft(row, facts, facts.marked, parted, HandFields(), [])
    assert draft is not None
    assert (draft.serial and draft.serial.value) == serial


@pytest.mark.parametrize(("top", "serial"), [(250.0, "19304033"), (205.0, "26121557")], ids=["the other row's", "its own"])
def test_of_two_rows_that_were_read_as_one_meter_each_has_the_serial_of_its_own_cell(top: float, serial: str) -> None:
    """place: of the row whose first cell says «T 550 № 19304033»; the engine gave what it took for one meter the serial at 210 points."""
    sheet = page_of(words("№ 26121557", 43, 206))
    (known,) = words("26121557", 60, 206)
    found = Found("26121557", 1, [Token(known.text, Form.NUMBER, known.text, known.box, 0.9)])
    asked = replace(writing(sheet, 0.0), print=lambda number, cell: tuple(words("T 550 № 19304033", cell.left, cell.top + 4)))
    draft = Draft(1)
    put_serial_of_row(draft, Place(Box(40, top, 130, top + 32), boxed=True), [Draft(1, serial=found)], mark(sheet), asked)
    assert draft.serial is not None
    assert draft.serial.value == serial


def dated_cards(written: dict[tuple[int, str, str], str], meters: int = 2) -> Report:
    """Meters below each other, each with a serial's line, a table of days and indexes and a line for its use; written: what stands in a
    place, by meter, row and column."""
    printed, rules, frames, told = [*words("Договор №", 60, 80)], [Box(120, 91, 200, 92)], [], {Box(120, 70, 200, 95): "00417"}
    for n, top in enumerate((140.0, 340.0)[:meters]):
        columns = {"": (60.0, 180.0), "Дата": (184.0, 300.0), "Показание, Гкал": (304.0, 520.0)}
        printed += [*words("Зав. №", 60, top), *words("Израсходовано", 60, top + 125), *words("Гкал", 300, top + 125)]
        rules += [Box(110, top + 11, 250, top + 12), Box(150, top + 136, 290, top + 137)]
        told[Box(110, top - 12, 250, top + 14)] = written[n, "serial", ""]
        told[Box(150, top + 113, 290, top + 139)] = written[n, "consumption", ""]
        for y, (row, text) in enumerate((("", ""), ("previous", "Предыдущее"), ("current", "Последнее"))):
            for head, (left, right) in columns.items():
                cell = Box(left, top + 25 + 30 * y, right, top + 52 + 30 * y)
                frames.append(cell)
                printed += words(head if not y else text if not head else "", cell.left + 4, cell.top + 8)
                if y and head:
                    told[cell] = written.get((n, row, head[:4]), "")

    def tell(place: Box) -> str:
        return next((text for box, text in told.items() if box.left - 6 < place.middle[0] < box.right + 6 and place.meets(box)), "")

    return read(page_of(printed, tuple(rules)), tuple(frames), tell)


DATED = {(0, "serial", ""): "25777128", (0, "consumption", ""): "206,16", (1, "serial", ""): "30804615", (1, "consumption", ""): "298,90"}
DATED |= {(0, "previous", "Пока"): "16872,27", (0, "current", "Пока"): "17078,43"}
DATED |= {(1, "previous", "Пока"): "883028,20", (1, "current", "Пока"): "883327,10"}
DAYS = {(n, row, "Дата"): day for n in (0, 1) for row, day in (("previous", "21,10,2026"), ("current", "15,11,2026"))}


def test_tables_of_days_and_indexes_below_each_other_are_a_meter_each_and_no_journal() -> None:
    report = dated_cards(DATED | DAYS)
    found = [[field.value for name in KEYS if (field := getattr(meter, name)) is not None] for meter in report.meters]
    assert found == [["25777128", "16872.27", "17078.43", "206.16"], ["30804615", "883028.20", "883327.10", "298.90"]]
    assert report.reading_date is not None
    assert report.reading_date.value == "2026-11-15"


def test_the_day_of_a_previous_index_is_not_that_of_the_readings_where_theirs_was_left_empty() -> None:
    report = dated_cards(DATED | {key: day for key, day in DAYS.items() if key[1] == "previous"}, meters=1)
    assert report.reading_date is None
