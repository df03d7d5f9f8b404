"""Values stand on that side of their labels on which the form as a whole writes them, meters in columns one beside the other."""

from __future__ import annotations

import itertools

from metering.pages import Box, Word
from parsers.handwritten.lines import Place
from parsers.handwritten.order import free_places
from parsers.page.marked import mark
from tests.parsers.handwritten.test_places import page_of, places, words

NUMBERS = ("previous", "current", "consumption")


def test_captions_belong_to_the_lines_above_them() -> None:
    printed: list[Word] = []
    rules: list[Box] = []
    for n, label in enumerate(("Договор №", "ИНН", "Предыдущее показание, Гкал", "Текущее показание, Гкал", "Расход, Гкал")):
        left, top = (60.0, 300.0)[n % 2], 150.0 + 50 * (n // 2)
        rules.append(Box(left, top, left + 200, top + 1))
        printed += words(f"({label})", left + 20, top + 5)
    found = places(printed, tuple(rules))
    assert [key for key, _ in found.loose] == list(NUMBERS)
    for (_, place), rule in zip(found.loose, rules[2:], strict=True):
        assert place.box.left == rule.left
        assert place.box.top < rule.top < place.box.bottom < rule.top + 10
    (contract,) = found.single["contract_number"]
    assert contract.box.right == rules[0].right


def stacked(labels: list[str]) -> tuple[list[Word], tuple[Box, ...]]:
    printed: list[Word] = []
    frames = []
    for n, label in enumerate(labels):
        left, top = (60.0, 320.0)[n % 2], 150.0 + 50 * (n // 2)
        printed += words(label, left, top)
        frames.append(Box(left, top + 13, left + 220, top + 35))
    return printed, tuple(frames)


def test_a_frame_below_its_label_is_its_place() -> None:
    printed, frames = stacked(["Договор №", "Дата снятия показаний", "Зав. №", "Предыдущее показание", "Текущее показание", "Расход"])
    found = places(printed, frames=frames)
    assert [(key, place.box) for key, place in found.loose] == list(zip(("serial", *NUMBERS), frames[2:], strict=True))
    assert found.single["contract_number"][0].box == frames[0]


def test_a_line_below_its_label_is_its_place_though_another_one_is_above_it() -> None:
    """A slip: small print above each line, two beside each other; a digit hides where one line begins, two lines met."""
    labels = ("Shartnoma №", "STIR", "Seriya raqami", "Ko'rsatkich olingan sana", "Avvalgi ko'rsatkich, Gkal", "Hozirgi ko'rsatkich, Gkal")
    printed: list[Word] = []
    rules: list[Box] = []
    for n, label in enumerate((*labels, "Sarf, Gkal")):
        left, top = (60.0, 300.0)[n % 2], 150.0 + 44 * (n // 2)
        printed += words(label, left, top)
        rules.append(Box(left, top + 33, left + 190, top + 34))
    rules[2:4] = [rules[2].union(rules[3])]
    rules[3] = Box(rules[3].left + 30, rules[3].top, rules[3].right, rules[3].bottom)
    found = places(printed, tuple(rules))
    assert [key for key, _ in found.loose] == ["serial", *NUMBERS]
    boxes = [found.single["reading_date"][0].box, *(place.box for _, place in found.loose)]
    assert [round(box.left) for box in boxes] == [300, 60, 60, 300, 60]
    assert boxes[1].right <= 300
    assert all(box.top >= 150 + 44 + 10 for box in boxes)


def test_the_one_free_frame_between_two_others_is_the_lost_label_s() -> None:
    printed, frames = stacked(["Договор №", "Дата снятия показаний", "Зав. №", "Предыхххх", "Текущее показание", "Расход"])
    assert ("previous", frames[3]) in [(key, place.box) for key, place in places(printed, frames=frames).loose]


def test_a_label_in_the_corner_of_its_frame_leaves_the_rest_of_it() -> None:
    printed: list[Word] = []
    frames = []
    for n, label in enumerate(("Договор №", "Предыдущее показание", "Текущее показание", "Расход")):
        frames.append(Box(60, 150 + 50 * n, 300, 190 + 50 * n))
        printed += words(label, 64, 152 + 50 * n)
    found = places(printed, frames=tuple(frames))
    assert [key for key, _ in found.loose] == list(NUMBERS)
    assert all(
        place.boxed and place.box.height > 20 and frame.holds(place.box) for (_, place), frame in zip(found.loose, frames[1:], strict=True)
    )


def test_each_column_of_a_table_is_a_meter_where_its_rows_are_labelled() -> None:
    labels = ("Зав. №", "Предыдущее показание", "Текущее показание", "Расход")
    printed = [word for n, label in enumerate(labels) for word in words(label, 62, 200 + 25 * n)]
    frames = [Box(left, 195 + 25 * n, left + 150, 217 + 25 * n) for n in range(4) for left in (60, 214, 368)]
    del frames[7]  # ink hid it
    found = places(printed, frames=tuple(frames)).loose
    assert [key for key, _ in found] == ["serial", *NUMBERS] * 2
    assert [place.box.left for _, place in found] == [214] * 4 + [368] * 4


def test_the_unit_and_the_system_behind_a_label_are_a_part_of_it() -> None:
    printed = [*words("Зав. № (Отопление)", 60, 200), *words("Предыдущее показание,", 60, 230), *words("Гкал", 190, 230)]
    found = dict(places(printed, (Box(175, 210, 300, 211), Box(230, 240, 330, 241))).loose)
    assert found["serial"].box.left > 160
    assert found["previous"].box.left > 215


def test_a_contract_whose_label_is_lost_stands_directly_before_the_taxpayer_s_number() -> None:
    printed, frames = stacked(["Дохххх", "ИНН", "Дата снятия показаний", "Предыдущее показание", "Текущее показание", "Расход"])
    (contract,) = places(printed, frames=frames).single["contract_number"]
    assert contract.box == frames[0]


def test_a_line_over_its_caption_that_a_digit_tears_is_one() -> None:
    captions = ("Договор №", "ИНН", "Предыдущее", "Расход")
    printed = [word for n, text in enumerate(captions) for word in words(f"({text})", 90, 214 + 50 * n)]
    rules = [Box(60, 210 + 50 * n, 240, 211 + 50 * n) for n in range(3)]
    found = places(printed, (*rules, Box(60, 360, 84, 361), Box(95, 360, 240, 361)))
    assert [round(place.box.left) for key, place in found.loose if key == "consumption"] == [60]


def test_captions_below_one_line_part_it_among_them() -> None:
    printed: list[Word] = []
    rules: list[Box] = []
    for n, captions in enumerate((("Договор №", "ИНН"), ("Счётчик", "Зав. №"), ("Предыдущее", "Текущее", "Расход"))):
        rules.append(Box(50, 150 + 50 * n, 550, 151 + 50 * n))
        for m, label in enumerate(captions):
            printed += words(f"({label})", 80 + 170 * m, 155 + 50 * n)
    found = places(printed, tuple(rules))
    edges = [(key, round(place.box.left), round(place.box.right)) for key, place in found.loose if key in NUMBERS]
    assert [key for key, _, _ in edges] == list(NUMBERS)
    assert all(a[2] == b[1] for a, b in itertools.pairwise(edges))
    assert (edges[0][1], edges[-1][2]) == (50, 550)
    (contract,) = found.single["contract_number"]
    assert contract.box.right < 250


def test_a_piece_of_a_line_that_other_captions_leave_is_free() -> None:
    line = Box(50, 150, 550, 151)
    printed = [*words("(Предыдущее)", 80, 155), *words("(Текущее)", 260, 155)]
    known = [Place(Box(50, 126, 200, 157), boxed=False), Place(Box(200, 126, 330, 157), boxed=False)]
    (piece,) = free_places(mark(page_of(printed, (line,))), (), known)
    assert (round(piece.box.left), round(piece.box.right)) == (330, 550)
