"""The sender's address in a letterhead whose lines are centred under each other."""

from __future__ import annotations

from dataclasses import replace

from metering.pages import Box, PageSource, Word
from parsers.fields import extract
from tests.parsers.test_fields_samples import value
from tests.parsers.typed import typed

HEAD = """
      ГУ «Театр «Ильхом Ёшлар»»                 № 12
г. Ташкент, Сергелийский район, ул.
       {}
           ИНН 208338340

                         СПРАВКА
о потреблении теплоэнергии за март 2026 г. к договору № 00485

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
"""


def with_low_points(word: Word) -> Word:
    """A word as a picture has it: its points have no more than their own height."""
    symbols = [
        Box(box.left, box.bottom - 1.5, box.right, box.bottom) if sign == "." else box
        for sign, box in zip(word.text, word.symbols, strict=True)
    ]
    return replace(word, symbols=tuple(symbols))


def address(street: str) -> str | None:
    page = typed(HEAD.format(street), source=PageSource.OCR, confidence=0.95)
    (report,) = extract([replace(page, words=tuple(map(with_low_points, page.words)))], "letter.pdf", None)
    return value(report.address)


def test_it_goes_on_below_the_point_that_ends_its_first_line() -> None:
    assert address("Темур Малик, дом 20") == "г. Ташкент, Сергелийский район, ул. Темур Малик, дом 20"


def test_what_is_no_address_below_is_none_of_it() -> None:
    assert address("Телефон 244-18-05") == "г. Ташкент, Сергелийский район, ул."
