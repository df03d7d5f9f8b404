"""Reports that are wrong on purpose, with the register right: none of them may ever be accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from tests.corpus.facts import Facts, MeterFacts


def _other_digit(random: Random, text: str) -> str:
    """The text with one of its digits changed; a number keeps its length."""
    place = random.choice([i for i, c in enumerate(text) if c.isdigit()])
    few = "123456789" if place == 0 else "0123456789"
    return text[:place] + random.choice(few.replace(text[place], "")) + text[place + 1 :]


def _meter(random: Random, facts: Facts, change: Callable[[MeterFacts], MeterFacts]) -> Facts:
    chosen = random.randrange(len(facts.meters))
    return replace(facts, meters=tuple(change(m) if i == chosen else m for i, m in enumerate(facts.meters)))


def digit_of_previous(random: Random, facts: Facts) -> Facts:
    """previous + consumption is no longer current."""
    return _meter(random, facts, lambda m: replace(m, previous=_other_digit(random, m.previous or "")))


def digit_of_current(random: Random, facts: Facts) -> Facts:
    return _meter(random, facts, lambda m: replace(m, current=_other_digit(random, m.current or "")))


def digit_of_consumption(random: Random, facts: Facts) -> Facts:
    return _meter(random, facts, lambda m: replace(m, consumption=_other_digit(random, m.consumption)))


def digit_of_serial(random: Random, facts: Facts) -> Facts:
    """The arithmetic closes, on a meter that is not the customer's."""
    return _meter(random, facts, lambda m: replace(m, serial=_other_digit(random, m.serial)))


def both_indexes_moved(random: Random, facts: Facts) -> Facts:
    """The arithmetic closes from another previous index than the last accepted one."""

    def moved(m: MeterFacts) -> MeterFacts:
        by = Decimal(random.choice((1, 10, 100)))
        return replace(m, previous=str(Decimal(m.previous or 0) + by), current=str(Decimal(m.current or 0) + by))

    return _meter(random, facts, moved)


def digit_of_contract(random: Random, facts: Facts) -> Facts:
    return replace(facts, contract_number=_other_digit(random, facts.contract_number))


CORRUPTIONS: tuple[Callable[[Random, Facts], Facts], ...] = (
    digit_of_previous,
    digit_of_current,
    digit_of_consumption,
    digit_of_serial,
    both_indexes_moved,
    digit_of_contract,
)
