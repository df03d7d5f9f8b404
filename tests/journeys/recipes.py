"""A story's folder: `letter.eml`, or a `recipe.toml` of who mails what when, and `expected.toml` beside it.

recipe.toml has `draw` (a number, to be changed where the pen drew what no reader is sure of), `[customers.NAME]` (layout, meters,
mailbox_of, register = "active" | "terminated" | "unknown"; all else is invented from the story's name) and `[[steps]]`, each a mail
or a submission of the cabinet: see Step. expected.toml has a `[[steps]]` for each of them (see test_journeys.py) and the `readings`
that the ledger holds in the end.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import tomllib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random

from metering.periods import Period
from tests.corpus import degrade, displays, layouts, office, paper, style
from tests.corpus import envelope as mail
from tests.corpus.cases import Mailbox, Want, bounce
from tests.corpus.envelope import Envelope, Naming, Standing
from tests.corpus.facts import Facts
from tests.corpus.generate import draw, write_register

PERIOD = Period(2026, 10)
#: Enough of a compound file ([MS-CFB]) for it to be known as Word's of before 2007.
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(2000)
STORIES = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Step:
    """One mail, or one submission of the cabinet.

    reports: names of the customers whose pages are attached, each drawn as `mode` (text, scan200, ..., docx, xlsx,
    scan_in_docx); meters: which of the customer's are on the page, from 1; lacking: stamp, signature; more: so much is added to
    the first meter's current index and consumption, wrong_sum to its consumption alone; instead: something that is no report
    (program, truncated, locked_zip, old_word, rar, too_large, bounce, nothing). same_files_as, same_bytes_as: of the step of
    that number, from 1; same_content_as: the same mail by another path, so that only what our server writes on top differs.
    sender: another address than the customer's. headers_only: so large that no more was fetched.
    """

    by: str
    reports: tuple[str, ...] = ()
    cabinet: str | None = None
    mode: str = "text"
    meters: tuple[int, ...] = ()
    lacking: tuple[str, ...] = ()
    more: str = "0"
    wrong_sum: str = "0"
    instead: str | None = None
    same_files_as: int = 0
    same_bytes_as: int = 0
    same_content_as: int = 0
    sender: str | None = None
    standing: Standing = Standing.DMARC
    headers: tuple[str, ...] = ()
    after_hours: float = 0.0
    headers_only: bool = False

    @classmethod
    def parse(cls, given: dict[str, object]) -> Step:
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
        reports = (values["by"],) if "reports" not in values and "instead" not in values else values.get("reports", ())
        return cls(**{**values, "reports": reports, "standing": Standing(values.get("standing", "dmarc"))})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Mailed:
    """A step made: the bytes as our server keeps them, or a line of the cabinet."""

    received_at: dt.datetime
    raw: bytes = b""
    cabinet: str | None = None
    headers_only: bool = False
    message_id: str = ""


@dataclass(slots=True)
class Story:
    """What was mailed, and what must become of it; `customers` by their names in the recipe."""

    name: str
    expected: dict[str, object]
    steps: list[Mailed] = field(default_factory=list)
    customers: dict[str, Facts] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    terminated: set[str] = field(default_factory=set)
    letter: Path | None = None

    def write_register(self, folder: Path) -> None:
        known = [facts for name, facts in self.customers.items() if name not in self.unknown]
        ended = frozenset(self.customers[name].contract_number for name in self.terminated)
        write_register(known, folder, Random(f"register {self.name}"), ended)


@dataclass(slots=True)
class Made:
    """What later steps may repeat, by the number of the step that made it."""

    layout_of: dict[str, str]
    files: dict[int, list[bytes]] = field(default_factory=dict)
    mails: dict[int, tuple[Envelope, bytes]] = field(default_factory=dict)


def folders() -> list[Path]:
    return sorted(file.parent for file in STORIES.glob("*/expected.toml"))


@functools.cache
def load(folder: Path) -> Story:
    """Reads and makes a story; the same folder gives the same story."""
    story = Story(folder.name, tomllib.loads((folder / "expected.toml").read_text()))
    if (folder / "letter.eml").exists():
        story.letter = folder / "letter.eml"
        return story
    recipe = tomllib.loads((folder / "recipe.toml").read_text())
    box = Mailbox(Random(f"story {folder.name} {recipe.get('draw', 1)}"), periods=(PERIOD,))
    chosen_layouts = {}
    for name, given in recipe["customers"].items():
        want = Want(layout=given["layout"], meters=given.get("meters", 1), heat=True)
        facts, chosen_layouts[name] = box.customer(want)
        if "mailbox_of" in given:
            facts = _of_the_same_days(facts, story.customers[given["mailbox_of"]])
        story.customers[name] = facts
        {"unknown": story.unknown, "terminated": story.terminated}.get(given.get("register", "active"), set()).add(name)
    made = Made(chosen_layouts)
    for given in recipe["steps"]:
        step = Step.parse(given)
        story.steps.append(_make(box, story, step, made))
    return story


def _of_the_same_days(facts: Facts, other: Facts) -> Facts:
    """One person writes both reports, on one day."""
    days = {name: getattr(other, name) for name in ("email", "previous_date", "reading_date", "report_date")}
    return replace(facts, **days)


def _make(box: Mailbox, story: Story, step: Step, made: Made) -> Mailed:
    facts = story.customers[step.by]
    when = story.steps[0].received_at if story.steps else box.receipt(facts)
    when += dt.timedelta(hours=step.after_hours)
    number = len(story.steps) + 1
    if step.cabinet is not None:
        return Mailed(when, cabinet=cabinet_line(step.cabinet, when, stated(facts, step)))
    if step.same_bytes_as:
        return replace(story.steps[step.same_bytes_as - 1], received_at=when)
    if step.instead == "bounce":
        return Mailed(when, bounce(when), message_id="<returned-5d1f@relay.example>")
    if step.same_content_as:
        envelope, root = made.mails[step.same_content_as]
        envelope = replace(envelope, standing=step.standing)
    else:
        made.files[number] = made.files[step.same_files_as] if step.same_files_as else _files(box, story, step, made)
        changes = {"received_at": when, "standing": step.standing, "extra": step.headers, "subject": f"Отчёт {number}"}
        envelope = box.envelope(facts, **changes, **({"sender": step.sender} if step.sender else {}))
        root = mail.multipart([box.body(facts), *made.files[number]])
    made.mails[number] = envelope, root
    raw = mail.message(envelope, root)
    if step.headers_only:
        raw = raw[: raw.find(b"\r\n\r\n") + 4]
    return Mailed(when, raw, headers_only=step.headers_only, message_id=envelope.message_id)


def _files(box: Mailbox, story: Story, step: Step, made: Made) -> list[bytes]:
    pages = [(story.customers[name], made.layout_of[name]) for name in step.reports]
    if step.mode in PUT_TOGETHER:
        return PUT_TOGETHER[step.mode](box, [(stated(each, step), layout) for each, layout in pages])
    attached = [_attached(box, stated(each, step), layout, step.mode) for each, layout in pages]
    return attached + _instead(box, story.customers[step.by], step)


def stated(facts: Facts, step: Step) -> Facts:
    """The customer's report as this step states it."""
    first = facts.meters[0]
    more, wrong = Decimal(step.more), Decimal(step.wrong_sum)
    changed = replace(first, current=str(Decimal(first.current or 0) + more), consumption=str(Decimal(first.consumption) + more + wrong))
    meters = (changed, *facts.meters[1:])
    if step.meters:
        meters = tuple(meters[position - 1] for position in step.meters)
    return replace(
        facts,
        meters=meters,
        stamp_present="stamp" not in step.lacking,
        signature_present="signature" not in step.lacking,
    )


def cabinet_line(number: str, when: dt.datetime, facts: Facts) -> str:
    said = {
        "id": number,
        "submitted_at": when.isoformat(),
        "contract_number": facts.contract_number,
        "period": str(facts.period),
        "reading_date": facts.reading_date.isoformat(),
        "meters": [meter.truth() for meter in facts.meters],
        "files": [],
    }
    return json.dumps(said, ensure_ascii=False)


def _attached(box: Mailbox, facts: Facts, layout: str, mode: str) -> bytes:
    if mode in office.KINDS or mode == "scan_in_docx":
        return _office_file(box, facts, layout, mode)
    sample = draw("report", layout, mode, facts, box.random)
    return mail.file(sample.content, f"отчёт {facts.contract_number}.pdf", "application/pdf")


def _office_file(box: Mailbox, facts: Facts, layout: str, mode: str) -> bytes:
    chosen = layouts.LAYOUTS[layout]
    hand = style.choose(box.random, chosen.language, chosen.spelled_dates)
    drawn = chosen.draw(facts, hand)
    if mode == "scan_in_docx":
        pages = paper.pictures(paper.printed(drawn, hand, facts), 200)
        content = office.scan_in_docx([degrade.scan(page, "scan200", box.random) for page in pages])
    else:
        content = office.written(drawn, mode, box.random)
    return mail.file(content, f"отчёт {facts.contract_number}.{mode.rpartition('_')[2]}", "application/octet-stream")


def _halves(box: Mailbox, pages: list[tuple[Facts, str]]) -> list[bytes]:
    """Each page as two files: all but the signatory, and the sheet that is signed and stamped."""
    files = []
    for facts, layout in pages:
        chosen = layouts.LAYOUTS[layout]
        hand = style.choose(box.random, chosen.language, chosen.spelled_dates)
        drawn = chosen.draw(facts, hand)
        above, mark, below = drawn.body.partition('<div class="signatory">')
        for number, body in enumerate((above, mark + below), 1):
            page = paper.printed(replace(drawn, body=body), hand, facts)
            files.append(mail.file(page, f"hisobot {facts.contract_number} {number}.pdf", "application/pdf"))
    return files


def _twice(box: Mailbox, pages: list[tuple[Facts, str]]) -> list[bytes]:
    """Each page scanned twice, under one name, as phones and scanners call them."""
    files = []
    for facts, layout in pages:
        drawn = draw("report", layout, "text", facts, box.random).content
        (picture,) = paper.pictures(drawn, 200)
        for _ in range(2):
            scan = paper.scanned_pdf([degrade.scan(picture, "scan200", box.random)], 200, 75)
            files.append(mail.file(scan, "scan.pdf", "application/pdf"))
    return files


def _one_photo(box: Mailbox, pages: list[tuple[Facts, str]]) -> list[bytes]:
    """All pages side by side on one photo."""
    pictures = [paper.pictures(draw("report", layout, "text", facts, box.random).content, 260)[0] for facts, layout in pages]
    return [mail.file(degrade.jpeg(degrade.photograph_of_several(pictures, box.random), 88), "IMG_4417.jpg", "image/jpeg")]


def _display(box: Mailbox, pages: list[tuple[Facts, str]], more: str = "0") -> list[bytes]:
    """A photo of the first meter's counter, which shows so much more than the report states."""
    meter = pages[0][0].meters[0]
    whole, mark, part = str(Decimal(meter.current or 0) + Decimal(more)).partition(".")
    shown = displays.Display(f"{whole.zfill(6)}{mark}{part}", meter.unit.value, meter.serial, drum=True)
    return [mail.file(degrade.jpeg(displays.photo(shown, box.random), 88), "IMG_4420.jpg", "image/jpeg")]


def _beside_display(box: Mailbox, pages: list[tuple[Facts, str]], more: str = "0") -> list[bytes]:
    return [*_display(box, pages, more), *(_attached(box, facts, layout, "text") for facts, layout in pages)]


def _two_versions(box: Mailbox, pages: list[tuple[Facts, str]]) -> list[bytes]:
    """Each page, and again with an index that is one higher."""
    versions = [(version, layout) for facts, layout in pages for version in (facts, stated(facts, Step("", more="1")))]
    return [_attached(box, facts, layout, "text") for facts, layout in versions]


PUT_TOGETHER = {
    "halves": _halves,
    "twice": _twice,
    "two_versions": _two_versions,
    "one_photo": _one_photo,
    "display": _display,
    "beside_display": _beside_display,
    "beside_other_display": partial(_beside_display, more="1000"),
}


def _instead(box: Mailbox, facts: Facts, step: Step) -> list[bytes]:
    if step.instead in (None, "nothing"):
        return []
    page = draw("report", "ruled_ru", "text", facts, box.random).content
    makes = {
        "program": lambda: mail.file(b"MZ" + box.random.randbytes(4000), "otchet.pdf", "application/pdf", Naming.RAW_UTF8),
        "truncated": lambda: mail.file(page[: len(page) // 2], "otchet.pdf", "application/pdf", Naming.RAW_UTF8),
        "locked_zip": lambda: mail.file(mail.zipped({"otchet.pdf": page}, encrypted=True), "otchet.zip", "application/zip"),
        "old_word": lambda: mail.file(OLD_WORD, "otchet.doc", "application/msword", Naming.RAW_UTF8),
        "rar": lambda: mail.file(b"Rar!\x1a\x07\x01\x00" + box.random.randbytes(900), "otchet.rar", "application/x-rar", Naming.RAW_UTF8),
        "too_large": lambda: mail.file(b"\xff\xd8\xff\xe0" + bytes(10_485_760), "skan.jpg", "image/jpeg", Naming.RAW_UTF8),
    }
    return [makes[step.instead]()]
