"""./run demo: a week of a utility's mailbox in a minute, in an instance of its own that needs no server."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from demo.faces import free_port, make_logins, serve
from demo.papers import issue_papers, put_down
from metering.periods import TASHKENT
from tests.corpus.envelope import Envelope, Naming, file, message, multipart, text

HERE = Path(__file__).parent
INSTANCE = Path("demo-instance").resolve()
SETTINGS = """# The demo's settings; docs/operation.md has them all.
[mail]
authserv_id = "mx.teploenergo.uz"
own_hosts = ["mx.teploenergo.uz"]
"""
STYLES = {"accepted": "green", "incomplete": "yellow", "review": "yellow", "duplicate": "cyan", "ignored": "dim"}


def main() -> None:
    console = Console(width=None if sys.stdout.isatty() else 150)
    fresh_instance()
    console.print(f"An instance of hisobot in {INSTANCE}: SQLite, and Maildirs in the place of IMAP and SMTP.\n", highlight=False)
    hisobot("register", "import", str(HERE / "contracts.csv"), str(HERE / "meters.csv"))
    hisobot("ingest", str(INSTANCE / "mail-in"))
    issue_papers(INSTANCE, hisobot)
    hisobot("deliver", "--once")
    rows = [json.loads(line) for line in hisobot("export", "messages", "--format", "jsonl", quiet=True).splitlines()]
    console.print(table_of(rows))
    console.print(Panel(Text(letter_answering(rows[0]["message_id"])), title=f"The answer to {Path(rows[0]['file']).stem}", expand=False))
    papers = put_down(INSTANCE)
    hisobot("documents", "verify", str(papers[0].relative_to(INSTANCE)))
    logins = make_logins(INSTANCE, HERE / "contracts.csv")
    console.print(farewell(logins, papers), highlight=False, soft_wrap=True)
    if sys.stdin.isatty() and sys.stdout.isatty():  # a script that calls the demo wants it to end
        serve(INSTANCE, free_port())


def fresh_instance() -> None:
    """An empty home with the settings, and the sample messages dropped into the incoming Maildir."""
    shutil.rmtree(INSTANCE, ignore_errors=True)
    for folder in ("new", "cur", "tmp"):
        (INSTANCE / "mail-in" / folder).mkdir(parents=True)
    (INSTANCE / "hisobot.toml").write_text(SETTINGS, encoding="utf-8")
    for sample in sorted((HERE / "mail").glob("*.eml")):
        shutil.copy(sample, INSTANCE / "mail-in" / "new" / sample.name)
    (INSTANCE / "mail-in" / "new" / "17-too-large.eml").write_bytes(too_large())


def too_large() -> bytes:
    """A message with a file of more than 10 MiB: made here, since nobody wants it in a repository."""
    received = dt.datetime(2026, 10, 23, 16, 30, tzinfo=TASHKENT)
    cover = Envelope("ofis@korxona.example", received, "d3m0t00large", name="Ofis", subject="Hisobot, rasm")
    picture = b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(10_485_760)
    return message(cover, multipart([text("Hisobot ilovada."), file(picture, "rasm.jpg", "image/jpeg", Naming.RAW_UTF8)]))


def hisobot(*arguments: str, quiet: bool = False) -> str:
    """Runs the command as a person would, and shows it; with `quiet` returns what it prints. A failure ends the demo."""
    if not quiet:
        print(f"$ hisobot {' '.join(arguments)}", flush=True)
    program = Path(sys.executable).with_name("hisobot")
    done = subprocess.run([program, *arguments], cwd=INSTANCE, stdout=subprocess.PIPE if quiet else None, text=True, check=False)
    if done.returncode:
        sys.exit(f"demo: `hisobot {' '.join(arguments)}` ended with exit code {done.returncode}")
    return done.stdout or ""


def table_of(rows: list[dict]) -> Table:
    table = Table(title="\nWhat became of each message", show_lines=True, title_justify="left")
    for name in ("message", "sender", "contract", "readings", "outcome", "why", "reply"):
        table.add_column(name, overflow="fold")
    for row in sorted(rows, key=lambda row: row["file"]):
        reports = row["reports"]
        table.add_row(
            Path(row["file"]).stem,
            row["sender"],
            "\n".join(str(report["contract_number"] or "?") for report in reports),
            readings_of(reports),
            f"[{STYLES.get(row['outcome'], 'white')}]{row['outcome']}",
            "\n".join(row["reasons"]),
            row["reply"] or "none",
        )
    return table


def readings_of(reports: list[dict]) -> str:
    """A line a meter, four at most: a page that was misread may seem to hold many."""
    lines = [reading_of(meter) for report in reports for meter in report["meters"]]
    return "\n".join(lines[:4] + [f"and {len(lines) - 4} more"] * (len(lines) > 4))


def reading_of(meter: dict) -> str:
    """`12345678: 1.00 -> 2.00 Gcal`; a question mark where nothing was read."""
    known = {key: meter[key] if meter[key] is not None else "?" for key in ("serial", "previous", "current", "unit")}
    return "{serial}: {previous} → {current} {unit}".format(**known)


def letter_answering(message_id: str) -> str:
    """Subject and text of the letter in the outgoing Maildir that answers this message."""
    for path in (INSTANCE / "mail-out" / "new").iterdir():
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = letter.get_body(("plain",))
        if letter["In-Reply-To"] == message_id and body is not None:
            return f"{letter['Subject']}\n\n{body.get_content().strip()}"
    return "none"


def farewell(logins: str, papers: list[Path]) -> str:
    letters = sum(1 for _ in (INSTANCE / "mail-out" / "new").glob("*"))
    home = INSTANCE.name
    return f"""
{letters} letters lie in {INSTANCE}/mail-out/new: open one with a mail program or `less`.

Two signed documents, which went out by mail too and stand in the cabinet:
{"".join(f"  {paper}{chr(10)}" for paper in papers)}
The web side, on this machine only:
{logins}
  HISOBOT_HOME={home} ./run hisobot web                             opens both at http://localhost:8080

Try next, from this folder:
  HISOBOT_HOME={home} ./run hisobot export readings --format csv      what stands in the ledger
  HISOBOT_HOME={home} ./run hisobot documents verify {papers[-1].relative_to(INSTANCE.parent)}      what the act's signature is worth
  HISOBOT_HOME={home} ./run hisobot messages list --all               every message and its state
  HISOBOT_HOME={home} ./run hisobot extract demo/mail/02-scanned-letter.eml   what is read from a page, with confidence and place
  HISOBOT_HOME={home} ./run hisobot ingest YOUR.eml                   a message of your own
  ./run hisobot --help                                             everything else; docs/operation.md tells how to run it for real
"""


if __name__ == "__main__":
    main()
