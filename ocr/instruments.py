"""The engines and models that read: loaded once a worker process, those that few pages need on their first use."""

from __future__ import annotations

import functools

from ocr.combs import CombReader
from ocr.direction import DirectionReader
from ocr.engine import Engine, choose_engine
from ocr.handwriting import HandReader
from ocr.second_reader import SecondReader


class Instruments:
    """engine: reads print; direction: tells which way is up. Not safe for threads."""

    def __init__(self, engine: Engine | None = None) -> None:
        self.engine = engine or choose_engine()
        self.direction = DirectionReader()

    @functools.cached_property
    def second(self) -> SecondReader:
        return SecondReader()

    @functools.cached_property
    def hand(self) -> HandReader:
        return HandReader(self.second)

    @functools.cached_property
    def combs(self) -> CombReader:
        return CombReader(self.second)
