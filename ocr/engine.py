"""One way to read a page with tesseract, whichever binding is installed."""

from __future__ import annotations

import functools
import os
from enum import IntEnum
from pathlib import Path
from typing import Protocol

import numpy as np

from metering.errors import TemporaryError
from metering.pages import Word

PAGE_LANGUAGES = "rus+eng"  # a third and fourth language cost 1.3 to 1.9 times and give nothing for numbers

# One page is one core's work: without this a page takes several times its CPU time in waiting.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


class Layout(IntEnum):
    """Tesseract's page segmentation modes that we use."""

    COLUMN = 4  # one column of text of variable sizes: the best for ruled reports
    BLOCK = 6  # one uniform block: for tables drawn with | and box characters
    LINE = 7
    SPARSE = 11  # as much text as possible in no order: fails on other pages than COLUMN


class Engine(Protocol):
    """Reads a grey page (height x width, uint8). Boxes of the words are in points from the picture's top left."""

    def read(self, grey: np.ndarray, pixels_per_inch: float, layout: Layout, languages: str = PAGE_LANGUAGES) -> tuple[Word, ...]: ...

    def close(self) -> None: ...


def choose_engine() -> Engine:
    """tesserocr, or where it cannot be had pytesseract: the same values at 2.3 to 2.5 times the cost (docs/decisions/)."""
    try:
        from ocr.tesserocr_engine import TesserocrEngine
    except ImportError:
        from ocr.pytesseract_engine import PytesseractEngine

        return PytesseractEngine()
    return TesserocrEngine()


@functools.cache
def tessdata_folder() -> Path:
    """Where the language files are. The wheel of tesserocr brings none, so the place is set by hand."""
    named = os.environ.get("TESSDATA_PREFIX")
    usual = [Path(named), Path(named) / "tessdata"] if named else []
    usual += sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True)
    usual += [Path("/usr/share/tessdata"), Path("/usr/share/tesseract/tessdata"), Path("/usr/local/share/tessdata")]
    for folder in usual:
        if (folder / "rus.traineddata").is_file() and (folder / "eng.traineddata").is_file():
            return folder
    raise TemporaryError("tesseract's languages rus and eng are missing: apt install tesseract-ocr tesseract-ocr-rus")


def installed_languages() -> frozenset[str]:
    """Names of the language files in the tessdata folder."""
    return frozenset(path.name.removesuffix(".traineddata") for path in tessdata_folder().glob("*.traineddata"))
