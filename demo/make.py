"""python -m demo.make: draws the demo's mail and register anew, always the same; needs what the tests need."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

from metering.periods import TASHKENT, Period
from tests.corpus import envelope as mail
from tests.corpus.cases import WRAPPINGS, Mailbox, Want
from tests.corpus.envelope import Standing
from tests.corpus.facts import Facts
from tests.corpus.generate import Sample

HERE = Path(__file__).parent


class Post:
    """The week of 19 to 25 October 2026 in the mailbox; each message comes some minutes after the one before."""

    def __init__(self) -> None:
        self.box = Mailbox(Random("demo"), periods=(Period(2026, 10),))
        self.clock = dt.datetime(2026, 10, 23, 8, 40, tzinfo=TASHKENT)

    def customer(self, layout: str, meters: int | None = None) -> Facts:
        """A customer whose report was read and written by the day that the mail comes."""
        facts, _ = self.box.customer(Want(layout=layout, meters=meters, heat=True))
        fixed = replace(facts, reading_date=dt.date(2026, 10, self.box.random.randint(20, 22)), report_date=dt.date(2026, 10, 22))
        self.box.registered[-1] = fixed
        return fixed

    def send(self, note: str, facts: Facts, page: Sample | None, wrapping: str = "report", **envelope: object) -> None:
        """One message into the mailbox. Its fate is not labelled here: the demo shows what the program decides."""
        self.clock += dt.timedelta(minutes=self.box.random.randint(4, 25))
        cover = self.box.envelope(facts, received_at=self.clock, **envelope)
        root = WRAPPINGS[wrapping](self.box, facts, page) if page else self.box.body(facts)
        self.box.keep(note, mail.message(cover, root), self.clock, "", None, [])

    def page(self, facts: Facts, layout: str, mode: str) -> Sample:
        return self.box.printed(facts, layout, mode)


def compose() -> Mailbox:
    """Every fate that a message can have, but for the one that is too large: the demo makes that itself."""
    post = Post()
    good(post)
    doubtful(post)
    not_reports(post)
    return post.box


def good(post: Post) -> None:
    """Reports that can be booked without a person, in three languages and several wrappings; one lacks its stamp and is sent again."""
    first = post.customer("ruled_ru", 2)
    page = post.page(first, "ruled_ru", "text")
    post.send("typed-form", first, page)
    letter = post.customer("letter_uz", 1)
    post.send("scanned-letter", letter, post.page(letter, "letter_uz", "scan150"), "zip")
    photo = post.customer("transposed_uzc", 2)
    post.send("phone-photo", photo, post.page(photo, "transposed_uzc", "heic"), "forwarded-twice")
    printout = post.customer("km5_ru")
    post.send("calculator-printout", printout, post.page(printout, "km5_ru", "scan150"), "logo")
    lacking = post.customer("blocks_uz", 1)
    post.send("no-stamp", lacking, post.page(replace(lacking, stamp_present=False), "blocks_uz", "text"), "old-charset")
    post.send("stamp-supplied", lacking, post.page(lacking, "blocks_uz", "scan150"), "inline")
    post.send("sent-twice", first, page)
    archive = post.customer("pipes_uzc", 1)
    post.send("outlook-winmail", archive, post.page(archive, "pipes_uzc", "text"), "winmail")


def doubtful(post: Post) -> None:
    """What a person must look at, each for another reason."""
    wrong = post.customer("unruled_ru", 1)
    meter = wrong.meters[0]
    printed = replace(wrong, meters=(replace(meter, consumption=_more(meter.consumption)),))
    post.send("sum-does-not-add-up", wrong, post.page(printed, "unruled_ru", "text"))
    stranger = post.customer("letter_list_ru", 1)
    post.send("unknown-sender", stranger, post.page(stranger, "letter_list_ru", "text"), sender="yordamchi@boshqa.example")
    victim = post.customer("ruled_two_rows_uz", 1)
    post.send("forged-sender", victim, post.page(victim, "ruled_two_rows_uz", "text"), standing=Standing.FORGED)
    other = post.customer("ruled_two_rows_uzc", 1)
    foreign = replace(other, meters=(replace(other.meters[0], serial=victim.meters[0].serial),))
    post.send("someone-elses-meter", other, post.page(foreign, "ruled_two_rows_uzc", "text"))
    hand = post.customer("hand_table_ru", 1)
    post.send("filled-in-by-hand", hand, post.page(hand, "hand_table_ru", "scan150"))


def not_reports(post: Post) -> None:
    asking = post.customer("letter_ru", 1)
    post.send("nothing-attached", asking, None)
    page = post.page(asking, "letter_ru", "scan150")
    post.send("cut-off-file", asking, replace(page, content=page.content[: len(page.content) // 2]))
    post.send("out-of-office", asking, None, extra=("Auto-Submitted: auto-replied",), subject="Автоответ: нет на месте")


def _more(number: str) -> str:
    """The number with its first digit one higher: what a slip of the pen does."""
    return f"{int(number[0]) % 9 + 1}{number[1:]}"


def main() -> None:
    box = compose()
    shutil.rmtree(HERE / "mail", ignore_errors=True)
    box.write(HERE)
    (HERE / "mail_truth.jsonl").unlink()
    for file in (HERE / "mail").iterdir():
        number, _, rest = file.name.partition("-")
        file.rename(file.with_name(f"{int(number) + 1:02d}-{rest}"))
    with (HERE / "contracts.csv").open() as file:
        contracts = sum(1 for _ in csv.DictReader(file))
    files = list((HERE / "mail").iterdir())
    print(f"{len(files)} messages, {sum(f.stat().st_size for f in files) / 1e6:.1f} MB, {contracts} contracts")


if __name__ == "__main__":
    main()
