"""What ISO 19005-2 asks of a PDF, as far as its structure shows it: no public checker can be had as a package (docs/documents.md)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader


def faults_against_pdf_a(pdf: bytes) -> list[str]:
    """What of level U is not kept, with the clause; empty where nothing was found."""
    reader = PdfFileReader(io.BytesIO(pdf))
    root, trailer = reader.root, reader.trailer
    metadata = root["/Metadata"].data.decode()
    faults = []
    if not re.search(r"pdfaid:part(>|=\")2", metadata) or not re.search(r"pdfaid:conformance(>|=\")U", metadata):
        faults.append("6.6.4: the metadata do not claim PDF/A-2u")
    if not re.match(rb"%PDF-1\.[4-7]\s%[\x80-\xff]{4}", pdf):
        faults.append("6.1.2: the header lacks its line of bytes above 127")
    if "/ID" not in trailer or "/Encrypt" in trailer:
        faults.append("6.1.3: no ID, or encrypted")
    intents = root["/OutputIntents"]
    if [intent.get_object()["/S"] for intent in intents] != ["/GTS_PDFA1"] or "/DestOutputProfile" not in intents[0]:
        faults.append("6.2.3: no output intent with its profile")
    if any(key in root for key in ("/OpenAction", "/AA", "/Requirements")) or "/JavaScript" in root.get("/Names", {}):
        faults.append("6.5: there are actions")
    if root["/AcroForm"].get("/NeedAppearances") or "/XFA" in root["/AcroForm"]:
        faults.append("6.4: a form whose appearance is made by the reader")
    for item in _objects(root):
        faults += _faults_of(item)
    return faults


def _objects(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Every dictionary and stream that can be reached, each once."""
    seen: set[Any] = set()
    waiting: list[Any] = [root]
    while waiting:
        item = waiting.pop()
        if isinstance(item, IndirectObject):
            if item.reference in seen:
                continue
            seen.add(item.reference)
            item = item.get_object()
        if isinstance(item, DictionaryObject):
            yield item
            waiting += [item.raw_get(key) for key in item]
        elif isinstance(item, ArrayObject):
            waiting += [item.raw_get(place) for place in range(len(item))]


def _faults_of(item: DictionaryObject) -> Iterator[str]:
    kind, subtype = item.get("/Type"), item.get("/Subtype")
    if isinstance(item, StreamObject):
        if "/LZWDecode" in str(item.get("/Filter", "")):
            yield "6.1.7: LZW"
        if any(key in item for key in ("/F", "/FFilter", "/FDecodeParms")):
            yield "6.1.7: a stream outside the file"
        if subtype == "/PS" or "/OPI" in item or "/Ref" in item:
            yield "6.2.9: PostScript, OPI or a reference outside the file"
    if kind == "/Font" and subtype in ("/TrueType", "/Type1", "/Type3"):
        yield "6.2.11: a font whose encoding would have to be judged"
    if kind == "/FontDescriptor" and not any(key in item for key in ("/FontFile2", "/FontFile3")):
        yield f"6.2.11.4: {item['/FontName']} is not embedded"
    if subtype == "/Type0" and ("/ToUnicode" not in item or item["/Encoding"] != "/Identity-H"):
        yield "6.2.11.7: a font without its letters"
    if subtype == "/CIDFontType2" and "/CIDToGIDMap" not in item:
        yield "6.2.11.3: a font without its map of glyphs"
    if kind == "/Annot":
        yield from _faults_of_annotation(item)
    if item.get("/S") == "/Transparency" and "/CS" not in item:
        yield "6.2.10: a transparency group without a colour space"
    if kind == "/ExtGState" and ("/TR" in item or item.get("/BM", "/Normal") not in ("/Normal", "/Compatible")):
        yield "6.2.5: a graphics state"


def _faults_of_annotation(item: DictionaryObject) -> Iterator[str]:
    appearance = item.get("/AP")
    if appearance is None or set(appearance) != {"/N"} or not isinstance(appearance["/N"], StreamObject):
        yield "6.3.3: an annotation without an appearance, or with more than one"
    if not int(item["/F"]) & 4 or int(item["/F"]) & (1 | 2 | 32):
        yield "6.3.2: an annotation that is not printed, or hidden"
    if "/A" in item or "/AA" in item:
        yield "6.4.1: a field with an action"
