"""Holds the shape of ARCHITECTURE.md: who may import whom, one home for each outside library, a pure domain."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BRANCHES = {"mailer", "parsers", "ocr", "validation", "documents", "storage"}
MAY_IMPORT = {
    "metering": set(),
    "templates": {"metering"},
    **{branch: {"metering", "templates"} for branch in BRANCHES},
    "service": {"metering", "templates", *BRANCHES},
    "cabinet": {"metering", "templates", "service", "storage"},
}
IN_ROOT = {
    ".ci", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "README.md", "cabinet", "demo", "docs", "documents", "mailer", "metering",
    "ocr", "parsers", "pyproject.toml", "requirements", "run", "service", "storage", "systemd", "templates", "tests", "validation",
}  # fmt: skip
HOMES = {
    "imapclient": {"mailer/imap.py", "mailer/imap_session.py", "mailer/inbox.py"},
    "aiosmtplib": {"mailer/outbox.py", "mailer/smtp.py"},
    "sqlalchemy": {"storage/"},
    "alembic": {"storage/"},
    "psycopg": {"storage/"},
    "tesserocr": {"ocr/"},
    "pytesseract": {"ocr/"},
    "onnxruntime": {"ocr/"},
    "cv2": {"ocr/", "parsers/files/plain.py", "parsers/files/spreads.py"},
    "PIL": {"parsers/files/pictures.py", "parsers/files/spreads.py", "parsers/office/typeset.py", "ocr/"},
    "pillow_heif": {"parsers/files/pictures.py"},
    "fontTools": {"parsers/pdf/fonts.py"},
    "pypdfium2": {"parsers/pdf"},
    "tnefparse": {"parsers/files/containers.py"},
    "asn1crypto": {"parsers/files/containers.py", "documents/"},
    "jinja2": {"templates/"},
    "typer": {"service/command_line/", "service/command_line.py"},
    "rich": {"service/command_line/", "service/command_line.py"},
    "pydantic": {"service/config", "cabinet/api/"},
    "pydantic_settings": {"service/config"},
    "pebble": {"service/readers.py"},
    "weasyprint": {"documents/"},
    "segno": {"documents/"},
    "zxingcpp": {"ocr/codes.py"},
    "python_calamine": {"parsers/"},
    "docx": {"parsers/office/word.py"},
    "odfdo": {"parsers/office/opendocument.py"},
    "pyhanko": {"documents/"},
    "pyhanko_certvalidator": {"documents/"},
    "pydyf": {"documents/"},
    "cryptography": {"documents/"},
    "pkcs11": {"documents/"},
    "num2words": {"templates/"},
    "holidays": {"service/"},
    "argon2": {"service/"},
    "pyotp": {"service/"},
    "xlsxwriter": {"service/"},
    "fastapi": {"cabinet/"},
    "starlette": {"cabinet/"},
    "uvicorn": {"cabinet/"},
}


def modules() -> list[Path]:
    return sorted(p for package in MAY_IMPORT for p in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Top-level names of the packages that a module imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            found.add(path.relative_to(ROOT).parts[0])
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = imported(path) & (set(MAY_IMPORT) | {"tests", "demo"})
    assert ours <= MAY_IMPORT[package] | {package}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_each_outside_library_has_one_home(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    strays = {library for library in imported(path) & set(HOMES) if not any(name.startswith(home) for home in HOMES[library])}
    assert not strays


@pytest.mark.parametrize("path", [p for p in modules() if p.relative_to(ROOT).parts[0] in ("metering", "validation")], ids=lambda p: p.name)
def test_the_domain_is_pure(path: Path) -> None:
    allowed = {"metering", "validation", *sys.stdlib_module_names} - {
        "os",
        "io",
        "socket",
        "subprocess",
        "pathlib",
        "sqlite3",
        "time",
        "logging",
    }
    assert imported(path) <= allowed
    calls = {
        f"{node.func.value.attr if isinstance(node.func.value, ast.Attribute) else getattr(node.func.value, 'id', '')}.{node.func.attr}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & {"datetime.now", "datetime.utcnow", "date.today", "datetime.today"}


def test_the_root_holds_only_what_is_meant_to_be_there() -> None:
    tracked = subprocess.run(["git", "ls-tree", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not in a git work tree")
    assert set(tracked.stdout.split()) == IN_ROOT


def test_a_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        str(p.relative_to(ROOT)) for p in modules() if p.stat().st_size and not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))
    ]
    assert silent == []
