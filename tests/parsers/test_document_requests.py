"""Subjects that ask for a document, as people write them in three languages, and those that only look so."""

from __future__ import annotations

import pytest

from metering.documents import DocumentKind
from metering.periods import Period
from parsers.document_requests import AskedDocument, asked_document

ACT, INVOICE = (DocumentKind.ACT,), (DocumentKind.INVOICE,)


@pytest.mark.parametrize(
    ("subject", "asked"),
    [
        ("akt sverki 00421", AskedDocument(ACT, ("00421",), None)),
        ("Акт сверки 00421", AskedDocument(ACT, ("00421",), None)),
        ("АКТ СВЕРКИ по договору № 421", AskedDocument(ACT, ("00421",), None)),
        ("просим акт сверки взаимных расчётов", AskedDocument(ACT, (), None)),
        ("Сверка 00421 на октябрь 2026", AskedDocument(ACT, ("00421",), Period(2026, 10))),
        ("счет-фактура", AskedDocument(INVOICE, (), None)),
        ("Счёт - фактура 00421 за октябрь 2026 г.", AskedDocument(INVOICE, ("00421",), Period(2026, 10))),
        ("счетфактура дог. 00421", AskedDocument(INVOICE, ("00421",), None)),
        ("schet-faktura 00421 10.2026", AskedDocument(INVOICE, ("00421",), Period(2026, 10))),
        ("Hisobvaraq-faktura 00421, 2026-yil oktabr", AskedDocument(INVOICE, ("00421",), Period(2026, 10))),
        ("ҳисобварақ-фактура 00421", AskedDocument(INVOICE, ("00421",), None)),
        ("хисобварак фактура", AskedDocument(INVOICE, (), None)),
        ("Solishtirma dalolatnoma 00421-sonli shartnoma", AskedDocument(ACT, ("00421",), None)),
        ("солиштириш далолатномаси 00421", AskedDocument(ACT, ("00421",), None)),
        ("акт сверки и счет-фактура 00421", AskedDocument((DocumentKind.ACT, DocumentKind.INVOICE), ("00421",), None)),
    ],
)
def test_who_asks_is_understood(subject: str, asked: AskedDocument) -> None:
    assert asked_document(subject) == asked


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "Отчёт за октябрь 2026, договор 00421",
        "Hisobot 00421",
        "Акт снятия показаний 00421",
        "Re: Счёт-фактура № 00421/10-2026 за октябрь 2026 года, договор 00421",
        "Ответ: Акт сверки 00421",
        "Fwd: akt sverki",
        "реакт",
    ],
)
def test_nobody_is_sent_what_he_did_not_ask_for(subject: str) -> None:
    assert asked_document(subject) is None
