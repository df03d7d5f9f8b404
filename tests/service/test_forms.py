"""A form's way: printed by the command, filled in, read, its code checked with the key, and judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image

from metering.decisions import Case, Decision, Outcome, Policy, Source
from metering.form_layout import CONTRACT as CONTRACT_PLACE
from metering.forms import FormCode, is_sealed
from metering.messages import Attachment, FileKind, OpenedFile, Sheet
from metering.periods import TASHKENT, Period
from metering.reports import Report
from metering.senders import Sender, Tier
from service.binding import Arrival, look_up
from service.form_codes import form_key, weigh_codes
from service.forms import make_form
from service.reading import read_file
from storage.database import Database
from storage.register import import_register
from tests.service.commands import hisobot
from tests.storage.made import register_files
from tests.support.filled_forms import FONTS, typed, write_text
from tests.support.forms import fill_in, pictured
from validation.rulebook import judge

NOVEMBER = Period(2026, 11)
CONTRACT = '00421,ООО «Лола»,"г. Ташкент, ул. Навои, 5",300000421,office@lola.example,0.35,ru,active'
METERS = ["00421,1306457,ТЭМ-104,heat,Gcal,1284.37,2026-10-22", "00421,7700123,ВСТ-25,hot_water,m3,510.08,2026-10-22"]
RECEIVED = dt.datetime(2026, 11, 23, 12, tzinfo=TASHKENT)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("forms")
    database = Database(f"sqlite:///{folder / 'hisobot.db'}")
    database.upgrade()
    with database.transaction() as tx:
        import_register(tx, *register_files(folder, [CONTRACT], METERS))
    yield database
    database.close()


@pytest.fixture
def form(database: Database) -> bytes:
    with database.transaction() as tx:
        return make_form(tx, "00421", NOVEMBER, "metrology@teploenergo.uz")


def filled(form: bytes, consumption: str = "42.42") -> np.ndarray:
    page, random = pictured(form), Random(3)
    fill_in(page, [("1326.79", consumption), ("522.10", "12.02")], typed(FONTS[0]), random)
    return page


def read(page: np.ndarray, folder: Path) -> Report:
    Image.fromarray(page).save(folder / "page.ppm")
    sheet = Sheet(1, 595.28, 841.89, None, "page.ppm", 200.0)
    (report,) = read_file(OpenedFile(Attachment("form.png", "0" * 64, 1, FileKind.PNG), (sheet,)), folder)
    return report


def decide(database: Database, report: Report) -> tuple[Report, Case, Decision]:
    sender = Sender("office@lola.example", Tier.A, "dmarc=pass")
    with database.transaction() as tx:
        report, case = look_up(tx, report, Arrival(Source.EMAIL, RECEIVED, sender), Policy())
    return report, case, judge(report, case)


def test_a_form_filled_in_and_mailed_back_is_booked_without_a_person(database: Database, form: bytes, tmp_path: Path):
    report, _, decision = decide(database, read(filled(form), tmp_path))
    assert report.contract_number is not None
    assert report.period is not None
    assert (report.contract_number.value, report.period.value) == ("00421", "2026-11")
    assert [(line.serial.value, line.previous.value, line.current.value, line.consumption.value) for line in report.meters] == [
        ("1306457", "1284.37", "1326.79", "42.42"),
        ("7700123", "510.08", "522.10", "12.02"),
    ]
    assert decision.outcome is Outcome.ACCEPTED, decision.reasons


def test_digits_that_do_not_add_up_are_never_booked(database: Database, form: bytes, tmp_path: Path):
    _, _, decision = decide(database, read(filled(form, consumption="42.43"), tmp_path))
    assert decision.outcome is Outcome.REVIEW
    assert "arithmetic" in decision.reasons


def test_a_form_of_another_instance_is_noticed_and_proves_nothing(database: Database, tmp_path: Path):
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    other.upgrade()
    with other.transaction() as tx:
        import_register(tx, *register_files(tmp_path, [CONTRACT], METERS))
        forged = make_form(tx, "00421", NOVEMBER, "metrology@teploenergo.uz")
    other.close()
    report = read(filled(forged), tmp_path)
    with database.transaction() as tx:
        weighed, invalid = weigh_codes(tx, report)
    assert invalid
    assert weighed == report
    assert not any(field.certain for field in (report.contract_number, report.period) if field)
    _, _, decision = decide(database, report)
    assert decision.outcome is Outcome.REVIEW
    assert "form_code_invalid" in decision.reasons


def test_a_code_that_says_another_contract_than_the_print_is_for_a_person(database: Database, form: bytes, tmp_path: Path):
    page = filled(form)
    scale = 200 / 72
    left, top, right, bottom = (
        round(edge * scale) for edge in (CONTRACT_PLACE.left, CONTRACT_PLACE.top, CONTRACT_PLACE.right, CONTRACT_PLACE.bottom)
    )
    printed = Image.fromarray(page)
    printed.paste((255, 255, 255), (left, top, right, bottom))
    page = np.asarray(printed).copy()
    write_text(page, CONTRACT_PLACE, "00877", Random(1))
    report, _, decision = decide(database, read(page, tmp_path))
    assert report.contract_number is not None
    assert report.contract_number.alternatives == ("00877",)
    assert decision.outcome is Outcome.REVIEW
    assert "form_code_invalid" in decision.reasons


def test_the_key_is_made_once_and_seals_every_form(database: Database):
    with database.transaction() as tx:
        key = form_key(tx)
        assert form_key(tx) == key
    assert len(key) == 64
    assert is_sealed(FormCode("00421", NOVEMBER, ()).sealed(key), key)


def test_the_command_writes_a_pdf_and_says_what_is_wrong(tmp_path: Path):
    files = register_files(tmp_path, [CONTRACT], METERS)
    assert hisobot(tmp_path, "register", "import", *files).code == 0
    done = hisobot(tmp_path, "form", "00421", "--period", "2026-11", "-o", "form.pdf")
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
    unknown = hisobot(tmp_path, "form", "99999", "--period", "2026-11", "-o", "none.pdf")
    assert unknown.code == 4
    assert "the register has no contract 99999" in unknown.err
    assert not (tmp_path / "none.pdf").exists()
    wrong = hisobot(tmp_path, "form", "00421", "--period", "November", "-o", "none.pdf")
    assert wrong.code == 2
    assert "YYYY-MM" in wrong.err
