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
from parsers.wording.transliteration import russian_in_cyrillic, uzbek_in_cyrillic


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a run of words: its meaning and the words [first, last] that it takes. errors: letters that differ."""

    key: str
    group: str
    first: int
    last: int
    errors: int
    weight: int  # letters of the variant that matched: the longer of two is the likelier meaning
    cut: int = 0  # letters of the variant that an abbreviation leaves out


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
            for variant in (*variants, *_in_cyrillic(group, variants)):
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


#: Groups whose words stand in both alphabets as they are: signs of units, names of makers.
_AS_WRITTEN = frozenset({"units", "brands"})
_LEAST_TWIN = 4  # signs: «q» is a sign of calculators, in whatever alphabet


def _in_cyrillic(group: str, variants: Sequence[str]) -> list[str]:
    """The variants in Latin letters as Uzbek Cyrillic writes them: what is known in one alphabet is known in the other."""
    if group in _AS_WRITTEN:
        return []
    return [twin for variant in variants if len(variant) >= _LEAST_TWIN and (twin := uzbek_in_cyrillic(variant)) is not None]


def _tolerance(length: int) -> int:
    """Letters that may differ: one in six, none in short words, which would become each other."""
    return 0 if length < 5 else 1 if length < 10 else 2


@functools.lru_cache(maxsize=20_000)
def _senses(word: str) -> tuple[tuple[str, int], ...]:
    """The words and stems of the lexicon that a folded word can stand for, each with the letters that differ."""
    found = dict(_own_senses(word))
    _, words, stems = _tree()
    for russian in russian_in_cyrillic(word):
        known = [russian] if russian in words[len(russian)] else []
        found |= dict.fromkeys([*known, *(stem + "*" for stem in stems if russian.startswith(stem) and len(stem) >= _LEAST_WHOLE)], 0)
    return tuple(found.items())


def _own_senses(word: str) -> tuple[tuple[str, int], ...]:
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
    if 0 not in found.values() and (stem := _without_ending(word)) is not None:
        return _own_senses(stem)
    return tuple(found.items())


#: Uzbek says with an ending what Russian says with a preposition: Gkaldan, shartnomaning, кўрсаткичини.
_CASES = (
    "ни",
    "га",
    "ка",
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
    "си",
    "лари",
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
    "si",
    "lari",
)
_ENDINGS = tuple(sorted({fold(ending) for ending in (*_CASES, *_CASES_LATIN)}, key=len, reverse=True))
_LEAST_STEM = 2  # letters: m³ni
_LEAST_WHOLE = 4  # letters of a stem that begins a word typed in another alphabet
#: Abbreviations of words that are no labels, folded.
_OTHER_ABBREVIATIONS = frozenset(
    fold(word) for word in ("мес", "стр", "тыс", "сут", "обл", "респ", "просп", "пос", "корп", "кан", "фил", "son", "сон")
)
_LEAST_ABBREVIATION, _FAR_LONGER = 3, 2  # letters


def label_words() -> list[str]:
    """The whole words of all labels, folded."""
    return [word for words in _tree()[1].values() for word in words]


def label_stems() -> tuple[str, ...]:
    """What words of labels begin with that may have any ending, folded, the shortest first."""
    return _tree()[2]


def means_something(word: str) -> bool:
    """Whether a printed word, misspelt perhaps, is one of a label."""
    return bool(_senses(fold(word)))


def _without_ending(word: str) -> str | None:
    """The word of the lexicon that stands before an Uzbek case ending, exactly as it is there."""
    _, words, _ = _tree()
    stems = (fold(word[: -len(ending)]) for ending in _ENDINGS if word.endswith(ending))
    return next((stem for stem in stems if len(stem) >= _LEAST_STEM and stem in words[len(stem)]), None)


@functools.lru_cache(maxsize=20_000)
def _whole_words(word: str) -> tuple[tuple[str, int], ...]:
    """The words and stems that an abbreviation («рақ.», its point taken off) may stand for, each with the letters that are left out."""
    _, words, stems = _tree()
    if len(word) < _LEAST_ABBREVIATION or not word.isalpha() or word in _OTHER_ABBREVIATIONS:
        return ()
    whole = [known for length in words if length > len(word) for known in words[length] if known.startswith(word)]
    return tuple((known, len(known) - len(word)) for known in whole) + tuple(
        (stem + "*", len(stem) - len(word)) for stem in stems if len(stem) > len(word) and stem.startswith(word)
    )


def find_labels(words: Sequence[str], breaks: frozenset[int] = frozenset(), abbreviated: frozenset[int] = frozenset()) -> list[Label]:
    """Labels in folded words (punctuation removed), left to right without overlap.

    Where several fit at one place the one with the most letters wins, an error costing four of them.
    A label never crosses a break: breaks holds the indexes of words that begin something new. abbreviated: those of words with a point
    behind them, which may stand for any longer word; only where all that they may stand for means one thing.
    """
    labels: list[Label] = []
    place = 0
    while place < len(words):
        best = _label_at(words, place, breaks, abbreviated)
        if best is None:
            place += 1
            continue
        labels.append(best)
        place = best.last + 1
    return labels


def opening_label(words: Sequence[str]) -> Label | None:
    """The label that begins with the first of folded words, as `find_labels` takes it; None without one."""
    return _label_at(words, 0, frozenset(), frozenset())


def _label_at(words: Sequence[str], place: int, breaks: frozenset[int], abbreviated: frozenset[int]) -> Label | None:
    """The best label that begins with the word at a place."""
    root, _, _ = _tree()
    return max(_unambiguous(_matches(root, words, place, breaks, abbreviated)), key=_rank, default=None)


def _rank(label: Label) -> tuple[int, int]:
    return (label.weight - 4 * label.errors, label.last - label.first)


def _unambiguous(labels: list[Label]) -> list[Label]:
    """Labels without those of abbreviations that may mean several things (the shortest word counts), or say no more than whole words do."""
    whole = [label for label in labels if not label.cut]
    reach = max((label.last for label in whole), default=-1)
    cut = [label for label in labels if label.cut and label.last > reach]
    if not cut:
        return whole
    last = max(label.last for label in cut)
    longest = sorted((label for label in cut if label.last == last), key=lambda label: label.cut)
    rivals = {label.key for label in longest if label.cut < longest[0].cut + _FAR_LONGER}
    return [*whole, longest[0]] if len(rivals) == 1 else whole


def _matches(
    root: _Node, words: Sequence[str], start: int, breaks: frozenset[int], abbreviated: frozenset[int] = frozenset()
) -> list[Label]:
    found: list[Label] = []
    paths = [(root, 0, 0)]
    for place in range(start, min(start + 8, len(words))):
        if place > start and place in breaks:
            break
        onward = []
        longer = _whole_words(words[place]) if place in abbreviated else ()
        for node, errors, cut in paths:
            for sense, wrong, left_out in (*((s, e, 0) for s, e in _senses(words[place])), *((s, 0, n) for s, n in longer)):
                child = node.next.get(sense)
                if child is None:
                    continue
                onward.append((child, errors + wrong, cut + left_out))
                found += [
                    Label(key, group, start, place, errors + wrong, weight - cut - left_out, cut + left_out)
                    for key, group, weight in child.ends
                ]
            wildcard = node.next.get("*")
            if wildcard is not None and errors == cut == 0 and words[place].isalpha():
                onward.append((wildcard, errors, cut))
                found += [Label(key, group, start, place, errors, weight) for key, group, weight in wildcard.ends]
        paths = onward
        if not paths:
            break
    return found
