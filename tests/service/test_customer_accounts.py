"""How a customer gets in: the INN once, a password of his own ever after, and everybody who should know is told."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import dataclass
from pathlib import Path

import pytest

from metering.errors import PermanentError
from metering.periods import TASHKENT
from service import passwords
from service.assembly import Service
from service.config import SecretSettings, Settings
from service.customer_accounts import LoggedIn, NotTaken, Refused, change_password, issue_accounts, log_in, reset_password
from service.password_rules import Weakness
from storage import accounts, outbox, tables, web_sessions
from storage.blobs import BlobStore
from storage.database import Database
from storage.states import Face
from tests.storage.made import load_register

NUMBER, INN, OWN = "00421", "300000421", "синий трамвай едет"
START = dt.datetime(2026, 10, 1, 10, tzinfo=TASHKENT)


@dataclass
class Hall:
    """The accounts of a small register, and a clock."""

    service: Service
    now: dt.datetime = START

    def enter(self, password: str, number: str = NUMBER, address: str = "203.0.113.7", device: str | None = None) -> LoggedIn | Refused:
        return log_in(self.service, number, password, address, device)

    def told(self) -> list[tuple[str, str]]:
        """To whom, and the subject, of each letter."""
        with self.service.database.transaction() as tx:
            mails = [outbox.letter_bytes(tx, row.id) for row in outbox.letter_listing(tx)]
        parsed = [email.message_from_bytes(mime, policy=email.policy.default) for mime in mails]
        return [(str(each["To"]), str(each["Subject"])) for each in parsed]

    def sessions(self) -> int:
        with self.service.database.reading() as tx:
            return len(tx.execute(tables.web_sessions.select()).all())


@pytest.fixture
def hall(database: Database, tmp_path: Path) -> Hall:
    load_register(database, tmp_path)
    settings = Settings(home=tmp_path, secrets=SecretSettings(message_id_key="a key of sixteen bytes or more"))
    hall = Hall(Service(settings, database, BlobStore(tmp_path / "blobs"), lambda: hall.now))
    assert issue_accounts(hall.service) == 2
    assert issue_accounts(hall.service) == 0
    return hall


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real hash with the least work: it is meant to be slow, and these tests log in often."""
    hasher = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", hasher)
    monkeypatch.setattr(passwords, "_nobodys", lambda: hasher.hash("nobody"))


def test_the_inn_lets_in_once_and_is_worth_nothing_after_the_change(hall: Hall) -> None:
    entered = hall.enter(INN)
    assert isinstance(entered, LoggedIn)
    assert entered.must_change
    token = change_password(hall.service, NUMBER, "", OWN)
    assert isinstance(token, str)
    assert hall.enter(INN) == Refused()
    again = hall.enter(OWN)
    assert isinstance(again, LoggedIn)
    assert not again.must_change


def test_each_address_of_the_contract_is_told_of_the_first_login_and_of_the_change(hall: Hall) -> None:
    hall.enter(INN)
    hall.enter(INN)
    change_password(hall.service, NUMBER, "", OWN)
    hall.enter(OWN)
    told = hall.told()
    assert [to for to, _ in told] == ["zafar@mail.example", "office@zafar.example"] * 2
    assert ["биринчи кириш" in subject for _, subject in told] == [True, True, False, False]
    assert all(NUMBER in subject for _, subject in told)


def test_the_inn_is_taken_for_thirty_days_and_then_staff_issue_it_anew(hall: Hall) -> None:
    hall.now += dt.timedelta(days=30)
    assert hall.enter(INN) == Refused()
    until = reset_password(hall.service, NUMBER, "olga")
    assert until == hall.now + dt.timedelta(days=7)
    assert isinstance(hall.enter(INN), LoggedIn)
    assert any("бекор қилинди" in subject for _, subject in hall.told())


def test_a_reset_ends_every_session_and_the_own_password(hall: Hall) -> None:
    hall.enter(INN)
    change_password(hall.service, NUMBER, "", OWN)
    assert isinstance(hall.enter(OWN), LoggedIn)
    reset_password(hall.service, NUMBER, "olga")
    assert hall.sessions() == 0
    assert hall.enter(OWN) == Refused()
    assert isinstance(hall.enter(INN), LoggedIn)


def test_a_change_ends_every_other_session_and_gives_a_new_one(hall: Hall) -> None:
    for _ in range(3):
        hall.enter(INN)
    token = change_password(hall.service, NUMBER, "", OWN)
    assert hall.sessions() == 1
    with hall.service.database.reading() as tx:
        assert web_sessions.session_of(tx, Face.CUSTOMER, str(token), hall.now, dt.timedelta(minutes=10)) is not None


@pytest.mark.parametrize("number", [NUMBER, "99999", "421", ""])
def test_five_wrong_ones_lock_a_number_that_exists_and_one_that_does_not_alike(hall: Hall, number: str) -> None:
    said = [hall.enter("wrong", number, address=f"203.0.113.{n}") for n in range(6)]
    assert said[:5] == [Refused()] * 5
    assert said[5] == Refused(until=hall.now + dt.timedelta(minutes=15))


def test_the_right_password_does_not_open_a_locked_door_and_its_owner_is_told_once_a_day(hall: Hall) -> None:
    for _ in range(7):
        hall.enter("wrong")
    assert isinstance(hall.enter(INN), Refused)
    assert len(hall.told()) == 2
    hall.now += dt.timedelta(minutes=16)
    assert isinstance(hall.enter(INN), LoggedIn)


def test_a_browser_that_was_here_before_is_counted_apart(hall: Hall) -> None:
    entered = hall.enter(INN)
    assert isinstance(entered, LoggedIn)
    for _ in range(6):
        hall.enter("wrong", address="198.51.100.1")
    assert isinstance(hall.enter(INN, address="198.51.100.1"), Refused)
    assert isinstance(hall.enter(INN, device=entered.device), LoggedIn)
    assert isinstance(hall.enter("300000007", "00007", device=entered.device), LoggedIn)  # of another contract it proves nothing
    forged = entered.device[:-1] + ("0" if entered.device[-1] != "0" else "1")
    assert isinstance(hall.enter(INN, device=forged), Refused)


def test_one_address_that_tries_many_numbers_is_locked_out(hall: Hall) -> None:
    for n in range(20):
        assert hall.enter(INN, f"{n:05d}", address="198.51.100.1") == Refused()
    assert hall.enter(INN, address="198.51.100.1") == Refused(until=hall.now + dt.timedelta(minutes=15))
    assert isinstance(hall.enter(INN, address="198.51.100.2"), LoggedIn)


def test_another_contracts_inn_opens_nothing(hall: Hall) -> None:
    assert hall.enter("300000007") == Refused()


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (INN, NotTaken(Weakness.SHORT)),
        ("zafar-zafar", NotTaken(Weakness.KNOWN)),
        ("1234567890", NotTaken(Weakness.PATTERN)),
    ],
)
def test_a_weak_password_is_not_taken_and_the_account_stays_as_it_is(hall: Hall, new: str, refusal: NotTaken) -> None:
    hall.enter(INN)
    assert change_password(hall.service, NUMBER, "", new) == refusal
    assert isinstance(hall.enter(INN), LoggedIn)


def test_to_change_an_own_password_one_must_know_it(hall: Hall) -> None:
    change_password(hall.service, NUMBER, "", OWN)
    assert change_password(hall.service, NUMBER, "wrong", "yashil choynak 7 ta") == NotTaken()
    assert change_password(hall.service, NUMBER, OWN, OWN) == NotTaken(same=True)
    assert isinstance(change_password(hall.service, NUMBER, OWN, "yashil choynak 7 ta"), str)
    said = [change_password(hall.service, NUMBER, "wrong", "ko‘k osmon va tog‘") for _ in range(6)]
    assert said[-1] == NotTaken(until=hall.now + dt.timedelta(minutes=15))


def test_a_contract_that_is_not_there_is_named(hall: Hall) -> None:
    with pytest.raises(PermanentError, match="99999"):
        reset_password(hall.service, "99999", "olga")


def test_no_row_holds_a_password(hall: Hall) -> None:
    hall.enter(INN)
    change_password(hall.service, NUMBER, "", OWN)
    with hall.service.database.reading() as tx:
        account = accounts.account(tx, NUMBER)
        written = str([tx.execute(table.select()).all() for table in (tables.consumer_accounts, tables.audit, tables.throttles)])
    assert account is not None
    assert str(account.password_hash).startswith("$argon2id$")
    assert OWN not in written
    assert INN not in written
