"""Blanks inside sentences and brackets, and tables whose labels stand in the very cells that are to be filled in."""

from __future__ import annotations

import pytest

from metering.pages import Box, Word
from parsers.page.found import NUMBERS
from tests.parsers.handwritten.test_pages import VALUES
from tests.parsers.handwritten.test_places import places, words
from tests.parsers.handwritten.test_unlabelled import LOST, read

SLIP = ("Счетчик №", "Предыдущее", "Последнее", "Израсходовано", "Ед. изм.")


def cells(wide: float) -> tuple[Box, ...]:
    return tuple(Box(60 + n * (wide + 3), 186, 60 + n * (wide + 3) + wide, 228) for n in range(round(500 / wide)))


def labelled(frames: tuple[Box, ...], labels: tuple[str, ...] = SLIP, top: float = 190) -> list[Word]:
    return [word for frame, label in zip(frames, labels, strict=False) for word in words(label, frame.left + 3, top)]


def heading() -> tuple[list[Word], tuple[Box, ...]]:
    """As many values behind their labels as the table has."""
    spots = {"Дог. №": (300.0, 60.0), "ИНН": (60.0, 150.0), "Снято": (60.0, 260.0), "Сдано": (300.0, 260.0)}
    printed = [word for text, (left, top) in spots.items() for word in words(text, left, top)]
    return printed, tuple(Box(left + 50, top + 11, left + 150, top + 12) for left, top in spots.values())


def test_labels_in_the_corners_of_a_row_of_cells_leave_the_rest_of_their_own_cells() -> None:
    printed, rules = heading()
    frames = cells(97)
    found = places([*printed, *labelled(frames)], rules, frames)
    (row,) = found.rows
    assert {key: frames.index(next(f for f in frames if f.holds(place.box))) for key, place in row.places.items()} == {
        "serial": 0,
        **{name: n for n, name in enumerate(NUMBERS, 1)},
    }
    assert all(place.box.top >= 199 and place.box.bottom == 228 for place in row.places.values())
    assert row.unit is not None
    assert frames[4].holds(row.unit)
    assert not found.loose
    assert {"contract_number", "inn", "reading_date", "report_date"} == found.single.keys()


def test_a_label_that_begins_over_its_cell_leaves_the_rest_of_the_cell_in_which_it_ends() -> None:
    frames = cells(120)
    printed = [*words("1-hisoblagich", 60, 172), *labelled(frames, ("Zavod raqami", "Oldingi", "Joriy", "Sarf"))]
    (row,) = places(printed, frames=frames).rows
    assert row.places["serial"].box == Box(frames[0].left, 200, frames[0].right, frames[0].bottom)


def test_where_labels_and_values_take_turns_the_next_cell_is_the_value_s() -> None:
    printed, rules = heading()
    frames = cells(60)
    found = places([*printed, *labelled(frames[::2], ("Счет. №", "Было", "Стало", "Расход"))], rules, frames)
    assert not found.rows
    assert [place.box.left for key, place in found.loose if key in NUMBERS] == [frames[n].left for n in (3, 5, 7)]


def test_heads_with_cells_below_them_are_filled_in_there() -> None:
    frames = cells(97)
    below = tuple(Box(f.left, 231, f.right, 255) for f in frames)
    (row,) = places(labelled(frames), frames=(*frames, *below)).rows
    assert all(place.box.top == 231 for place in row.places.values())


def bracketed(opening: str) -> list[Word]:
    return [*words(f"ҳисоблагичи {opening}завод рақами", 60, 200), *words(") кўрсаткичларини", 330, 200)]


def test_a_bracket_that_closes_behind_a_blank_is_none_of_its_digits() -> None:
    line = (Box(230, 212, 329, 213),)
    ((_, place),) = [(k, p) for k, p in places(bracketed("("), line).loose if k == "serial"]
    assert place.box.right < 330
    ((_, stroke),) = [(k, p) for k, p in places(bracketed(""), line).loose if k == "serial"]
    assert stroke.box.right > 332  # where none is open a bracket may be a written 1


def test_the_last_bracket_closes_where_ink_was_read_as_one() -> None:
    line = (Box(230, 212, 329, 213),)
    printed = [*bracketed("("), *words(")", 260, 200)]
    ((_, place),) = [(k, p) for k, p in places(printed, line).loose if k == "serial"]
    assert 320 < place.box.right < 330


def test_a_contract_s_number_stands_before_the_word_that_numbers_it() -> None:
    printed = [*words("-сонли шартномага асосан 2026 йил", 145, 200), *words("СТИР", 60, 150)]
    (contract,) = places(printed, (Box(60, 214, 144, 215),)).single["contract_number"]
    assert contract.box.right < 146
    assert "contract_number" not in places(printed).single  # the paper behind the word holds the year
    (behind,) = places(words("асосан шартнома №", 60, 200), (Box(170, 211, 250, 212),)).single["contract_number"]
    assert behind.box.left > 150


@pytest.mark.parametrize(("word", "found"), [("-сонли", True), ("бўйича", False)])
def test_the_word_that_numbers_a_contract_may_end_the_line_before_its_label(word: str, found: bool) -> None:
    printed = [*words(word, 445, 176), *words("шартнома асосида 2026 йил", 60, 200)]
    single = places(printed, (Box(360, 190, 444, 191),)).single
    assert any(place.box.right < 446 < place.box.right + 4 for place in single.get("contract_number", [])) is found


def test_a_bracket_that_touches_the_label_behind_it_is_open_too() -> None:
    (bracket, *label), behind = words("( завод рақами", 60, 200), words(") кўрсаткичларини", 330, 200)
    touching = Word(bracket.text, bracket.confidence, Box(60, 200, label[0].box.left + 2, 210))
    ((_, place),) = [(k, p) for k, p in places([touching, *label, *behind], (Box(160, 211, 326, 212),)).loose if k == "serial"]
    assert place.box.right < 332


@pytest.mark.parametrize("behind", ["кунги ҳолатига кўра", "ҳолатига кўра", "holatiga ko'ra", "sanadagi holatiga ko'ra"])
def test_the_day_of_the_readings_stands_on_the_blank_before_the_word_for_its_state(behind: str) -> None:
    (day,) = places(words(behind, 145, 200), (Box(60, 211, 142, 212),)).single["reading_date"]
    assert (day.box.left, day.box.right) == pytest.approx((60, 142), abs=3)


def test_of_two_days_before_the_word_for_their_state_or_one_behind_the_word_for_the_previous_index_none_is_the_readings() -> None:
    line = Box(150, 211, 242, 212)
    again = [*words("ҳолатига", 245, 200), *words("Гкал эди", 245, 230), *words("ҳолатига", 245, 260)]
    of_previous = [*words("Олдинги кўрсаткич", 30, 200), *words("кунги ҳолатига", 245, 200)]
    for printed, rules in ((again, (line, Box(150, 271, 242, 272))), (of_previous, (line,))):
        found = places(printed, rules).single.get("reading_date", [])
        assert not any(place.box.overlaps(Box(150, 200, 242, 212), 0.5) for place in found)


@pytest.mark.parametrize(("sign", "begins"), [("№", 270), ("", None)])
def test_behind_a_meter_s_type_its_serial_stands_behind_the_number_sign(sign: str, begins: float | None) -> None:
    printed = [*words("СТИР", 60, 150), *words("Issiqlik hisoblagich turi", 60, 200), *words(sign, 260, 200), *words("avvalgi", 60, 230)]
    rules = (Box(215, 211, 255, 212), Box(272, 211, 400, 212), Box(110, 241, 260, 242))
    serials = [place.box.left for key, place in places(printed, rules).loose if key == "serial"]
    assert [round(left, -1) for left in serials] == ([begins] if begins else [])


@pytest.mark.parametrize(
    ("above", "below", "found"),
    [
        ("20,01,2026", "20,02,2026", "2026-02-20"),  # «было на … стало на …»
        ("20,02,2026", "21,02,2026", "2026-02-20"),  # the readings' and the report's
        ("20,02,2026", "21,02,2025", "2026-02-20"),  # a year that one of them was read wrongly
    ],
)
def test_of_two_dates_a_month_apart_the_later_one_is_the_reading_s(above: str, below: str, found: str) -> None:
    report = read({450.0: LOST, 500.0: LOST}, VALUES | {450.0: above, 500.0: below})
    assert report.reading_date is not None
    assert report.reading_date.value == found
    assert not report.reading_date.certain
