"""The units are hardened, start commands that exist, and the example of the settings is complete and loads."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.main import get_command

from service.config import Settings
from service.config_file import load_settings

FOLDER = Path(__file__).parents[2] / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))
TIMED = [unit for unit in UNITS if unit.with_suffix(".timer").exists()]  # started by a timer, and done at some time
DUTIES = [unit for unit in UNITS if unit not in TIMED]
EXAMPLE = FOLDER / "hisobot.toml"


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("systemd-analyze")
    assert program, "systemd-analyze is missing: apt-get install systemd"
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    )


def settings_of(unit: Path) -> dict[str, list[str]]:
    """Every `Key=value` of the unit, values in order."""
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", unit.read_text(), re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


def test_there_is_a_unit_for_each_duty_and_one_for_all() -> None:
    assert [unit.name for unit in DUTIES] == [
        "hisobot-deliver.service",
        "hisobot-documents.service",
        "hisobot-intake.service",
        "hisobot-remind.service",
        "hisobot-web.service",
        "hisobot.service",
    ]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_exposure_is_at_most_two(unit: Path) -> None:
    said = analyze("security", "--offline=true", "--no-pager", unit)
    exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", said.stdout)
    assert exposure, said.stdout + said.stderr
    assert float(exposure[1]) <= 2.0, said.stdout


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_no_fault_in_the_unit(unit: Path, tmp_path: Path) -> None:
    here = tmp_path / unit.name
    here.write_text(unit.read_text().replace("/opt/hisobot/.venv/bin/hisobot", "/bin/true"))
    done = analyze("verify", "--man=no", here)
    complaints = [line for line in (done.stdout + done.stderr).splitlines() if unit.name in line]
    assert (done.returncode, complaints) == (0, [])


def assert_starts_a_command(line: str) -> None:
    from service.command_line.application import application

    program, *words = line.split()
    assert program == "/opt/hisobot/.venv/bin/hisobot"
    command = get_command(application)
    for word in (word for word in words if not word.startswith("-")):
        command = command.commands[word]  # type: ignore[attr-defined]


@pytest.mark.parametrize("unit", TIMED, ids=lambda unit: unit.name)
def test_a_timed_unit_starts_a_command_that_exists_at_a_time_of_tashkent(unit: Path) -> None:
    settings = settings_of(unit)
    assert_starts_a_command(settings["ExecStart"][0])
    assert settings["Type"] == ["oneshot"]
    (calendar,) = settings_of(unit.with_suffix(".timer"))["OnCalendar"]
    assert calendar.endswith("Asia/Tashkent")
    assert analyze("calendar", calendar).returncode == 0


@pytest.mark.parametrize("unit", DUTIES, ids=lambda unit: unit.name)
def test_the_unit_starts_a_duty_that_exists_and_watches_it(unit: Path) -> None:
    settings = settings_of(unit)
    assert_starts_a_command(settings["ExecStart"][0])
    assert settings["Type"] == ["notify"]
    assert settings["WatchdogSec"]


def test_the_units_forbid_the_same_but_for_namespaces() -> None:
    kept = {
        "Description",
        "Documentation",
        "Wants",
        "After",
        "Conflicts",
        "StartLimitIntervalSec",
        "ExecStart",
        "Type",
        "WatchdogSec",
        "WantedBy",
    }
    kept |= {"TimeoutStartSec", "TimeoutStopSec", "KillMode", "Restart", "RestartSec", "LoadCredential", "MemoryMax", "TasksMax"}
    rest = [{k: v for k, v in settings_of(unit).items() if k not in kept | {"RestrictNamespaces"}} for unit in UNITS]
    assert all(each == rest[0] for each in rest)


def test_every_secret_is_a_credential_of_the_duties_that_need_it() -> None:
    given = {unit.stem: {line.partition(":")[0] for line in settings_of(unit).get("LoadCredential", [])} for unit in UNITS}
    names = set(Settings.model_fields["secrets"].annotation.model_fields)  # type: ignore[union-attr]
    assert given["hisobot"] == names
    assert given["hisobot-intake"] | given["hisobot-deliver"] | given["hisobot-documents"] == names
    assert given["hisobot-deliver"] == {"smtp_password"}
    assert given["hisobot-web"] == given["hisobot-remind"] == {"message_id_key"}
    assert given["hisobot-documents"] == {"message_id_key", "signature_passphrase", "signature_pin"}


def keys_of(model: type[BaseModel], before: str = "") -> set[str]:
    names = set()
    for name, found in model.model_fields.items():
        inner = found.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            names |= keys_of(inner, f"{before}{name}.") if name != "secrets" else set()
        else:
            names.add(before + name)
    return names


def with_every_key() -> str:
    """The example with the keys that are commented out put in force."""
    return re.sub(r"^# (\w+ = .+)$", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_example_names_every_setting_and_no_other() -> None:
    example = tomllib.loads(with_every_key())
    named = {f"{a}.{b}" for a, inner in example.items() if isinstance(inner, dict) for b in inner}
    named |= {a for a, inner in example.items() if not isinstance(inner, dict)}
    assert named == keys_of(Settings)


def test_the_example_loads_as_it_is_and_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HISOBOT_HOME", raising=False)
    assert load_settings(EXAMPLE).model_dump() == Settings().model_dump()


def test_the_example_loads_with_every_key_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HISOBOT_HOME", raising=False)
    file = tmp_path / "hisobot.toml"
    file.write_text(with_every_key(), encoding="utf-8")
    settings = load_settings(file)
    assert (settings.imap.host, settings.smtp.user) == ("mail.teploenergo.uz", "metrology")
