"""A label behind its value is moved before it, if the value is among what is asked for."""

from __future__ import annotations

from metering.pages import Box, Page, PageSource, Word
from parsers.page.marked import mark
from parsers.page.reading_order import labels_first


def test_a_value_that_is_spoken_for_takes_no_label() -> None:
    texts = ("1204,50", "-", "предыдущее", "показание")
    words = tuple(Word(text, 0.95, Box(60 + 80.0 * n, 100, 60 + 80.0 * n + 6 * len(text), 110)) for n, text in enumerate(texts))
    page = mark(Page(1, 595, 842, words, PageSource.OCR))
    number, label = page.items
    assert labels_first(page, [number, label]) == [label, number]
    assert labels_first(page, [label]) == [label]
