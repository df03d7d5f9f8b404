"""Places to write in are as wide as the paper is, and a table's cells are found where its rules are not."""

from __future__ import annotations

import itertools

import pytest

from metering.pages import Box, Page, PageSource, Word
from parsers.handwritten.lines import Place
from parsers.handwritten.places import find_places
from parsers.page.found import NUMBERS
from parsers.page.marked import mark

WIDTH = 595.0


def words(text: str, left: float, top: float, confidence: float = 0.95) -> list[Word]:
    out = []
    for part in text.split():
        out.append(Word(part, confidence, Box(left, top, left + 6.0 * len(part), top + 10)))
        left += 6.0 * len(part) + 4
    return out


def page_of(printed: list[Word], rules: tuple[Box, ...] = ()) -> Page:
    return Page(1, WIDTH, 842, tuple(printed), PageSource.OCR, rules)


def places(printed: list[Word], rules: tuple[Box, ...] = (), frames: tuple[Box, ...] = ()):  # type: ignore[no-untyped-def]
    return find_places(mark(page_of(printed, rules)), frames)


def test_digits_that_hide_the_beginning_of_a_line_or_tear_it_are_in_its_place() -> None:
    printed = [*words("Договор №", 60, 200), *words("ИНН", 300, 200)]
    found = places(printed, (Box(150, 210, 190, 211), Box(215, 210, 250, 211), Box(330, 210, 450, 211)))
    (contract,) = found.single["contract_number"]
    assert contract.box.left == pytest.approx(118, abs=4)
    assert 260 < contract.box.right < 300


def test_of_a_line_of_which_ink_hides_all_but_its_beginning_the_place_goes_on_to_the_next_print() -> None:
    printed = [*words("Шартнома №", 60, 200), *words("СТИР", 246, 200)]
    (contract,) = places(printed, (Box(138, 210, 165, 211), Box(368, 210, 420, 211))).single["contract_number"]
    assert 235 < contract.box.right < 246
    (beside,) = places(printed, (Box(138, 210, 165, 211), Box(190, 210, 230, 211))).single["contract_number"]
    assert beside.box.right > 225  # what is hidden between two parts of it
    (whole,) = places([*words("Шартнома №", 60, 200), *words("СТИР", 400, 200)], (Box(138, 210, 230, 211),)).single["contract_number"]
    assert whole.box.right < 265


def test_cells_of_a_table_beside_each_other_are_no_rows_of_boxes() -> None:
    frames = tuple(Box(left, 195, left + 142, 217) for left in (245.0, 391.0))
    (found,) = [place for key, place in places(words("Oldingi ko'rsatkich", 60, 200), frames=frames).loose if key == "previous"]
    assert (found.box.left, found.box.right) == (245, 387)


def test_a_place_that_is_too_long_in_one_reading_has_the_others_behind_it() -> None:
    lines = (Box(126, 210, 240, 211), Box(285, 210, 460, 211))
    long = places(words("Договор №", 60, 200), lines)
    long.add_lost(places([*words("Договор №", 60, 200), *words("ИНН", 255, 200)], lines), mark(page_of([])))
    first, second = long.single["contract_number"]
    assert first.box.right > 400
    assert second.box.right < 260


def test_a_label_that_is_read_badly_still_ends_the_place_before_it() -> None:
    printed = [*words("Договор №", 60, 200), *words("ИНН", 300, 200, 0.4)]
    (contract,) = places(printed).single["contract_number"]
    assert contract.box.right < 300


def test_a_label_goes_on_at_the_beginning_of_the_next_line() -> None:
    printed = [*words("Договор №", 60, 150), *words("Shartnoma bo'yicha hisoblagichning joriy", 60, 200), *words("ko'rsatkich", 60, 225)]
    found = places(printed, (Box(140, 235, 240, 236),))
    ((key, place),) = found.loose
    assert key == "current"
    assert place.box.left < 140 < 235 < place.box.right


def test_a_word_of_a_title_has_no_place() -> None:
    printed = [*words("Сведения о расходе тепла", 200, 60), *words("Потребитель", 60, 100), *words("Договор №", 60, 150)]
    assert not places(printed, (Box(140, 110, 400, 111), Box(120, 160, 200, 161))).loose


def test_a_column_without_its_outer_rule_has_cells() -> None:
    heads = {60: "Зав. №", 160: "Система", 260: "Предыдущее", 360: "Текущее", 460: "Расход"}
    printed = [word for left, text in heads.items() for word in words(text, left, 300)]
    cells = [Box(left - 5, top, left + 90, top + 20) for top in (295, 320, 345) for left in list(heads)[:-1]]
    rows = places(printed, frames=tuple(cells)).rows
    assert [set(row.places) for row in rows] == [{"serial", "previous", "current", "consumption"}] * 2
    assert rows[0].places["consumption"].box.left > 450
    assert rows[0].kind == cells[5]


def test_the_heads_of_a_table_are_told_apart_by_its_cells_where_their_words_stand_close() -> None:
    heads = {60: "Seriya raqami", 142: "Oldingi ko'rsatkich, MWh", 290: "Oxirgi ko'rsatkich, MWh", 435: "Farqi, MWh"}
    printed = [word for left, text in heads.items() for word in words(text, left, 300)]
    edges = [58, 140, 288, 433, 520]
    cells = [Box(a + 1, top, b - 1, top + 20) for top in (295, 317, 339) for a, b in itertools.pairwise(edges)]
    found = places(printed, frames=tuple(cells))
    assert [list(row.places) for row in found.rows] == [["serial", "previous", "current", "consumption"]] * 2
    assert not found.loose


EDGES = [58, 150, 225, 310, 385, 470, 540]


def dated_table(*days: str) -> tuple[list[Word], tuple[Box, ...]]:
    """A table whose indexes have a column for their day each, with those words in the second row of its heads, and its cells."""
    heads = {62: "Зав. №", 170: "Предыдущие показания", 330: "Текущие показания", 475: "Разность"}
    printed = [word for left, text in heads.items() for word in words(text, left, 300)]
    printed += [word for edge, text in zip(EDGES[1:5], days, strict=True) for word in words(text, edge + 20, 322)]
    tall = [Box(a + 1, 297, b - 1, 337) for a, b in ((58, 150), (470, 540))]
    groups = [Box(a + 1, 297, b - 1, 317) for a, b in ((150, 310), (310, 470))]
    low = [Box(a + 1, top, b - 1, top + 18) for top in (319, 341, 361) for a, b in itertools.pairwise(EDGES) if top > 320 or 150 <= a < 470]
    return printed, (*tall, *groups, *low)


@pytest.mark.parametrize("days", [("дата", "Гкал", "дата", "Гкал"), ("", "", "", "")])
def test_the_day_of_an_index_stands_in_its_own_column_below_their_common_head(days: tuple[str, ...]) -> None:
    printed, cells = dated_table(*days)
    found = places(printed, frames=cells)
    assert [set(row.places) for row in found.rows] == [{"serial", "previous", "current", "consumption"}] * 2
    assert [row.places["current"].box.left for row in found.rows] == [386.0, 386.0]
    assert [place.box.left for place in found.single["reading_date"]] == [311.0, 311.0]


@pytest.mark.parametrize(("heads", "lefts"), [((4,), [60.0]), ((), []), ((3, 4), [])], ids=["one", "none", "two, one of them of the meter"])
def test_a_column_of_days_beside_those_of_the_numbers_is_the_readings(heads: tuple[int, ...], lefts: list[float]) -> None:
    names = ("Последнее показание", "Предыдущее показание", "Разница, Гкал", "Дата показаний", "Дата показаний")
    columns = [c for c in range(5) if c < 3 or c in heads]
    sides = {0: 170.0, 1: 300.0, 2: 430.0, 3: 480.0, 4: 60.0}
    printed = [w for c in columns for w in words(names[c], sides[c] + 4, 205)]
    frames = tuple(
        Box(sides[c], top, sides[c] + (50 if c == 3 else 105 if c == 4 else 125), top + 24) for c in columns for top in (200.0, 226.0)
    )
    found = places([*words("Дата", 400, 60), *printed], frames=frames)
    assert [(p.box.left, p.box.top) for p in found.single.get("reading_date", [])] == [(left, 226.0) for left in lefts]


@pytest.mark.parametrize(("under", "day"), [("", 470.0), ("Телефон", None)], ids=["cells to fill in", "a card"])
def test_the_head_of_an_index_may_have_the_blank_for_its_day(under: str, day: float | None) -> None:
    """«Олдинги кўрсаткич | сана ____», «Охирги кўрсаткич | сана ____» over one cell each."""
    names = ("Завод рақами", "Олдинги кўрсаткич", "Охирги кўрсаткич", "Истеъмол")
    sides = (60.0, 200.0, 340.0, 480.0)
    printed = [w for name, left in zip(names, sides, strict=True) for w in words(name, left + 4, 203)]
    printed += [*words("сана", 204, 219), Word("сана", 0.95, Box(344, 219, 400, 229))]  # with ink of the day
    printed += words(f"{under} Шартнома", 344, 240) if under else []
    frames = tuple(Box(left, top, left + 136, top + high) for left in sides for top, high in ((200.0, 34.0), (236.0, 24.0)))
    found = places(printed, frames=frames)
    if day is None:
        assert not found.single.get("reading_date")
        return
    (row,) = found.rows
    assert set(row.places) == {"serial", "previous", "current", "consumption"}
    (place,) = {p.box for p in found.single["reading_date"]}
    assert (place.left, place.top, place.right, place.bottom) == (368.0, 213.0, 476.0, 234.0)
    assert [p.box.left for p in found.passed] == [228.0]


@pytest.mark.parametrize(("index", "asked"), [("Было, Гкал", True), ("Марка", False)], ids=["beside both indexes", "one index is lost"])
def test_readings_on_a_day_beside_both_indexes_are_asked_for_their_day(index: str, asked: bool) -> None:
    names = ("Показания на дату", "Стало, Гкал", index, "Расход, Гкал")
    sides = (60.0, 190.0, 320.0, 450.0)
    printed = [w for name, left in zip(names, sides, strict=True) for w in words(name, left + 4, 203)]
    frames = tuple(Box(left, top, left + 126, top + 22) for left in sides for top in (200.0, 224.0))
    found = places([*words("Зав. №", 60, 150), *printed], (Box(110, 160, 200, 161),), frames)
    assert (60.0 in [p.box.left for p in found.single.get("reading_date", [])]) is asked


@pytest.mark.parametrize(("left", "found"), [(60.0, True), (300.0, False)], ids=["below it", "of whom it is from"])
def test_the_day_on_which_a_letter_was_sent_may_stand_below_its_number(left: float, found: bool) -> None:
    printed = [*words("Исх. №", 60, 100), *words("от", left, 124), *words("Договор №", 60, 200)]
    rules = (Box(106, 110, 200, 111), Box(left + 16, 134, left + 120, 135), Box(124, 210, 200, 211))
    day = places(printed, rules).single.get("report_date")
    assert (day is not None) is found
    assert day is None or day[0].box.left == pytest.approx(74, abs=6)


def test_a_paper_s_name_may_begin_the_label_of_its_day() -> None:
    printed = [*words("Шартнома №", 60, 160), *words("Далолатнома тузилган сана", 60, 200)]
    (day,) = places(printed, (Box(130, 170, 200, 171), Box(218, 210, 360, 211))).single["report_date"]
    assert day.box.left == pytest.approx(212, abs=6)
    titled = [*words("Шартнома №", 60, 160), *words("Далолатнома", 60, 200), *words("сана", 300, 200)]
    assert "report_date" not in places(titled, (Box(130, 170, 200, 171), Box(330, 210, 460, 211))).single


def test_the_day_stands_behind_its_index_where_the_head_says_so() -> None:
    printed, cells = dated_table("Гкал", "дата", "Гкал", "дата")
    found = places(printed, frames=cells)
    assert found.rows[0].places["previous"].box.left == 151.0
    assert found.single["reading_date"][0].box.left == 386.0


def test_a_cell_whose_head_was_lost_with_the_ink_comes_from_the_other_reading() -> None:
    printed, cells = dated_table("дата", "Гкал", "дата", "Гкал")
    lost = places([w for w in printed if w.text not in ("Зав.", "№")], frames=cells)
    assert "serial" not in lost.rows[0].places
    lost.add_lost(places(printed, frames=cells), mark(page_of(printed)))
    assert [row.places["serial"].box.left for row in lost.rows] == [59.0, 59.0]


def test_a_line_far_behind_a_label_is_another_label_s() -> None:
    (contract,) = places(words("Shartnoma", 60, 200), (Box(280, 210, 420, 211),)).single["contract_number"]
    assert contract.box.right < 280


def test_a_contract_number_stands_at_the_beginning_of_the_next_line_where_its_sign_ends_the_one_before() -> None:
    printed = [*words("hisoblagich (isitish), shartnoma №", 60, 150), *words("bo'yicha, olingan", 200, 180)]
    (contract,) = places(printed, (Box(60, 190, 180, 191),)).single["contract_number"]
    assert contract.box.left == pytest.approx(60, abs=3)
    assert contract.box.bottom > 190


def test_the_side_of_a_frame_that_is_read_as_a_bracket_hides_no_frame() -> None:
    printed = [*words("Oldingi ko'rsatkich", 60, 200), Word("[", 0.7, Box(181, 193, 191, 213)), *words("GJ", 270, 200)]
    ((_, place),) = places(printed, frames=(Box(183, 195, 265, 214),)).loose
    assert place.boxed


def test_the_lower_edges_of_cells_behind_labels_are_their_lines() -> None:
    labels = {200: "Шартнома рақами", 223: "СТИР", 246: "Кўрсаткич олинган сана"}
    printed = [word for top, text in labels.items() for word in words(text, 60, top)]
    found = places(printed, tuple(Box(230, top + 18.5, 500, top + 19.2) for top in labels)).single
    assert {name: (round(place.box.left) <= 230, place.box.right > 490) for name, (place,) in found.items()} == dict.fromkeys(
        ("contract_number", "inn", "reading_date"), (True, True)
    )
    assert found["inn"][0].box.bottom < found["reading_date"][0].box.bottom


def test_rows_of_boxes_with_a_comma_or_a_century_between_are_one_place() -> None:
    printed = [*words("Дата снятия показаний", 60, 204), Word("20", 0.9, Box(292, 204, 304, 214)), *words("ИНН", 360, 204)]
    frames = tuple(Box(left, 200, right, 218) for left, right in ((210, 244), (252, 286), (306, 340), (390, 500)))
    found = places(printed, frames=frames).single
    assert found["reading_date"][0].box == Box(210, 200, 340, 218)
    assert found["inn"][0].box == Box(390, 200, 500, 218)


def test_a_label_said_in_two_languages_has_one_place() -> None:
    said = {
        150: ("Oldingi ko'rsatkich /", "Предыдущее показание"),
        200: ("Joriy ko'rsatkich /", "Текущее показание"),
        250: ("Sarf /", "Расход"),
    }
    printed = [word for top, both in said.items() for n, text in enumerate(both) for word in words(text, 60, top + 13 * n)]
    frames = tuple(Box(220, top - 2, 400, top + 26) for top in said)
    assert places(printed, frames=frames).loose == [
        (key, Place(frame, boxed=True)) for key, frame in zip(("previous", "current", "consumption"), frames, strict=True)
    ]
    lines = tuple(Box(220, top + 25, 400, top + 25.7) for top in said)
    found = places(printed, lines).loose
    assert [key for key, _ in found] == ["previous", "current", "consumption"]
    assert all(place.box.bottom > line.top for (_, place), line in zip(found, lines, strict=True))


def test_what_stands_behind_a_cell_for_the_unit_is_the_value() -> None:
    rows = {130: ("Показатель", "Ед. изм.", "Значение"), 150: ("Номер договора", "", ""), 170: ("Предыдущее показание", "Гкал", "")}
    rows |= {190: ("Текущее показание", "Гкал", ""), 210: ("Расход", "Гкал", "")}
    lefts = (60, 220, 290)
    printed = [word for top, row in rows.items() for left, text in zip(lefts, row, strict=True) for word in words(text, left + 4, top + 4)]
    frames = tuple(Box(left, top, right, top + 18) for top in rows for left, right in zip(lefts, (218, 288, 460), strict=True))
    found = places(printed, frames=frames)
    assert found.single["contract_number"] == [Place(Box(290, 150, 460, 168), boxed=True)]
    assert [place.box.left for _, place in found.loose] == [290, 290, 290]


def test_a_column_of_dates_beside_the_readings_is_no_meter() -> None:
    rows = ("Наименование", "На начало месяца", "На конец месяца", "Расход")
    cells = [Box(left, 300 + 22 * n, right, 320 + 22 * n) for n in range(4) for left, right in ((60, 200), (202, 300), (302, 420))]
    printed = [word for n, text in enumerate(rows) for word in words(text, 64, 305 + 22 * n)]
    printed += [*words("Дата", 206, 305), *words("Показание", 306, 305), *words("Договор №", 60, 150), *words("Зав. №", 60, 200)]
    found = places(printed, (Box(130, 160, 220, 161), Box(110, 210, 220, 211)), tuple(cells))
    assert [(key, round(place.box.left)) for key, place in found.loose] == [("serial", 97), *((n, 302) for n in NUMBERS)]
    (reading,) = found.single["reading_date"]
    assert (reading.box.left, reading.box.top) == (202, 344)
    assert "report_date" not in found.single


def test_heads_that_are_labels_do_not_hide_the_meters_in_columns() -> None:
    rows = ("Показатель", "Заводской номер", "Предыдущее показание", "Текущее показание", "Расход")
    cells = [Box(left, 300 + 22 * n, right, 320 + 22 * n) for n in range(5) for left, right in ((60, 200), (202, 300), (302, 420))]
    printed = [word for n, text in enumerate(rows) for word in words(text, 64, 305 + 22 * n)]
    printed += [*words("Прибор № 1", 206, 305), *words("Прибор № 2", 306, 305)]
    found = places(printed, frames=tuple(cells))
    assert [key for key, _ in found.loose] == ["serial", "previous", "current", "consumption"] * 2
    assert not found.units
    below = [Box(left, 410, right, 430) for left, right in ((60, 200), (202, 300), (302, 420))]
    named = places([*printed, *words("Ед. изм.", 64, 415)], frames=(*cells, *below))
    assert [key for key, _ in named.loose] == ["serial", "previous", "current", "consumption"] * 2
    assert named.units == below[1:]


def test_a_place_whose_label_one_reading_lost_comes_from_the_other() -> None:
    whole = places([*words("Договор №", 60, 200), *words("ИНН", 60, 240), *words("Расход", 60, 280)])
    torn = places([*words("ИНН", 60, 240)])
    torn.add_lost(whole, mark(page_of(words("ИНН", 60, 240))))
    assert {*torn.single} == {"contract_number", "inn"}
    assert [key for key, _ in torn.loose] == ["consumption"]


def test_a_place_goes_on_where_one_reading_took_ink_for_a_word_but_not_over_a_unit() -> None:
    printed = [*words("Предыдущее", 60, 200), *words("Гкал", 300, 200)]
    short, unit = places([*words("Предыдущее", 60, 200), *words("Ягода", 160, 200), *words("Гкал", 300, 200)]), mark(page_of(printed))
    short.add_lost(places(words("Предыдущее", 60, 200)), unit)
    assert short.loose[0][1].box.right < 160
    short.add_lost(places(printed), unit)
    assert 280 < short.loose[0][1].box.right < 300


def test_a_row_of_boxes_in_a_cell_and_a_cell_with_a_unit_are_for_the_value_alone() -> None:
    cells = (Box(60, 195, 200, 217), Box(202, 195, 420, 217), Box(206, 199, 290, 213))
    ((_, boxes),) = places(words("Предыдущее", 64, 200), frames=cells).loose
    assert boxes.box == cells[2]
    ((_, cell),) = places([*words("Предыдущее", 64, 200), *words("Гкал", 385, 200)], frames=cells[:2]).loose
    assert (cell.box.left, cell.box.right) == (202, 383)


def test_the_row_of_a_number_whose_name_is_not_known_follows_the_others() -> None:
    rows = ("Прибор", "Заводской номер", "Система", "Было, Гкал", "Ххххх, Гкал", "Расход")
    cells = [Box(left, 300 + 22 * n, right, 320 + 22 * n) for n in range(6) for left, right in ((60, 200), (202, 300), (302, 420))]
    printed = [word for n, text in enumerate(rows) for word in words(text, 64, 305 + 22 * n)]
    found = places(printed, frames=tuple(cells))
    assert [(key, round(place.box.top)) for key, place in found.loose] == [
        ("serial", 322), ("previous", 366), ("current", 388), ("consumption", 410),
    ] * 2  # fmt: skip


def test_a_word_in_a_sentence_is_no_second_meter_where_its_value_has_a_line() -> None:
    labels = ("Предыдущее показание", "Текущее показание", "Расход")
    printed = [*words("Договор №", 60, 150), *words("Прошлый расход", 60, 180)]
    printed += [word for n, label in enumerate(labels) for word in words(label, 60, 210 + 30 * n)]
    rules = (Box(130, 160, 220, 161), *(Box(200, 220 + 30 * n, 400, 221 + 30 * n) for n in range(3)))
    assert [key for key, _ in places(printed, rules).loose] == list(NUMBERS)


def test_a_blank_before_a_printed_year_is_no_date() -> None:
    title = [*words("АКТ снятия показаний за", 60, 60), *words("2025", 330, 60)]
    found = places([*title, *words("Договор №", 60, 150)], (Box(220, 70, 320, 71), Box(130, 160, 220, 161)))
    assert "reading_date" not in found.single
    assert "contract_number" in found.single


def test_two_rows_between_the_serial_and_the_use_are_the_indexes() -> None:
    labels = ("Зав. №", "На 23.10.2026", "На 22.11.2026", "Расход")
    printed = [word for n, label in enumerate(labels) for word in words(label, 60, 200 + 30 * n)]
    frames = tuple(Box(200, 196 + 30 * n, 340, 214 + 30 * n) for n in range(4))
    found = places(printed, frames=frames)
    assert [(key, place.box) for key, place in found.loose] == list(zip(("serial", *NUMBERS), frames, strict=True))


def test_a_frame_behind_a_label_s_unit_is_its_place_though_a_word_between_was_not_read() -> None:
    printed = [*words("Предыдущее", 60, 200), *words("пкззн", 130, 200, 0.2), *words("Гкал", 170, 200)]
    ((key, place),) = places(printed, frames=(Box(260, 196, 420, 214),)).loose
    assert (key, place) == ("previous", Place(Box(260, 196, 420, 214), boxed=True))


def test_serials_in_a_column_beside_labelled_numbers_stand_in_its_cells() -> None:
    frames = tuple(
        Box(left, top, right, bottom)
        for top, bottom in ((198, 228), (231, 323), (326, 418))
        for left, right in ((60, 86), (90, 231), (234, 491))
    )
    heads = [*words("Завод рақами", 100, 208), *words("Ҳисоб", 340, 208)]
    rows = [
        word for top in (240, 335) for row, label in enumerate(("жорий", "олдинги", "фарқи")) for word in words(label, 240, top + 27 * row)
    ]
    found = places([*heads, *rows], frames=frames)
    assert sorted(key for key, _ in found.loose) == sorted(["serial", *NUMBERS] * 2)
    assert [place.box for key, place in found.loose if key == "serial"] == [Box(90, 231, 231, 323), Box(90, 326, 231, 418)]
    assert [key for key, _ in found.loose[:4]].count("serial") == 1
    # A column beside whose cells nothing is labelled is another's: the next cell is what is written behind the label.
    assert all(place.box.top < 231 for key, place in places(heads, frames=frames).loose if key == "serial")


def test_a_label_with_ink_of_other_lines_ends_no_higher_than_print() -> None:
    rows = [*words("жорий", 240, 240), *words("олдинги", 240, 270), Word("фарқи", 0.9, Box(240, 296, 278, 325))]
    loose = dict(places([*words("Ташкилот", 60, 60), *rows, *words("Тузилган сана", 60, 360)]).loose)
    assert loose["consumption"].box.top > loose["previous"].box.middle[1]
    assert loose["consumption"].box.height < 30
