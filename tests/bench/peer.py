"""The same scans and photos through ocrmypdf, which reads pages and extracts nothing, in two settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.costs import run_measured

#: ocrmypdf as paperless-ngx runs it, and the leanest that still reads Russian. PDF/A is off: Debian 12's Ghostscript refuses it here.
SETTINGS = {
    "as paperless-ngx": ["--clean", "--deskew", "--rotate-pages", "--rotate-pages-threshold", "12", "-l", "rus+eng+uzb"],
    "leanest": ["-l", "rus+eng"],
}
ALWAYS = ["-j", "1", "--output-type", "pdf", "--image-dpi", "200"]
PROGRAMS = ("gs", "unpaper", "tesseract")
ENVIRONMENT = Path(".venv-bench")
LOCK = Path("requirements/bench.lock")


@dataclass(frozen=True, slots=True)
class PeerCost:
    """CPU seconds a file of one setting, its start-up taken off; failed: files that it refused."""

    cpu: float
    failed: int


def install() -> Path:
    """ocrmypdf in an environment of its own, from its lock file; kept until the lock changes. Returns the program."""
    stamp = ENVIRONMENT / ".lock"
    program = ENVIRONMENT / "bin" / "ocrmypdf"
    if not (stamp.is_file() and stamp.read_bytes() == LOCK.read_bytes()):
        print(f"Setting up {ENVIRONMENT} from {LOCK}", file=sys.stderr)
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        arguments = ["install", "-q", "--disable-pip-version-check", "--no-deps", "--require-hashes", "-r", LOCK]
        subprocess.run([ENVIRONMENT / "bin" / "python", "-m", "pip", *arguments], check=True)
        stamp.write_bytes(LOCK.read_bytes())
    return program.absolute()


def missing_programs() -> list[str]:
    return [name for name in PROGRAMS if shutil.which(name) is None]


def cost_of(program: Path, setting: str, files: Sequence[Path], work: Path) -> PeerCost:
    """Mean CPU seconds of one file. A run of `--version` is taken off each: inside paperless-ngx ocrmypdf is loaded once."""
    environment = {
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "OMP_THREAD_LIMIT": "1",
        "LC_ALL": "C.UTF-8",
        "HOME": str(work),
    }
    start = run_measured([program, "--version"], environment, work / "version.txt").cpu
    total, failed = 0.0, 0
    for file in files:
        done = run_measured([program, *ALWAYS, *SETTINGS[setting], file, work / "peer.pdf"], environment, work / "peer.txt")
        total += max(0.0, done.cpu - start)
        failed += done.status != 0
    return PeerCost(total / len(files), failed)
