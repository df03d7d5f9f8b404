"""Documents of invented contracts, for tests and bench."""

from __future__ import annotations

from random import Random

from metering.billing import SettledMonth
from metering.contracts import Language
from metering.documents import Buyer, DocumentKey, DocumentKind, Paper
from metering.periods import Period
from parsers.billing.records import parse_billing
from tests.support.billing_files import NOVEMBER, OCTOBER, as_csv, month, reference, with_head, year

NAMES = {
    Language.RUSSIAN: ("ООО «Лола Текстиль»", "г. Ташкент, Мирабадский район, ул. Навои, 5"),
    Language.UZBEK: ("«Lola Tekstil» MChJ", "Toshkent sh., Mirobod tumani, Navoiy koʻchasi, 5-uy"),
    Language.UZBEK_CYRILLIC: ("«Лола Текстиль» МЧЖ", "Тошкент ш., Миробод тумани, Навоий кўчаси, 5-уй"),
}


def months_of_a_year(seed: int = 1) -> tuple[SettledMonth, ...]:
    return parse_billing(as_csv(with_head([*reference(), *year("00421", OCTOBER, Random(seed))], NOVEMBER))).months


def a_paper(kind: DocumentKind, language: Language = Language.RUSSIAN, months: tuple[SettledMonth, ...] | None = None) -> Paper:
    """An invoice of October, or an act of the twelve months up to it."""
    file = parse_billing(as_csv(with_head([*reference(), *month("00421", OCTOBER)], NOVEMBER)))
    months = months or (months_of_a_year() if kind is DocumentKind.ACT else file.months)
    name, address = NAMES[language]
    return Paper(
        key=DocumentKey(kind, "00421", months[0].period if kind is DocumentKind.ACT else Period(2026, 10), Period(2026, 10)),
        language=language,
        supplier=next(each for each in file.suppliers if each.language is language),
        buyer=Buyer(name, address, "300000421", "326010009876", "20208000000458557001", "01036", "13920"),
        months=months,
        code="K7QM-3XWA-PZ2D-V5TN",
        verification="https://company.teploenergo.uz/verify/K7QM-3XWA-PZ2D-V5TN",
    )
