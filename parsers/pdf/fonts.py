"""What the glyphs of a PDF's font mean where the file does not say: by the table in the embedded font itself."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pypdfium2.raw as pdfium_c


def letters_by_glyph(font: Any) -> Mapping[int, str]:
    """The letter of each glyph number, of an embedded TrueType font; empty of any other.

    Old programs and virtual printers embed fonts without /ToUnicode; the numbers of their glyphs are then the codes in the page's text.
    """
    size = ctypes.c_size_t()
    if pdfium_c.FPDFFont_GetIsEmbedded(font) != 1 or not pdfium_c.FPDFFont_GetFontData(font, None, 0, size):
        return {}
    buffer = (ctypes.c_uint8 * size.value)()
    pdfium_c.FPDFFont_GetFontData(font, buffer, size.value, size)
    from fontTools.ttLib import TTFont  # rarely needed, and slow to load

    try:
        with TTFont(BytesIO(bytes(buffer)), lazy=True) as opened:
            if "glyf" not in opened:  # of PostScript outlines the codes need not be the glyphs' numbers
                return {}
            return {opened.getGlyphID(name): chr(code) for code, name in (opened.getBestCmap() or {}).items()}
    except Exception:  # whatever a malformed font provokes: then its letters have no meaning
        return {}
