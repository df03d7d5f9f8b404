"""Small PDF files written by hand, so that a test says exactly what is in them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

LINES = (
    "Hisobot issiqlik energiyasi boyicha oktabr 2026",
    "Shartnoma raqami 02303 Hisoblagich 1234567",
    "Oldingi 728257,63 Joriy 728331,80 Sarf 74,17 Gkal",
)


@dataclass
class PdfPage:
    """content: the page's drawing operators; rotate: /Rotate; boxes: MediaBox and, where given, CropBox."""

    content: bytes
    rotate: int = 0
    media: tuple[float, float, float, float] = (0, 0, 595, 842)
    crop: tuple[int, int, int, int] | None = None
    image: bytes | None = None  # a whole image object's body, drawn by "/Im0 Do"
    notes: list[tuple[str, bytes]] = field(default_factory=list)  # (rectangle, drawing operators) of each note typed over the page


def text_lines(*lines: str, left: int = 60, top: int = 780, size: int = 12, mode: int = 0) -> bytes:
    """Lines of ASCII downwards from (left, top), in PDF's own coordinates."""
    return b"".join(
        f"BT /F0 {size} Tf {mode} Tr 1 0 0 1 {left} {top - 20 * i} Tm ({line}) Tj ET\n".encode("ascii") for i, line in enumerate(lines)
    )


def image_object(width: int, height: int, pixels: bytes) -> bytes:
    """An 8-bit grey image."""
    data = zlib.compress(pixels)
    head = f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return head.encode() + f" /Filter /FlateDecode /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def checkered(width: int, height: int) -> bytes:
    return bytes(255 if (x // 8 + y // 8) % 2 else 0 for y in range(height) for x in range(width))


def write_pdf(*pages: PdfPage) -> bytes:
    objects: list[bytes] = [b"", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids: list[int] = []
    for page in pages:
        objects.append(f"<< /Length {len(page.content)} >>\nstream\n".encode() + page.content + b"\nendstream")
        content = len(objects)
        resources = "/Font << /F0 3 0 R >>"
        if page.image is not None:
            objects.append(page.image)
            resources += f" /XObject << /Im0 {len(objects)} 0 R >>"
        notes = []
        for rectangle, drawing in page.notes:
            form = "<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F0 3 0 R >> >>"
            objects.append(f"{form} /Length {len(drawing)} >>\nstream\n".encode() + drawing + b"\nendstream")
            note = f"<< /Type /Annot /Subtype /FreeText /Rect [{rectangle}] /DA (/F0 12 Tf) /F 4 /AP << /N {len(objects)} 0 R >> >>"
            objects.append(note.encode())
            notes.append(f"{len(objects)} 0 R")
        crop = f"/CropBox [{' '.join(map(str, page.crop))}]" if page.crop else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{' '.join(map(str, page.media))}] {crop} /Rotate {page.rotate} "
            f"/Resources << {resources} >> /Contents {content} 0 R /Annots [{' '.join(notes)}] >>".encode()
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>".encode()
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
