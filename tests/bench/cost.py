"""What a file costs in CPU seconds beside ocrmypdf on the same files in the same run, and the memory of a reader process."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from metering.messages import OpenedFile
from parsers.opening import OpeningLimits, open_bytes
from service.readers import Readers
from tests.bench import peer
from tests.bench.score import Record

#: Files a kind, spread over all of it: ocrmypdf takes ten seconds for each, and six told a ratio to a quarter only. It cannot open HEIC.
FILES = 12
ENDINGS = (".pdf", ".jpg", ".png")
HAS_TEXT = "text_broken"  # in the names of drawn files: ocrmypdf refuses a page that has a text layer, however broken
#: What was promised (docs/bench.md, "Beside ocrmypdf").
BARS = {("scan", "as paperless-ngx"): 8, ("photo", "as paperless-ngx"): 10, ("scan", "leanest"): 2.5, ("photo", "leanest"): 2.5}
MEMORY_BARS = {"typed": 350, "handwritten": 700}
#: Reads files and gives their lines and the CPU seconds a file, children counted.
Extract = Callable[[Sequence[Path], Path], tuple[list[Record], float]]


def bench_cost(by_kind: Mapping[str, Sequence[Path]], extract: Extract, console: Console) -> dict[str, float]:
    """Prints the ratios and the memory; returns the figures."""
    missing = peer.missing_programs()
    if missing:
        sys.exit(f"bench: ocrmypdf needs {', '.join(missing)}; on Debian: apt-get install ghostscript unpaper tesseract-ocr")
    program = peer.install()
    fit = {kind: [f for f in by_kind[kind] if f.suffix in ENDINGS and HAS_TEXT not in f.name] for kind in ("text", "scan", "photo")}
    chosen = {kind: spread(files, FILES) for kind, files in fit.items()}
    figures: dict[str, float] = {}
    table = Table("kind", "files", "hisobot", "with start-up", *(f"ocrmypdf {name}" for name in peer.SETTINGS), title="CPU seconds a file")
    for kind, files in chosen.items():
        if not files:
            continue
        console.print(f"what {len(files)} files cost: {kind}", style="dim")
        with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as work:
            started, ours = cost_of_a_file(files, Path(work), extract)
            figures[f"{kind}_file_cpu_seconds"] = round(ours, 3)
            cells = []
            for name in peer.SETTINGS if kind != "text" else ():
                cost = peer.cost_of(program, name, files, Path(work))
                times = cost.cpu / ours
                figures[f"{kind}_ocrmypdf_{name.replace(' ', '_')}_times"] = round(times, 2)
                failed = f", {cost.failed} failed" if cost.failed else ""
                cells.append(f"{cost.cpu:.2f}: {times:.1f} times, with start-up {cost.cpu / started:.1f} (bar {BARS[kind, name]}){failed}")
        table.add_row(kind, str(len(files)), f"{ours:.2f}", f"{started:.2f}", *cells)
    console.print(table)
    if "text_file_cpu_seconds" in figures and "scan_file_cpu_seconds" in figures:
        figures["text_of_scan"] = round(figures["text_file_cpu_seconds"] / figures["scan_file_cpu_seconds"], 3)
        console.print(f"a born-digital file costs {figures['text_of_scan']:.1%} of a scan (bar 10 %)")
    for what, files in (("typed", [*chosen["scan"], *chosen["photo"]]), ("handwritten", spread(by_kind["handwritten"], FILES))):
        if files:
            figures[f"{what}_peak_mib"] = peak = peak_memory(files)
            console.print(f"a reader process at its peak, {what}: {peak:.0f} MiB (bar {MEMORY_BARS[what]})")
    return figures


def spread(files: Sequence[Path], count: int) -> list[Path]:
    """So many of the files, at even distances: the first of a corpus may be of few layouts, of which printouts cost three times a form."""
    count = min(count, len(files))
    return [files[n * len(files) // count] for n in range(count)]


def cost_of_a_file(files: Sequence[Path], work: Path, extract: Extract) -> tuple[float, float]:
    """CPU seconds a file with the start of program and models, and without: of each file more, as in a service that runs on."""
    once = extract(files, work)[1] * len(files)
    twice = extract([*files, *files], work)[1] * 2 * len(files)
    return once / len(files), (twice - once) / len(files)


def peak_memory(files: Sequence[Path]) -> float:
    """MiB that one reader process holds at its peak (resident), over the files one after another."""
    peak = 0
    with tempfile.TemporaryDirectory(prefix="hisobot-bench-") as folder, Readers(1, 300, _read_and_weigh) as readers:
        for file in files:
            for opened in open_bytes(file.read_bytes(), file.name, Path(folder), OpeningLimits()).files:
                (kibibytes,) = readers.read(opened, Path(folder))
                peak = max(peak, kibibytes)
    return peak / 1024


def _read_and_weigh(file: OpenedFile, folder: Path) -> tuple[Any, ...]:
    """Runs in the reader process: its peak so far, in KiB, in place of the reports."""
    from service.reading import read_file

    read_file(file, folder)
    # Not ru_maxrss: that remembers what the process was forked from.
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return (int(peak.split()[1]),)
