"""Whom we do not answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.automatic import OUR_HEADER, automatic_reason
from metering.senders import Sender, Tier

OWN = "metrology@teploenergo.uz"
PERSON = Sender("a.karimov@firm.uz", Tier.A, "dmarc=pass")
ORDINARY = [
    ("Return-Path", "<a.karimov@firm.uz>"),
    ("Delivered-To", OWN),
    ("Received", "from mail.firm.uz by mx.teploenergo.uz; Thu, 22 Oct 2026 10:15:00 +0500"),
    ("From", "Каримов А. <a.karimov@firm.uz>"),
    ("Message-ID", "<1@firm.uz>"),
    ("In-Reply-To", "<o.ours@teploenergo.uz>"),
    ("Subject", "Отчет по договору 00421"),
    ("Content-Type", "multipart/mixed; boundary=x"),
    ("X-Mailer", "The Bat!"),
]


def reason(*headers: tuple[str, str], sender: Sender = PERSON) -> str | None:
    changed = {name.lower() for name, _ in headers}
    kept = [header for header in ORDINARY if header[0].lower() not in changed]
    return automatic_reason([*headers, *kept], sender, OWN, lambda message_id: message_id.startswith("<o."))


def test_a_letter_from_a_person_is_answered() -> None:
    assert reason() is None


@pytest.mark.parametrize(
    "header",
    [
        ("Auto-Submitted", "no"),
        ("auto-submitted", " No (a person) "),
        ("Precedence", "first-class"),
        ("X-Auto-Response-Suppress", "DR, RN, NRN"),
        ("X-Auto-Response-Suppress", "None"),
        ("Content-Type", "multipart/related"),
        ("Subject", "Re: Автоответ: в отпуске"),
        ("Subject", "Fwd: Undelivered Mail Returned to Sender"),
        ("Subject", "Автоматический узел учёта, договор 00421"),
        ("Subject", "Autoreply needed for 00421"),
        ("Subject", "Auto-Servis MChJ, hisobot"),
        ("Subject", "Автоответчик узла учёта, договор 00421"),
        ("Subject", "Out of office building: heat report"),
        ("Subject", "Уведомление о прочтении показаний"),
        ("Subject", "Прочитано и подписано, договор 00421"),
        ("Subject", "Re: Не удается доставить: отчет"),
        ("Return-Path", "<listing@firm.uz>"),
        ("From", "Mailer Daemonov <a.karimov@firm.uz>"),
        ("Listing", "x"),
        ("References", "<o.1@teploenergo.uz> <2@firm.uz>"),
    ],
)
def test_what_only_looks_automatic_is_answered(header: tuple[str, str]) -> None:
    assert reason(header) is None


@pytest.mark.parametrize(
    "header",
    [
        ("Return-Path", "<>"),
        ("return-path", " < > "),
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated (failure)"),
        ("AUTO-SUBMITTED", 'Auto-Notified; owner-email="x@y.example"'),
        ("Precedence", "bulk"),
        ("Precedence", "LIST"),
        ("Precedence", "junk"),
        ("Precedence", "auto_reply"),
        ("List-Id", "<heat.lists.example>"),
        ("List-Unsubscribe", "<mailto:x@y.example>"),
        ("List-Post", "NO"),
        ("X-Autoreply", "yes"),
        ("X-Autorespond", "out"),
        ("X-Autoresponse", "yes"),
        ("X-Auto-Reply-From", "a.karimov@firm.uz"),
        ("X-Loop", "x@y.example"),
        ("X-Failed-Recipients", "x@y.example"),
        ("X-Auto-Response-Suppress", "All"),
        ("X-Auto-Response-Suppress", "DR, OOF, AutoReply"),
        ("X-Auto-Response-Suppress", "oof"),
        ("Content-Type", "multipart/report; report-type=delivery-status"),
        ("Content-Type", " Multipart/Report; report-type=disposition-notification"),
        ("Content-Type", "message/delivery-status"),
        ("Content-Type", "message/disposition-notification"),
        ("Subject", "Автоответ: я в отпуске"),
        ("Subject", "Out of office: till Monday"),
        ("Subject", "Automatic reply: report"),
        ("Subject", "Avtomatik javob: hisobot"),
        ("Subject", "Avtojavob: hisobot"),
        ("Subject", "Автожавоб: ҳисобот"),
        ("Subject", "Автоматический ответ на ваше письмо"),
        ("Subject", "Автоответ на: Отчет принят"),
        ("Subject", "Автоответ"),
        ("Subject", "Out of Office Re: Отчет принят"),
        ("Subject", "Return Receipt (displayed) - Отчет принят"),
        ("Subject", "Уведомление о прочтении (отображено): Отчет принят"),
        ("Subject", "Oʻqildi: Hisobot qabul qilindi"),
        ("Subject", "Ўқилмади: Ҳисобот қабул қилинди"),
        ("Subject", "Delivery delayed: Отчет принят"),
        ("Subject", "Вне офиса: Отчет принят"),
        ("Subject", "Отсутствие на рабочем месте: Отчет принят"),
        ("Subject", "AUTO: Иванов П.П. отсутствует (возвращается 02.11.2026)"),
        ("Subject", "Прочтено: Отчет принят"),
        ("Subject", "Не прочитано: Отчет принят"),
        ("Subject", "Read: Отчет принят"),
        ("Subject", "Undelivered Mail Returned to Sender"),
        ("Subject", "failure notice"),
        ("Subject", "Не удается доставить: Отчет принят"),
        ("Subject", "Недоставленное сообщение"),
        ("From", "MAILER-DAEMON <>"),
        ("From", "Mail Delivery Subsystem <MAILER-DAEMON>"),
    ],
)
def test_automatic_mail_is_not_answered(header: tuple[str, str]) -> None:
    assert reason(header) is not None


def test_every_header_of_a_name_counts() -> None:
    assert reason(("Auto-Submitted", "no"), ("Auto-Submitted", "auto-replied")) is not None
    assert reason(("Precedence", "normal"), ("Precedence", "bulk")) is not None


NOBODY = [
    *("mailer-daemon", "MAILER_DAEMON", "postmaster", "Post_Master", "no-reply", "noreply", "do-not-reply", "DoNotReply", "bounce"),
    *("bounces", "bounce+x=firm.uz", "heat-bounces", "autoreply", "auto-responder", "listserv", "owner-heat", "heat-owner", "nobody"),
    *("noreply.robot", "no-reply-2", "robot", "notifications", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e"),
]


@pytest.mark.parametrize("local", NOBODY)
def test_an_address_that_nobody_reads_is_not_answered(local: str) -> None:
    assert reason(sender=Sender(f"{local.lower()}@firm.uz", Tier.A, "")) is not None


@pytest.mark.parametrize("local", ["scanner", "info", "buhgalter77", "energetik", "noreplyev", "postmasterov", "daemonov", "reply", ""])
def test_addresses_of_people_and_scanners_are_answered(local: str) -> None:
    assert reason(sender=Sender(f"{local}@firm.uz", Tier.A, "")) is None


def test_we_do_not_answer_ourselves() -> None:
    assert reason(sender=Sender(OWN, Tier.A, "")) is not None
    assert automatic_reason(ORDINARY, Sender(OWN, Tier.A, ""), OWN.upper(), lambda _: False) is not None
    assert reason((OUR_HEADER.upper(), "1")) is not None
    assert reason(("Message-ID", "<o.1@teploenergo.uz>")) is not None


def test_a_customer_s_answer_to_our_letter_is_answered() -> None:
    assert reason(("In-Reply-To", "<o.1@teploenergo.uz>"), ("References", "<o.1@teploenergo.uz>")) is None


def test_a_loop_ends() -> None:
    hop = ("Received", "from a by b; Thu, 22 Oct 2026 10:15:00 +0500")
    assert reason(*[hop] * 49) is None
    assert reason(*[hop] * 50) is not None
    assert reason(("Delivered-To", OWN), ("Delivered-To", "someone@else.example")) is None
    assert reason(("Delivered-To", OWN), ("Delivered-To", f"<{OWN.upper()}>")) is not None


@given(st.lists(st.tuples(st.sampled_from([*(name for name, _ in ORDINARY), "Precedence", "Auto-Submitted", "List-X"]), st.text())))
def test_no_header_makes_it_fail(headers: list[tuple[str, str]]) -> None:
    found = automatic_reason(headers, PERSON, OWN, lambda _: False)
    assert found is None or found
