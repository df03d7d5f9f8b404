"""The pages are true: links and citations lead somewhere, every command is told of, and no text names somebody's machine."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from service.command_line.application import application

ROOT = Path(__file__).resolve().parent.parent
_TEXTS = {".py", ".md", ".toml", ".j2", ".service", ".sysusers", ".in", ".txt", ".mako", ".csv", ""}


@cache
def texts() -> dict[Path, str]:
    """Every text of the repository that a person wrote."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z"], capture_output=True, check=True
    ).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name and Path(name).suffix in _TEXTS]
    return {path: path.read_text(encoding="utf-8") for path in paths if path.is_file()}


def pages() -> list[Path]:
    return [path for path in texts() if path.suffix == ".md"]


def headings(page: Path) -> list[str]:
    return [found.strip() for found in re.findall(r"^#+ +(.+)$", texts()[page], re.MULTILINE)]


def anchor(heading: str) -> str:
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_within_the_repository_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", texts()[page]):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, place = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), target
        assert not place or place in map(anchor, headings(path)), target


def test_each_page_that_a_text_cites_exists_and_has_the_section() -> None:
    wrong = []
    for path, text in texts().items():
        joined = re.sub(r"\s*\n[ #]*", " ", text)
        for name, section in re.findall(r'\b(docs/[\w/-]+\.md)(?:[`,:]* "([A-Z][^"\n]{2,60})")?', joined):
            if not (ROOT / name).is_file():
                wrong.append(f"{path.relative_to(ROOT)}: {name}")
            elif section and not any(found.startswith(section) for found in headings(ROOT / name)):
                wrong.append(f"{path.relative_to(ROOT)}: {name}, {section!r}")
    assert wrong == []


def commands(group: TyperGroup, before: str = "hisobot") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found += commands(command, f"{before} {name}") if isinstance(command, TyperGroup) else [f"{before} {name}"]
    return found


@pytest.mark.parametrize("command", commands(get_command(application)))  # type: ignore[arg-type]
def test_each_command_is_told_of_on_a_page(command: str) -> None:
    assert any(command in texts()[page] for page in pages())


def test_no_text_names_a_folder_of_somebodys_machine() -> None:
    here = [re.escape(str(ROOT))] if str(ROOT) != "/opt/hisobot" and len(ROOT.parts) > 2 else []  # the units install it there
    somebodys = re.compile("|".join([*here, r"(?<![\w}])/home/[a-z]\w*", r"/Users/\w+", r"(?<![\w.])/root/\w", r"[A-Z]:\\\\Users"]))
    named = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path, text in texts().items()
        if path != Path(__file__)
        for found in somebodys.finditer(text)
    ]
    assert named == []
