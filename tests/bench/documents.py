"""Documents a second, drawn and signed as `hisobot documents issue` does it, beside what drawing and a bare signature cost."""

from __future__ import annotations

import datetime as dt
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from rich.console import Console
from rich.table import Table

from demo.authority import serve
from documents.papers import draw_paper
from documents.policy import Pkcs12Key, SigningPolicy, read_trust
from documents.signing import opened_press
from documents.verification import verify
from metering.contracts import Language
from metering.documents import DocumentKind, Paper, SignatureMark
from service.clock import system_clock
from service.press import print_all
from tests.support.papers import a_paper, months_of_a_year

PASSPHRASE = "bench"
BAR = 8.0  # signed invoices a second on two cores
WARM = 40  # documents after which both processes surely run


def bench_documents(count: int, console: Console) -> dict[str, float]:
    """count: documents of each kind; RSA-3072 in memory, PAdES B-T, timestamp server in this process over loopback HTTP."""
    papers = {kind: _papers(kind, count) for kind in DocumentKind}
    mark = SignatureMark("Teploenergo, Karimov B. A.", "1F0A77C2D3E4B5A69788", system_clock())
    figures: dict[str, float] = {"load_before": os.getloadavg()[0]}
    table = Table("what", "a second", "CPU ms each", title=f"documents, {os.cpu_count()} cores, load before {figures['load_before']:.1f}")

    def row(name: str, key: str, each: Callable[[], None], times: int) -> None:
        each()
        rate, cpu = _measure(each, times)
        figures[f"{key}_per_second"], figures[f"{key}_cpu_ms"] = rate, cpu
        table.add_row(name, f"{rate:.1f}", f"{cpu:.1f}")

    rsa_key, ec_key = rsa.generate_private_key(65537, 3072), ec.generate_private_key(ec.SECP256R1())
    row("bare signature, RSA-3072", "rsa", lambda: rsa_key.sign(b"x" * 64, padding.PKCS1v15(), SHA256()) and None, 200)
    row("bare signature, ECDSA P-256", "ecdsa", lambda: ec_key.sign(b"x" * 64, ec.ECDSA(SHA256())) and None, 2000)
    for kind in DocumentKind:
        row(f"drawn, {kind}, one process", f"drawn_{kind}", lambda kind=kind: draw_paper(papers[kind][0], mark) and None, min(count, 20))
    with serve() as served, tempfile.TemporaryDirectory() as folder:
        file = served.authority.write_pkcs12(Path(folder, "key.p12"), served.authority.issue("Karimov B. A."), PASSPHRASE)
        trust = read_trust(served.authority.write_trust(Path(folder, "roots.pem")))
        policy = SigningPolicy(Pkcs12Key(file, PASSPHRASE), served.timestamp_url, trust)
        with opened_press(policy) as press:
            drawn = draw_paper(papers[DocumentKind.INVOICE][0], press.mark(system_clock()))
            row("signed B-T, drawn before, one process", "signed", lambda: press.sign(drawn, system_clock()) and None, min(count, 20))
        with opened_press(replace(policy, with_revocation=True)) as press:
            row("signed B-LT, drawn before, one process", "signed_lt", lambda: press.sign(drawn, system_clock()) and None, min(count, 20))
        for kind in DocumentKind:
            some = papers[kind][: count if kind is DocumentKind.INVOICE else count // 4]
            began, used, last = time.perf_counter(), _cpu(), b""
            steady_from = steady_began = 0
            for number, printed in enumerate(print_all(policy, some, system_clock, processes=2), 1):
                last = printed.pdf
                if number == WARM:
                    steady_from, steady_began = number, time.perf_counter()
            ended = time.perf_counter()
            assert verify(last, trust, dt.datetime.now(dt.UTC)).good
            figures[f"{kind}_per_second"] = len(some) / (ended - began)
            figures[f"{kind}_cpu_ms"], figures[f"{kind}_bytes"] = 1000 * (_cpu() - used) / len(some), len(last)
            said = f"drawn and signed B-T, {kind}, two processes, their start included"
            table.add_row(said, f"{figures[f'{kind}_per_second']:.1f}", f"{figures[f'{kind}_cpu_ms']:.1f}")
            if steady_from and len(some) > 2 * WARM:
                figures[f"{kind}_steady_per_second"] = (len(some) - steady_from) / (ended - steady_began)
                table.add_row("  once both run", f"{figures[f'{kind}_steady_per_second']:.1f}", "")
    figures["load_after"] = os.getloadavg()[0]
    console.print(table)
    least = 2000 / figures["invoice_cpu_ms"]
    figures["invoice_per_second_by_cpu"] = least
    console.print(
        f"bar: {BAR:g} signed invoices a second on 2 cores; measured {figures['invoice_per_second']:.1f} with a load of "
        f"{figures['load_before']:.1f} to {figures['load_after']:.1f}, {least:.1f} by the processor time of two idle cores"
    )
    return figures


def _papers(kind: DocumentKind, count: int) -> list[Paper]:
    """Different ones, in turn in the three languages."""
    made = []
    for number in range(count):
        language = tuple(Language)[number % 3]
        months = months_of_a_year(number) if kind is DocumentKind.ACT and number < 6 else None
        paper = a_paper(kind, language, months)
        key = replace(paper.key, contract_number=f"{number:05d}")
        made.append(replace(paper, key=key))
    return made


def _measure(each: Callable[[], None], times: int) -> tuple[float, float]:
    """How many a second, and processor milliseconds for one, threads of this process included."""
    began, used = time.perf_counter(), _cpu()
    for _ in range(times):
        each()
    return times / (time.perf_counter() - began), 1000 * (_cpu() - used) / times


def _cpu() -> float:
    """Of this process and of children that have ended."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in found)
