"""Form fields are tried by a child process first: a small tree of them in which each branch leads to the same next one has more
leaves than PDFium will ever have visited, and nothing stops it but an end of its process."""

from __future__ import annotations

import os
import resource

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

SECONDS = 2  # of CPU; forms of twenty pages need a tenth of one


def fields_end(document: pdfium.PdfDocument, pages: int) -> bool:
    """Whether the document's form fields can be laid over its first pages within a few seconds, without a crash."""
    child = os.fork()
    if child == 0:
        _try(document, pages)
    return os.waitpid(child, 0)[1] == 0


def _try(document: pdfium.PdfDocument, pages: int) -> None:
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        document.init_forms()
        for number in range(min(len(document), pages)):
            pdfium_c.FPDFPage_Flatten(document[number], pdfium_c.FLAT_NORMALDISPLAY)
        status = 0
    except pdfium.PdfiumError:
        status = 0  # the parent meets it too, and says what it is
    finally:
        os._exit(status)
