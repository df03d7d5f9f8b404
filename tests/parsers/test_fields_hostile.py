"""Whatever stands on a page, extraction ends in good time, raises nothing, and says nothing that was not read."""

from __future__ import annotations

import re
from random import Random

import pytest

from metering.pages import Box, Page, PageSource, Word
from metering.reports import SecondReading
from parsers.fields import extract
from tests.parsers import samples
from tests.parsers.typed import typed

SAMPLES = [value for name, value in vars(samples).items() if name.isupper()]
NOISE = "0123456789.,;:-–—|/\\()[]{}«»\"'№#_=+*<>→ABCabcЖЩЪыьўқғҳ³°\u00a0\u200b\ufffd"


def torn(random: Random) -> Page:
    """A sample as bad OCR could leave it: words lost, letters changed, boxes jolted, halves glued."""
    page = typed(random.choice(SAMPLES), source=PageSource.OCR, confidence=0.6)
    words = []
    for word in page.words:
        if random.random() < 0.1:
            continue
        text = "".join(random.choice(NOISE) if random.random() < 0.08 else c for c in word.text)
        shift = random.uniform(-4, 4)
        box = Box(word.box.left + shift, word.box.top + shift, word.box.right + shift, word.box.bottom + shift)
        words.append(Word(text, random.random(), box, word.symbols if random.random() < 0.5 and len(text) == len(word.symbols) else ()))
    rules = tuple(Box(x, 0, x + 0.5, 800) for x in sorted(random.uniform(0, 600) for _ in range(random.randint(0, 8))))
    return Page(1, page.width, page.height, tuple(words), PageSource.OCR, rules)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("seed", range(40))
def test_a_torn_page_raises_nothing(seed: int) -> None:
    random = Random(seed)
    page = torn(random)

    def second(number: int, box: Box) -> SecondReading:
        text, more = ("".join(random.choice("0123456789.,-") for _ in range(random.randint(0, 9))) for _ in range(2))
        return SecondReading(text, random.choice((text, text + more, more + text, more)), random.random())

    for report in extract([page], "torn.jpg", second, lambda number, top, bottom: torn(random).words):
        for meter in report.meters:
            for field in (meter.previous, meter.current, meter.consumption):
                assert field is None or field.number is not None


@pytest.mark.parametrize("seed", range(20))
def test_every_number_of_a_text_layer_was_printed(seed: int) -> None:
    random = Random(seed)
    page = torn(random)
    page = Page(1, page.width, page.height, tuple(Word(w.text, 1.0, w.box) for w in page.words), PageSource.TEXT_LAYER)
    printed = digits(" ".join(w.text for w in page.words))
    for report in extract([page], "torn.pdf"):
        for meter in report.meters:
            for field in (meter.serial, meter.previous, meter.current, meter.consumption):
                if field is not None and field.note is None:
                    assert all(part in printed for part in re.findall(r"\d+", field.value))


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 4_000,
        "договор " * 3_000,
        "1.1.1." * 3_000,
        "\n".join("Предыдущее Текущее Расход Зав. №" for _ in range(400)),
        "\n".join(f"{n:02d}.11.2026 " + "1,23 " * 20 for n in range(1, 29)) * 4,
        "«" * 5_000,
        "ООО «" * 2_000,
        "А.Б.В.Г." * 2_000,
    ],
    ids=["numbers", "labels", "dots", "headers", "days", "quotes", "names", "initials"],
)
def test_a_hostile_page_comes_to_an_end(text: str) -> None:
    """Within the suite's timeout, that is: patterns that backtrack would not."""
    assert len(extract([typed(text)], "hostile.pdf")) >= 1


def test_words_without_extent_and_empty_words_are_borne() -> None:
    words = tuple(Word(text, 0.5, Box(0, 0, 0, 0)) for text in ("", " ", "1", "Договор", "№", "12345", "|", "\u200b"))
    assert extract([Page(1, 0, 0, words, PageSource.OCR)], "x.png")
