"""A page filled in by hand, from its print and its places: hand is told from print, and a word in a title is no meter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.handwriting import HandReading, WrittenText
from metering.pages import Box, Page, PageSource, Word
from parsers.fields import extract
from parsers.handwritten.signers import NOTE
from parsers.handwritten.tables import grid_rows
from parsers.handwritten.writing import Writing
from parsers.meters.columns import Column, Header
from parsers.page.marked import mark
from tests.parsers.typed import typed

LABELS = {
    100.0: "Справка по расходу:",
    200.0: "Договор №",
    250.0: "Зав. №",
    300.0: "Предыдущее показание, Гкал",
    350.0: "Текущее показание, Гкал",
    400.0: "Расход, Гкал",
}
VALUES = {100.0: "8", 200.0: "00417", 250.0: "1306457", 300.0: "1284,37", 350.0: "1331,92", 400.0: "47,55"}


def page(labels: dict[float, str] = LABELS) -> Page:
    words, rules = [], []
    for top, label in labels.items():
        x = 60.0
        for text in label.split():
            words.append(Word(text, 0.95, Box(x, top, x + 6.0 * len(text), top + 10)))
            x += 6.0 * len(text) + 4
        rules.append(Box(x + 6, top + 10, x + 150, top + 10.7))
    return Page(1, 595, 842, tuple(words), PageSource.OCR, tuple(rules))


def writing(sheet: Page, look: float, stamp: Box | None = None, values: dict[float, str] = VALUES, beside: float | None = None) -> Writing:
    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = next((t for top, t in values.items() if place.top <= top + 5 <= place.bottom), "")
        return HandReading((WrittenText(text, (0.0, 0.0)),), (text, text), 0.9) if text else HandReading()

    return Writing(
        printed=lambda number: sheet.words,
        lines=lambda number, form: sheet.rules,
        frames=lambda number, form: (),
        look=lambda number, place, boxed: look,
        look_beside_stamp=lambda number, place: beside,
        hand=hand,
        groups=lambda number, place, boxed: (),
        print=lambda number, place: (),
        stamp=lambda number: stamp,
    )


def test_a_form_is_read_by_the_readers_of_handwriting_and_a_word_above_it_is_no_meter() -> None:
    sheet = page()
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95))
    assert report.handwritten
    (meter,) = report.meters
    read = {name: getattr(meter, name) for name in ("serial", "previous", "current", "consumption")}
    assert {name: field.value for name, field in read.items() if field is not None} == {
        "serial": "1306457",
        "previous": "1284.37",
        "current": "1331.92",
        "consumption": "47.55",
    }
    assert {name: field.certain for name, field in read.items() if field is not None} == {
        "serial": False,
        "previous": False,
        "current": True,
        "consumption": True,
    }
    assert report.contract_number is not None
    assert (report.contract_number.value, report.contract_number.certain) == ("00417", False)


def test_ink_that_looks_printed_is_left_to_the_readers_of_print() -> None:
    sheet = page()
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.1))
    assert not report.handwritten


def evenly(text: str, confidence: float, rise: float) -> Page:
    """A page of print, each second digit of its numbers so many points above its line."""
    sheet = typed(text, source=PageSource.OCR)
    words = []
    for word in sheet.words:
        lifted = tuple(replace(b, top=b.top - rise * (n % 2), bottom=b.bottom - rise * (n % 2)) for n, b in enumerate(word.symbols))
        words.append(replace(word, confidence=confidence, symbols=lifted))
    return replace(sheet, words=tuple(words))


TORN = """
Справка по расходу тепловой энергии за ноябрь 2026 г.
Договор № 00417        ИНН 301234567
Дата снятия показаний: 23.11.2026
Зав. №       1306457
Предыдущее показание, Гкал   1284,87
Текущее показание, Гкал      1331,92
Расход, Гкал                 47,55
"""


@pytest.mark.parametrize(
    ("confidence", "rise", "by_hand"),
    [(0.95, 1.5, False), (0.89, 0.0, False), (0.89, 1.5, True), (0.8, 0.0, True)],
    ids=["read surely", "read fairly, on its line", "read fairly, off its line", "read badly"],
)
def test_fat_or_torn_print_is_print_though_its_ink_looks_written(confidence: float, rise: float, by_hand: bool) -> None:
    sheet = evenly(TORN, confidence, rise)
    sheet = replace(sheet, rules=tuple(Box(220, w.box.bottom, 330, w.box.bottom + 0.7) for w in sheet.words if w.text == "Гкал"))
    (report,) = extract([sheet], "scan.pdf", writing=writing(sheet, 0.95))
    assert report.handwritten is by_hand


@pytest.mark.parametrize(("consumption", "by_hand"), [("47,55", True), ("47,95", False)], ids=["adds up", "does not"])
def test_a_hand_as_even_as_print_is_one_where_its_readers_make_a_meter_that_adds_up(consumption: str, by_hand: bool) -> None:
    sheet = page(LABELS | {150.0: "ИНН 301234567 от 23.11.2026"})
    words = list(sheet.words)
    for top, text in (VALUES | {400.0: "47,55"}).items():
        symbols = tuple(Box(230.0 + 6 * n, top + 1, 235.0 + 6 * n, top + 9) for n in range(len(text)))
        words.append(Word(text, 0.89, Box.around(list(symbols)), symbols))
    sheet = replace(sheet, words=tuple(words))
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95, values=VALUES | {400.0: consumption}))
    assert report.handwritten is by_hand


def test_values_whose_labels_ink_tore_are_found_by_the_order_of_the_form() -> None:
    sheet = page(LABELS | {200.0: "Догвпр №", 350.0: "Тскущсс пкзн, Гкал", 400.0: "Рхзд"})
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95))
    assert report.contract_number is not None
    assert report.contract_number.value == "00417"
    (meter,) = report.meters
    assert [getattr(meter, name).value for name in ("previous", "current", "consumption")] == ["1284.37", "1331.92", "47.55"]


def signed_page() -> Page:
    """With a position and, behind it, a line for the signature and one for the name, on which the engine read nothing sensible."""
    sheet = page()
    words = (Word("Энергетик", 0.95, Box(60, 400, 114, 410)), Word("hfM5", 0.3, Box(340, 395, 380, 410)))
    lines = (Box(60, 412, 170, 412.7), Box(180, 412, 300, 412.7), Box(310, 412, 420, 412.7))
    return replace(sheet, words=(*sheet.words, *words), rules=(*sheet.rules, *lines))


def test_a_name_by_hand_that_cannot_be_read_is_there() -> None:
    sheet = signed_page()
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95))
    assert report.signatory is not None
    assert report.signatory.note == NOTE
    assert report.signatory.confidence < 0.5
    assert not report.signatory.certain


def test_a_stamp_on_the_line_for_a_name_proves_none() -> None:
    sheet = signed_page()
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95, stamp=Box(350, 350, 450, 450)))
    assert report.signatory is None


@pytest.mark.parametrize(("clear", "there"), [(0.95, True), (0.3, False), (None, False)], ids=["hand", "print", "nothing"])
def test_letters_by_hand_that_stand_clear_of_the_stamp_on_the_line_for_a_name_are_one(clear: float | None, there: bool) -> None:
    sheet = signed_page()
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95, stamp=Box(350, 350, 450, 450), beside=clear))
    assert (report.signatory is not None) is there


def test_a_typed_page_whose_numbers_alone_are_written_is_one_filled_in_by_hand() -> None:
    sheet = page()
    typed_in = {200.0: "00417", 250.0: "1306457", 300.0: "1284,37"}
    printed = tuple(Word(text, 0.96, Box(230, top, 230 + 6.0 * len(text), top + 10)) for top, text in typed_in.items())
    sheet = replace(sheet, words=(*sheet.words, *printed))

    def look(number: int, place: Box, boxed: bool) -> float:
        return 0.01 if any(place.top <= top + 5 <= place.bottom for top in typed_in) else 0.99

    (report,) = extract([sheet], "letter.pdf", writing=replace(writing(sheet, 0.0), look=look))
    assert report.handwritten
    (meter,) = report.meters
    assert (meter.current.value, meter.consumption.value) == ("1331.92", "47.55")  # type: ignore[union-attr]
    assert report.contract_number is not None
    assert report.contract_number.value == "00417"


def test_a_row_that_numbers_the_columns_is_no_meter() -> None:
    heads = {60: "Зав. №", 160: "Предыдущее показание, Гкал", 300: "Текущее показание, Гкал", 440: "Расход, Гкал"}
    words = [
        Word(part, 0.95, Box(left + 2, 300 + 12 * n, left + 2 + 6.0 * len(part), 310 + 12 * n))
        for left, head in heads.items()
        for n, part in enumerate(head.split())
    ]
    cells = [Box(left, top, left + 130, top + high) for top, high in ((295, 45), (342, 14), (358, 24)) for left in heads]
    values = dict(
        zip([(left, top) for top in (342, 358) for left in heads], [*"1234", "1306457", "1284,37", "1331,92", "47,55"], strict=True)
    )

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = values.get((round(place.left), round(place.top)), "")
        return HandReading((WrittenText(text, (0.0, 0.0)),), (text, text), 0.9) if text else HandReading()

    sheet = Page(1, 595, 842, tuple(words), PageSource.OCR)
    (report,) = extract([sheet], "form.pdf", writing=replace(writing(sheet, 0.95), hand=hand, frames=lambda number, form: tuple(cells)))
    assert [meter.serial.value for meter in report.meters if meter.serial is not None] == ["1306457"]
    assert len(report.meters) == 1


@pytest.mark.parametrize(("row", "head", "lost"), [(342.0, "Прибор", False), (368.0, "Прибор", False), (368.0, "Система", True)])
def test_the_system_that_the_row_of_another_meter_names_is_not_this_ones(row: float, head: str, lost: bool) -> None:
    """lost: the system was read with the ink beside it alone."""
    heads = {20: head, 130: "Зав. №", 240: "Предыдущее показание", 350: "Текущее показание", 460: "Расход, Гкал"}
    words = [
        Word(part, 0.95, Box(left + 2, 300 + 12 * n, left + 2 + 6.0 * len(part), 310 + 12 * n))
        for left, text in heads.items()
        for n, part in enumerate(text.split())
    ]
    system = Word("ГВС", 0.95, Box(24, row + 4, 44, row + 14))
    cells = [Box(left, top, left + 106, top + high) for top, high in ((295, 45), (342, 24), (368, 24)) for left in heads]
    written = ["", "1306457", "1284,37", "1331,92", "47,55", "", "1306459", "84,37", "101,92", "17,55"]
    values = dict(zip([(left, top) for top in (342, 368) for left in heads], written, strict=True))

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = values.get((round(place.left), round(place.top)), "")
        return HandReading((WrittenText(text, (0.0, 0.0)),), (text, text), 0.9) if text else HandReading()

    sheet = Page(1, 595, 842, (*words, system), PageSource.OCR)
    asked = replace(writing(sheet, 0.95), hand=hand, frames=lambda number, form: tuple(cells))
    asked = replace(asked, printed=lambda number: tuple(words)) if lost else asked
    (report,) = extract([sheet], "form.pdf", writing=asked)
    kinds = [meter.kind.value for meter in report.meters if meter.kind is not None]
    assert kinds == (["hot_water", "heat"] if row == 342.0 else ["heat", "hot_water"])


def test_the_rest_of_a_label_that_is_broken_in_the_cell_beside_is_no_head_of_its_own() -> None:
    """«Hisoblagich | Zavod raqami» over «turi»: read without the bar between, the serial's label has «turi» behind it."""
    said = [("Zavod", 202.0, 300), ("raqami", 238.0, 300), ("turi", 92.0, 312), ("Avvalgi", 322.0, 300), ("Hozirgi", 432.0, 300)]
    words = tuple(Word(text, 0.95, Box(left, top, left + 5.0 * len(text), top + 10)) for text, left, top in said)
    sheet = mark(Page(1, 595, 842, words, PageSource.OCR))
    cells = [Box(left, top, left + 106, top + high) for top, high in ((295, 30), (327, 24)) for left in (90, 200, 320, 430)]
    by_text = {t.text: t for t in sheet.tokens}
    heads = {"serial": ("Zavod", "raqami", "turi"), "previous": ("Avvalgi",), "current": ("Hozirgi",)}
    tokens = {role: [by_text[text] for text in texts] for role, texts in heads.items()}
    header = Header(0, 1, [Column(role, Box.around([t.box for t in own]), own, None) for role, own in tokens.items()])
    (row,) = grid_rows(header, cells, sheet)
    assert row.places["serial"].box.left == 200


def test_the_cells_under_a_head_whose_frame_dirt_hid_are_its_column_s() -> None:
    heads = {20: "Прибор", 130: "Зав. №", 240: "Предыдущее показание", 350: "Текущее показание", 460: "Расход, Гкал"}
    words = [
        Word(part, 0.95, Box(left + 2, 300 + 12 * n, left + 2 + 6.0 * len(part), 310 + 12 * n))
        for left, text in heads.items()
        for n, part in enumerate(text.split())
    ]
    cells = [Box(left, top, left + 106, top + high) for top, high in ((295, 45), (342, 24)) for left in heads if (left, top) != (130, 295)]
    values = dict(zip([(left, 342) for left in heads], ["", "1306457", "1284,37", "1331,92", "47,55"], strict=True))

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        text = values.get((round(place.left), round(place.top)), "")
        return HandReading((WrittenText(text, (0.0, 0.0)),), (text, text), 0.9) if text else HandReading()

    sheet = Page(1, 595, 842, tuple(words), PageSource.OCR)
    (report,) = extract([sheet], "form.pdf", writing=replace(writing(sheet, 0.95), hand=hand, frames=lambda number, form: tuple(cells)))
    (meter,) = report.meters
    assert meter.serial is not None
    assert meter.serial.value == "1306457"


@pytest.mark.parametrize("dated", [False, True])
def test_a_month_by_hand_is_what_the_engine_made_of_it_where_no_day_of_the_readings_is_told(dated: bool) -> None:
    sheet = page(LABELS | {450.0: "Дата снятия показаний"})
    month = tuple(Word(text, 0.8, Box(x, 60, x + 50, 70)) for text, x in (("за", 60), ("январь", 120), ("2026", 180), ("года", 240)))
    asked = writing(sheet, 0.95, values=VALUES | ({450.0: "23,11,2026"} if dated else {}))
    (report,) = extract([replace(sheet, words=(*month, *sheet.words))], "form.pdf", writing=asked)
    assert report.period is not None
    assert (report.period.value, report.period.certain) == ("2026-11" if dated else "2026-01", False)


@pytest.mark.parametrize("by_word", [False, True])
def test_a_date_in_parts_whose_month_the_engine_alone_read_is_never_certain(by_word: bool) -> None:
    sheet = page()
    words, rules = list(sheet.words), list(sheet.rules)
    for top, label in ((450.0, "Дата снятия показаний"), (500.0, "Дата составления")):
        lefts = (60.0, 90.0, 130.0)
        printed = [*zip(label.split(), lefts, strict=False), ("«", 200.0), ("»", 240.0), ("20", 300.0), ("г.", 350.0)]
        words += [Word(text, 0.95, Box(x, top, x + 5.0 * len(text), top + 10)) for text, x in printed]
        words += [Word("ноября", 0.6, Box(250, top, 290, top + 10))] if by_word else []
        rules += [Box(a, top + 11, b, top + 12) for a, b in ((206, 239), (246, 298), (311, 348))]
    sheet = replace(sheet, words=tuple(words), rules=tuple(rules))
    one_line = writing(sheet, 0.95)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if place.top < 430:
            return one_line.hand(number, place, boxed, dated)
        text = "25" if place.right < 245 else "26" if place.left > 300 else "-" if by_word else "11"
        return HandReading((WrittenText(text, (0.0, 0.0)),), (text, text), 0.9)

    (report,) = extract([sheet], "form.pdf", writing=replace(one_line, hand=hand))
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-11-25", not by_word)


def parted(month: str | None, years: tuple[bool, bool] = (True, True), title: str = "") -> tuple[Page, Writing]:
    """Two dates in parts: the month's word as the engine read it, None where it is in digits; years: whether the century is printed."""
    sheet = page(LABELS | ({60.0: title} if title else {}))
    words, rules = list(sheet.words), list(sheet.rules)
    for top, label, dated in ((450.0, "Дата снятия показаний", years[0]), (500.0, "Дата составления", years[1])):
        printed = [
            *zip(label.split(), (60.0, 90.0, 130.0), strict=False),
            ("«", 200.0),
            ("»", 240.0),
            *([("20", 300.0), ("г.", 350.0)] if dated else []),
        ]
        words += [Word(text, 0.95, Box(x, top, x + 5.0 * len(text), top + 10)) for text, x in printed]
        words += [Word(month, 0.3, Box(250, top, 290, top + 10))] if month is not None else []
        rules += [Box(a, top + 11, b, top + 12) for a, b in ((206, 239), (246, 298), *([(311, 348)] if dated else []))]
    sheet = replace(sheet, words=tuple(words), rules=tuple(rules))
    one_line = writing(sheet, 0.95)

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if place.top < 430:
            return one_line.hand(number, place, boxed, dated)
        text = "25" if place.right < 245 else "26" if place.left > 300 else "11" if month is None else "09"
        cost = 6.0 if text == "09" else 0.0  # what the readers of digits make of a word
        return HandReading((WrittenText(text, (cost, cost)),), (text, text), 0.9)

    return sheet, replace(one_line, hand=hand)


@pytest.mark.parametrize(("word", "day"), [("oxrabpa", "2026-10-25"), ("Чиланзар", None)])
def test_a_month_in_a_word_is_not_read_as_digits(word: str, day: str | None) -> None:
    sheet, asked = parted(word)
    (report,) = extract([sheet], "act.pdf", writing=asked)
    read = report.reading_date
    assert (read.value if read is not None else None) == day
    assert read is None or not read.certain


def test_a_date_whose_year_was_lost_has_that_of_the_other_and_is_never_certain() -> None:
    sheet, asked = parted(None, years=(False, True))
    (report,) = extract([sheet], "form.pdf", writing=asked)
    assert report.reading_date is not None
    assert (report.reading_date.value, report.reading_date.certain) == ("2026-11-25", False)


@pytest.mark.parametrize(("look", "serial"), [(0.01, "1306451"), (0.9, "1306457")])
def test_a_serial_that_is_print_is_the_engines(look: float, serial: str) -> None:
    sheet = page()
    sheet = replace(sheet, words=(*sheet.words, Word("1306451", 0.96, Box(130, 250, 172, 260))))
    asked = writing(sheet, 0.95)

    def seen(number: int, place: Box, boxed: bool) -> float:
        return look if place.top <= 255 <= place.bottom else 0.95

    (report,) = extract([sheet], "form.pdf", writing=replace(asked, look=seen))
    (meter,) = report.meters
    assert meter.serial is not None
    assert meter.serial.value == serial


LETTER = """
Исх. № 12345 от 23.11.2026
Договор № 00417        ИНН 301234567
Дата снятия показаний: 23.11.2026
Зав. №       1306457
Предыдущее показание, Гкал   {}
Текущее показание, Гкал      {}
Расход, Гкал                 {}
"""


@pytest.mark.parametrize(("numbers", "by_hand"), [(("7", "7", "0"), True), (("1284,87", "1331,92", "47,55"), False)])
def test_a_typed_letter_whose_numbers_the_engine_read_as_scraps_may_be_filled_in_by_hand(numbers: tuple[str, ...], by_hand: bool) -> None:
    sheet = typed(LETTER.format(*numbers), source=PageSource.OCR)
    lines = [w.box for w in sheet.words if w.text == "Гкал"]
    sheet = replace(sheet, rules=tuple(Box(box.right + 6, box.bottom, box.right + 150, box.bottom + 0.7) for box in lines))
    values = {box.top: text for box, text in zip(lines, ("1284,37", "1331,92", "47,55"), strict=True)}
    asked = writing(sheet, 0.01, values={top - 4: text for top, text in values.items()})

    def look(number: int, place: Box, boxed: bool) -> float:
        return 0.99 if any(place.top <= box.middle[1] <= place.bottom for box in lines) else 0.01

    (report,) = extract([sheet], "letter.pdf", writing=replace(asked, look=look))
    assert report.handwritten is by_hand


def test_digits_in_boxes_that_add_up_by_chance_are_no_print() -> None:
    sheet = page()
    digits = [Word(text, 0.95, Box(230, top, 236, top + 10)) for top, text in ((300.0, "5"), (350.0, "9"), (400.0, "4"))]
    sheet = replace(sheet, words=(*sheet.words, *digits))
    (report,) = extract([sheet], "form.pdf", writing=writing(sheet, 0.95))
    assert report.handwritten


ASKED = {120.0: "Название потребителя", 150.0: "Фактический адрес", 430.0: "Ф.И.О."}


def unread_page(scrawl: str, printed: bool = False) -> tuple[Page, Writing]:
    """A form that asks for organisation, address and name, with a caption below the line for the post; in all four places the engine read
    that of what the writer wrote. printed: the engine is asked about each place by itself, and reads that there."""
    sheet = page(LABELS | ASKED)
    words = list(sheet.words)
    for top in (*ASKED, 460.0):
        left = 100.0 if top == 460 else max(w.box.right for w in words if w.box.top == top) + 30
        words += [Word(scrawl, 0.3, Box(left, top - 1, left + 6.0 * len(scrawl), top + 10))] if scrawl and not printed else []
    words.append(Word("(должность)", 0.95, Box(90, 473, 150, 481)))
    sheet = replace(sheet, words=tuple(words), rules=(*sheet.rules, Box(60, 471, 190, 471.7)))
    asked = replace(writing(sheet, 0.95), printed=lambda number: tuple(w for w in sheet.words if w.text != scrawl))
    return sheet, replace(asked, print=lambda number, place: (Word(scrawl, 0.3, place),)) if printed else asked


REQUISITES = ("organization", "address", "position", "signatory")


@pytest.mark.parametrize("printed", [False, True])
def test_requisites_by_hand_that_cannot_be_read_are_there(printed: bool) -> None:
    sheet, asked = unread_page("hjkM,vn", printed)
    (report,) = extract([sheet], "form.pdf", writing=asked)
    found = [getattr(report, name) for name in REQUISITES]
    assert [(field.confidence < 0.5, field.certain) for field in found if field is not None] == [(True, False)] * 4
    assert [field.note for field in found if field is not None][0 if printed else 2 :] == [NOTE] * (4 if printed else 2)


@pytest.mark.parametrize("scrawl", ["", "—", "v", "/2"])
def test_an_empty_place_and_a_dash_or_a_tick_in_it_are_no_requisites(scrawl: str) -> None:
    sheet, asked = unread_page(scrawl)
    (report,) = extract([sheet], "form.pdf", writing=asked)
    assert [getattr(report, name) for name in REQUISITES] == [None] * 4


def test_print_that_was_not_read_and_a_stamp_over_the_place_prove_no_requisite() -> None:
    sheet, asked = unread_page("hjkM,vn", printed=True)
    places = (*ASKED, 460.0)
    typed_in = replace(
        asked, look=lambda number, place, boxed: 0.3 if any(place.top <= top + 5 <= place.bottom for top in places) else 0.95
    )
    stamped = replace(asked, stamp=lambda number: Box(60, 100, 500, 500))
    for writer in (typed_in, stamped):
        (report,) = extract([sheet], "form.pdf", writing=writer)
        assert [getattr(report, name) for name in REQUISITES] == [None] * 4


def test_of_what_a_stamp_covers_nothing_needs_to_be_read_where_letters_stand_clear_of_it() -> None:
    sheet, asked = unread_page("")
    stamped = replace(asked, stamp=lambda number: Box(60, 100, 500, 500), look_beside_stamp=lambda number, place: 0.95)
    (report,) = extract([sheet], "form.pdf", writing=stamped)
    found = [getattr(report, name) for name in REQUISITES]
    assert [field is not None and field.note == NOTE and not field.certain for field in found] == [True] * 4


@pytest.mark.parametrize(("row", "named"), [(150.0, False), (430.0, True)])
def test_a_town_by_hand_in_the_place_for_the_address_names_nobody(row: float, named: bool) -> None:
    """«г. Ташкент» by hand is read as a surname with an initial."""
    sheet, asked = unread_page("")
    left = max(w.box.right for w in sheet.words if w.box.top == row) + 30
    town = (
        Word("Таумкентов", 0.7, Box(left, row - 1, left + 60, row + 10)),
        Word("Г.С.", 0.7, Box(left + 64, row - 1, left + 84, row + 10)),
    )
    (report,) = extract([replace(sheet, words=(*sheet.words, *town))], "form.pdf", writing=asked)
    assert (report.signatory is not None) is named


def test_of_two_places_for_the_contract_the_one_that_can_be_read_counts() -> None:
    sheet = page(LABELS | {450.0: "Договор №"})
    asked = writing(sheet, 0.95, values=VALUES | {450.0: "22655"})

    def hand(number: int, place: Box, boxed: bool, dated: bool) -> HandReading:
        if place.top <= 205 <= place.bottom:  # «2026 йил» under the ink
            return HandReading((WrittenText("20261", (9.0, 9.0)),), ("20261", "20261"), 0.9)
        return asked.hand(number, place, boxed, dated)

    (report,) = extract([sheet], "form.pdf", writing=replace(asked, hand=hand))
    assert report.contract_number is not None
    assert report.contract_number.value == "22655"
