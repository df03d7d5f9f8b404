"""Spreadsheets and text documents: what they say is read as from any other page, what they hide is not."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random

import docx
import odfdo
import pytest
import xlsxwriter
from docx.shared import Mm
from PIL import Image

from metering.messages import Fault, FileKind
from parsers.opening import OpeningLimits, open_bytes
from tests.corpus import layouts, office, style
from tests.corpus.facts import Facts, complete, invent
from tests.parsers.office.opened import changed, opened, parts_of, report, text, zipped

XLS = Path(__file__).with_name("formats_and_hidden_rows.xls")
LAYOUTS = ("ruled_ru", "ruled_two_rows_uz", "transposed_uzc", "letter_ru", "blocks_uz", "nomenclature_ru")


def drawn(layout: str, seed: str) -> tuple[Facts, layouts.parts.Drawn, Random]:
    random = Random(seed)
    chosen = layouts.LAYOUTS[layout]
    facts = complete(invent(random, chosen.language, replace(chosen.demand, most_meters=2)))
    return facts, chosen.draw(facts, style.choose(random, chosen.language, chosen.spelled_dates)), random


@pytest.mark.parametrize("kind", office.KINDS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_typed_in_an_office_program_is_read_like_its_printed_page(layout: str, kind: str, tmp_path: Path) -> None:
    facts, page, random = drawn(layout, f"office {layout}")
    found = report(office.written(page, kind, random), tmp_path)
    assert found.contract_number is not None
    assert (found.contract_number.value, found.contract_number.certain) == (facts.contract_number, True)
    assert found.period is not None
    assert found.period.value == str(facts.period)
    assert found.reading_date is not None
    assert found.reading_date.value == facts.reading_date.isoformat()
    said = {
        m.serial.value if m.serial else None: tuple(v.value if v else None for v in (m.previous, m.current, m.consumption))
        for m in found.meters
    }
    assert said == {m.serial: (m.previous, m.current, m.consumption) for m in facts.meters}


def test_an_xls_keeps_formats_and_leaves_out_what_is_hidden(tmp_path: Path) -> None:
    found = report(XLS.read_bytes(), tmp_path)
    assert found.contract_number is not None
    assert found.contract_number.value == "00312"
    (meter,) = found.meters
    assert meter.serial is not None
    assert meter.serial.value == "00718293"
    assert [v.value for v in (meter.previous, meter.current, meter.consumption) if v] == ["2410.50", "2467.10", "56.60"]
    shown = text(XLS.read_bytes(), tmp_path)
    assert "9999" not in shown  # a hidden row
    assert "99999" not in shown  # a hidden sheet


def workbook(write: object) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    write(book, book.add_worksheet("Лист1"))  # type: ignore[operator]
    book.close()
    return out.getvalue()


def test_hidden_rows_columns_and_sheets_of_an_xlsx_are_not_read(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(0, 0, ["виден", "столбец", "виден"])
        sheet.write_row(1, 0, ["строка", "строка", "строка"])
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_row(1, None, None, {"hidden": True})
        other = book.add_worksheet("старый")
        other.write(0, 0, "лист")
        other.hide()

    assert text(workbook(write), tmp_path) == "виден виден"


def test_merged_cells_stand_over_the_columns_that_they_cover(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.merge_range(2, 1, 2, 2, "Показания")
        sheet.write_row(2, 0, ["Номер"])
        sheet.write_row(3, 0, ["завод", "предыдущие", "текущие"])
        sheet.write_row(4, 0, ["0012345", 1, 2])

    (sheet,) = opened(workbook(write), tmp_path).sheets
    boxes = {word.text: word.box for word in sheet.words or ()}
    assert boxes["предыдущие"].left < boxes["Показания"].middle[0] < boxes["текущие"].right
    assert boxes["0012345"].left == boxes["завод"].left


def test_the_value_that_the_program_left_is_read_and_no_formula_computed(tmp_path: Path) -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula(0, 0, "=1+1", book.add_format({"num_format": "0.000"}), 7.0005)

    assert text(workbook(write), tmp_path) == "7,001"


def test_what_a_word_document_hides_or_deleted_is_not_read(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Договор № ")
    paragraph.add_run("99999").font.hidden = True
    paragraph.add_run("00417")
    document.sections[0].header.paragraphs[0].text = "ООО «Нур»"
    data = _saved(document)
    deleted = b"<w:del><w:r><w:delText>88888</w:delText></w:r></w:del><w:ins><w:r><w:t> 2026</w:t></w:r></w:ins></w:p>"
    data = changed(data, "word/document.xml", lambda xml: xml.replace(b"</w:p>", deleted, 1))
    assert text(data, tmp_path) == "ООО «Нур» Договор № 00417 2026"


def test_text_boxes_and_content_controls_are_read_once(tmp_path: Path) -> None:
    box = (
        b'<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
        b"<w:txbxContent><w:p><w:r><w:t>once</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r>"
        b"<w:t>once</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        b"<w:sdt><w:sdtContent><w:p><w:r><w:t>control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    data = changed(_saved(docx.Document()), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + box))
    assert text(data, tmp_path) == "once control"


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def jpeg(width: int, height: int) -> io.BytesIO:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG")
    out.seek(0)
    return out


@pytest.mark.parametrize("kind", ["docx", "xlsx", "odt"])
def test_a_scan_that_was_pasted_in_becomes_a_page_of_its_own(kind: str, tmp_path: Path) -> None:
    out = io.BytesIO()
    if kind == "docx":
        document = docx.Document()
        document.add_paragraph("Отчет во вложении")
        document.add_picture(jpeg(1240, 1754), width=Mm(150))
        document.save(out)
    elif kind == "xlsx":
        book = xlsxwriter.Workbook(out, {"in_memory": True})
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Отчет")
        sheet.insert_image(2, 0, "scan.jpg", {"image_data": jpeg(1240, 1754)})
        book.close()
    else:
        text_document = odfdo.Document("text")
        text_document.body.clear()
        holder = odfdo.Paragraph("Отчет")
        holder.append(odfdo.Frame.image_frame(text_document.add_file(jpeg(1240, 1754)), size=("150mm", "212mm")))
        text_document.body.append(holder)
        text_document.save(out)
    typed, scan = opened(out.getvalue(), tmp_path).sheets
    assert typed.words
    assert (typed.number, scan.number, scan.words) == (1, 2, None)
    assert (tmp_path / scan.picture).stat().st_size > 1240 * 1754


def test_a_small_picture_stands_on_the_page_where_it_is_shown(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Директор")
    red = io.BytesIO()
    Image.new("RGB", (300, 300), (255, 0, 0)).save(red, "PNG")
    document.add_picture(red, width=Mm(40))
    (sheet,) = opened(_saved(document), tmp_path).sheets
    with Image.open(tmp_path / sheet.picture) as picture:
        box = _red(picture)
        assert abs((box[2] - box[0]) / picture.width - 40 / 210) < 0.02


def test_a_picture_in_a_workbook_lies_over_its_cell(tmp_path: Path) -> None:
    red = io.BytesIO()
    Image.new("RGB", (60, 30), (255, 0, 0)).save(red, "PNG")

    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(0, 0, ["Зав. №", "Пред.", "Тек.", "Расход"])
        sheet.write_row(1, 0, ["4411223", "1204,50", "1310,75", "106,25"])
        sheet.write_row(9, 0, ["Директор", "", "Азизов М.М."])
        sheet.write(12, 0, "М.П.")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.insert_image(9, 1, "red.png", {"image_data": red})

    (sheet,) = opened(workbook(write), tmp_path).sheets
    assert sheet.words is not None
    director, stamp = (next(w.box for w in sheet.words if w.text == text) for text in ("Директор", "М.П."))
    name = next(w.box for w in sheet.words if w.text == "Азизов")
    with Image.open(tmp_path / sheet.picture) as picture:
        left, top, right, bottom = (side * 72 / sheet.pixels_per_inch for side in _red(picture))
    assert director.right < left < right < name.right
    assert director.top - 6 < top < director.bottom
    assert bottom < stamp.bottom


def _red(picture: Image.Image) -> tuple[int, int, int, int]:
    """Where a picture is red: left, top, right, bottom."""
    reds = picture.convert("RGB").getchannel("R").point(lambda v: 255 if v > 250 else 0)
    greens = picture.convert("RGB").getchannel("G").point(lambda v: 255 if v < 5 else 0)
    box = Image.composite(reds, Image.new("L", picture.size), greens).getbbox()
    assert box is not None
    return box


def test_an_office_file_in_a_zip_is_unwrapped_and_a_zip_of_one_is_no_office_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Договор № 00417")
    data = zipped({"отчет.docx": _saved(document)}, zipfile.ZIP_STORED)
    (file,) = open_bytes(data, "a.zip", tmp_path, OpeningLimits()).files
    assert (file.attachment.name, file.attachment.kind, len(file.sheets)) == ("отчет.docx", FileKind.OFFICE, 1)


def test_an_empty_file_is_no_report(tmp_path: Path) -> None:
    assert opened(_saved(docx.Document()), tmp_path).attachment.fault is Fault.NOT_A_REPORT


def compound(stream: str) -> bytes:
    return XLS.read_bytes()[:512] + stream.encode("utf-16-le") + bytes(2000)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (compound("WordDocument"), Fault.UNSUPPORTED),
        (compound("EncryptedPackage"), Fault.ENCRYPTED),
        (compound("Workbook"), Fault.DAMAGED),
        (b"{\\rtf1\\ansi Hisobot}", Fault.UNSUPPORTED),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', Fault.UNSUPPORTED),
        (zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}), Fault.UNSUPPORTED),
        (XLS.read_bytes()[:3000], Fault.UNSUPPORTED),
    ],
)
def test_formats_that_are_not_opened_say_so(data: bytes, fault: Fault, tmp_path: Path) -> None:
    file = opened(data, tmp_path)
    assert (file.attachment.kind, file.attachment.fault) == (FileKind.OFFICE, fault)


def simple() -> bytes:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(0, 0, "Договор № 00417")
        sheet.write_datetime(1, 0, dt.date(2026, 10, 1), book.add_format({"num_format": "mmmm yyyy"}))
        sheet.write_number(2, 0, 12.5, book.add_format({"num_format": "0.00"}))

    return workbook(write)


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
ENTITY = b'<!DOCTYPE x [<!ENTITY a "bb"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        (SHEET, b"<sheetData>", b"<sheetData>" + b" " * 90_000_000, Fault.LIMIT),
        (SHEET, b"?>", b"?>" + ENTITY, Fault.DAMAGED),
        (STRINGS, b"?>", b"?>" + ENTITY, Fault.DAMAGED),
        (SHEET, b'encoding="UTF-8"', b'encoding="UTF-7"', Fault.DAMAGED),
        (SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>', Fault.LIMIT),
        (SHEET, b"</sheetData>", b"", Fault.DAMAGED),
        ("xl/styles.xml", b"<numFmt ", b'<numFmt x="', Fault.DAMAGED),
        (SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>', None),
    ],
)
def test_bombs_and_broken_parts_are_faults_and_never_more(part: str, old: bytes, new: bytes, fault: Fault | None, tmp_path: Path) -> None:
    data = changed(simple(), part, lambda xml: xml.replace(old, new, 1))
    assert opened(data, tmp_path).attachment.fault is fault


def test_an_entity_in_utf_16_is_found_too(tmp_path: Path) -> None:
    data = changed(simple(), SHEET, lambda xml: b"\xff\xfe" + xml.replace(b"?>", b"?>" + ENTITY, 1).decode().encode("utf-16-le"))
    assert opened(data, tmp_path).attachment.fault is Fault.DAMAGED


def test_macros_and_outside_links_do_not_reach_the_library(tmp_path: Path) -> None:
    from parsers.office.package import repacked

    parts = parts_of(_saved(docx.Document()))
    relations = "word/_rels/document.xml.rels"
    link = b'<Relationship Id="rId99" Type="t" Target="http://127.0.0.1/a.dotm" TargetMode="External"/></Relationships>'
    parts |= {"word/vbaProject.bin": b"macro", relations: parts[relations].replace(b"</Relationships>", link), "word/media/a.png": b"<x/>"}
    anew = parts_of(repacked(zipped(parts)))
    assert anew["word/vbaProject.bin"] == anew["word/media/a.png"] == b""
    assert b"127.0.0.1" not in anew[relations]
    assert opened(zipped(parts), tmp_path).attachment.fault is Fault.NOT_A_REPORT  # an empty page: it was opened


def test_repeated_cells_of_a_spreadsheet_without_an_end_are_a_limit(tmp_path: Path) -> None:
    _, page, random = drawn("ruled_ru", "repeated")
    data = office.written(page, "ods", random)
    rows = changed(
        data, "content.xml", lambda x: x.replace(b"<table:table-row", b'<table:table-row table:number-rows-repeated="1048576"', 1)
    )
    assert opened(rows, tmp_path).attachment.fault is Fault.LIMIT
    empty = (
        b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    padded = changed(data, "content.xml", lambda x: x.replace(b"</table:table>", empty + b"</table:table>"))
    assert opened(padded, tmp_path).attachment.fault is None


@pytest.mark.parametrize("kind", ["xlsx", "docx", "odt", "xls"])
def test_files_with_bytes_changed_at_random_are_opened_or_have_a_fault(kind: str, tmp_path: Path) -> None:
    _, page, random = drawn("ruled_ru", "fuzz")
    whole = XLS.read_bytes() if kind == "xls" else office.written(page, kind, random)
    for seed in range(12):
        noise = Random(seed)
        if kind == "xls":
            spoiled = bytearray(whole)
            for _ in range(noise.choice((5, 100))):
                spoiled[noise.randrange(8, len(spoiled))] = noise.randrange(256)
            opened(bytes(spoiled), tmp_path)
            continue
        parts = parts_of(whole)
        for name in [n for n in parts if n.endswith(".xml")]:
            spoiled = bytearray(parts[name])
            at = noise.randrange(len(spoiled) + 1)
            spoiled[at : at + noise.randrange(3)] = noise.randbytes(noise.randrange(3))
            parts[name] = bytes(spoiled)
        opened(zipped(parts), tmp_path)
