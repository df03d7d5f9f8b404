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
