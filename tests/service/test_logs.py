"""The log: one line an event, the message's number on each, and nobody's data in any of them."""

from __future__ import annotations

import logging
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service.logs import OURS, about, start_logging
from storage import outbox
from storage.database import open_database
from storage.register import import_register
from storage.states import LetterState
from tests.parsers.mail_writing import message, multipart, part
from tests.parsers.pdf_drawing import LINES, PdfPage, text_lines, write_pdf
from tests.service.commands import PROGRAM, hisobot, plain_environment
from tests.support.smtp_server import Fault, SmtpServer

CONTRACTS = """contract_number,organization,address,inn,emails,heat_load_gcal_per_hour,language,status
02303,OOO Chinor Savdo,Navoiy kochasi 9,399000417,zulfiya@chinor.example,0.5,uz,active
"""
METERS = """contract_number,serial,model,kind,unit,last_reading,last_reading_date
02303,1234567,Multical,heat,Gcal,728257.63,2026-09-24
"""
LETTER = message(
    b"From: =?utf-8?B?0JfRg9C70YTQuNGP?= Karimova <zulfiya@chinor.example>\nTo: metrology@teploenergo.uz\n"
    b"Date: Thu, 22 Oct 2026 10:00:00 +0500\nMessage-ID: <mahfiy-raqam@chinor.example>\nSubject: Hisobot Chinor 02303\n",
    multipart(
        part("Здравствуйте, Зульфия Каримова, договор 02303".encode(), "Content-Type: text/plain; charset=utf-8"),
        part(write_pdf(PdfPage(text_lines(*LINES, "INN 399000417"))), 'Content-Type: application/pdf; name="korsatkich-chinor.pdf"'),
    ),
)
#: Names, addresses, numbers of contract, meter and taxpayer, readings, file names, words of the letter.
PERSONAL = (
    "zulfiya", "chinor", "karimova", "зульфия", "каримов", "navoiy", "02303", "1234567", "399000417", "728257", "728331", "74.17", "74,17",
    "korsatkich", ".pdf", ".eml", "hisobot chinor", "mahfiy", "здравствуйте", "shartnoma",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "contracts.csv").write_text(CONTRACTS)
    (tmp_path / "meters.csv").write_text(METERS)
    (tmp_path / "chinor-oktabr.eml").write_bytes(LETTER)
    database = open_database(f"sqlite:///{tmp_path / 'hisobot.db'}")
    with database.transaction() as tx:
        assert import_register(tx, tmp_path / "contracts.csv", tmp_path / "meters.csv").added == 2
    database.close()
    return tmp_path


def assert_nobody_is_named(log: str) -> None:
    assert [word for word in PERSONAL if word in log.lower()] == [], log


def log_lines(said: str) -> list[str]:
    return [line for line in said.splitlines() if not line.startswith("hisobot: ")]  # those are the command's own answer


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, ["decided outcome="]),
        (
            {"HISOBOT_LIMITS__OPEN_SECONDS": "0.001"},
            ["given back state=RECEIVED", "given back state=RECEIVED", "given back state=QUARANTINED"],
        ),
    ],
)
def test_a_messages_journey_leaves_its_number_in_the_log_and_nothing_of_its_content(
    home: Path, limits: dict[str, str], expected: list[str]
) -> None:
    lines = log_lines(hisobot(home, "ingest", "--verbose", "chinor-oktabr.eml", **limits).err)
    assert len(lines) == len(expected)
    for line, text in zip(lines, expected, strict=True):
        assert " duty=ingest message=1 " in line
        assert text in line
    assert_nobody_is_named("\n".join(lines))


@pytest.mark.slow
def test_all_duties_together_name_nobody_even_where_a_letter_is_refused(home: Path, smtp_server: Callable[..., SmtpServer]) -> None:
    server = smtp_server()
    server.faults.append(Fault.REFUSE_RECIPIENT)
    for folder in ("new", "cur", "tmp"):
        (home / "mail-in" / folder).mkdir(parents=True)
    (home / "mail-in" / "new" / "zulfiya.eml").write_bytes(LETTER)
    smtp = {"HISOBOT_SMTP__HOST": server.host, "HISOBOT_SMTP__PORT": str(server.port), "HISOBOT_SMTP__SECURITY": "none"}
    running = subprocess.Popen([PROGRAM, "run", "--verbose"], cwd=home, env=plain_environment(**smtp), stderr=subprocess.PIPE, text=True)
    try:
        await_given_up_letter(home)
    finally:
        running.send_signal(signal.SIGTERM)
        said = running.communicate(timeout=60)[1]
    assert running.returncode == 0
    for text in ("duty=intake kept message=1", "duty=intake message=1 decided", "duty=deliver letter=1"):
        assert text in said
    assert_nobody_is_named(said)


def await_given_up_letter(home: Path) -> None:
    database = open_database(f"sqlite:///{home / 'hisobot.db'}")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with database.reading() as tx:
            if outbox.letter_listing(tx, LetterState.FAILED):
                break
        time.sleep(0.1)
    database.close()


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[str]]]:
    """What was logged; afterwards logging is as it was."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, {name: logging.getLogger(name).level for name in OURS})
    yield lambda: capsys.readouterr().err.splitlines()
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)


def test_an_event_is_one_line_of_keys_and_values(lines: Callable[[], list[str]]) -> None:
    start_logging("intake", with_time=False)
    log = logging.getLogger("service.somewhere")
    with about(17):
        log.warning("kept bytes=%d", 5)
    log.warning("two\nlines\r\x1b[31mand \u2028 colour %s", "Ташкент")
    assert lines() == [
        "level=warning duty=intake message=17 kept bytes=5",
        "level=warning duty=intake two\\nlines\\r\\x1b[31mand \\u2028 colour Ташкент",
    ]


def test_a_time_stands_before_it_outside_systemd(lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOURNAL_STREAM", raising=False)
    start_logging("intake")
    logging.getLogger("service").warning("x")
    monkeypatch.setenv("JOURNAL_STREAM", "8:1")
    start_logging("intake")
    logging.getLogger("service").warning("x")
    timed, untimed = lines()
    assert timed.startswith("time=2")
    assert untimed.startswith("level=")


def test_a_bug_is_told_by_its_places_and_not_by_its_text(lines: Callable[[], list[str]]) -> None:
    start_logging("intake", with_time=False)
    try:
        int("Каримов")
    except ValueError:
        logging.getLogger("service").exception("a bug")
    (line,) = lines()
    assert line.startswith("level=error duty=intake a bug bug=ValueError at=service/test_logs.py:")
    assert line.endswith(":test_a_bug_is_told_by_its_places_and_not_by_its_text")


def test_decisions_are_logged_only_when_asked_and_libraries_only_in_trouble(lines: Callable[[], list[str]]) -> None:
    start_logging("intake", with_time=False)
    logging.getLogger("service.processing").info("quiet")
    start_logging("intake", with_time=False, verbose=True)
    for name in ("service.processing", "imapclient", "some.library"):
        logging.getLogger(name).info("loud")
        logging.getLogger(name).warning("louder")
    assert lines() == ["level=info duty=intake loud", "level=warning duty=intake louder"]
