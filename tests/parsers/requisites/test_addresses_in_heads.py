"""The sender's address in a letterhead whose lines are centred under each other."""

from __future__ import annotations

import pytest

from parsers.fields import extract
from tests.parsers.test_fields_samples import value
from tests.parsers.typed import typed

HEAD = """
      ГУ «Театр «Ильхом Ёшлар»»                 № 12
г. Ташкент, Сергелийский район, ул.
       {}
           ИНН 208338340

                         СПРАВКА
о потреблении теплоэнергии за март 2026 г. к договору № 00485

Зав. №       Предыдущие     Текущие        Расход
4411223      593772,09      593810,50      38,41 Гкал
"""


@pytest.mark.parametrize("street", ["Темур Малик, дом 20", "Мукими, 130          "])
def test_it_goes_on_in_the_middle_below(street: str) -> None:
    (report,) = extract([typed(HEAD.format(street))], "letter.pdf", None)
    assert value(report.address) == f"г. Ташкент, Сергелийский район, ул. {street.strip()}"


def test_what_stands_apart_below_is_none_of_it() -> None:
    (report,) = extract([typed(HEAD.format("                              Мукими, 130"))], "letter.pdf", None)
    assert value(report.address) != "г. Ташкент, Сергелийский район, ул. Мукими, 130"
