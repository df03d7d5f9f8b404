"""Tesseract as a program of its own, through pytesseract: the fallback where tesserocr cannot be installed."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytesseract
from PIL import Image

from metering.errors import PermanentError, TemporaryError
from metering.pages import Box, Word
from ocr.engine import PAGE_LANGUAGES, Layout, tessdata_folder

TIME_LIMIT = 120  # seconds a page: the worker's own limit is above it
_BOX = re.compile(r"bbox(?:es)? (\d+) (\d+) (\d+) (\d+)")
_CONFIDENCE = re.compile(r"x_wconf (\d+)")


class PytesseractEngine:
    def read(self, grey: np.ndarray, pixels_per_inch: float, layout: Layout, languages: str = PAGE_LANGUAGES) -> tuple[Word, ...]:
        options = (
            f'--tessdata-dir "{tessdata_folder()}" --oem 1 --psm {int(layout)} --dpi {round(pixels_per_inch)} '
            "-c hocr_char_boxes=1 -c tessedit_load_sublangs="
        )
        try:
            hocr = pytesseract.image_to_pdf_or_hocr(
                Image.fromarray(grey), lang=languages, config=options, extension="hocr", timeout=TIME_LIMIT
            )
        except pytesseract.TesseractNotFoundError as error:
            raise TemporaryError("the program tesseract is missing: apt install tesseract-ocr") from error
        except pytesseract.TesseractError as error:
            if "load" in str(error):
                raise TemporaryError(f"tesseract cannot load {languages}: install tesseract-ocr-<language> for each") from error
            raise PermanentError("tesseract could not read the page") from error
        except RuntimeError as error:  # pytesseract's timeout
            raise TemporaryError("tesseract took too long over a page") from error
        return _words(hocr, 72 / pixels_per_inch)

    def close(self) -> None:
        """Nothing stays open between pages."""


def _words(hocr: bytes, scale: float) -> tuple[Word, ...]:
    """Words of tesseract's own output (our program's, so XML of a known shape)."""
    words = []
    for span in ElementTree.fromstring(hocr).iter("{http://www.w3.org/1999/xhtml}span"):
        if span.get("class") != "ocrx_word":
            continue
        text, boxes = "", []
        for symbol in span.iter("{http://www.w3.org/1999/xhtml}span"):
            if symbol.get("class") != "ocrx_cinfo" or not symbol.text:
                continue
            text += symbol.text
            boxes += [_box(symbol.get("title", ""), scale)] * len(symbol.text)
        confidence = _CONFIDENCE.search(span.get("title", ""))
        if text.strip():
            words.append(Word(text, int(confidence[1]) / 100 if confidence else 0.0, _box(span.get("title", ""), scale), tuple(boxes)))
    return tuple(words)


def _box(title: str, scale: float) -> Box:
    found = _BOX.search(title)
    if found is None:
        raise PermanentError("tesseract gave a word without a place")
    left, top, right, bottom = (int(part) * scale for part in found.groups())
    return Box(left, top, right, bottom)
