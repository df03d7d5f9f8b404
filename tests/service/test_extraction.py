"""What `hisobot extract` prints, for real files: the shape that docs/formats.md promises, on every line."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from metering.messages import OpenedFile
from metering.report_json import FIELDS, nothing_read, report_as_json
from metering.reports import Report
from metering.units import MeterKind, Unit
from service.config import LimitSettings
from service.extraction import extract_file
from service.readers import Readers
from tests.corpus.facts import invent
from tests.corpus.generate import Sample, draw
from tests.corpus.layouts import LAYOUTS
from tests.parsers.mail_writing import message, multipart, part
from tests.parsers.pdf_drawing import LINES, PdfPage, text_lines, write_pdf

Line = dict[str, Any]

TOP = {"file", "pages", "seconds", "fields", "meters", "signature_present", "stamp_present", "error"}
NUMBERS = ("previous", "current", "consumption")


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    with Readers(processes=1, seconds=100) as pool:
        yield pool


def drawn(layout: str, mode: str) -> Sample:
    random = Random(f"extraction {layout} {mode}")
    return draw(layout, layout, mode, invent(random, LAYOUTS[layout].language, LAYOUTS[layout].demand), random)


def extract(readers: Readers, path: Path, **limits: float) -> list[Line]:
    """The lines as a script reads them, each of the promised shape."""
    lines = [json.loads(json.dumps(line)) for line in extract_file(path, readers, LimitSettings(**limits), None)]
    assert lines
    for line in lines:
        assert_shape(line)
    return lines


def assert_shape(line: Line) -> None:
    assert line.keys() >= TOP
    assert isinstance(line["file"], str)
    assert type(line["pages"]) is int
    assert isinstance(line["seconds"], float)
    assert line["seconds"] >= 0
    assert tuple(line["fields"]) == FIELDS
    for name, field in line["fields"].items():
        assert_field(field, line["pages"])
        if field and name.endswith("_date"):
            dt.date.fromisoformat(field["value"])
        if field and name == "period":
            assert re.fullmatch(r"\d{4}-\d{2}", field["value"])
    for meter in line["meters"]:
        assert meter["kind"] in {None, *(kind.value for kind in MeterKind)}
        assert meter["unit"] in {None, *(unit.value for unit in Unit)}
        for name in ("serial", *NUMBERS, "reading_date"):
            assert_field(meter[name], line["pages"])
        for name in NUMBERS:
            assert meter[name] is None or Decimal(meter[name]["value"]).is_finite()
    for mark in (line["signature_present"], line["stamp_present"]):
        if line["error"] is None:
            assert type(mark["value"]) is bool
            assert 0 <= mark["confidence"] <= 1
        else:
            assert mark is None
    assert line["error"] is None or (isinstance(line["error"], str) and line["error"] and not line["meters"])


def assert_field(field: Line | None, pages: int) -> None:
    if field is None:
        return
    assert field.keys() >= {"value", "confidence", "page", "box"}
    assert isinstance(field["value"], str)
    assert field["value"]
    assert 0 <= field["confidence"] <= 1
    assert 1 <= field["page"] <= pages
    if field["box"] is not None:
        left, top, right, bottom = field["box"]
        assert left < right
        assert top < bottom
        assert all(math.isfinite(edge) and -20 <= edge <= 5000 for edge in field["box"])


def test_a_page_with_a_text_layer_is_read_exactly(readers: Readers, tmp_path: Path) -> None:
    sample = drawn("ruled_ru", "text")
    (tmp_path / sample.name).write_bytes(sample.content)
    (line,) = extract(readers, tmp_path / sample.name)
    assert (line["file"], line["error"], line["pages"]) == (str(tmp_path / sample.name), None, 1)
    assert line["fields"]["contract_number"]["value"] == sample.facts.contract_number
    assert line["fields"]["reading_date"]["value"] == sample.facts.reading_date.isoformat()
    assert [meter["serial"]["value"] for meter in line["meters"]] == [meter.serial for meter in sample.facts.meters]


@pytest.mark.parametrize("mode", ["scan200", "photo"])
def test_a_picture_of_a_page_has_the_same_shape(readers: Readers, tmp_path: Path, mode: str) -> None:
    sample = drawn("letter_uz", mode)
    (tmp_path / sample.name).write_bytes(sample.content)
    (line,) = extract(readers, tmp_path / sample.name)
    assert line["error"] is None
    assert any(line["fields"].values())


def test_each_report_of_a_message_is_a_line_named_by_its_file_and_what_cannot_be_read_is_one_too(readers: Readers, tmp_path: Path) -> None:
    first, second = (drawn(layout, "text") for layout in ("ruled_ru", "blocks_uz"))
    letter = message(
        multipart(
            part(first.content, 'Content-Type: application/pdf; name="one.pdf"'),
            part(second.content, 'Content-Type: application/pdf; name="two.pdf"'),
            part(first.content[:500], 'Content-Type: application/pdf; name="cut.pdf"'),
        )
    )
    path = tmp_path / "mail.eml"
    path.write_bytes(letter)
    lines = extract(readers, path)
    contracts = {line["file"]: line["error"] or line["fields"]["contract_number"]["value"] for line in lines}
    assert contracts == {
        f"{path}!one.pdf": first.facts.contract_number,
        f"{path}!two.pdf": second.facts.contract_number,
        f"{path}!cut.pdf": "damaged: it cannot be opened",
    }


def test_a_message_that_holds_nothing_says_why(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(message(part(b"Salom", "Content-Type: text/plain")))
    assert [(line["file"], line["error"]) for line in extract(readers, path)] == [(str(path), "nothing that can be a report")]


def cut(path: Path) -> None:
    path.write_bytes(write_pdf(PdfPage(text_lines(*LINES)))[:300])


def too_large_a_file(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 2000)


def too_large_a_message(path: Path) -> None:
    with path.open("wb") as sparse:
        sparse.truncate(2**40)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (cut, "damaged: it cannot be opened"),
        (Path.touch, "damaged: it cannot be opened"),
        (Path.mkdir, "is a directory; name the files in it"),
        (lambda path: None, "cannot be read: No such file or directory"),
        (too_large_a_file, "larger than 0 MiB"),
        (too_large_a_message, "larger than 1 MiB"),
    ],
)
def test_a_file_that_cannot_be_read_has_its_line(readers: Readers, tmp_path: Path, make: Any, error: str) -> None:
    path = tmp_path / "scan.pdf"
    make(path)
    (line,) = extract(readers, path, attachment_bytes=1000, message_bytes=1024**2)
    assert (line["file"], line["error"]) == (str(path), error)


def test_a_file_that_takes_too_long_has_its_line(readers: Readers, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    cut(path)
    (line,) = extract(readers, path, open_seconds=0.001)
    assert line["error"] == "opening took more than 0.001 s"


class BrokenReaders(Readers):
    """Readers with a bug that some file brings to light."""

    def __init__(self) -> None: ...

    def read(self, file: OpenedFile, folder: Path) -> tuple[Report, ...]:
        raise ValueError(f"no such digit in {file.attachment.name}")


def test_a_bug_costs_the_file_and_not_the_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(write_pdf(PdfPage(text_lines(*LINES))))
    (line,) = extract(BrokenReaders(), path)
    assert line["error"] == "a bug ended the reading: ValueError"
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_name_that_is_no_utf_8_is_written_out(readers: Readers, tmp_path: Path) -> None:
    (line,) = extract(readers, tmp_path / "\udcee\udcf2.pdf")
    assert line["file"] == f"{tmp_path}/\\xee\\xf2.pdf"


def test_a_line_without_a_report_has_the_same_keys_as_one_with() -> None:
    assert nothing_read().keys() == report_as_json(Report((), 0)).keys()
