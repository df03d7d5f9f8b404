"""A duty that only one process may have at a time."""

from __future__ import annotations

import datetime as dt
import threading

import pytest

from storage import owners
from storage.database import Database
from storage.faults import LostLease

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=2)


def take(database: Database, owner: str, now: dt.datetime = NOW, dead: tuple[str, ...] = ()) -> str | None:
    with database.transaction() as tx:
        return owners.take(tx, "fetching", owner, now + dt.timedelta(minutes=2), lambda holder, until: until <= now or holder in dead)


def holds(database: Database, token: str | None) -> bool:
    try:
        with database.transaction() as tx:
            owners.assert_held(tx, "fetching", token)
    except LostLease:
        return False
    return True


def test_the_first_one_gets_it_and_the_second_does_not(database: Database) -> None:
    token = take(database, "one")
    assert token is not None
    assert take(database, "two") is None
    assert holds(database, token)


def test_when_its_time_is_over_another_takes_it_and_fences_off_the_first(database: Database) -> None:
    first = take(database, "one")
    second = take(database, "two", now=LATER)
    assert second not in (None, first)
    assert not holds(database, first)
    assert holds(database, second)


def test_it_is_held_beyond_its_time_while_nobody_else_comes(database: Database) -> None:
    token = take(database, "one")
    with database.transaction() as tx:
        owners.extend(tx, "fetching", token, LATER + dt.timedelta(minutes=9))
    assert take(database, "two", now=LATER) is None
    assert holds(database, token)


def test_it_is_taken_at_once_from_an_owner_that_is_known_to_be_dead(database: Database) -> None:
    first = take(database, "one")
    assert take(database, "two", dead=("one",)) is not None
    assert not holds(database, first)


def test_giving_it_up_lets_the_next_one_in(database: Database) -> None:
    token = take(database, "one")
    with database.transaction() as tx:
        owners.give_up(tx, "fetching", token)
    assert not holds(database, token)
    assert take(database, "two") is not None


def test_who_lost_it_can_neither_extend_it_nor_give_it_up(database: Database) -> None:
    first = take(database, "one")
    second = take(database, "two", now=LATER)
    with pytest.raises(LostLease), database.transaction() as tx:
        owners.extend(tx, "fetching", first, LATER)
    with database.transaction() as tx:
        owners.give_up(tx, "fetching", first)
    assert holds(database, second)


def test_duties_do_not_meet(database: Database) -> None:
    take(database, "one")
    with database.transaction() as tx:
        assert owners.take(tx, "another", "two", LATER, lambda *_: False) is not None


def test_of_many_at_once_exactly_one_gets_it(database: Database) -> None:
    won: list[str | None] = []
    threads = [threading.Thread(target=lambda name=name: won.append(take(database, name))) for name in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([token for token in won if token]) == 1


def test_who_comes_while_another_is_taking_it_waits_and_does_not_get_it(database: Database) -> None:
    token = take(database, "earlier")
    with database.transaction() as tx:
        owners.give_up(tx, "fetching", token)
    won: list[str | None] = []
    second = threading.Thread(target=lambda: won.append(take(database, "two")))
    with database.transaction() as tx:
        first = owners.take(tx, "fetching", "one", LATER, lambda *_: False)
        second.start()
        second.join(0.5)
        assert second.is_alive()
    second.join()
    assert won == [None]
    assert holds(database, first)


def test_who_extends_while_another_is_taking_it_over_has_lost_it(database: Database) -> None:
    first = take(database, "one")
    lost = threading.Event()

    def extend() -> None:
        try:
            with database.transaction() as tx:
                owners.extend(tx, "fetching", first, LATER + dt.timedelta(minutes=2))
        except LostLease:
            lost.set()

    late = threading.Thread(target=extend)
    with database.transaction() as tx:
        second = owners.take(tx, "fetching", "two", LATER + dt.timedelta(minutes=2), lambda *_: True)
        late.start()
        late.join(0.5)
        assert late.is_alive()
    late.join()
    assert lost.is_set()
    assert holds(database, second)
