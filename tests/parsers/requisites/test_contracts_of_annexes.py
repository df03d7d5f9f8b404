"""The contract that an annex in the page's corner names over several lines."""

from __future__ import annotations

from parsers.fields import extract
from tests.parsers.typed import typed

CORNER = """
                                             Приложение № 4
                                             к договору теплоснабжения
                                             {below}
Показания за ноябрь 2026 г.: зав. № 4411223, предыдущее 593772,09 Гкал, текущее 593810,50 Гкал, расход 38,41 Гкал
"""


def _contract(below: str) -> str | None:
    (report,) = extract([typed(CORNER.format(below=below))], "annex.pdf")
    return report.contract_number.value if report.contract_number is not None else None


def test_the_number_behind_the_day_on_the_line_below_is_the_contracts() -> None:
    assert _contract("от 14.02.2024 г. № 06183") == "06183"


def test_a_number_behind_other_words_is_none() -> None:
    assert _contract("акт проверки от 14.02.2024 г. № 06183") is None


def _in_sentence(words: str) -> str | None:
    text = f"Абонент: ООО «Нур Текстиль», ИНН 212951597, {words}. Место установки: ул. Катартал, 28.\n"
    (report,) = extract([typed(text + CORNER.partition("{below}")[2])], "act.pdf")
    return report.contract_number.value if report.contract_number is not None else None


def test_the_number_behind_a_contracts_day_in_a_sentence_is_the_contracts() -> None:
    assert _in_sentence("договор от 15.01.2020 № 38011") == "38011"
    assert _in_sentence("договор от 15.01.2020 г. № 38011") == "38011"


def test_a_number_behind_the_day_of_a_contract_that_words_name_otherwise_is_none() -> None:
    assert _in_sentence("договор от 15.01.2020, акт № 38011") is None
