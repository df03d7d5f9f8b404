"""Labels of reports in three alphabets: finds in a run of folded words which meanings they carry, OCR errors included."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from parsers.wording.folding import fold, fold_phrase


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a run of words: its meaning and the words [first, last] that it takes. errors: letters that differ."""

    key: str
    group: str
    first: int
    last: int
    errors: int
    weight: int  # letters of the variant that matched: the longer of two is the likelier meaning


class _Node:
    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.ends: list[tuple[str, str, int]] = []


@functools.cache
def _tree() -> tuple[_Node, defaultdict[int, list[str]], tuple[str, ...]]:
    """The variants as a tree of words; its whole words by length and its stems, for the look-up of misread ones."""
    data = tomllib.loads((resources.files("parsers.wording") / "lexicon.toml").read_text(encoding="utf-8"))
    root, words = _Node(), set()
    for group, keys in data.items():
        for key, variants in keys.items():
            for variant in variants:
                phrase = fold_phrase(variant)
                node = root
                for word in phrase:
                    words.add(word)
                    node = node.next.setdefault(word, _Node())
                node.ends.append((key, group, sum(len(w.rstrip("*")) for w in phrase)))
    stems = tuple(sorted((w[:-1] for w in words if w.endswith("*") and len(w) > 1), key=len))
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        if not word.endswith("*"):
            by_length[len(word)].append(word)
    return root, by_length, stems


def _tolerance(length: int) -> int:
    """Letters that may differ: one in six, none in short words, which would become each other."""
    return 0 if length < 5 else 1 if length < 10 else 2


@functools.lru_cache(maxsize=20_000)
def _senses(word: str) -> tuple[tuple[str, int], ...]:
    """The words and stems of the lexicon that a folded word can stand for, each with the letters that differ."""
    _, words, stems = _tree()
    found: dict[str, int] = {}
    allowed = _tolerance(len(word))
    if word in words[len(word)]:
        found[word] = 0
    if allowed:
        near = [known for length in range(max(5, len(word) - allowed), len(word) + allowed + 1) for known in words[length]]
        for known, errors, _place in process.extract(word, near, scorer=Levenshtein.distance, score_cutoff=allowed, limit=None):
            if errors <= _tolerance(len(known)):
                found[known] = min(errors, found.get(known, errors))
    for stem in stems:
        if word.startswith(stem):
            found[stem + "*"] = 0
        elif len(stem) >= 5 and allowed and len(word) >= len(stem) - 1:
            errors = Levenshtein.distance(word[: len(stem)], stem, score_cutoff=1)
            if errors <= 1:
                found[stem + "*"] = errors
    if not found and (stem := _without_ending(word)) is not None:
        return _senses(stem)
    return tuple(found.items())


#: Uzbek says with an ending what Russian says with a preposition: Gkaldan, shartnomaning, кўрсаткичини.
_CASES = (
    "ни",
    "га",
    "ка",
    "қа",
    "да",
    "дан",
    "нинг",
    "гача",
    "даги",
    "лик",
    "ини",
    "ига",
    "ида",
    "идан",
    "ининг",
    "сини",
    "сига",
    "сида",
    "сининг",
)
_CASES_LATIN = (
    "ni",
    "ga",
    "ka",
    "qa",
    "da",
    "dan",
    "ning",
    "gacha",
    "dagi",
    "lik",
    "ini",
    "iga",
    "ida",
    "idan",
    "ining",
    "sini",
    "siga",
    "sida",
)
_ENDINGS = tuple(sorted({fold(ending) for ending in (*_CASES, *_CASES_LATIN)}, key=len, reverse=True))
_LEAST_STEM = 2  # letters: m³ni


def _without_ending(word: str) -> str | None:
    """The word of the lexicon that stands before an Uzbek case ending, exactly as it is there."""
    _, words, _ = _tree()
    stems = (fold(word[: -len(ending)]) for ending in _ENDINGS if word.endswith(ending))
    return next((stem for stem in stems if len(stem) >= _LEAST_STEM and stem in words[len(stem)]), None)


def find_labels(words: Sequence[str], breaks: frozenset[int] = frozenset()) -> list[Label]:
    """Labels in folded words (punctuation removed), left to right without overlap.

    Where several fit at one place the one with the most letters wins, an error costing four of them.
    A label never crosses a break: breaks holds the indexes of words that begin something new.
    """
    root, _, _ = _tree()
    labels: list[Label] = []
    place = 0
    while place < len(words):
        best: Label | None = None
        for label in _matches(root, words, place, breaks):
            if best is None or _rank(label) > _rank(best):
                best = label
        if best is None:
            place += 1
            continue
        labels.append(best)
        place = best.last + 1
    return labels


def _rank(label: Label) -> tuple[int, int]:
    return (label.weight - 4 * label.errors, label.last - label.first)


def _matches(root: _Node, words: Sequence[str], start: int, breaks: frozenset[int]) -> list[Label]:
    found: list[Label] = []
    paths = [(root, 0)]
    for place in range(start, min(start + 8, len(words))):
        if place > start and place in breaks:
            break
        onward = []
        for node, errors in paths:
            for sense, wrong in _senses(words[place]):
                child = node.next.get(sense)
                if child is None:
                    continue
                onward.append((child, errors + wrong))
                found += [Label(key, group, start, place, errors + wrong, weight) for key, group, weight in child.ends]
            wildcard = node.next.get("*")
            if wildcard is not None and errors == 0 and words[place].isalpha():
                onward.append((wildcard, errors))
                found += [Label(key, group, start, place, errors, weight) for key, group, weight in wildcard.ends]
        paths = onward
        if not paths:
            break
    return found
