"""Message files on their way in: which are found, in which order they are kept, what is known again, and what is not read."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailer.maildir import MaildirInbox
from service.assembly import Service, assemble
from service.clock import Clock, system_clock
from service.config import LimitSettings, MailSettings, Settings
from service.ingest import find_files, keep_files, undecided, work_off
from service.intake import Fetcher, intake_once, let_go
from service.readers import Readers
from storage import messages
from storage.messages import Message

NOW = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)
HOST = "mx.teploenergo.uz"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with serving(tmp_path) as made:
        yield made


@contextlib.contextmanager
def serving(tmp_path: Path, clock: Clock = lambda: NOW, **limits: float) -> Iterator[Service]:
    settings = Settings(home=tmp_path / "home", mail=MailSettings(own_hosts=(HOST,)), limits=LimitSettings(**limits))
    made = assemble(settings, clock)
    yield made
    made.database.close()


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    return folder


def letter(date: str | None = None, received: str | None = None, body: bytes = b"x") -> bytes:
    lines = [f"Received: from a.example by {HOST} with esmtps; {received}"] if received else []
    lines += [f"Date: {date}"] if date else []
    return "\r\n".join([*lines, "Subject: hisobot", "", ""]).encode() + body


def kept(service: Service) -> list[Message]:
    """In the order of work."""
    with service.database.reading() as tx:
        return messages.listing(tx)


def take(service: Service, *paths: Path) -> list[str]:
    """The names of what is new."""
    numbers = keep_files(service, find_files(paths).files).numbers
    return [message.file_name for message in kept(service) if message.id in numbers]


def test_a_directory_is_taken_in_the_order_of_receipt_and_ties_by_name(service: Service, letters: Path) -> None:
    of_our_server = letter("Thu, 22 Oct 2026 09:00:00 +0500", "Fri, 23 Oct 2026 09:00:00 +0500")
    for name, content in {
        "a.eml": letter(),  # says nothing: the time of ingest
        "b.eml": of_our_server,
        "c.eml": letter("Thu, 22 Oct 2026 10:00:00 +0500"),
        "d.eml": letter("Thu, 22 Oct 2026 05:00:00 +0000", body=b"the same moment"),
    }.items():
        (letters / name).write_bytes(content)
    assert take(service, letters) == ["c.eml", "d.eml", "b.eml", "a.eml"]
    times = [message.received_at for message in kept(service)]
    assert times == [*[dt.datetime(2026, 10, 22, 5, tzinfo=dt.UTC)] * 2, dt.datetime(2026, 10, 23, 4, tzinfo=dt.UTC), NOW]
    assert [message.id for message in kept(service)] == [1, 2, 3, 4]


def test_a_strangers_receipt_line_does_not_say_when_a_message_came(service: Service, letters: Path) -> None:
    forged = letter("Thu, 22 Oct 2026 09:00:00 +0500", "Mon, 5 Oct 2026 09:00:00 +0500").replace(HOST.encode(), b"mx.evil.example")
    (letters / "a.eml").write_bytes(forged)
    take(service, letters)
    assert kept(service)[0].received_at == dt.datetime(2026, 10, 22, 4, tzinfo=dt.UTC)


def test_what_was_taken_is_known_again_however_it_is_named(service: Service, letters: Path) -> None:
    (letters / "a.eml").write_bytes(letter())
    assert take(service, letters, letters, letters / "a.eml") == ["a.eml"]
    assert take(service, letters / "a.eml", letters / ".." / "letters") == []
    assert len(kept(service)) == 1


def test_a_name_that_is_used_again_for_other_bytes_is_another_message(service: Service, letters: Path) -> None:
    for body in (b"1", b"2"):
        (letters / "report.eml").write_bytes(letter(body=body))
        assert take(service, letters) == ["report.eml"]
    assert len({message.raw_sha256 for message in kept(service)}) == 2


def test_names_that_differ_behind_a_colon_are_different_messages(service: Service, letters: Path) -> None:
    for name in ("отчёт 10:15.eml", "отчёт 10:20.eml"):
        (letters / name).write_bytes(letter(body=name[-6:].encode()))
    assert sorted(take(service, letters)) == ["отчёт 10:15.eml", "отчёт 10:20.eml"]


def test_a_name_that_is_no_utf_8_is_written_out(service: Service, letters: Path) -> None:
    Path(os.fsdecode(os.fsencode(letters) + b"/\xee\xf2\xf7.eml")).write_bytes(letter())
    assert take(service, letters) == ["\\xee\\xf2\\xf7.eml"]
    assert take(service, letters) == []


def test_only_the_files_of_a_directory_are_taken(service: Service, letters: Path) -> None:
    (letters / "below").mkdir()
    (letters / "below" / "b.eml").write_bytes(letter())
    (letters / ".hidden").write_bytes(letter())
    (letters / "a").write_bytes(letter())
    assert take(service, letters) == ["a"]


def test_what_is_no_file_is_refused_and_the_rest_found(letters: Path) -> None:
    (letters / "a.eml").write_bytes(letter())
    os.mkfifo(letters / "pipe")
    found = find_files([letters / "gone.eml", letters / "pipe", letters])
    assert [file.path.name for file in found.files] == ["a.eml"]
    assert found.refused == (f"{letters}/gone.eml: No such file or directory", f"{letters}/pipe: is no file and no directory")


def test_a_file_that_goes_meanwhile_is_refused_and_the_rest_kept(service: Service, letters: Path) -> None:
    for name in ("a.eml", "b.eml"):
        (letters / name).write_bytes(letter(body=name.encode()))
    found = find_files([letters])
    (letters / "a.eml").unlink()
    done = keep_files(service, found.files)
    assert (len(done.numbers), done.refused) == (1, (f"{letters}/a.eml: No such file or directory",))


def test_a_maildir_is_known_again_by_the_intake_and_whatever_its_flags(service: Service, letters: Path) -> None:
    for part in ("new", "cur", "tmp"):
        (letters / part).mkdir()
    (letters / "new" / "1.host").write_bytes(letter("Thu, 22 Oct 2026 10:00:00 +0500", body=b"1"))
    (letters / "cur" / "2.host:2,S").write_bytes(letter("Thu, 22 Oct 2026 09:00:00 +0500", body=b"2"))
    (letters / "tmp" / "3.host").write_bytes(letter(body=b"not delivered yet"))
    assert take(service, letters) == ["2.host", "1.host"]
    shutil.move(letters / "new" / "1.host", letters / "cur" / "1.host:2,RS")
    assert take(service, letters) == []
    fetcher = Fetcher(service, MaildirInbox(letters, service.settings.limits.message_bytes))
    assert intake_once(fetcher) == 0
    let_go(fetcher)


def test_of_a_file_that_is_too_large_only_the_headers_are_kept(tmp_path: Path, letters: Path) -> None:
    content = letter("Thu, 22 Oct 2026 10:00:00 +0500", body=b"y" * 2000)
    (letters / "a.eml").write_bytes(content)
    with open(letters / "b.eml", "wb") as sparse:  # 1 TiB that nobody could read
        sparse.write(letter("Thu, 22 Oct 2026 11:00:00 +0500"))
        sparse.truncate(2**40)
    with serving(tmp_path, message_bytes=1000) as service:
        assert take(service, letters) == ["a.eml", "b.eml"]
        first, second = kept(service)
        assert (first.headers_only, first.size) == (True, len(content))
        assert service.blobs.get(first.raw_sha256) == content[: content.index(b"\r\n\r\n") + 4]
        assert (second.headers_only, second.size) == (True, 2**40)
        assert take(service, letters) == []


def test_messages_are_worked_off_until_each_has_a_fate_or_waits_for_a_person(tmp_path: Path, letters: Path) -> None:
    (letters / "a.eml").write_bytes(letter())
    steps: list[None] = []
    with serving(tmp_path, system_clock, open_seconds=0.001) as service, Readers(processes=1, seconds=1) as readers:
        numbers = keep_files(service, find_files([letters]).files).numbers
        work_off(service, readers, "ingest", numbers, lambda: steps.append(None))
        said = undecided(service, numbers)
    assert len(steps) == 3
    assert said == ["a.eml: message 1 is in quarantine: opening took more than 0.001 s; see: hisobot messages show 1"]
