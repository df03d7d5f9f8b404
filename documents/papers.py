"""Invoices and reconciliation acts as PDF/A with an empty signature field, whose mark is drawn already (docs/documents.md, "The PDF")."""

from __future__ import annotations

import io
import logging
from functools import cache
from importlib.resources import files
from typing import Any

import pydyf
import segno
import weasyprint
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration

from metering.documents import Paper, SignatureMark
from templates.papers import render_paper

VARIANT = "pdf/a-2u"
FIELD = "Signature"
POINTS = 0.75  # in a CSS pixel
_PRINTED_AND_LOCKED = 4 + 128  # annotation flags, ISO 32000-1, table 165

for _name in ("weasyprint", "fontTools"):
    logging.getLogger(_name).setLevel(logging.ERROR)  # they tell of fonts in every document

_FONTS = FontConfiguration()  # one a process: finding a font anew for each document costs more than drawing it


def draw_paper(paper: Paper, mark: SignatureMark) -> bytes:
    """The document as PDF, ready to be signed."""
    code = segno.make(paper.verification, error="m", micro=False)
    drawing = code.svg_inline(border=0, unit=None, omitsize=True, svgclass=None, lineclass=None)
    document = _laid_out(paper, mark, drawing, 1)
    if len(document.pages) != 2:  # its own and the mark's; counting them by CSS would lay out every document twice
        document = _laid_out(paper, mark, drawing, len(document.pages) - 1)
    # Given here, since WeasyPrint opens its own copy anew for each document and leaves it open.
    document.color_profiles["srgb"] = ColorProfile(io.BytesIO(_colours()), "sRGB", "relative-colorimetric", (["r"], ["g"], ["b"]))
    return document.write_pdf(pdf_variant=VARIANT, output_intent="", finisher=_put_signature_field)


def _laid_out(paper: Paper, mark: SignatureMark, drawing: str, pages: int) -> Any:
    return weasyprint.HTML(string=render_paper(paper, mark, drawing, pages), url_fetcher=_nothing).render(font_config=_FONTS)


@cache
def _colours() -> bytes:
    """The profile of sRGB, which PDF/A wants to be in the file (ISO 19005-2, 6.2.3)."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _put_signature_field(document: Any, pdf: pydyf.PDF) -> None:
    """Makes the last page, which holds nothing but the mark, the appearance of a signature field at the place that is kept for it.

    So the mark is laid out like the rest, in the fonts that are embedded anyway, and stands where every viewer shows a signature.
    """
    at, place = next((number, page.anchors["signature"]) for number, page in enumerate(document.pages) if "signature" in page.anchors)
    kids = pdf.pages["Kids"]
    page, field = pdf.objects[kids[3 * at]], pdf.objects[kids[-3]]
    del kids[-3:]
    pdf.pages["Count"] -= 1
    drawn = pdf.objects[int(field["Contents"].split()[0])]
    width, height = field["MediaBox"][2:]
    box = pydyf.Array([0, 0, width, height])
    drawn.extra.update({"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": field["Resources"]})
    left, top, right, bottom = (edge * POINTS for edge in place)
    page_height = document.pages[at].height * POINTS
    field.clear()  # the object of the page that is gone becomes the field: an object left over would be no harm, but no use
    field.update(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(FIELD),
            "F": _PRINTED_AND_LOCKED,
            "P": page.reference,
            "Rect": pydyf.Array([left, page_height - bottom, right, page_height - top]),
            "AP": pydyf.Dictionary({"N": drawn.reference}),
        }
    )
    page["Annots"] = pydyf.Array([field.reference])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([field.reference]), "SigFlags": 3})


def _nothing(address: str) -> dict[str, object]:
    """A document needs nothing from outside: names of the register must not fetch anything."""
    raise ValueError("a document loads nothing")
