"""python -m tests.corpus --seed 1 --count 100 --to FOLDER [--part aside] [--mail] [--digits FILE.npz]"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.corpus import ink
from tests.corpus.cases import make_mailbox
from tests.corpus.generate import generate
from tests.corpus.layouts import Part


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus", description="Write a labelled corpus of consumption reports.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100, help="reports")
    parser.add_argument("--to", type=Path, required=True, help="folder; reports/, contracts.csv and meters.csv are written into it")
    parser.add_argument("--part", type=Part, choices=tuple(Part), default=Part.TUNED, help="aside: what nobody tunes on")
    parser.add_argument("--mail", action="store_true", help="instead a mailbox of every kind of case, with its register")
    parser.add_argument("--digits", type=Path, help="an .npz of real handwritten digits (images, labels) instead of drawn strokes")
    given = parser.parse_args()
    if given.digits:
        ink.use_pictures(given.digits)
    if given.mail:
        box = make_mailbox(given.seed, given.part, good=given.count)
        box.write(given.to)
        print(f"{len(box.messages)} messages in {given.to}")
        return
    samples = generate(given.seed, given.count, given.to, given.part)
    print(f"{len(samples)} reports of {len({s.layout for s in samples})} layouts in {given.to}")


if __name__ == "__main__":
    main()
