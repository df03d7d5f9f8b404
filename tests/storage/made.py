"""Values for the tests of storage/: a register, messages, submissions and letters with sensible defaults."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from decimal import Decimal
from pathlib import Path

from metering.decisions import Decision, Finding, Outcome, Severity, Source
from metering.periods import Period
from metering.units import MeterKind, Unit
from storage import messages
from storage.database import Database, Transaction
from storage.outbox import Letter
from storage.register import import_register
from storage.settling import Fate, NewReading, NewSubmission, Settlement, SubmittedFile

NOW = dt.datetime(2026, 10, 22, 5, 15, tzinfo=dt.UTC)
OCTOBER = Period(2026, 10)
LEASE = dt.timedelta(minutes=10)

CONTRACT_HEADER = "contract_number,organization,address,inn,emails,heat_load_gcal_per_hour,language,status"
METER_HEADER = "contract_number,serial,model,kind,unit,last_reading,last_reading_date"
CONTRACT_00421 = '00421,«Зафар» МЧЖ,"Тошкент ш., Навоий кўчаси, 5",300000421,Zafar@mail.example;office@zafar.example,0.35,uz_cyrl,active'
CONTRACT_00007 = '00007,ООО «Лола»,"г. Ташкент, ул. Лола, 7",300000007,zafar@mail.example,0.10,ru,active'
METER_A = "00421,0042100,ТЭМ-104,heat,Gcal,100.50,2026-09-21"
METER_B = "00421,B-7,ВСТ,hot_water,m3,7,2026-09-21"
METER_C = "00007,0042100,ТЭМ-104,heat,GJ,5.0,2026-09-20"

_numbers = itertools.count(1)


def after(**span: float) -> dt.datetime:
    return NOW + dt.timedelta(**span)


def register_files(folder: Path, contracts: list[str], meters: list[str]) -> tuple[Path, Path]:
    files = folder / "contracts.csv", folder / "meters.csv"
    files[0].write_text("\n".join([CONTRACT_HEADER, *contracts]) + "\n", encoding="utf-8")
    files[1].write_text("\n".join([METER_HEADER, *meters]) + "\n", encoding="utf-8")
    return files


def load_register(database: Database, folder: Path) -> None:
    files = register_files(folder, [CONTRACT_00421, CONTRACT_00007], [METER_A, METER_B, METER_C])
    with database.transaction() as tx:
        import_register(tx, *files)


def new_message(uid: str | None = None, **changed: object) -> messages.NewMessage:
    uid = uid or str(next(_numbers))
    values = {
        "mailbox": "INBOX",
        "uidvalidity": 1,
        "uid": uid,
        "size": 1000,
        "internal_date": NOW,
        "raw_sha256": hashlib.sha256(uid.encode()).hexdigest(),
        "file_name": f"{uid}.eml",
    }
    return messages.NewMessage(**{**values, **changed})


def claimed(tx: Transaction, new: messages.NewMessage | None = None, now: dt.datetime = NOW) -> messages.Claim:
    """A message kept and claimed at once; the queue must be empty before."""
    messages.keep(tx, new or new_message(), now)
    held = messages.claim(tx, "intake@test", now, LEASE)
    assert held is not None
    return held


def reading(serial: str | None = "0042100", index: str | None = "120.50", **changed: object) -> NewReading:
    values = {
        "kind": MeterKind.HEAT,
        "unit": Unit.GCAL,
        "reading_date": dt.date(2026, 10, 21),
        "previous": Decimal("100.50"),
        "consumption": Decimal(index) - Decimal("100.50") if index else None,
    }
    return NewReading(serial=serial, index=Decimal(index) if index else None, **{**values, **changed})


def submission(held: messages.Claim | None, *readings: NewReading, **changed: object) -> NewSubmission:
    values = {
        "source": Source.EMAIL if held else Source.CABINET,
        "message": held.message.id if held else None,
        "decision": Decision(Outcome.ACCEPTED, (Finding("late", Severity.NOTE, {"day": "26"}),)),
        "received_at": NOW,
        "readings": readings or (reading(),),
        "contract_number": "00421",
        "period": OCTOBER,
        "reading_date": dt.date(2026, 10, 21),
        "sender": "zafar@mail.example",
        "files": (SubmittedFile("hisobot.pdf", "a" * 64),),
    }
    return NewSubmission(**{**values, **changed})


def decided(outcome: Outcome) -> Decision:
    return Decision(outcome, ())


def fate(outcome: Outcome = Outcome.ACCEPTED, **changed: object) -> Fate:
    values = {"outcome": outcome, "reply": "receipt", "reasons": ("late",), "received_at": NOW, "content_sha256": "c" * 64}
    return Fate(**{**values, "sender": "zafar@mail.example", "message_id": "<1@zafar.example>", **changed})


def letter(key: str | None = None, **changed: object) -> Letter:
    key = key or f"message/{next(_numbers)}/receipt"
    values = {"kind": "receipt", "recipient": "zafar@mail.example", "language": "uz_cyrl", "mime": b"Subject: 1\r\n\r\n\xff"}
    return Letter(**{"key": key, "message_id": f"<o.{key}@teploenergo.example>", **values, **changed})


def settlement(held: messages.Claim, *submissions: NewSubmission, **changed: object) -> Settlement:
    return Settlement(**{"at": NOW, "submissions": submissions, "claim": held, "fate": fate(), **changed})
