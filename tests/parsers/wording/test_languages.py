"""The language that a person wrote in."""

from __future__ import annotations

import pytest

from metering.contracts import Language
from parsers.wording.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Здравствуйте! Отчет во вложении.\n\nС уважением, Каримов А.", Language.RUSSIAN),
        ("Почему так много начислили?", Language.RUSSIAN),
        ("Assalomu alaykum. Hisobot ilova qilindi.\nHurmat bilan, Karimov", Language.UZBEK),
        ("Nega bunchalik koʻp hisoblandi?", Language.UZBEK),
        ("Ko‘rsatkichlarni yuboramiz", Language.UZBEK),
        ("Ассалому алайкум. Ҳисобот илова қилинди.\nҲурмат билан", Language.UZBEK_CYRILLIC),
        ("Хисоботни юборамиз, хурмат билан", Language.UZBEK_CYRILLIC),  # on a Russian keyboard
        ("Hisobotni yuboramiz\n\n-----\nОт: Teploenergo\nЗдравствуйте! Отчет принят, показания внесены в учет.", Language.UZBEK),
        ("Спасибо за ответ\n> Assalomu alaykum! Hisobot qabul qilindi, hurmat bilan", Language.RUSSIAN),
        ("Раҳмат!\n\n22 окт. 2026 г., 10:15, Teploenergo пишет:\nЗдравствуйте! Отчет не найден", Language.UZBEK_CYRILLIC),
        ("Отчет / Hisobot", None),
        ("", None),
        ("PDF 00421", None),
        ("Dear Sir, please find attached", None),
    ],
)
def test_by_the_words_that_a_person_wrote_himself(text: str, language: Language | None) -> None:
    assert language_of(text) == language
