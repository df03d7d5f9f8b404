"""A position under a pen is one of those that people have, or none."""

from __future__ import annotations

import pytest

from metering.pages import Box, PageSource, Word
from parsers.fields import extract
from parsers.requisites.covered_positions import covered_position
from tests.parsers.typed import typed


def words(text: str) -> list[Word]:
    return [Word(word, 0.3, Box(50.0 * n, 100, 50.0 * n + 45, 110)) for n, word in enumerate(text.split())]


@pytest.mark.parametrize(
    ("read", "position"),
    [
        ("BoshArigregtin,", "Bosh"),
        ("ужалик Мудурн", "Хўжалик мудири"),
        ("Отёежствхнноелицо", "Ответственное лицо"),
        ("Bosnldixgkton~", "Bosh"),
    ],
)
def test_a_position_that_a_pen_crosses_is_there_and_doubtful(read: str, position: str) -> None:
    found = covered_position(words(read), 1)
    assert found is not None
    assert (found.value, found.note) == (position, "partly covered")
    assert found.trust < 0.8


@pytest.mark.parametrize(
    "read",
    ["CYATE TY A", "|4 Зы Зе 48 ЗН. нк", "apseante cai toy i Ys", "Прелставител потребит", "Подпись ответственного лица", "Iste molchi"],
)
def test_strokes_and_labels_are_no_position(read: str) -> None:
    assert covered_position(words(read), 1) is None


def test_a_label_that_asks_for_the_position_is_none() -> None:
    text = "Договор № 03117\nЗав. № 4411223  было 593772,09 стало 593810,50 расход 38,41 Гкал\n\nLavozimi: ________ Karimov Sh.R."
    (report,) = extract([typed(text, source=PageSource.OCR, confidence=0.95)], "scan.pdf", None)
    assert report.signatory is not None
    assert report.position is None
