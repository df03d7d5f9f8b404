"""Many stories in one mailbox: their mail in the order of receipt, one register for all of them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.corpus import envelope as mail
from tests.corpus.cases import Mailbox, Want
from tests.corpus.generate import draw, write_register
from tests.journeys.recipes import PERIOD, STORIES, Mailed, load

LAYOUTS = ("ruled_ru", "ruled_uz", "unruled_ru", "typewriter_ru", "pipes_uz")


@dataclass(frozen=True, slots=True)
class Mailing:
    """The mails, oldest first, and the folder that holds contracts.csv and meters.csv."""

    mails: tuple[Mailed, ...]
    register: Path

    def write(self, folder: Path) -> Path:
        """The mails as files, for `hisobot ingest`."""
        folder.mkdir(parents=True)
        for number, each in enumerate(self.mails):
            (folder / f"{number:03d}.eml").write_bytes(each.raw)
        return folder

    def digests(self) -> list[str]:
        return sorted(hashlib.sha256(each.raw).hexdigest() for each in self.mails)


def of_stories(names: Sequence[str], register: Path) -> Mailing:
    """Their steps by mail; no two of them may share a contract."""
    stories = [load(STORIES / name) for name in names]
    numbers = [facts.contract_number for story in stories for facts in story.customers.values()]
    assert len(numbers) == len(set(numbers))
    for story in stories:
        (register / story.name).mkdir(parents=True)
        story.write_register(register / story.name)
    _join([register / name for name in names], register)
    return Mailing(tuple(sorted((step for story in stories for step in story.steps), key=lambda step: step.received_at)), register)


def of_customers(count: int, register: Path, seed: int) -> Mailing:
    """One mail each of so many customers, each with a complete report that was born digital."""
    register.mkdir(parents=True)
    box = Mailbox(Random(f"mailing {seed}"), periods=(PERIOD,))
    mails = []
    for number in range(count):
        facts, layout = box.customer(Want(layout=LAYOUTS[number % len(LAYOUTS)]))
        page = mail.file(
            draw("report", layout, "text", facts, box.random).content, f"hisobot {facts.contract_number}.pdf", "application/pdf"
        )
        envelope = box.envelope(facts)
        raw = mail.message(envelope, mail.multipart([box.body(facts), page]))
        mails.append(Mailed(envelope.received_at, raw, message_id=envelope.message_id))
    write_register(box.registered, register, box.random)
    return Mailing(tuple(sorted(mails, key=lambda each: each.received_at)), register)


def _join(folders: Sequence[Path], into: Path) -> None:
    for name in ("contracts.csv", "meters.csv"):
        with (into / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            for position, folder in enumerate(folders):
                rows = list(csv.reader((folder / name).read_text(encoding="utf-8").splitlines()))
                writer.writerows(rows if position == 0 else rows[1:])
