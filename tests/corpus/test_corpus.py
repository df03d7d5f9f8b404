"""The labelled corpus itself: its labels are on its pages, it is the same from the same seed, and what is kept aside stays aside."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import io
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from PIL import Image

from tests.corpus import paper
from tests.corpus.cases import WRAPPINGS, Mailbox, Want, automatic, missing_requisites
from tests.corpus.facts import complete, invent
from tests.corpus.generate import draw, generate, plan
from tests.corpus.layouts import LAYOUTS, Part
from tests.corpus.style import FONTS, FONTS_ASIDE, MONOSPACE


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def white_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seals stand where they do but show nothing: they are pictures, so no text, and one takes as long as its whole page."""
    out = io.BytesIO()
    Image.new("RGBA", (1, 1)).save(out, "PNG")
    white = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
    monkeypatch.setattr(paper, "_bitmap", lambda svg: white)


@pytest.mark.usefixtures("white_seals")
@pytest.mark.parametrize("name", [name for name, layout in LAYOUTS.items() if not layout.handwritten])
def test_every_number_of_the_truth_is_printed_on_the_page(name: str) -> None:
    layout = LAYOUTS[name]
    facts = complete(invent(Random(name), layout.language, layout.demand))
    page = draw("page", name, "text", facts, Random(name))
    text = text_of(page.content)
    bare = "".join(text.split()).replace("\u00a0", "").replace(",", ".")
    wanted = [value for name, value in (("contract_number", facts.contract_number), ("inn", facts.inn)) if name not in page.unsaid]
    wanted += [value for m in facts.meters for value in (m.serial, m.previous, m.current, m.consumption) if value is not None]
    assert [value for value in wanted if value not in bare] == []
    assert facts.signatory.split()[0] in text


def test_the_month_closes_on_every_meter() -> None:
    for index in range(200):
        for meter in invent(Random(index), "ru", LAYOUTS["ruled_ru"].demand).meters:
            assert Decimal(meter.previous or 0) + Decimal(meter.consumption) == Decimal(meter.current or 0)


def test_there_are_thirty_layouts_in_three_alphabets_and_some_are_kept_aside() -> None:
    aside = [layout for layout in LAYOUTS.values() if layout.part is Part.ASIDE]
    assert len(LAYOUTS) - len(aside) >= 30
    assert len(aside) >= 16
    assert {layout.language for layout in aside} == {"ru", "uz", "uz_cyrl"}
    assert {layout.draw.__module__.rpartition(".")[0] for layout in aside} == {"tests.corpus.layouts.aside"}
    assert not {layout.draw for layout in aside} & {layout.draw for layout in LAYOUTS.values() if layout.part is not Part.ASIDE}
    assert not {*FONTS, *MONOSPACE} & {*FONTS_ASIDE}


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    once, again = (generate(7, 3, tmp_path / name) for name in ("once", "again"))
    assert [hashlib.sha256(s.content).hexdigest() for s in once] == [hashlib.sha256(s.content).hexdigest() for s in again]
    assert (tmp_path / "once/meters.csv").read_text() == (tmp_path / "again/meters.csv").read_text()


def test_what_is_kept_aside_shares_no_report_with_what_is_tuned_on() -> None:
    tuned, aside = ({plan(3, index, part)[2].contract_number for index in range(4)} for part in (Part.TUNED, Part.ASIDE))
    assert not tuned & aside


def test_the_truth_names_every_file_once(tmp_path: Path) -> None:
    generate(5, 4, tmp_path)
    truth = [json.loads(line) for line in (tmp_path / "reports/truth.jsonl").read_text().splitlines()]
    files = Counter(p.name for p in (tmp_path / "reports").iterdir() if p.name != "truth.jsonl")
    assert Counter(t["file"] for t in truth) == files


@pytest.mark.parametrize("note", WRAPPINGS)
def test_a_wrapped_report_can_be_told_from_its_bytes(note: str) -> None:
    box = Mailbox(Random(note))
    facts, layout = box.customer(Want(language="ru"))
    page = box.printed(facts, layout, "text")
    raw = box.add(note, box.envelope(facts), WRAPPINGS[note](box, facts, page), "accepted", "receipt", [facts])
    parts = [part.get_payload(decode=True) or b"" for part in email.message_from_bytes(raw, policy=email.policy.compat32).walk()]
    inside = {"zip": b"PK\x03\x04", "winmail": b"\x78\x9f\x3e\x22", "signed": b"\x30"}.get(note, page.content[:64])
    assert any(part.startswith(inside) for part in parts)


def test_a_mailbox_is_written_with_its_register_and_truth(tmp_path: Path) -> None:
    box = Mailbox(Random(1))
    missing_requisites(box)
    automatic(box)
    box.write(tmp_path)
    truth = [json.loads(line) for line in (tmp_path / "mail_truth.jsonl").read_text().splitlines()]
    assert {t["outcome"] for t in truth} == {"incomplete", "ignored"}
    assert all(hashlib.sha256((tmp_path / "mail" / t["mail"]).read_bytes()).hexdigest() == t["sha256"] for t in truth)
    numbers = {line.partition(",")[0] for line in (tmp_path / "contracts.csv").read_text().splitlines()[1:]}
    assert {r["contract_number"] for t in truth for r in t["reports"]} <= numbers
