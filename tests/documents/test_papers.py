"""Invoices and acts say what billing said, in three languages, as PDF/A that an archive would take."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from documents.papers import draw_paper
from metering.contracts import Language
from metering.documents import DocumentKey, DocumentKind, SignatureMark
from metering.periods import Period
from tests.support.papers import a_paper, months_of_a_year
from tests.support.pdf_a import faults_against_pdf_a
from tests.support.pdf_pages import texts_of

MARK = SignatureMark("ГУП «Toshissiqquvvati», Каримов Б. А.", "1F0A77C2D3E4B5A69788", dt.datetime(2026, 11, 2, 15, 0, 13, tzinfo=dt.UTC))
WORDS = {
    (DocumentKind.INVOICE, Language.RUSSIAN): (
        "СЧЁТ-ФАКТУРА № 00421/10-2026",
        "31 октября 2026 года",
        "Тепловая энергия (отопление) за октябрь",
        "Двадцать миллионов шестьсот семьдесят пять тысяч",
        "Стр. 1 из 1",
        "Покупатель",
    ),
    (DocumentKind.INVOICE, Language.UZBEK): (
        "HISOBVARAQ-FAKTURA № 00421/10-2026",
        "2026-yil 31-oktabr",
        "Issiqlik energiyasi (isitish)",
        "Yigirma million olti yuz yetmish besh ming",
        "1-bet, jami 1",
        "Sotib oluvchi",
    ),
    (DocumentKind.INVOICE, Language.UZBEK_CYRILLIC): (
        "ҲИСОБВАРАҚ-ФАКТУРА № 00421/10-2026",
        "2026 йил 31 октябрь",
        "Иссиқлик энергияси (иситиш)",
        "Йигирма миллион олти юз етмиш беш минг",
        "1-бет, жами 1",
        "Сотиб олувчи",
    ),
    (DocumentKind.ACT, Language.RUSSIAN): (
        "АКТ СВЕРКИ ВЗАИМНЫХ РАСЧЁТОВ № 00421/11-2025/10-2026",
        "Сальдо начальное",
        "Обороты за период",
        "Дебет",
        "Счёт-фактура № 00421/10-2026",
    ),
    (DocumentKind.ACT, Language.UZBEK): (
        "SOLISHTIRISH DALOLATNOMASI № 00421/11-2025/10-2026",
        "Boshlangʻich saldo",
        "Davr aylanmasi",
        "Debet",
        "Hisobvaraq-faktura № 00421/10-2026",
    ),
    (DocumentKind.ACT, Language.UZBEK_CYRILLIC): (
        "СОЛИШТИРИШ ДАЛОЛАТНОМАСИ № 00421/11-2025/10-2026",
        "Бошланғич сальдо",
        "Давр айланмаси",
        "Дебет",
        "Ҳисобварақ-фактура № 00421/10-2026",
    ),
}


def text(pdf: bytes) -> str:
    return "\n".join(texts_of(pdf))


@pytest.mark.parametrize(("kind", "language"), WORDS)
def test_a_document_says_what_billing_said_in_the_language_of_the_contract(kind: DocumentKind, language: Language) -> None:
    paper = a_paper(kind, language)
    said = text(draw_paper(paper, MARK)).replace("\n", " ")
    for word in (*WORDS[kind, language], paper.supplier.name, paper.buyer.organization, paper.code, paper.verification):
        assert word in said, word
    if kind is DocumentKind.INVOICE:
        for word in ("53,93", "342 296,00", "18 460 023,28", "12 %", "2 215 202,79", "20 675 226,07", "200595932", "300000421"):
            assert word in said, word


@pytest.mark.parametrize(
    ("closing", "said"),
    [
        ("2175226.07", "задолженность ООО «Лола Текстиль» в пользу"),
        ("-5.00", "(предоплата) составляет 5,00 сум"),
        ("0.00", "взаимной задолженности нет"),
    ],
)
def test_an_act_says_who_owes_whom(closing: str, said: str) -> None:
    months = months_of_a_year()
    paper = a_paper(DocumentKind.ACT, months=(*months[:-1], replace(months[-1], closing=Decimal(closing))))
    assert said in text(draw_paper(paper, MARK)).replace("\n", " ")


def test_a_long_act_goes_on_over_pages_that_are_numbered_and_the_signature_stands_on_the_last() -> None:
    month = months_of_a_year()[-1]
    many = replace(month, payments=month.payments * 90)
    pdf = draw_paper(a_paper(DocumentKind.ACT, months=(many,)), MARK)
    pages = texts_of(pdf)
    assert len(pages) >= 2
    assert all(f"Стр. {number} из {len(pages)}" in page for number, page in enumerate(pages, 1))
    kids = PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Kids"]
    assert ["/Annots" in kid.get_object() for kid in kids] == [False] * (len(pages) - 1) + [True]


def test_a_name_of_the_register_is_text_and_never_markup() -> None:
    name = '<img src="file:///etc/passwd"> & «Лола»'
    paper = a_paper(DocumentKind.INVOICE)
    assert name in text(draw_paper(replace(paper, buyer=replace(paper.buyer, organization=name)), MARK)).replace("\n", " ")


def test_the_number_and_the_file_name_tell_documents_apart() -> None:
    invoice = DocumentKey(DocumentKind.INVOICE, "00421", Period(2026, 10), Period(2026, 10))
    act = DocumentKey(DocumentKind.ACT, "00421", Period(2025, 11), Period(2026, 10))
    assert (invoice.number, invoice.file_name) == ("00421/10-2026", "invoice-00421-2026-10.pdf")
    assert (act.number, act.file_name) == ("00421/11-2025/10-2026", "act-00421-2025-11-2026-10.pdf")
    with pytest.raises(ValueError, match="no such span"):
        DocumentKey(DocumentKind.INVOICE, "00421", Period(2026, 9), Period(2026, 10))


@pytest.mark.parametrize("kind", DocumentKind)
def test_what_pdf_a_asks_for_is_there(kind: DocumentKind) -> None:
    assert faults_against_pdf_a(draw_paper(a_paper(kind), MARK)) == []
