"""Labels are found by meaning in three alphabets, with the errors that OCR makes, and nowhere else."""

import pytest

from parsers.wording.folding import fold_phrase
from parsers.wording.lexicon import find_labels


def keys(text: str) -> list[str]:
    return [label.key for label in find_labels(fold_phrase(text))]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Номер договора", "contract"),
        ("shartnoma raqami", "contract"),
        ("шартнома рақами", "contract"),
        ("Предыдущие показания", "previous"),
        ("Предыдушие показаиия", "previous"),
        ("oldingi ko‘rsatkich", "previous"),
        ("олдинги кўрсаткич", "previous"),
        ("Текущие показания", "current"),
        ("joriy ko'rsatgich", "current"),
        ("Birinchi ko`rsatkich", "previous"),
        ("иккинчи кўрсаткич", "current"),
        ("Разность показаний", "consumption"),
        ("истеъмол қилинган иссиқлик энергияси миқдори", "consumption"),
        ("Дата снятия показаний", "reading_date"),
        ("Ko'rsatkichlar olingan sana", "reading_date"),
        ("Заводской №", "serial"),
        ("Завод рақами", "serial"),
        ("горячее водоснабжение", "hot_water"),
        ("issiq suv ta’minoti", "hot_water"),
        ("МВт·ч", "MWh"),
        ("kVt·soat", "kWh"),
        ("Главный инженер", "position"),
        ("договорной нагрузке", "contract_load"),
    ],
)
def test_a_label_has_its_meaning(text: str, key: str) -> None:
    assert keys(text)[0] == key


@pytest.mark.parametrize("text", ["Дата снятия показаний", "№ действующего договора"])
def test_the_longest_label_wins(text: str) -> None:
    (label,) = find_labels(fold_phrase(text))
    assert (label.first, label.last) == (0, 2)


def test_a_label_does_not_cross_a_break() -> None:
    words = fold_phrase("предыдущее показание")
    assert [label.key for label in find_labels(words, frozenset({1}))] == ["previous", "reading"]


def test_prose_has_no_labels() -> None:
    assert keys("Добрый вечер уважаемые коллеги") == []
