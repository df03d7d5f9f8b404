"""Files within a PDF: of a portfolio they are what was sent, and its one page says only which program opens it (ISO 32000-1, 7.11.4)."""

from __future__ import annotations

import pypdfium2 as pdfium

from metering.messages import Fault
from parsers.files.containers import MEMBERS_LIMIT, Allowance, Member


def files_within(data: bytes, allowance: Allowance) -> tuple[list[Member], bool]:
    """The embedded files, and whether these are all. None where the file cannot be opened: reading its pages says why."""
    if b"/EmbeddedFile" not in data and b"/ObjStm" not in data:  # the name may stand within a packed stream of objects
        return [], True
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return [], True
    try:
        count = document.count_attachments()
        members: list[Member] = []
        left = allowance.total
        for place in range(min(count, MEMBERS_LIMIT)):
            member = _member(document, place, min(allowance.member, left))
            left -= len(member.data)
            members.append(member)
            if left <= 0:
                break
        return members, len(members) == count
    finally:
        document.close()


def _member(document: pdfium.PdfDocument, place: int, limit: int) -> Member:
    name = f"file {place + 1}"
    try:
        attachment = document.get_attachment(place)
        name = attachment.get_name().replace("\x00", "") or name
        content = bytes(attachment.get_data())
    except pdfium.PdfiumError:
        return Member(name, b"", Fault.DAMAGED)
    return Member(name, content) if len(content) <= limit else Member(name, b"", Fault.TOO_LARGE)
