"""From a drawn page to files: PDF with a text layer, pictures of it, and PDFs that hold only a picture."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

import base64
import functools
import io
import logging
import re
import time

import pypdfium2
from PIL import Image
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from tests.corpus.facts import Facts
from tests.corpus.layouts.parts import Drawn, css
from tests.corpus.style import Style

logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def printed(drawn: Drawn, style: Style, facts: Facts) -> bytes:
    """The page as PDF. The seal becomes a bitmap, as when somebody pastes a scanned one: its letters are no text."""
    body = re.sub(r'(<img class="seal"[^>]* src=")data:image/svg\+xml;base64,([^"]+)"', lambda m: f'{m[1]}{_bitmap(m[2])}"', drawn.body)
    html = (
        f'<html lang="{facts.language[:2]}"><head><meta charset="utf-8"><style>{css(style, drawn)}</style></head><body>{body}</body></html>'
    )
    return HTML(string=html).write_pdf(font_config=fonts())


@functools.cache
def fonts() -> FontConfiguration:
    """The machine's fonts, looked for once: for each page anew it is a tenth of its drawing."""
    return FontConfiguration()


def _bitmap(svg: str) -> str:
    page = f'<style>@page {{ size: 44mm; margin: 0 }} body {{ margin: 0 }}</style><img style="width:44mm" src="data:image/svg+xml;base64,{svg}">'
    document = pypdfium2.PdfDocument(HTML(string=page).write_pdf(font_config=fonts()))
    image = document[0].render(scale=250 / 72, fill_color=(0, 0, 0, 0), rev_byteorder=True).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def pictures(pdf: bytes, dots_per_inch: int) -> list[Image.Image]:
    """All pages, RGB."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dots_per_inch / 72).to_pil().convert("RGB") for page in document]


def scanned_pdf(images: list[Image.Image], dots_per_inch: int, quality: int) -> bytes:
    """A PDF that holds pictures and no text, as office scanners write it."""
    out = io.BytesIO()
    long_ago = time.gmtime(0)  # the same bytes from the same seed
    rest = {"quality": quality} if images[0].mode != "1" else {}
    images[0].save(
        out, "PDF", resolution=dots_per_inch, save_all=True, append_images=images[1:], creationDate=long_ago, modDate=long_ago, **rest
    )
    return out.getvalue()


def without_unicode(drawn: Drawn, style: Style, facts: Facts) -> bytes:
    """A PDF whose fonts lack the way back to letters: it looks right and its text layer is garbage."""
    html = f'<html><head><meta charset="utf-8"><style>{css(style, drawn)}</style></head><body>{drawn.body}</body></html>'
    return HTML(string=html).write_pdf(font_config=fonts(), uncompressed_pdf=True).replace(b"/ToUnicode", b"/NoUnicode")
