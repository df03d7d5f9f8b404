"""What a PDF of ours says, page by page, as a reader of PDFs other than the one that wrote it sees it."""

from __future__ import annotations

import pypdfium2 as pdfium


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def sizes_of(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page, whole points."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [(round(width), round(height)) for width, height in map(document.get_page_size, range(len(document)))]
    finally:
        document.close()
