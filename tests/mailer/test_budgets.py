"""A letter over budget waits for its turn; nobody gets more in a window than the budget says, and nobody's flood holds up the rest."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mailer.budgets import ADDRESS_WINDOW, Budget, Tally, not_before, replies_outrun_mail

START = dt.datetime(2026, 10, 26, tzinfo=dt.UTC)


class Book:
    """Answers as the outbox holds them: to whom, and when due."""

    def __init__(self) -> None:
        self.due: list[tuple[str, dt.datetime]] = []

    def owe(self, address: str, now: dt.datetime, budget: Budget) -> dt.datetime:
        def to_address(since: dt.datetime) -> int:
            return sum(1 for each, due in self.due if each == address and due >= since)

        due = not_before(now, to_address, lambda since: sum(1 for _, due in self.due if due >= since), budget)
        self.due.append((address, due))
        return due

    def most_in(self, window: dt.timedelta, address: str) -> int:
        dues = [due for each, due in self.due if each == address]
        return max(sum(1 for due in dues if start <= due < start + window) for start in dues)


arrivals = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 400)), min_size=1, max_size=60)


@given(arrivals=arrivals, limit=st.integers(1, 5), linked=st.integers(0, 2))
def test_no_address_gets_more_than_its_budget_in_any_three_hours(arrivals: list[tuple[str, int]], limit: int, linked: int) -> None:
    book, budget = Book(), Budget(limit, linked)
    for address, minute in sorted(arrivals, key=lambda each: each[1]):
        now = START + dt.timedelta(minutes=minute)
        assert book.owe(address, now, budget) >= now
    for address in {each for each, _ in arrivals}:
        assert book.most_in(ADDRESS_WINDOW, address) <= limit + linked


@given(arrivals=st.lists(st.integers(0, 200), min_size=1, max_size=40), limit=st.integers(1, 4))
def test_no_clock_hour_gets_more_answers_than_the_budget_of_all(arrivals: list[int], limit: int) -> None:
    book, budget = Book(), Budget(per_hour=limit)
    for number, minute in enumerate(sorted(arrivals)):
        book.owe(f"{number}@x.example", START + dt.timedelta(minutes=minute), budget)
    hours = Counter(due.replace(minute=0) for _, due in book.due)
    assert max(hours.values()) <= limit


def test_within_the_budget_a_letter_goes_at_once_and_each_linked_contract_allows_one_more() -> None:
    book = Book()
    for _ in range(12):
        assert book.owe("a@x.example", START, Budget(10, linked_contracts=2)) == START
    assert book.owe("a@x.example", START, Budget(10, linked_contracts=2)) > START + ADDRESS_WINDOW - dt.timedelta(minutes=1)


def test_one_flooding_address_does_not_make_others_wait() -> None:
    book, budget = Book(), Budget(per_address=2, per_hour=10)
    for _ in range(30):
        book.owe("flood@x.example", START, budget)
    assert book.owe("b@x.example", START + dt.timedelta(minutes=1), budget) == START + dt.timedelta(minutes=1)


def test_a_backlog_worked_off_is_no_loop_but_answers_without_mail_are() -> None:
    then = Tally(replies=1000, messages=4000, undecided=3000)
    assert not replies_outrun_mail(then, Tally(replies=4000, messages=4000, undecided=0))
    assert replies_outrun_mail(then, Tally(replies=4200, messages=4010, undecided=0))
