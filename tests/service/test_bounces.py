"""A reminder that comes back: the address is marked, the next letter goes to the next one, and our own form in it is no report."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from metering.periods import TASHKENT, Period
from service.config import CalendarSettings, WebSettings
from service.processing import process_all
from service.reminding import remind_once
from storage import addresses, exports, messages, outbox
from storage.messages import NewMessage
from storage.register import import_register
from tests.support.stage import Stage

CONTRACT = '00421,ООО «Лола»,"Ташкент, 5",300000421,gone@lola.example;boss@lola.example,0.35,ru,active'
CONTRACTS = f"contract_number,organization,address,inn,emails,heat_load_gcal_per_hour,language,status\n{CONTRACT}\n"
METERS = "contract_number,serial,model,kind,unit,last_reading,last_reading_date\n00421,0042100,ТЭМ,heat,Gcal,100.5,2026-10-21\n"


def bounce_of(mime: bytes, status: str) -> bytes:
    """As Postfix writes it, with the whole letter in it."""
    return (
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.lola.example\r\nDate: Fri, 20 Nov 2026 09:10:00 +0500\r\nSubject: Undelivered Mail\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.lola.example\r\n\r\n"
        b"Final-Recipient: rfc822; gone@lola.example\r\nAction: failed\r\nStatus: " + status.encode() + b"\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + mime + b"\r\n--b--\r\n"
    )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_bounce_marks_the_address_and_is_no_report(stage: Stage) -> None:
    changed = {"web": WebSettings(enabled=True, base_url="https://company.example"), "calendar": CalendarSettings(since=Period(2026, 11))}
    settings = stage.service.settings.model_copy(update=changed)
    stage.service = replace(stage.service, settings=settings)
    for name, text in (("c.csv", CONTRACTS), ("m.csv", METERS)):
        (stage.folder / name).write_text(text, encoding="utf-8")
    with stage.service.database.transaction() as tx:
        assert import_register(tx, stage.folder / "c.csv", stage.folder / "m.csv").refused == ()
    stage.now = dt.datetime(2026, 11, 20, 9, tzinfo=TASHKENT)
    assert remind_once(stage.service).written == 1
    with stage.service.database.transaction() as tx:
        (letter,) = outbox.letter_listing(tx)
        mime = outbox.letter_bytes(tx, letter.id)
    assert b"application/pdf" in mime  # the form, drawn for real
    forged = bounce_of(mime.replace(letter.message_id.encode(), b"<o." + b"0" * 20 + b"." + b"0" * 20 + b"@teploenergo.uz>"), "5.1.1")
    for number, (raw, dead) in enumerate([(forged, False), (bounce_of(mime, "5.2.2"), False), (bounce_of(mime, "5.1.1"), True)], 1):
        new = NewMessage("INBOX", 1, str(number), len(raw), stage.now, stage.service.blobs.put(raw), f"{number}.eml")
        with stage.service.database.transaction() as tx:
            messages.keep(tx, new, stage.now)
        process_all(stage.service, stage.readers, "test")
        with stage.service.database.reading() as tx:
            assert addresses.is_dead(tx, "gone@lola.example") is dead
    with stage.service.database.reading() as tx:
        rows = list(exports.message_rows(tx))
        (state,) = addresses.address_listing(tx)
    assert [(row["outcome"], row["reply"]) for row in rows[1:]] == [("ignored", None)] * 2
    assert [row["reports"] for row in rows[1:]] == [[], []]
    assert rows[0]["reply"] is None
    assert (state.address, state.dead, state.contracts) == ("gone@lola.example", True, ("00421",))
    stage.now = dt.datetime(2026, 11, 24, 9, tzinfo=TASHKENT)
    assert remind_once(stage.service).written == 1
    with stage.service.database.transaction() as tx:
        assert outbox.letter_listing(tx)[-1].recipient == "boss@lola.example"
