"""Tesseract in this process, through tesserocr: the models stay loaded from page to page."""

from __future__ import annotations

import numpy as np
import tesserocr

from metering.errors import PermanentError, TemporaryError
from metering.pages import Box, Word
from ocr.engine import PAGE_LANGUAGES, Layout, tessdata_folder


class TesserocrEngine:
    """One a worker process; languages are loaded when first asked for and kept."""

    def __init__(self) -> None:
        self._apis: dict[str, tesserocr.PyTessBaseAPI] = {}

    def read(self, grey: np.ndarray, pixels_per_inch: float, layout: Layout, languages: str = PAGE_LANGUAGES) -> tuple[Word, ...]:
        api = self._apis.get(languages) or self._load(languages)
        grey = np.ascontiguousarray(grey)
        height, width = grey.shape
        try:
            api.SetPageSegMode(int(layout))
            api.SetImageBytes(grey.tobytes(), width, height, 1, width)
            api.SetSourceResolution(round(pixels_per_inch))
            if not api.Recognize():
                raise PermanentError("tesseract could not read the page")
            return _words(api, 72 / pixels_per_inch)
        except RuntimeError as error:
            raise PermanentError(f"tesseract could not read the page: {error}") from error
        finally:
            api.Clear()

    def close(self) -> None:
        for api in self._apis.values():
            api.End()
        self._apis.clear()

    def _load(self, languages: str) -> tesserocr.PyTessBaseAPI:
        try:
            # uzb loads uzb_cyrl by itself and the other way round; a page in one alphabet would get letters of the other.
            api = tesserocr.PyTessBaseAPI(
                path=f"{tessdata_folder()}/",
                lang=languages,
                oem=tesserocr.OEM.LSTM_ONLY,
                variables={"tessedit_load_sublangs": "", "debug_file": "/dev/null"},
            )
        except RuntimeError as error:
            raise TemporaryError(f"tesseract cannot load {languages}: install tesseract-ocr-<language> for each") from error
        self._apis[languages] = api
        return api


def _words(api: tesserocr.PyTessBaseAPI, scale: float) -> tuple[Word, ...]:
    symbols = api.GetIterator()
    if symbols is None:
        return ()
    words: list[Word] = []
    level, word_level = tesserocr.RIL.SYMBOL, tesserocr.RIL.WORD
    text, boxes = "", []
    for symbol in tesserocr.iterate_level(symbols, level):
        if symbol.Empty(level):
            continue
        if symbol.IsAtBeginningOf(word_level):
            text, boxes = "", []
            around = _scaled(symbol.BoundingBox(word_level), scale)
            confidence = symbol.Confidence(word_level) / 100
        character = symbol.GetUTF8Text(level)
        text += character
        boxes += [_scaled(symbol.BoundingBox(level), scale)] * len(character)
        if symbol.IsAtFinalElement(word_level, level) and text.strip():
            words.append(Word(text, max(0.0, min(1.0, confidence)), around, tuple(boxes)))
    return tuple(words)


def _scaled(bounds: tuple[int, int, int, int], scale: float) -> Box:
    left, top, right, bottom = bounds
    return Box(left * scale, top * scale, right * scale, bottom * scale)
