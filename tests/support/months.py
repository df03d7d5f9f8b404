"""A service with a register and a clock that a test turns, to play a month of reminders on: forms are not drawn, letters go nowhere."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from mailer.outbox import Outgoing
from metering.decisions import Decision, Outcome, Source
from metering.periods import TASHKENT, Period
from metering.units import MeterKind, Unit
from service.assembly import Service
from service.config import CalendarSettings, SecretSettings, Settings, WebSettings
from service.delivery import deliver_once
from service.post import post_of
from service.reminding import Reminded, remind_once
from storage import outbox
from storage.blobs import BlobStore
from storage.database import Database
from storage.ledger import record_submission
from storage.outbox import LetterRow
from storage.register import import_register
from storage.settling import NewReading, NewSubmission

CONTRACT_HEADER = (
    "contract_number,organization,address,inn,emails,heat_load_gcal_per_hour,language,status,estimate_method,heat_load_hot_water"
)
METER_HEADER = "contract_number,serial,model,kind,unit,last_reading,last_reading_date"


@dataclass
class Sent:
    """A way out that takes every letter and remembers it; `before` is called when the letter is about to leave."""

    letters: list[tuple[str, bytes]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def check(self) -> None:
        pass

    def send(self, mime: bytes, sender: str, recipient: str, before_data: Callable[[], None]) -> str:
        self.before()
        before_data()
        self.letters.append((recipient, mime))
        return "250 ok"


def moment(text: str) -> dt.datetime:
    """`2026-11-20 09:00`, in Tashkent."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=TASHKENT)


START = moment("2026-11-01 08:00")


@dataclass
class Months:
    """The stage: what happens is told in the words of the trade, and letters are looked at as they lie in the outbox."""

    service: Service
    folder: Path
    now: dt.datetime = START
    way_out: Sent = field(default_factory=Sent)

    def register(self, contracts: list[str], meters: list[str]) -> None:
        """Rows of the two files, without their headers."""
        files = self.folder / "contracts.csv", self.folder / "meters.csv"
        files[0].write_text("\n".join([CONTRACT_HEADER, *contracts]) + "\n", encoding="utf-8")
        files[1].write_text("\n".join([METER_HEADER, *meters]) + "\n", encoding="utf-8")
        with self.service.database.transaction() as tx:
            assert import_register(tx, *files).refused == ()

    def at(self, text: str) -> Months:
        self.now = moment(text)
        return self

    def settings(self, **changed: Any) -> None:
        """Other settings of the calendar from now on."""
        calendar = self.service.settings.calendar.model_copy(update=changed)
        self.service = replace(self.service, settings=self.service.settings.model_copy(update={"calendar": calendar}))

    def report(self, number: str, *serials: str, period: str = "2026-11", outcome: Outcome = Outcome.ACCEPTED, **changed: Any) -> int:
        """A report for these meters of a contract came, and this was decided of it."""
        readings = tuple(
            NewReading(serial, MeterKind.HEAT, Unit.GCAL, self.now.date(), Decimal(20), Decimal(10), Decimal(10)) for serial in serials
        )
        values = {
            "source": Source.CABINET,
            "decision": Decision(outcome, ()),
            "received_at": self.now,
            "readings": readings,
            "contract_number": number,
            "period": Period.parse(period),
            "reading_date": self.now.date(),
        }
        with self.service.database.transaction() as tx:
            return record_submission(tx, NewSubmission(**{**values, **changed}), self.now)

    def remind(self) -> Reminded:
        return remind_once(self.service, draw=lambda facts: b"%PDF of " + facts.contract.number.encode())

    def deliver(self) -> int:
        """Sends what is due now; returns how many letters were worked on."""
        post = replace(post_of(self.service, self.outgoing, "deliver@test"), campaigns_per_minute=None)
        worked = 0
        while deliver_once(post):
            worked += 1
        return worked

    @property
    def outgoing(self) -> Outgoing:
        return self.way_out

    def rows(self) -> list[LetterRow]:
        with self.service.database.transaction() as tx:
            return outbox.letter_listing(tx)

    @property
    def owed(self) -> list[str]:
        """Keys of the letters in the outbox, in the order in which they came there."""
        return [row.key for row in self.rows()]

    @property
    def states(self) -> dict[str, tuple[str, str | None]]:
        return {row.key: (row.state.value, row.last_error) for row in self.rows()}

    def letter(self, key: str) -> EmailMessage:
        with self.service.database.transaction() as tx:
            (number,) = [row.id for row in outbox.letter_listing(tx) if row.key == key]
            return email.message_from_bytes(outbox.letter_bytes(tx, number), policy=email.policy.default)  # type: ignore[return-value]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def months_on(database: Database, folder: Path, **calendar: Any) -> Months:
    settings = Settings(
        home=folder,
        web=WebSettings(enabled=True, base_url="https://company.example"),
        secrets=SecretSettings(message_id_key="a key of sixteen bytes or more"),
        calendar=CalendarSettings(**{"since": Period(2020, 1), **calendar}),
    )
    made = Months(Service(settings, database, BlobStore(folder / "blobs"), lambda: made.now), folder)
    return made


@pytest.fixture
def months(database: Database, tmp_path: Path) -> Months:
    """Three contracts: 00421 with a heat and a hot water meter, 00007 with one, 00500 terminated."""
    made = months_on(database, tmp_path)
    made.register(
        [
            '00007,ООО «Лола»,"Ташкент, 7",300000007,lola@mail.example;boss@lola.example,0.125,ru,active,,',
            '00421,«Зафар» МЧЖ,"Тошкент, 5",300000421,zafar@mail.example,0.35,uz_cyrl,active,,0.02',
            '00500,ООО «Бывшая»,"Ташкент, 9",300000500,gone@mail.example,0.35,ru,terminated,,',
        ],
        [
            "00007,7001,ТЭМ-104,heat,Gcal,100.50,2026-10-21",
            "00421,0042100,ТЭМ-104,heat,GJ,1284.37,2026-10-21",
            "00421,B-7,ВСТ,hot_water,m3,88,2026-10-21",
            "00500,5000,ТЭМ-104,heat,Gcal,1,2026-10-21",
        ],
    )
    return made
