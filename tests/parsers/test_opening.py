"""From a message's bytes to its files: what is a report's file, what is decoration, what cannot be read and why."""

from __future__ import annotations

import base64
import hashlib
import random
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from metering.messages import Fault, FileKind, Opened
from parsers.opening import OpeningLimits, clean_name, open_bytes, open_message
from tests.parsers.files.test_containers import signed, tnef, zipped
from tests.parsers.mail_writing import HEAD, message, multipart, part
from tests.parsers.pdf_drawing import LINES, PdfPage, text_lines, write_pdf

PDF = write_pdf(PdfPage(text_lines(*LINES)))
LIMITS = OpeningLimits()


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    out = BytesIO()
    noise = Image.frombytes("RGB", (width, height), random.Random(width * height).randbytes(width * height * 3))
    noise.save(out, form)
    return out.getvalue()


def attached(data: bytes, name: str, kind: str = "application/octet-stream") -> bytes:
    return part(data, f'Content-Type: {kind}; name="{name}"', f'Content-Disposition: attachment; filename="{name}"')


def shown(data: bytes, cid: str, name: str = "image001.png") -> bytes:
    return part(data, f'Content-Type: image/png; name="{name}"', f"Content-ID: <{cid}>", "Content-Disposition: inline")


def html(*cids: str) -> bytes:
    return part("".join(f"<img src='cid:{cid}'>" for cid in cids).encode() + b"text", "Content-Type: text/html")


def faults(opened: Opened) -> list[tuple[str, Fault | None]]:
    return [(f.attachment.name, f.attachment.fault) for f in opened.files]


def test_a_report_s_pdf_gives_sheets_and_its_bytes_are_kept_by_hash(tmp_path: Path) -> None:
    opened = open_message(message(attached(PDF, "otchet.doc")), tmp_path, LIMITS)
    (file,) = opened.files
    digest = hashlib.sha256(PDF).hexdigest()
    assert (file.attachment.kind, file.attachment.sha256, file.attachment.size) == (FileKind.PDF, digest, len(PDF))
    assert (tmp_path / digest).read_bytes() == PDF
    assert file.sheets[0].words is not None
    assert opened.message is not None
    assert opened.message.attachments == (file.attachment,)


def test_logos_are_set_aside_and_an_inline_photo_of_a_page_is_not(tmp_path: Path) -> None:
    raw = HEAD + multipart(
        html("logo", "banner", "page"),
        shown(picture(180, 60), "logo"),
        shown(picture(700, 180), "banner", "banner.png"),
        shown(picture(900, 1200), "page", "IMG_4411.png"),
        shown(picture(700, 180), "unused", "strip.png"),
        kind="related",
    )
    opened = open_message(raw, tmp_path, LIMITS)
    assert [(f.attachment.name, f.attachment.decoration, len(f.sheets)) for f in opened.files] == [
        ("image001.png", True, 0),
        ("banner.png", True, 0),
        ("IMG_4411.png", False, 1),
        ("strip.png", True, 0),  # the same bytes again
    ]


def test_signatures_calendars_and_scraps_of_text_are_set_aside(tmp_path: Path) -> None:
    raw = message(
        attached(b"\x30\x80", "smime.p7s", "application/pkcs7-signature"),
        attached(b"BEGIN:VCARD\r\n", "card.vcf", "text/vcard"),
        attached(b"\r\n", "ATT00001.txt", "text/plain"),
        attached(b"MZ" + bytes(100), "otchet.pdf.exe"),
        attached(b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(50), "book.xlsx"),
        attached(b"Rar!\x1a\x07\x00" + bytes(50), "a.rar"),
    )
    opened = open_message(raw, tmp_path, LIMITS)
    assert [(f.attachment.decoration, f.attachment.fault, f.attachment.kind) for f in opened.files] == [
        (True, None, FileKind.OTHER),
        (True, None, FileKind.OTHER),
        (True, None, FileKind.OTHER),
        (False, Fault.NOT_A_REPORT, FileKind.OTHER),
        (False, Fault.DAMAGED, FileKind.OFFICE),
        (False, Fault.UNSUPPORTED, FileKind.OTHER),
    ]


def test_files_of_one_name_get_names_apart(tmp_path: Path) -> None:
    raw = message(*(attached(picture(300, side), "image.jpg") for side in (400, 500, 600)))
    assert [f.attachment.name for f in open_message(raw, tmp_path, LIMITS).files] == ["image.jpg", "image (2).jpg", "image (3).jpg"]


def test_ten_mebibytes_count_on_the_decoded_attachment(tmp_path: Path) -> None:
    limits = OpeningLimits(attachment_bytes=len(PDF))
    opened = open_message(message(attached(PDF, "fits.pdf"), attached(PDF + b"\n", "over.pdf")), tmp_path, limits)
    assert faults(opened) == [("fits.pdf", None), ("over.pdf", Fault.TOO_LARGE)]
    assert OpeningLimits().attachment_bytes == 10 * 1024 * 1024


def test_files_come_out_of_wrappers_within_wrappers_with_their_path(tmp_path: Path) -> None:
    inner = message(attached(zipped(("в/отчет.pdf", PDF)), "inner.zip"))
    raw = message(
        attached(zipped(("mail.eml", inner)), "outer.zip"),
        attached(tnef((b"tnef.pdf", PDF + b"1")), "winmail.dat", "application/ms-tnef"),
        attached(signed(PDF + b"2"), "signed.pdf.p7m", "application/pkcs7-mime"),
    )
    opened = open_message(raw, tmp_path, LIMITS)
    assert [(f.attachment.name, f.attachment.path) for f in opened.files] == [
        ("отчет.pdf", ("outer.zip", "mail.eml", "inner.zip")),
        ("tnef.pdf", ("winmail.dat",)),
        ("signed.pdf", ("signed.pdf.p7m",)),
    ]
    assert all(f.sheets for f in opened.files)


def with_files(cover: bytes, **files: bytes) -> bytes:
    """The PDF with files within it, as a portfolio has them."""
    document = pypdfium2.PdfDocument(cover)
    for name, content in files.items():
        document.new_attachment(f"{name}.pdf").set_data(content)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_files_within_a_pdf_are_opened_beside_it(tmp_path: Path) -> None:
    cover = write_pdf(PdfPage(text_lines("For the best experience, open this PDF portfolio in Acrobat X")))
    inner = with_files(cover, hisobot=PDF)
    opened = open_message(message(attached(with_files(cover, inner=inner), "portfolio.pdf")), tmp_path, LIMITS)
    found = {f.attachment.name: f.attachment.path for f in opened.files if f.sheets}
    assert found == {"portfolio.pdf": (), "inner.pdf": ("portfolio.pdf",), "hisobot.pdf": ("portfolio.pdf", "inner.pdf")}
    limits = OpeningLimits(attachment_bytes=len(inner))
    opened = open_message(message(attached(with_files(cover, big=bytes(len(inner) + 1)), "p.pdf")), tmp_path, limits)
    assert faults(opened) == [("p.pdf", None), ("big.pdf", Fault.TOO_LARGE)]


@pytest.mark.parametrize("form", ["WEBP", "BMP", "GIF"])
def test_pages_come_in_rarer_formats_of_pictures_too(form: str, tmp_path: Path) -> None:
    opened = open_message(message(attached(picture(500, 700, form), "scan.jpg")), tmp_path, LIMITS)
    (file,) = opened.files
    assert (file.attachment.kind, len(file.sheets)) == (FileKind(form.lower()), 1)
    (logo,) = open_message(message(attached(picture(150, 60, form), "logo")), tmp_path, LIMITS).files
    assert logo.attachment.decoration


def test_a_picture_written_into_the_html_is_a_file(tmp_path: Path) -> None:
    page, line = (base64.b64encode(picture(*size)).decode() for size in ((500, 700), (900, 50)))
    body = f'<p>Hisobot</p><img src="data:image/png;base64,{page}"><img src="data:image/png;base64,{line}">'
    opened = open_message(message(part(body.encode(), "Content-Type: text/html")), tmp_path, LIMITS)
    assert [(len(f.sheets), f.attachment.decoration) for f in opened.files] == [(1, False), (0, True)]
    assert opened.message.text.strip() == "Hisobot"


def test_a_file_of_which_only_the_name_came_is_damaged(tmp_path: Path) -> None:
    opened = open_message(
        message(attached(b"", "otchet.PDF"), attached(b"", "winmail.bin"), attached(b"", "ATT1.htm", "text/html")), tmp_path, LIMITS
    )
    assert [f.attachment.fault for f in opened.files if not f.attachment.decoration] == [Fault.DAMAGED, Fault.NOT_A_REPORT]


def test_what_is_encrypted_or_of_a_scanner_s_own_format_is_told(tmp_path: Path) -> None:
    locked = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n=abcd\n-----END PGP MESSAGE-----\n"
    opened = open_message(
        message(attached(locked, "encrypted.asc"), attached(b"AT&TFORM\0\0\0\x20DJVU" + bytes(40), "o.djvu")), tmp_path, LIMITS
    )
    assert [f.attachment.fault for f in opened.files] == [Fault.ENCRYPTED, Fault.UNSUPPORTED]


def test_a_mail_signed_as_a_whole_is_unwrapped(tmp_path: Path) -> None:
    body = multipart(part(b"Dogovor 02303", "Content-Type: text/plain"), attached(PDF, "scan.pdf"))
    raw = HEAD + part(signed(body), "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m")
    opened = open_message(raw, tmp_path, LIMITS)
    assert [f.attachment.name for f in opened.files] == ["scan.pdf"]
    assert opened.message is not None
    assert opened.message.text == "Dogovor 02303"


def test_a_zip_in_a_zip_without_an_end_is_given_up(tmp_path: Path) -> None:
    data = PDF
    for _ in range(20):
        data = zipped(("a.zip", data))
    assert faults(open_message(message(attached(data, "a.zip")), tmp_path, LIMITS)) == [("a.zip", Fault.LIMIT)]


def test_what_is_unpacked_from_all_wrappers_of_a_message_is_limited(tmp_path: Path) -> None:
    limits = OpeningLimits(unpacked_bytes=3 * len(PDF))
    archives = [attached(zipped(*[(f"{i}-{j}.pdf", PDF + bytes([i, j])) for j in range(2)]), f"{i}.zip") for i in range(3)]
    opened = open_message(message(*archives), tmp_path, limits)
    assert sum(len(f.sheets) for f in opened.files) < 4
    assert Fault.LIMIT in dict(faults(opened)).values()


def test_pages_of_a_message_are_limited(tmp_path: Path) -> None:
    limits = OpeningLimits(pages_per_file=2, pages_per_message=3)
    raw = message(*[attached(write_pdf(*[PdfPage(text_lines(*LINES, str(i)))] * 3), f"{i}.pdf") for i in range(3)])
    opened = open_message(raw, tmp_path, limits)
    assert [len(f.sheets) for f in opened.files] == [2, 1, 0]
    assert opened.files[2].attachment.fault is Fault.LIMIT


def test_a_file_alone_is_opened_by_its_bytes(tmp_path: Path) -> None:
    opened = open_bytes(PDF, "anything.jpg", tmp_path, LIMITS)
    assert opened.message is None
    assert [len(f.sheets) for f in opened.files] == [1]
    assert open_bytes(zipped(("a.pdf", PDF)), "a.zip", tmp_path, LIMITS).files[0].attachment.path == ("a.zip",)
    assert faults(open_bytes(b"", "empty.pdf", tmp_path, LIMITS)) == [("empty.pdf", Fault.DAMAGED)]


def test_a_file_that_is_a_message_by_its_bytes_or_its_name_is_opened_as_one(tmp_path: Path) -> None:
    raw = message(attached(PDF, "a.pdf"))
    for data, name in ((raw, "letter.bin"), (b"hello", "letter.eml")):
        assert open_bytes(data, name, tmp_path, LIMITS).message is not None
    assert open_bytes(PDF, "liar.eml", tmp_path, LIMITS).message is None


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("C:\\scans\\отчет.pdf", "отчет.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\x00.pdf", "a b .pdf"),
        ("fdp.\u202eexe", "fdp. exe"),
        ("", "attachment.pdf"),
        ("...", "attachment.pdf"),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_names_are_safe_to_show(given: str, cleaned: str) -> None:
    assert clean_name(given, FileKind.PDF) == cleaned
    assert len(clean_name("x" * 1000 + ".pdf", FileKind.PDF)) == 150
