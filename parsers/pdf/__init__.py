"""PDF files to sheets: words and drawn lines where the text layer is sound, and a picture of each page (docs/opening.md, "PDF")."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from metering.messages import Fault, Sheet
from metering.pages import Box
from parsers.files.pictures import KEPT_PIXELS, PictureError
from parsers.files.plain import is_blank, write_plain
from parsers.mail.charsets import plausibility
from parsers.pdf.rules import read_rules
from parsers.pdf.text import TextLayer, read_text
from parsers.pdf.trial import fields_end
from parsers.wording.folding import tidy

SCAN_DPI = (200.0, 300.0)  # a scan is rendered at its own resolution within these (docs/opening.md, "PDF")
#: A page is rounded up to whole pixels: without this a scan becomes a pixel larger than it is, and all of it is drawn between pixels.
_UNROUNDED = 1 - 1e-5
TEXT_DPI = 100.0  # beside a sound text layer the picture serves only to find ink
ENOUGH_LETTERS = 50
IMAGES_COVER = 0.3  # share of the page; a stamp and a signature together are far below
_INVISIBLE_SHARE = 0.1
_SOUND = 0.8  # plausibility of the words
#: The rules of a table that is typed in box characters; garbage has such characters inside words.
_TYPED_RULES = re.compile(r"[─┌┐└┘├┤┬┴┼═╔╗╚╝╠╣╦╩╬╟╢╤╧╪╫]{3,}|(?<!\S)[│║┃]|[│║┃](?!\S)")

#: Cyrillic words with Latin letters that look like theirs.
_MIXED = re.compile(r"[а-яёА-ЯЁaceopxykmtbhACEHKMOPTXYB]{2,}")
_LOOKALIKES = str.maketrans("aceopxykmtbhACEHKMOPTXYB", "асеорхукмтвнАСЕНКМОРТХУВ")


def open_pdf(data: bytes, folder: Path, stem: str, pages_limit: int) -> tuple[list[Sheet], list[str]]:
    """Sheets of a PDF, upright, with pictures written into `folder`, and problems. Raises PictureError."""
    data = data[_header_at(data) :]
    if _is_cut(data):
        raise PictureError(Fault.DAMAGED, "the file ends in the middle of an object")
    document = _load(data, pages_limit)
    try:
        count = len(document)
        if count == 0:
            raise PictureError(Fault.DAMAGED, "no pages")
        problems = [f"only the first {pages_limit} of {count} pages are read"] if count > pages_limit else []
        sheets = [_open_page(document, i, folder / f"{stem}-{i + 1}") for i in range(min(count, pages_limit))]
    except pdfium.PdfiumError as error:
        raise PictureError(Fault.DAMAGED, f"a page cannot be opened: {error}") from error
    finally:
        document.close()
    if all(blank for _, blank in sheets):
        raise PictureError(Fault.DAMAGED, "every page is blank")
    return [sheet for sheet, _ in sheets], problems


def _header_at(data: bytes) -> int:
    match = re.search(rb"%PDF-[0-9]", data[:16384])
    return match.start() if match else 0


def _is_cut(data: bytes) -> bool:
    """Whether the file was cut off: behind its last end mark an object begins that does not end.

    PDFium mends such a file silently and shows what is left of it, which for a scan is a blank or half a page.
    """
    ended = data.rfind(b"%%EOF")
    rest = data[ended + 5 if ended >= 0 else 0 :]
    last = max(rest.rfind(b"endobj"), rest.rfind(b"\nxref"), rest.rfind(b"\rxref"))
    return re.search(rb"\d\s+obj\b", rest[last + 6 if last >= 0 else 0 :]) is not None


def _load(data: bytes, pages_limit: int) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise PictureError(Fault.ENCRYPTED if locked else Fault.DAMAGED, str(error)) from error
    if document.get_formtype() == pdfium_c.FORMTYPE_ACRO_FORM:
        if not fields_end(document, pages_limit):
            raise PictureError(Fault.DAMAGED, "its form fields have no end")
        document.init_forms()
    return document


@dataclass(frozen=True, slots=True)
class _Look:
    """What PDFium says of a page at a glance. box: the visible part, in the page's own coordinates (left, bottom, right, top)."""

    letters: int
    images: int
    cover: float  # share of the page under images
    native_dpi: float | None  # of the largest image
    invisible: float  # share of text objects that are not painted: somebody's OCR

    @property
    def may_be_sound(self) -> bool:
        return self.letters > ENOUGH_LETTERS and self.cover < IMAGES_COVER and self.invisible <= _INVISIBLE_SHARE


def _open_page(document: pdfium.PdfDocument, index: int, stem: Path) -> tuple[Sheet, bool]:
    """One page, upright, and whether it shows nothing at all. What changes a page shows only once it is loaded anew, which takes longer
    than all else that is asked of it."""
    page = document[index]
    if _flatten(page):
        page = _anew(document, index, page)
    look, is_turned = _look(page)
    if is_turned:
        page = _anew(document, index, page)
    if look.may_be_sound and _turn_content(page):
        page = _anew(document, index, page)
    layer = _read_layer(page) if look.may_be_sound else None
    opened = _sheet(page, index + 1, look, layer, stem)
    page.close()
    return opened


def _anew(document: pdfium.PdfDocument, index: int, page: pdfium.PdfPage) -> pdfium.PdfPage:
    page.close()
    return document[index]


def _flatten(page: pdfium.PdfPage) -> bool:
    """People fill forms in and type over them with annotations, which text extraction does not see otherwise: these become part of the
    page. Whether there were any."""
    return bool(pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) != pdfium_c.FLATTEN_NOTHINGTODO)


def _look(page: pdfium.PdfPage) -> tuple[_Look, bool]:
    """A glance at a page, which is turned so that its text stands upright, and whether it had to be."""
    left, bottom, right, top = page.get_bbox()
    area = max(1.0, (right - left) * (top - bottom))
    images = invisible = texts = 0
    covered, largest, native = 0.0, 0.0, None
    for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_TEXT]):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            texts += 1
            invisible += pdfium_c.FPDFTextObj_GetTextRenderMode(thing) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            continue
        images += 1
        x0, y0, x1, y1 = thing.get_bounds()
        shown = max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
        covered += shown
        if shown > largest:
            largest = shown
            width, height = thing.get_px_size()
            native = 72 * math.sqrt(width * height / max(1.0, (x1 - x0) * (y1 - y0)))
    letters, angle = _letters_and_direction(page)
    if is_turned := angle is not None and angle != page.get_rotation():
        page.set_rotation(angle)
    return _Look(letters, images, covered / area, native, invisible / max(1, texts)), is_turned


def _letters_and_direction(page: pdfium.PdfPage) -> tuple[int, int | None]:
    """How many letters and digits the text layer has, and the /Rotate under which most of them stand upright."""
    layer = page.get_textpage()
    count = layer.count_chars()
    letters, angles = 0, Counter[int]()
    for i in range(min(count, 20_000)):
        if not chr(pdfium_c.FPDFText_GetUnicode(layer, i) or 32).isalnum():
            continue
        letters += 1
        if letters <= 2000:
            angle = math.degrees(pdfium_c.FPDFText_GetCharAngle(layer, i))
            angles[round(angle)] += 1
    layer.close()
    main, votes = max(((a, n) for a, n in angles.items()), key=lambda pair: pair[1], default=(0, 0))
    if letters <= ENOUGH_LETTERS or votes * 2 < min(letters, 2000) or main % 90:
        return letters, None
    return letters, -main % 360


def _turn_content(page: pdfium.PdfPage) -> bool:
    """Turns what is drawn in place of the page, so that its letters stand upright in their own coordinates. Whether it had to."""
    turn = page.get_rotation()
    if not turn:
        return False
    a, b = {90: (0, -1), 180: (-1, 0), 270: (0, 1)}[turn]
    left, bottom, right, top = page.get_bbox()
    across, down = (a * left - b * bottom, a * right - b * top), (b * left + a * bottom, b * right + a * top)
    visible = min(across), min(down), max(across), max(down)
    pdfium_c.FPDFPage_TransFormWithClip(page, pdfium_c.FS_MATRIX(a, b, -b, a, 0, 0), None)
    page.set_mediabox(*visible)
    page.set_cropbox(*visible)
    page.set_rotation(0)
    return True


def _read_layer(page: pdfium.PdfPage) -> tuple[TextLayer, tuple[Box, ...]] | None:
    """Text and rules of a page whose text layer is sound, else None."""
    text = read_text(page)
    if not text.is_meant or not is_sound(" ".join(word.text for word in text.words)):
        return None
    return text, read_rules(page)


def is_sound(text: str) -> bool:
    """Whether a text layer says what the page shows: enough letters, of our alphabets, in words (docs/opening.md, "PDF")."""
    if sum(c.isalnum() for c in text) <= ENOUGH_LETTERS or "(cid:" in text:
        return False
    return plausibility(_MIXED.sub(_in_cyrillic, _TYPED_RULES.sub(" ", tidy(text)))) >= _SOUND


def _in_cyrillic(match: re.Match[str]) -> str:
    """A word in one alphabet: calculators' programs print Latin letters that look alike inside Cyrillic words («Тeплocчeтчик»)."""
    return match[0] if match[0].isascii() else match[0].translate(_LOOKALIKES)


def _sheet(
    page: pdfium.PdfPage, number: int, look: _Look, layer: tuple[TextLayer, tuple[Box, ...]] | None, stem: Path
) -> tuple[Sheet, bool]:
    """The page with its picture, and whether that shows nothing at all. Raises PictureError where an image does not show."""
    width, height = page.get_size()
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
        raise PictureError(Fault.LIMIT, f"a page of {width:.0f} x {height:.0f} points")
    wanted = TEXT_DPI if layer else min(max(look.native_dpi or SCAN_DPI[1], SCAN_DPI[0]), SCAN_DPI[1])
    dpi = min(wanted, 72 * math.sqrt(KEPT_PIXELS / (width * height)))
    pixels = page.render(scale=_UNROUNDED * dpi / 72, rev_byteorder=True).to_numpy()
    blank = layer is None and is_blank(pixels)
    if blank and look.images:
        raise PictureError(Fault.DAMAGED, "a page's picture does not show")
    name = write_plain(pixels, stem)
    sheet = Sheet(number, round(width, 2), round(height, 2), None, name, round(dpi, 2))
    if layer is not None:
        text, rules = layer
        sheet = replace(sheet, words=text.words, rules=rules, turned=text.turned)
    return sheet, blank
