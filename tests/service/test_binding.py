"""Which contract a report is about where its numbers were written by hand: the register chooses among what was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from metering.decisions import Policy, Source
from metering.periods import TASHKENT
from metering.reports import Field, MeterLine, Report
from metering.senders import Sender, Tier
from service.binding import Arrival, look_up
from storage.database import Database
from storage.register import import_register
from tests.storage.made import register_files

CONTRACTS = [
    '00421,ООО «Лола»,"г. Ташкент, ул. Навои, 5",300000421,office@lola.example,0.35,ru,active',
    '00427,ООО «Нур»,"г. Ташкент, ул. Навои, 7",300000427,office@nur.example,0.35,ru,active',
]
METERS = ["00421,1306457,ТЭМ-104,heat,Gcal,1284.37,2026-10-22", "00427,9900001,ТЭМ-104,heat,Gcal,84.37,2026-10-22"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("binding")
    database = Database(f"sqlite:///{folder / 'hisobot.db'}")
    database.upgrade()
    with database.transaction() as tx:
        import_register(tx, *register_files(folder, CONTRACTS, METERS))
    yield database
    database.close()


def bound(database: Database, contract: Field, serial: Field) -> Report:
    report = Report(files=("a.pdf",), pages=1, contract_number=contract, meters=(MeterLine(serial=serial),))
    arrival = Arrival(Source.EMAIL, dt.datetime(2026, 11, 23, 12, tzinfo=TASHKENT), Sender("office@lola.example", Tier.A, "dmarc=pass"))
    with database.transaction() as tx:
        return look_up(tx, report, arrival, Policy())[0]


def read(value: str, *others: str) -> Field:
    return Field(value, 0.6, 1, None, alternatives=others)


def test_contract_and_serial_are_chosen_together_where_both_were_misread(database: Database) -> None:
    report = bound(database, read("00427", "00421", "00121"), read("1306451", "7306457", "1306457"))
    assert report.contract_number is not None
    assert report.meters[0].serial is not None
    assert (report.contract_number.value, report.meters[0].serial.value) == ("00421", "1306457")
    assert report.contract_number.certain
    assert report.contract_number.note is not None


def test_no_contract_is_chosen_that_was_not_read(database: Database) -> None:
    report = bound(database, read("00427", "00121"), read("1306451", "1306457"))
    assert report.contract_number is not None
    assert report.contract_number.value == "00427"
    assert not report.contract_number.certain
