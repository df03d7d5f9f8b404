"""A mailbox with its truth: good reports in every wrapping, and each way in which a mail can deserve another fate."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from metering.periods import TASHKENT, Period
from metering.units import MeterKind, Unit
from tests.corpus import envelope as mail
from tests.corpus import layouts
from tests.corpus.envelope import Envelope, Naming, Standing
from tests.corpus.facts import Demand, Facts, complete, invent
from tests.corpus.generate import SEED_NAMES, Sample, draw, write_register
from tests.corpus.layouts import Part

TEXT_AND_SCANS = ("text", "scan200", "scan300", "scan200gray", "scan200")
PERIODS = (Period(2026, 1), Period(2026, 2), Period(2026, 3), Period(2026, 10))


@dataclass(frozen=True, slots=True)
class Want:
    """What a new customer must be like: number of meters, language, on paper by hand, with a meter of heat, on which layout."""

    meters: int | None = None
    language: str | None = None
    handwritten: bool = False
    heat: bool = False
    layout: str | None = None


@dataclass(slots=True)
class Mailbox:
    """Messages as they are made, with what should become of each; `registered` is what the register knows."""

    random: Random
    part: Part = Part.TUNED
    periods: tuple[Period, ...] = PERIODS
    messages: list[tuple[str, bytes, dict[str, object], dt.datetime]] = field(default_factory=list)
    registered: list[Facts] = field(default_factory=list)
    terminated: set[str] = field(default_factory=set)

    def customer(self, want: Want | None = None) -> tuple[Facts, str]:
        """A new customer in the register with a complete report, and a layout that holds it."""
        want = want or Want()
        layout = self.random.choice([layout for layout in layouts.LAYOUTS.values() if self._fits(layout, want)])
        taken = {f.contract_number for f in self.registered}
        while True:
            facts = complete(invent(self.random, layout.language, layout.demand, self.random.choice(self.periods)))
            fits = want.meters in (None, len(facts.meters)) and (not want.heat or any(m.kind is MeterKind.HEAT for m in facts.meters))
            if facts.contract_number not in taken and fits:
                break
        self.registered.append(facts)
        return facts, layout.name

    def _fits(self, layout: layouts.Layout, want: Want) -> bool:
        if want.layout is not None:
            return layout.name == want.layout
        return (
            layout.part is self.part
            and layout.handwritten is want.handwritten
            and layout.demand.indexes
            and want.language in (None, layout.language)
            and (want.meters is None or layout.demand.most_meters >= want.meters)
        )

    def printed(self, facts: Facts, layout: str, mode: str | None = None) -> Sample:
        return draw("report", layout, mode or self.random.choice(TEXT_AND_SCANS), facts, self.random)

    def receipt(self, facts: Facts) -> dt.datetime:
        """A time of receipt soon after the report was written, before the deadline's day is over."""
        day = min(facts.report_date + dt.timedelta(days=self.random.choice((0, 0, 1))), facts.period.day(25))
        day = max(day, facts.report_date)
        return dt.datetime.combine(day, dt.time(self.random.randint(8, 19), self.random.randint(0, 59)), TASHKENT)

    def envelope(self, facts: Facts, **changes: object) -> Envelope:
        subject = self.random.choice(_SUBJECTS[facts.language]).format(facts.contract_number)
        number = f"{self.random.getrandbits(48):012x}"
        base = Envelope(facts.email, self.receipt(facts), number, name=facts.signatory, subject=subject)
        return replace(base, **changes)  # type: ignore[arg-type]

    def body(self, facts: Facts, charset: str = "utf-8", declared: str | None = None) -> bytes:
        return mail.text(self.random.choice(_BODIES[facts.language]).format(facts.signatory), charset, declared)

    def add(
        self, note: str, envelope: Envelope, root: bytes, outcome: str, reply: str | None, reports: list[Facts], handwritten: bool = False
    ) -> bytes:
        """Keep the message with its truth; returns its bytes."""
        raw = mail.message(envelope, root)
        self.keep(note, raw, envelope.received_at, outcome, reply, reports, handwritten)
        return raw

    def keep(
        self,
        note: str,
        raw: bytes,
        received_at: dt.datetime,
        outcome: str,
        reply: str | None,
        reports: list[Facts],
        handwritten: bool = False,
    ) -> None:
        said = [
            {
                "contract_number": f.contract_number,
                "period": str(f.period),
                "reading_date": f.reading_date.isoformat(),
                "meters": [m.truth() for m in f.meters],
            }
            for f in reports
        ]
        truth = {"outcome": outcome, "reply": reply, "reports": said, "kind": "handwritten" if handwritten else "typed", "note": note}
        self.messages.append((f"{len(self.messages):03d}-{note}.eml", raw, truth, received_at))

    def write(self, folder: Path) -> None:
        """mail/*.eml, mail_truth.jsonl, contracts.csv and meters.csv, with strangers in the register besides."""
        (folder / "mail").mkdir(parents=True, exist_ok=True)
        lines = []
        for name, raw, truth, _ in self.messages:
            (folder / "mail" / name).write_bytes(raw)
            lines.append({"mail": name, "sha256": hashlib.sha256(raw).hexdigest(), **truth})
        (folder / "mail_truth.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
        taken = {f.contract_number for f in self.registered}
        others = [invent(self.random, language, Demand()) for language in ("ru", "uz", "uz_cyrl") for _ in range(60)]
        everyone = [*self.registered, *(f for f in others if f.contract_number not in taken)]
        write_register(everyone, folder, self.random, frozenset(self.terminated))


_SUBJECTS = {
    "ru": ["Отчет по теплу, договор {}", "показания теплосчетчика {}", "Re: отчет", "отчет за месяц дог. {}", ""],
    "uz": ["Hisobot {}", "issiqlik hisoblagich ko‘rsatkichlari, shartnoma {}", "hisobot"],
    "uz_cyrl": ["Ҳисобот {}", "иссиқлик ҳисоблагич кўрсаткичлари {}", "ҳисобот"],
}
_BODIES = {
    "ru": ["Здравствуйте! Отчет во вложении.\n\nС уважением, {}", "Добрый день, направляем показания.\n{}", "", "см. вложение"],
    "uz": ["Assalomu alaykum. Hisobot ilova qilindi.\nHurmat bilan, {}", "Hisobotni yuboramiz. {}", ""],
    "uz_cyrl": ["Ассалому алайкум. Ҳисобот илова қилинди.\nҲурмат билан, {}", "Ҳисоботни юборамиз. {}", ""],
}
_FILE_NAMES = {"ru": "отчёт за месяц {}.{}", "uz": "hisobot-{}.{}", "uz_cyrl": "ҳисобот {}.{}"}
_MEDIA = {"pdf": "application/pdf", "jpg": "image/jpeg", "heic": "image/heic", "tiff": "image/tiff", "png": "image/png"}


def _named(facts: Facts, sample: Sample) -> tuple[str, str]:
    ending = sample.name.rpartition(".")[2]
    return _FILE_NAMES[facts.language].format(facts.contract_number, ending), _MEDIA[ending]


def _attached(facts: Facts, sample: Sample, naming: Naming = Naming.RFC2231, **rest: object) -> bytes:
    name, media = _named(facts, sample)
    return mail.file(sample.content, name, **{"media": media, "naming": naming, **rest})  # type: ignore[arg-type]


def _emblem() -> bytes:
    image = Image.new("RGB", (180, 56), "white")
    ImageDraw.Draw(image).rounded_rectangle((4, 4, 52, 52), 10, fill="#0a7d3b")
    ImageDraw.Draw(image).line((64, 30, 172, 30), fill="#888", width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


# Wrappings: each makes the root part of a good report.


def _plain(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    return mail.multipart([box.body(facts), _attached(facts, sample, box.random.choice((Naming.RFC2231, Naming.RFC2047)))])


def _inline_without_disposition(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    return mail.multipart([box.body(facts), _attached(facts, sample, Naming.RAW_UTF8, disposition=None)])


def _raw_name(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    charset = "cp1251" if facts.language == "ru" else "utf-8"
    naming = Naming.RAW_CP1251 if facts.language == "ru" else Naming.RAW_UTF8
    return mail.multipart([box.body(facts, charset), _attached(facts, sample, naming, media="application/octet-stream")])


def _nameless(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    return mail.multipart([box.body(facts), _attached(facts, sample, Naming.NONE, media="application/octet-stream")])


def _old_charset(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    charset, declared = box.random.choice((("koi8-r", None), ("cp1251", "x-unknown"), ("ptcp154", "pt154"), ("utf-8", "us-ascii")))
    return mail.multipart([box.body(facts, charset, declared), _attached(facts, sample)])


def _zip(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    archive = mail.zipped({_named(facts, sample)[0]: sample.content})
    return mail.multipart([box.body(facts), mail.file(archive, "otchet.zip", "application/x-zip-compressed", Naming.RAW_UTF8)])


def _winmail(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    return mail.multipart(
        [box.body(facts), mail.file(mail.winmail({_named(facts, sample)[0]: sample.content}), "winmail.dat", "application/ms-tnef")]
    )


def _p7m(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    inner = mail.multipart([box.body(facts), _attached(facts, sample)])
    return mail.file(mail.signed(inner), "smime.p7m", "application/pkcs7-mime; smime-type=signed-data", Naming.RAW_UTF8)


def _forwarded_twice(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    inner = mail.message(box.envelope(facts), _plain(box, facts, sample))
    outer = mail.message(box.envelope(facts), mail.multipart([box.body(facts), mail.forwarded(inner)], mark="i"))
    return mail.multipart([box.body(facts), mail.forwarded(outer)], mark="o")


def _with_logo(box: Mailbox, facts: Facts, sample: Sample) -> bytes:
    html = f'<html><body><p>{_BODIES[facts.language][0].format(facts.signatory)}</p><img src="cid:logo1@firm"></body></html>'
    related = mail.multipart([mail.text(html, subtype="html"), mail.logo("logo1@firm", _emblem())], "related")
    shown = mail.multipart([box.body(facts), related], "alternative")
    return mail.multipart([shown, _attached(facts, sample)])


WRAPPINGS: dict[str, Callable[[Mailbox, Facts, Sample], bytes]] = {
    "report": _plain,
    "inline": _inline_without_disposition,
    "raw-name": _raw_name,
    "nameless": _nameless,
    "old-charset": _old_charset,
    "zip": _zip,
    "winmail": _winmail,
    "signed": _p7m,
    "forwarded-twice": _forwarded_twice,
    "logo": _with_logo,
}


def make_mailbox(seed: int, part: Part = Part.TUNED, *, good: int = 30) -> Mailbox:
    """All cases once, and `good` good reports in turn through all wrappings; the messages in the order of their making."""
    box = Mailbox(Random(f"mail {SEED_NAMES[part]} {seed}"), part)
    wrappings = list(WRAPPINGS.items())
    for i in range(good):
        note, wrap = wrappings[i % len(wrappings)]
        handwritten = i % 10 == 9
        facts, layout = box.customer(Want(handwritten=handwritten))
        modes = ("photo", "heic", "scan150", "bw200", "photo_hard") if i % 3 == 2 else TEXT_AND_SCANS
        sample = box.printed(facts, layout, box.random.choice([m for m in modes if not (handwritten and m == "text")]))
        changes = {} if i % 4 else {"standing": Standing.DKIM_ONLY, "delivered_locally": True}
        box.add(note, box.envelope(facts, **changes), wrap(box, facts, sample), "accepted", "receipt", [facts], handwritten)
    for case in CASES:
        case(box)
    return box


def _one(
    box: Mailbox, note: str, outcome: str, change: Callable[[Facts], Facts], reply: str | None = "receipt", **envelope: object
) -> None:
    """One mail whose report differs from the truth in the register by `change`; its customer has a meter of energy."""
    facts, layout = box.customer(Want(heat=True))
    changed = change(facts)
    box.add(note, box.envelope(facts, **envelope), _plain(box, changed, box.printed(changed, layout)), outcome, reply, [changed])


def _number(facts: Facts, **by: Callable[[Decimal], Decimal]) -> Facts:
    """The first meter with numbers changed; each keeps its decimals."""
    first = facts.meters[0]
    new = {}
    for name, how in by.items():
        old = Decimal(getattr(first, name))
        new[name] = str(how(old).quantize(old))
    return replace(facts, meters=(replace(first, **new), *facts.meters[1:]))


def missing_requisites(box: Mailbox) -> None:
    _one(box, "no-stamp", "incomplete", lambda f: replace(f, stamp_present=False))
    _one(box, "no-signature", "incomplete", lambda f: replace(f, signature_present=False))
    _one(box, "no-signature-no-stamp", "incomplete", lambda f: replace(f, signature_present=False, stamp_present=False))


def wrong_numbers(box: Mailbox) -> None:
    _one(box, "sum-wrong", "review", lambda f: _number(f, consumption=lambda v: v + 10))
    _one(box, "previous-wrong", "review", lambda f: _number(f, previous=lambda v: v + 3, current=lambda v: v + 3))
    _one(box, "decreasing", "review", lambda f: _swapped(f))
    _one(box, "implausible", "review", lambda f: _grown(f))


def _swapped(facts: Facts) -> Facts:
    """The index went down: current is previous minus the consumption."""
    first = facts.meters[0]
    gone = Decimal(first.previous or 0) - Decimal(first.consumption)
    if gone < 0:
        return replace(facts, meters=(replace(first, previous=first.current, current=first.previous), *facts.meters[1:]))
    return replace(facts, meters=(replace(first, current=str(gone)), *facts.meters[1:]))


def _grown(facts: Facts) -> Facts:
    """Thirty times the usual consumption, summed correctly: beyond any contract load. Of the first energy meter."""
    at = next((i for i, m in enumerate(facts.meters) if m.kind is MeterKind.HEAT and m.unit is not Unit.M3), 0)
    meter = facts.meters[at]
    used = Decimal(meter.consumption) * 30
    changed = replace(meter, consumption=str(used), current=str(Decimal(meter.previous or 0) + used))
    return replace(facts, meters=(*facts.meters[:at], changed, *facts.meters[at + 1 :]))


def wrong_identity(box: Mailbox) -> None:
    other, _ = box.customer()
    _one(box, "foreign-serial", "review", lambda f: replace(f, meters=(replace(f.meters[0], serial=other.meters[0].serial), *f.meters[1:])))
    facts, layout = box.customer()
    box.registered.remove(facts)
    box.add("unknown-contract", box.envelope(facts), _plain(box, facts, box.printed(facts, layout)), "review", "receipt", [facts])
    facts, layout = box.customer()
    box.terminated.add(facts.contract_number)
    box.add("terminated", box.envelope(facts), _plain(box, facts, box.printed(facts, layout)), "review", "receipt", [facts])
    _one(box, "other-inn", "review", lambda f: replace(f, inn=f"{(int(f.inn) + 31313131) % 10**9:09d}"))


def wrong_times(box: Mailbox) -> None:
    facts, layout = box.customer()
    early = dt.datetime.combine(facts.reading_date - dt.timedelta(days=4), dt.time(10, 5), TASHKENT)
    box.add(
        "future-date", box.envelope(facts, received_at=early), _plain(box, facts, box.printed(facts, layout)), "review", "receipt", [facts]
    )
    facts, layout = box.customer()
    after = dt.datetime.combine(facts.period.next().day(15), dt.time(10, 5), TASHKENT)
    box.add(
        "closed-period",
        box.envelope(facts, received_at=after),
        _plain(box, facts, box.printed(facts, layout)),
        "review",
        "receipt",
        [facts],
    )
    facts, layout = box.customer()
    late = dt.datetime.combine(facts.period.next().day(3), dt.time(9, 30), TASHKENT)
    box.add("late", box.envelope(facts, received_at=late), _plain(box, facts, box.printed(facts, layout)), "accepted", "receipt", [facts])


def doubtful_senders(box: Mailbox) -> None:
    _one(box, "unknown-sender", "review", lambda f: f, sender="nachalnik@boshqa.example")
    _one(box, "tier-b", "review", lambda f: f, standing=Standing.SPF_ONLY)
    _one(box, "no-results", "review", lambda f: f, standing=Standing.SILENT)
    _one(box, "spoofed", "review", lambda f: f, None, standing=Standing.FAILED)
    _one(box, "forged-results", "review", lambda f: f, None, standing=Standing.FORGED)
    _one(box, "two-results", "review", lambda f: f, None, standing=Standing.CONTRADICTION)
    _one(box, "two-from", "review", lambda f: f, None, extra=("From: Bosh direktor <boss@bulk.example>",))
    _one(box, "scanner", "review", lambda f: f, None, extra=("Auto-Submitted: auto-generated",))


def several_reports(box: Mailbox) -> None:
    first, layout = box.customer(Want(language="ru"))
    second, other = box.customer(Want(language="ru"))
    second = replace(
        second,
        email=first.email,
        period=first.period,
        previous_date=first.previous_date,
        reading_date=first.reading_date,
        report_date=first.report_date,
    )
    box.registered[-1] = second
    files = [_attached(f, box.printed(f, name, "text")) for f, name in ((first, layout), (second, other))]
    box.add("two-contracts", box.envelope(first), mail.multipart([box.body(first), *files]), "accepted", "receipt", [first, second])
    both, layout = box.customer(Want(meters=2))
    for position in range(2):
        part = replace(both, meters=(both.meters[position],))
        when = box.receipt(both) + dt.timedelta(minutes=20 * position)
        root = _plain(box, part, box.printed(part, layout))
        box.add(f"meter-{position + 1}-of-2", box.envelope(both, received_at=when), root, "accepted", "receipt", [part])


def repeated(box: Mailbox) -> None:
    facts, layout = box.customer()
    sample = box.printed(facts, layout, "text")
    sent = box.envelope(facts)
    raw = box.add("repeated-first", sent, _plain(box, facts, sample), "accepted", "receipt", [facts])
    later = sent.received_at + dt.timedelta(hours=1)
    box.keep("same-message-again", raw, later, "ignored", None, [])
    box.add("same-file-again", box.envelope(facts, received_at=later), _plain(box, facts, sample), "duplicate", "receipt", [facts])
    facts, layout = box.customer()
    sent = box.envelope(facts)
    box.add("conflict-first", sent, _plain(box, facts, box.printed(facts, layout)), "accepted", "receipt", [facts])
    other = _number(facts, current=lambda v: v + 5, consumption=lambda v: v + 5)
    again = box.envelope(facts, received_at=sent.received_at + dt.timedelta(hours=2))
    box.add("conflict-second", again, _plain(box, other, box.printed(other, layout)), "review", "receipt", [other])
    facts, layout = box.customer()
    sent, lacking = box.envelope(facts), replace(facts, stamp_present=False)
    box.add("supplied-first", sent, _plain(box, lacking, box.printed(lacking, layout)), "incomplete", "receipt", [lacking])
    again = box.envelope(facts, received_at=sent.received_at + dt.timedelta(hours=3))
    box.add("supplied-second", again, _plain(box, facts, box.printed(facts, layout)), "accepted", "receipt", [facts])


def nothing_to_read(box: Mailbox) -> None:
    facts, layout = box.customer()
    box.add("no-attachment", box.envelope(facts), box.body(facts), "no_report", "no_report", [])
    program = mail.file(b"MZ" + box.random.randbytes(4000), "otchet.pdf", "application/pdf", Naming.RAW_UTF8)
    box.add("program", box.envelope(facts), mail.multipart([box.body(facts), program]), "no_report", "no_report", [])
    sample = box.printed(facts, layout, "scan200")
    cut = replace(sample, content=sample.content[: len(sample.content) * 2 // 3])
    box.add("truncated", box.envelope(facts), mail.multipart([box.body(facts), _attached(facts, cut)]), "unreadable", "unreadable", [])
    locked = mail.file(mail.zipped({"otchet.pdf": sample.content}, encrypted=True), "otchet.zip", "application/zip", Naming.RAW_UTF8)
    box.add("locked-zip", box.envelope(facts), mail.multipart([box.body(facts), locked]), "unreadable", "unreadable", [])
    box.add("too-large", box.envelope(facts), too_large_root(box, facts), "too_large", "too_large", [])


def too_large_root(box: Mailbox, facts: Facts) -> bytes:
    """One attachment just over 10 MiB decoded."""
    content = b"\xff\xd8\xff\xe0" + box.random.randbytes(10_485_760)
    return mail.multipart([box.body(facts), mail.file(content, "skan.jpg", "image/jpeg", Naming.RAW_UTF8)])


def automatic(box: Mailbox) -> None:
    facts, _ = box.customer()
    box.add("out-of-office", box.envelope(facts, extra=("Auto-Submitted: auto-replied",)), box.body(facts), "ignored", None, [])
    box.add("list", box.envelope(facts, extra=("Precedence: bulk", "List-Id: <yangiliklar.example>")), box.body(facts), "ignored", None, [])
    box.add("own-address", box.envelope(facts, sender=mail.OUR_ADDRESS), box.body(facts), "ignored", None, [])
    when = box.receipt(facts)
    box.keep("bounce", bounce(when), when, "ignored", None, [])


def bounce(when: dt.datetime) -> bytes:
    """A delivery status notification (RFC 3464) with an empty return path."""
    stamp = mail.format_datetime(when)
    lines = [
        "Return-Path: <>",
        f"Received: from relay.example by {mail.OUR_HOST} with ESMTPS id 5d1f; {stamp}",
        "From: Mail Delivery System <MAILER-DAEMON@relay.example>",
        f"To: {mail.OUR_ADDRESS}",
        f"Date: {stamp}",
        "Message-ID: <returned-5d1f@relay.example>",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=cut",
        "",
        "--cut",
        "Content-Type: text/plain",
        "",
        "The mailbox does not exist.",
        "--cut",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; relay.example",
        "",
        "Final-Recipient: rfc822; gone@korxona.example",
        "Action: failed",
        "Status: 5.1.1",
        "--cut--",
        "",
    ]
    return "\r\n".join(lines).encode()


CASES: tuple[Callable[[Mailbox], None], ...] = (
    missing_requisites,
    wrong_numbers,
    wrong_identity,
    wrong_times,
    doubtful_senders,
    several_reports,
    repeated,
    nothing_to_read,
    automatic,
)
