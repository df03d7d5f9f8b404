"""PDF files to sheets: words and drawn lines where the text layer is sound, and a picture of each page (docs/opening.md, "PDF")."""

from __future__ import annotations

import logging
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from metering.messages import Fault, Sheet
from metering.pages import Box, Word
from parsers.charsets import plausibility
from parsers.pictures import KEPT_PIXELS, PictureError, write_plain

SCAN_DPI = (200.0, 300.0)  # a scan is rendered at its own resolution within these (docs/opening.md, "PDF")
TEXT_DPI = 100.0  # beside a sound text layer the picture serves only to find ink
ENOUGH_LETTERS = 50
IMAGES_COVER = 0.3  # share of the page; a stamp and a signature together are far below
_INVISIBLE_SHARE = 0.1
_SOUND = 0.8  # plausibility of the words
#: The rules of a table that is typed in box characters; garbage has such characters inside words.
_TYPED_RULES = re.compile(r"[─┌┐└┘├┤┬┴┼═╔╗╚╝╠╣╦╩╬╟╢╤╧╪╫]{3,}|(?<!\S)[│║┃]|[│║┃](?!\S)")
_RULES_LIMIT = 5000
_THIN = 3.0  # points; a rectangle no thicker is a drawn line

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def open_pdf(data: bytes, folder: Path, stem: str, pages_limit: int) -> tuple[list[Sheet], list[str]]:
    """Sheets of a PDF, upright, with pictures written into `folder`, and problems. Raises PictureError."""
    data = data[_header_at(data) :]
    if _is_cut(data):
        raise PictureError(Fault.DAMAGED, "the file ends in the middle of an object")
    document = _load(data)
    try:
        count = len(document)
        if count == 0:
            raise PictureError(Fault.DAMAGED, "no pages")
        problems = [f"only the first {pages_limit} of {count} pages are read"] if count > pages_limit else []
        pages = _turn_upright(document, min(count, pages_limit))
        layers = _read_layers(document, data, pages)
        sheets = [_sheet(document[i], i + 1, look, layers.get(i), folder / f"{stem}-{i + 1}") for i, look in enumerate(pages)]
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


def _load(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise PictureError(Fault.ENCRYPTED if locked else Fault.DAMAGED, str(error)) from error
    if document.get_formtype() == pdfium_c.FORMTYPE_ACRO_FORM:
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
    changed: bool  # turned or flattened: only a saved copy shows it to others

    @property
    def may_be_sound(self) -> bool:
        return self.letters > ENOUGH_LETTERS and self.cover < IMAGES_COVER and self.invisible <= _INVISIBLE_SHARE


def _turn_upright(document: pdfium.PdfDocument, count: int) -> list[_Look]:
    """Looks at each page, after typed-in form fields and notes became part of it and it was turned so that its text stands upright."""
    looks = []
    for i in range(count):
        flattened = _flatten(document[i])  # closes the page: what was loaded before does not show it
        looks.append(_look(document[i], flattened))
    return looks


def _flatten(page: pdfium.PdfPage) -> bool:
    """People fill forms in and type over them with annotations, which text extraction does not see otherwise."""
    try:
        return pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS
    finally:
        page.close()


def _look(page: pdfium.PdfPage, flattened: bool) -> _Look:
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
    turned = angle is not None and angle != page.get_rotation()
    if turned:
        page.set_rotation(angle)
    page.close()
    return _Look(letters, images, covered / area, native, invisible / max(1, texts), flattened or turned)


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


def _read_layers(document: pdfium.PdfDocument, data: bytes, pages: list[_Look]) -> dict[int, tuple[tuple[Word, ...], tuple[Box, ...]]]:
    """Words and rules of each page whose text layer is sound, by index."""
    wanted = [i for i, page in enumerate(pages) if page.may_be_sound]
    if not wanted:
        return {}
    import pdfplumber  # takes longer to load than a scan to open

    if any(page.changed for page in pages):
        copy = BytesIO()
        document.save(copy)
        data = copy.getvalue()
    layers = {}
    try:
        with pdfplumber.open(BytesIO(data), pages=[i + 1 for i in wanted]) as plumbed:
            for page in plumbed.pages:
                index = page.page_number - 1
                shift = _Shift.of(document[index], page)
                words = tuple(_words(page, shift))
                if is_sound(" ".join(word.text for word in words)):
                    layers[index] = words, tuple(_rules(page, shift))
                page.close()
    except Exception:  # pdfminer lets whatever a malformed file provokes out; the picture is read instead
        return layers
    return layers


def is_sound(text: str) -> bool:
    """Whether a text layer says what the page shows: enough letters, of our alphabets, in words (docs/opening.md, "PDF")."""
    if sum(c.isalnum() for c in text) <= ENOUGH_LETTERS or "(cid:" in text:
        return False
    return plausibility(_TYPED_RULES.sub(" ", text)) >= _SOUND


@dataclass(frozen=True, slots=True)
class _Shift:
    """From pdfminer's coordinates (from the corner of the turned MediaBox, upwards) to ours (of the visible box, downwards)."""

    across: float
    height: float
    down: float
    visible: Box

    @classmethod
    def of(cls, page: pdfium.PdfPage, plumbed: Any) -> _Shift:
        mx0, my0, mx1, my1 = page.get_mediabox()
        cx0, cy0, cx1, cy1 = page.get_bbox()
        across, down = {
            0: (cx0 - mx0, my1 - cy1),
            90: (cy0 - my0, cx0 - mx0),
            180: (mx1 - cx1, cy0 - my0),
            270: (my1 - cy1, mx1 - cx1),
        }[page.get_rotation()]
        width, height = page.get_size()
        return cls(across + float(plumbed.mediabox[0]), float(plumbed.height), down, Box(0, 0, width, height))

    def box(self, thing: dict[str, Any]) -> Box:
        return Box(
            round(float(thing["x0"]) - self.across, 2),
            round(self.height - float(thing["y1"]) - self.down, 2),
            round(float(thing["x1"]) - self.across, 2),
            round(self.height - float(thing["y0"]) - self.down, 2),
        )

    def shows(self, box: Box) -> bool:
        x, y = box.middle
        return 0 <= x <= self.visible.right and 0 <= y <= self.visible.bottom


def _words(page: Any, shift: _Shift) -> Iterator[Word]:
    tilted = [char for char in page.chars if not _is_upright(char)]
    upright = page.filter(lambda thing: thing["object_type"] != "char" or _is_upright(thing))
    upright = upright.dedupe_chars(tolerance=1, extra_attrs=("size",))  # bold that is printed twice
    for found in upright.extract_words(x_tolerance_ratio=0.25, y_tolerance=2, expand_ligatures=False, return_chars=True):
        letters: list[str] = []
        boxes: list[Box] = []
        for char in found["chars"]:
            _add_letters(unicodedata.normalize("NFC", char["text"]), shift.box(char), letters, boxes)
        text = "".join(letters).replace("\x00", "")
        if len(text) <= 2 and _is_of_a_curve(found["chars"][0], tilted):
            continue
        if text and len(text) == len(boxes) and shift.shows(box := Box.around(boxes)):
            yield Word(text, 1.0, box, tuple(boxes))


def _is_upright(char: dict[str, Any]) -> bool:
    """Text along a curve, a stamp for instance, and text across the page stay out of the lines."""
    a, b, *_ = char["matrix"]
    return a > 0 and abs(b) < 0.03 * a


def _is_of_a_curve(char: dict[str, Any], tilted: list[dict[str, Any]]) -> bool:
    """Whether a letter that stands upright by chance, at the top of a stamp, has a tilted neighbour of its own font and size."""
    near = 2 * float(char["size"])
    return any(
        other["fontname"] == char["fontname"]
        and abs(other["size"] - char["size"]) < 0.5 * char["size"]
        and abs(other["x0"] - char["x0"]) < near
        and abs(other["top"] - char["top"]) < near
        for other in tilted
    )


def _add_letters(text: str, box: Box, letters: list[str], boxes: list[Box]) -> None:
    """One box for each letter: a ligature is divided evenly, a combining mark joins the letter before it."""
    if letters and len(text) == 1 and unicodedata.combining(text):
        joined = unicodedata.normalize("NFC", letters[-1] + text)
        if len(joined) == 1:
            letters[-1] = joined
            return
    step = box.width / max(1, len(text))
    for i, letter in enumerate(text):
        letters.append(letter)
        boxes.append(Box(round(box.left + i * step, 2), box.top, round(box.left + (i + 1) * step, 2), box.bottom))


def _rules(page: Any, shift: _Shift) -> Iterator[Box]:
    """Drawn lines along the axes, as thin boxes: lines, thin rectangles, and the sides of stroked ones."""
    count = 0
    for thing in (*page.lines, *page.rects, *page.curves):
        box = shift.box(thing)
        for side in _sides(box, stroked=bool(thing.get("stroke")), filled=bool(thing.get("fill"))):
            if max(side.width, side.height) < 2 * _THIN:
                continue
            count += 1
            if count > _RULES_LIMIT:
                return
            yield side


def _sides(box: Box, stroked: bool, filled: bool) -> tuple[Box, ...]:
    if min(box.width, box.height) <= _THIN:
        return (box,) if stroked or filled else ()
    if not stroked:
        return ()
    return (
        Box(box.left, box.top, box.right, box.top),
        Box(box.left, box.bottom, box.right, box.bottom),
        Box(box.left, box.top, box.left, box.bottom),
        Box(box.right, box.top, box.right, box.bottom),
    )


def _sheet(
    page: pdfium.PdfPage, number: int, look: _Look, layer: tuple[tuple[Word, ...], tuple[Box, ...]] | None, stem: Path
) -> tuple[Sheet, bool]:
    """The page with its picture, and whether that shows nothing at all. Raises PictureError where an image does not show."""
    width, height = page.get_size()
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
        raise PictureError(Fault.LIMIT, f"a page of {width:.0f} x {height:.0f} points")
    wanted = TEXT_DPI if layer else min(max(look.native_dpi or SCAN_DPI[1], SCAN_DPI[0]), SCAN_DPI[1])
    dpi = min(wanted, 72 * math.sqrt(KEPT_PIXELS / (width * height)))
    picture = page.render(scale=dpi / 72, rev_byteorder=True).to_pil().convert("RGB")
    blank = layer is None and all(high - low <= 8 for low, high in picture.getextrema())
    if blank and look.images:
        raise PictureError(Fault.DAMAGED, "a page's picture does not show")
    words, rules = layer if layer else (None, ())
    name = write_plain(picture, stem)
    sheet = Sheet(number, round(width, 2), round(height, 2), words, name, round(dpi, 2), rules)
    return sheet, blank
