"""The command line as a newcomer and as a script meet it: help, errors with their remedy, exit codes, clean output."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import json
import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from PIL import Image, ImageDraw, ImageFont
from typer.main import get_command

from service.command_line.application import application, main
from service.command_line.exports import MESSAGE_COLUMNS, READING_COLUMNS
from storage import messages
from storage.database import HEAD, open_database
from storage.messages import NewMessage
from storage.states import MessageState
from tests.parsers.mail_writing import message, part
from tests.service.commands import PROGRAM, Done, hisobot, plain_environment, started

CONTRACTS = """contract_number,organization,address,inn,emails,heat_load_gcal_per_hour,language,status
00417,ООО «Чинор»,"г. Ташкент, ул. Навои, 9",399000417,a@chinor.example,0.5,ru,active
02915,АО «Зарафшон»,"г. Ташкент, ул. Шота Руставели, 5",399002915,,1.25,uz,active
"""
METERS = """contract_number,serial,model,kind,unit,last_reading,last_reading_date
00417,1306457,ТСРВ-024М,heat,Gcal,1284.37,2026-09-24
02915,907733,ВКТ-7,heat,Gcal,7801.530,2026-09-25
"""
SUBMISSION = {
    "id": "c-1",
    "submitted_at": "2026-10-22T10:15:00+05:00",
    "contract_number": "00417",
    "period": "2026-10",
    "reading_date": "2026-10-21",
    "meters": [{"serial": "1306457", "kind": "heat", "unit": "Gcal", "previous": "1284.37", "current": "1331.92", "consumption": "47.55"}],
}

Run = Callable[..., Done]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and nothing of ours in the environment."""
    for name in set(os.environ) - set(plain_environment()):
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The same command line without the start of a process."""

    def run(*arguments: object) -> Done:
        monkeypatch.setattr("sys.argv", ["hisobot", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return Done(int(end.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def register(here: Path) -> tuple[Path, Path]:
    files = (here / "contracts.csv", here / "meters.csv")
    for file, content in zip(files, (CONTRACTS, METERS), strict=True):
        file.write_text(content, encoding="utf-8")
    return files


def commands(group: typer.core.TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], typer.core.TyperCommand]]:
    for name, command in group.commands.items():
        if isinstance(command, typer.core.TyperGroup):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name), command


COMMANDS = dict(commands(get_command(application)))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_each_command_says_what_it_does_and_what_each_parameter_means(run: Run, path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"Usage: hisobot {' '.join(path)}" in done.out
    silent = [parameter.name for parameter in COMMANDS[path].params if not getattr(parameter, "help", None)]
    assert silent == []


def test_the_list_of_commands_is_not_cut_off(run: Run) -> None:
    groups = {path[:end] for path in COMMANDS for end in range(len(path))}
    for group in groups:
        assert "..." not in run(*group, "--help").out.partition("Commands:")[2].partition("Examples:")[0]


def test_the_help_says_where_settings_come_from_and_what_exit_codes_mean(run: Run) -> None:
    said = run("-h").out
    for word in ("HISOBOT_CONFIG", "HISOBOT_HOME", "--config", "hisobot.toml", "credentials", "Exit codes: 0"):
        assert word in said


def test_help_and_wrong_usage_need_no_sound_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HISOBOT_CONFIG", "missing.toml")
    assert run("extract", "--help").code == 0
    assert run("messages", "show", "one").code == 2
    assert (done := run("check")).code == 4
    assert "missing.toml does not exist; name another with --config or HISOBOT_CONFIG" in done.err


def test_the_version_is_the_distributions(run: Run) -> None:
    assert re.fullmatch(r"hisobot \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        ("", 2, "Usage: hisobot"),
        ("nonsense", 2, "No such command 'nonsense'"),
        ("export", 2, "Usage: hisobot export"),
        ("export messages --format xml", 2, "'xml' is not one of 'jsonl', 'csv'"),
        ("extract", 2, "Missing argument"),
        ("extract --format csv a.pdf", 2, "'csv' is not one of 'jsonl'"),
        ("register import no.csv no.csv", 2, "'no.csv' does not exist"),
        ("messages show one", 2, "valid integer"),
        ("messages show 99", 1, "there is no message 99"),
        ("messages retry 99", 1, "message 99 is not in quarantine"),
        ("letters retry 99", 1, "letter 99 is not a failed one"),
        ("messages list --state asleep", 2, "'asleep' is not one of"),
        ("--config no.toml export messages", 4, "settings file no.toml does not exist"),
        ("submissions import no.jsonl", 2, "'no.jsonl' does not exist"),
        ("ingest no.eml", 1, "no.eml: No such file or directory"),
    ],
)
def test_a_mistake_is_explained_on_standard_error_with_its_exit_code(
    here: Path, run: Run, arguments: str, code: int, complaint: str
) -> None:
    # `ingest` starts the log, which is the whole process's: it gets a process of its own.
    done = hisobot(here, *arguments.split()) if arguments.startswith("ingest") else run(*arguments.split())
    assert done.code == code
    assert complaint in done.err
    assert "Traceback" not in done.err
    assert complaint not in done.out


def test_states_are_understood_in_small_letters(run: Run) -> None:
    done = run("messages", "list", "--state", "quarantined")
    assert (done.code, done.out) == (0, "")
    assert "no message in this state" in done.err


@pytest.mark.parametrize("home", ["file", "file/below"])
def test_a_home_that_cannot_be_made_is_named(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    (here / "file").touch()
    monkeypatch.setenv("HISOBOT_HOME", home)
    done = run("export", "messages")
    assert done.code == 4
    assert done.err.startswith(f"hisobot: the folder {home} cannot be made: ")


def test_the_register_is_imported_twice_and_nothing_changes(run: Run, register: tuple[Path, Path]) -> None:
    first, second = run("register", "import", *register), run("register", "import", *register)
    assert (first.code, first.out, first.err) == (0, "4 added, 0 changed, 0 unchanged, 0 refused\n", "")
    assert (second.code, second.out) == (0, "0 added, 0 changed, 4 unchanged, 0 refused\n")


def test_a_bad_row_of_the_register_is_named_and_the_good_ones_load(run: Run, register: tuple[Path, Path]) -> None:
    register[0].write_text(CONTRACTS.replace("399002915", "39900"), encoding="utf-8")
    done = run("register", "import", *register)
    assert (done.code, done.out) == (1, "2 added, 0 changed, 0 unchanged, 2 refused\n")
    assert done.err.splitlines() == [
        "hisobot: contracts.csv, line 3: inn: '39900' is not an INN of 9 digits",
        "hisobot: meters.csv, line 3: no contract 02915 in the register",
    ]


@pytest.mark.parametrize(
    ("encoding", "code", "complaint"),
    [
        ("utf-8-sig", 0, ""),
        ("cp1251", 1, "contracts.csv, line 2: not UTF-8; save the file as CSV in UTF-8"),
        ("utf-16", 1, "contracts.csv is not UTF-8 but UTF-16; save it as CSV in UTF-8"),
    ],
)
def test_a_register_in_another_encoding_is_told_so(run: Run, register: tuple[Path, Path], encoding: str, code: int, complaint: str) -> None:
    register[0].write_text(CONTRACTS, encoding=encoding)
    done = run("register", "import", *register)
    assert done.code == code
    assert complaint in done.err


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (CONTRACTS.replace(",", ";"), "semicolons stand between the columns; save it with commas"),
        (METERS, "the header line lacks organization, address, inn"),
        ("", "there is no header line; expected are contract_number, organization"),
    ],
)
def test_a_register_without_its_columns_is_refused_whole(run: Run, register: tuple[Path, Path], content: str, complaint: str) -> None:
    register[0].write_text(content, encoding="utf-8")
    done = run("register", "import", *register)
    assert (done.code, done.out) == (1, "")
    assert f"{register[0]}: {complaint}" in done.err
    assert run("register", "import", *register).code == 1


def test_a_bad_submission_is_named_by_line_and_field_and_the_others_are_settled(run: Run, here: Path) -> None:
    lines = [
        json.dumps(SUBMISSION),
        "",
        "{not json",
        json.dumps({**SUBMISSION, "id": "c-2", "period": ""}),
        json.dumps({**SUBMISSION, "id": "c-3", "contract_number": 417}),
        json.dumps({**SUBMISSION, "id": "c-4", "meters": [{**SUBMISSION["meters"][0], "unit": "Гкал"}]}),
        json.dumps({**SUBMISSION, "id": "c-5", "submitted_at": "2026-10-22T10:15:00"}),
    ]
    file = here / "october.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = run("submissions", "import", file)
    assert (done.code, done.out) == (1, "1 settled, 0 known before, 5 refused\n")
    complaints = [
        "not a JSON object",
        "missing: period",
        "contract_number is text",
        "unit is Gcal, GJ, MWh, kWh or m3",
        "submitted_at is a time with its zone",
    ]
    for said, number, complaint in zip(done.err.splitlines(), range(3, 8), complaints, strict=True):
        assert said.startswith(f"hisobot: {file}, line {number}: ")
        assert complaint in said
    assert run("submissions", "import", file).out == "0 settled, 1 known before, 5 refused\n"


def test_a_submission_that_is_not_utf_8_is_refused_by_its_line(run: Run, here: Path) -> None:
    file = here / "october.jsonl"
    file.write_bytes(json.dumps({**SUBMISSION, "id": "Чинор"}, ensure_ascii=False).encode("cp1251"))
    done = run("submissions", "import", file)
    assert (done.code, done.err) == (1, f"hisobot: {file}, line 1: not a JSON object in UTF-8\n")


def test_csv_has_its_header_even_without_rows_and_json_has_the_same_columns(run: Run, here: Path) -> None:
    assert run("export", "messages", "--format", "csv").out == ",".join(MESSAGE_COLUMNS) + "\n"
    assert run("export", "readings", "--format", "csv").out == ",".join(READING_COLUMNS) + "\n"
    file = here / "october.jsonl"
    file.write_text(json.dumps(SUBMISSION), encoding="utf-8")
    run("submissions", "import", file)
    keep_messages(here, 1)
    for command, columns in (("messages", MESSAGE_COLUMNS), ("readings", READING_COLUMNS)):
        (row,) = map(json.loads, run("export", command).out.splitlines())
        (in_csv,) = csv.DictReader(io.StringIO(run("export", command, "--format", "csv").out))
        assert tuple(row) == columns == tuple(in_csv)
        assert {name: in_csv[name] for name, value in row.items() if isinstance(value, str)} == {
            name: value for name, value in row.items() if isinstance(value, str)
        }


def test_exports_are_utf_8_and_without_colour_whatever_the_locale(here: Path) -> None:
    keep_messages(here, 1, name="отчёт ООО «Чинор».eml")
    ascii_only = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TERM": "xterm-256color"}
    for arguments in (("export", "messages"), ("messages", "list", "--all")):
        done = started(here, *arguments, **ascii_only)
        assert (done.code, done.err) == (0, "")
        assert "отчёт ООО «Чинор».eml" in done.out
        assert "\x1b" not in done.out


def test_an_export_into_head_ends_quietly(here: Path) -> None:
    keep_messages(here, 1500)
    assert len(hisobot(here, "export", "messages").out) > 300_000  # more than the pipe holds
    piped = f"{shlex.quote(str(PROGRAM))} export messages | head -n 1"
    done = subprocess.run(["bash", "-c", piped], cwd=here, env=plain_environment(), capture_output=True, timeout=60, check=False)
    assert done.stderr == b""
    assert json.loads(done.stdout)["id"] == 1


def test_a_foreign_name_cannot_move_the_cursor(run: Run, here: Path) -> None:
    keep_messages(here, 1, name="a\x1b[2J\tb\n.eml")
    (line,) = run("messages", "list", "--all").out.splitlines()
    assert line.split("\t")[4] == "a?[2J?b?.eml"
    assert "file_name: a?[2J?b?.eml\n" in run("messages", "show", "1").out


def test_a_postgresql_without_a_schema_is_told_to_upgrade_and_then_serves(here: Path, new_postgresql: Callable[[], str]) -> None:
    database = {"HISOBOT_DATABASE_URL": new_postgresql()}
    done = hisobot(here, "export", "messages", **database)
    assert done.code == 4
    assert done.err.endswith("; run: hisobot db upgrade\n")
    done = hisobot(here, "db", "upgrade", **database)
    assert (done.code, re.sub(r".*: ", "", done.out)) == (0, f"empty -> {HEAD}\n")
    assert hisobot(here, "export", "messages", **database) == Done(0, "", "")


def test_a_database_that_cannot_be_reached_is_a_temporary_failure_and_no_password_is_shown(here: Path) -> None:
    done = hisobot(here, "export", "messages", HISOBOT_DATABASE_URL="postgresql://hisobot:hunter2@127.0.0.1:1/hisobot")
    assert done.code == 3
    assert done.err.endswith("(temporary: try again)\n")
    assert "hunter2" not in done.err + done.out


@pytest.mark.parametrize("url", ["hunter2", "mysql://u:hunter2@h/x", "postgresql://u:hunter2@h:port/x"])
def test_a_database_url_that_is_none_needs_a_person_and_is_not_shown(run: Run, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("HISOBOT_DATABASE_URL", url)
    done = run("export", "messages")
    assert done.code == 4
    assert "postgresql://" in done.err
    assert "hunter2" not in done.err


def test_mail_is_taken_answered_and_not_taken_twice_while_a_missing_file_stops_nothing(here: Path, run: Run) -> None:
    letter = message(
        b"From: a@firm.example\nTo: metrology@teploenergo.uz\nSubject: x\n", part("Здравствуйте".encode(), "Content-Type: text/plain")
    )
    (here / "a.eml").write_bytes(letter)
    done = hisobot(here, "ingest", "missing.eml", "a.eml")
    assert (done.code, done.out) == (1, "1 messages found, 1 new; see: hisobot export messages\n")
    assert done.err == "hisobot: missing.eml: No such file or directory\n"
    assert json.loads(run("export", "messages").out)["outcome"] == "no_report"
    assert hisobot(here, "ingest", "a.eml") == Done(0, "1 messages found, 0 new; see: hisobot export messages\n", "")


def test_a_message_that_defeats_us_is_named_and_can_be_tried_again(here: Path, run: Run) -> None:
    (here / "a.eml").write_bytes(message(part(b"x", "Content-Type: text/plain")))
    done = hisobot(here, "ingest", "a.eml", HISOBOT_LIMITS__OPEN_SECONDS="0.001")
    assert done.code == 1
    last = done.err.splitlines()[-1]
    assert last == "hisobot: a.eml: message 1 is in quarantine: opening took more than 0.001 s; see: hisobot messages show 1"
    assert run("messages", "list").out.split("\t")[2:5] == ["QUARANTINED", "3 attempts", "a.eml"]
    assert run("messages", "retry", "1") == Done(0, "message 1 is in the queue again\n", "")
    assert hisobot(here, "ingest", "a.eml").code == 0
    assert json.loads(run("export", "messages").out)["state"] == "DECIDED"


def typed_page() -> bytes:
    """A page full of words, which takes seconds to read."""
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    for y in range(100, 2200, 40):
        draw.text((100, y), "index 12345 of meter 67890 " * 3, fill=0, font=ImageFont.load_default(28))
    written = io.BytesIO()
    page.save(written, "PNG")
    return written.getvalue()


def test_ctrl_c_gives_the_message_in_hand_back(here: Path) -> None:
    (here / "a.eml").write_bytes(message(part(typed_page(), 'Content-Type: image/png; name="a.png"')))
    # A suite that a shell started in the background ignores Ctrl-C, and so would what it starts.
    heed = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    running = subprocess.Popen([PROGRAM, "ingest", "a.eml"], cwd=here, env=plain_environment(), stderr=subprocess.PIPE, preexec_fn=heed)
    database = open_database(f"sqlite:///{here / 'hisobot.db'}")
    deadline = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < deadline:
        with database.reading() as tx:
            if messages.counts(tx)[MessageState.WORKING]:
                running.send_signal(signal.SIGINT)
                break
        time.sleep(0.02)
    said = running.communicate(timeout=60)[1]
    assert (running.returncode, said) == (130, b"")
    with database.transaction() as tx:
        assert messages.claim(tx, "another", dt.datetime.now(dt.UTC), dt.timedelta(minutes=1)) is not None
    database.close()


def test_a_missing_file_keeps_no_other_from_being_read(here: Path) -> None:
    (here / "word.docx").write_bytes(b"no report")
    done = hisobot(here, "extract", "missing.pdf", ".", "word.docx")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert {line["file"]: line["error"] for line in lines} == {
        "missing.pdf": "cannot be read: No such file or directory",
        ".": "is a directory; name the files in it",
        "word.docx": "of a kind that can be no report",
    }
    assert done.err.splitlines() == [f"hisobot: {line['file']}: {line['error']}" for line in lines]


def keep_messages(home: Path, count: int, name: str = "a.eml") -> None:
    """So many messages that wait, in the home's database."""
    now = dt.datetime(2026, 10, 22, 5, 15, tzinfo=dt.UTC)
    database = open_database(f"sqlite:///{home / 'hisobot.db'}")
    with database.transaction() as tx:
        for number in range(count):
            messages.keep(tx, NewMessage("file:/", 0, str(number), 10, None, f"{number:064x}", name, received_at=now), now)
    database.close()
