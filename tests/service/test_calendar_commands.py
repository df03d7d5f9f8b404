"""The commands of the month, as an administrator and the counter call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metering.forms import FormCode, FormMeter
from metering.periods import Period
from metering.units import MeterKind, Unit
from service.form_codes import form_key
from storage.database import open_database
from tests.service.commands import hisobot
from tests.storage.made import CONTRACT_00007, CONTRACT_00421, METER_A, METER_B, METER_C, register_files

NOVEMBER = Period(2026, 11)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An instance with two contracts."""
    files = register_files(tmp_path, [CONTRACT_00421, CONTRACT_00007], [METER_A, METER_B, METER_C])
    assert hisobot(tmp_path, "register", "import", *files).code == 0
    return tmp_path


def sealed(home: Path, number: str) -> str:
    database = open_database(f"sqlite:///{home / 'hisobot.db'}")
    with database.transaction() as tx:
        code = FormCode(number, NOVEMBER, (FormMeter("0042100", MeterKind.HEAT, Unit.GCAL),)).sealed(form_key(tx))
    database.close()
    return code


def test_a_dry_run_says_what_would_be_written_and_why_and_writes_nothing(home):
    done = hisobot(home, "remind", "--dry-run", "--on", "2026-11-20", "--format", "jsonl")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [(row["letter"], row["step"], row["contract_number"], row["recipient"]) for row in rows] == [
        ("reminder", "5", "00007", "zafar@mail.example"),
        ("reminder", "5", "00421", "zafar@mail.example"),
    ]
    assert rows[1]["why"] == "no report for 0042100, B-7"
    assert "open steps: reminder/5 of 2026-11; 2 letters, 0 cannot be written" in done.err
    assert hisobot(home, "remind", "--dry-run", "--on", "2026-11-15T10:00").out.splitlines() == [
        "letter,step,contract_number,period,recipient,why,not_written,opens,closes"
    ]
    assert open_letters(home) == []


def open_letters(home: Path) -> list[str]:
    from storage import outbox

    database = open_database(f"sqlite:///{home / 'hisobot.db'}")
    with database.transaction() as tx:
        found = [row.key for row in outbox.letter_listing(tx)]
    database.close()
    return found


def test_a_day_goes_with_a_dry_run_only(home):
    done = hisobot(home, "remind", "--on", "2026-11-20")
    assert done.code == 2
    assert "--on goes with --dry-run" in done.err
    assert hisobot(home, "remind", "--dry-run", "--on", "tomorrow").code == 2


def test_letters_are_owed_once_and_sent(home, tmp_path):
    (home / "hisobot.toml").write_text('[calendar]\nsince = "2020-01"\nreminders_before = [20, 15, 10, 5, 1]\ntime_of_day = 00:00:00\n')
    first = hisobot(home, "remind", "--once")
    assert first.code == 0, first.err
    assert hisobot(home, "remind", "--once").out.startswith("0 letters owed")
    assert hisobot(home, "deliver", "--once").code == 0
    assert len(list((home / "mail-out" / "new").iterdir())) == len(open_letters(home))


def test_originals_are_marked_by_number_list_and_code(home):
    assert hisobot(home, "originals", "receive", "421", "--period", "2026-11").out == "00421\t2026-11\treceived\n"
    code = sealed(home, "00007")
    (home / "list.txt").write_text(f"# at the counter\n{code}\n\n00421\n99999\nHISOBOT:1:00421:202611:1.1:1/HG6:AAAA\nhello\n")
    done = hisobot(home, "originals", "receive", "--file", "list.txt", "--period", "2026-11")
    assert (done.code, done.out) == (1, "00007\t2026-11\treceived\n")
    assert "1 marked, 1 stood so before, 3 refused" in done.err
    assert "99999: the register has no contract of this number" in done.err
    assert "not one of our forms" in done.err
    assert "hello: neither a contract's number nor the code of a form" in done.err
    assert hisobot(home, "originals", "receive", "--undo", "421", "--period", "2026-11").out == "00421\t2026-11\tnot received\n"
    assert "0 originals of 2026-11 are missing" in hisobot(home, "originals", "list", "--period", "2026-11").err
    assert hisobot(home, "originals", "receive").code == 2


def test_a_recalculation_is_booked_and_listed(home):
    given = ["--period", "2026-10", "--act", "17/26", "--act-date", "2026-11-12", "--actual", "41,20"]
    refused = hisobot(home, "recalculations", "add", "00421", *given)
    assert (refused.code, refused.err) == (
        1,
        "hisobot: no estimate was told to contract 00421 for 2026-10: name what was charged\n",
    )
    done = hisobot(home, "recalculations", "add", "00421", *given, "--charged", "93", "--index", "0042100=141.70")
    assert done.out == "recalculation 1: -51.80 Gcal in 2026-11 for 2026-10\n"
    assert hisobot(home, "recalculations", "add", "00421", *given, "--charged", "93").code == 1  # booked already
    assert open_letters(home) == ["recalculation/1"]
    row = json.loads(hisobot(home, "recalculations", "list", "--format", "jsonl").out)
    assert (row["booked_in"], row["difference_gcal"], row["indexes"]) == ("2026-11", "-51.80", {"0042100": "141.70"})
    assert hisobot(home, "recalculations", "add", "00421", *given, "--index", "141.70").code == 2


def test_addresses_of_which_nothing_is_known_are_not_listed(home):
    header = "address,state,soft_bounces,since,contracts,unsubscribed,last_answer"
    assert hisobot(home, "addresses", "list").out == f"{header}\n"
    refused = hisobot(home, "addresses", "revive", "a@b.example")
    assert (refused.code, refused.err) == (1, "hisobot: a@b.example is not marked as dead\n")


def test_reference_data_are_imported_with_each_bad_row_named(home):
    (home / "t.csv").write_text("day,mean\n2026-11-01,4.5\n2026-11-02,cold\n")
    done = hisobot(home, "reference", "import", "temperatures", "t.csv")
    assert (done.code, done.out) == (1, "1 added, 0 changed, 0 unchanged, 1 refused\n")
    assert done.err == "hisobot: t.csv, line 3: mean: 'cold' is not a temperature in °C with a decimal point\n"
