"""From the chances of signs along a line to the texts that it may say, and how unlikely each is (connectionist temporal classification).

Class 0 of the chances is the blank: a sign may last several steps, and between two alike there is a blank.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import numpy as np

_LEAST = -9.0  # log probability at a step below which a sign is not followed
_NEVER = -1e9
_DATE = re.compile(r"(\d{1,2})([,/-])(\d{1,2}|[XVI]{1,4})([,/-])(20\d\d|\d\d)")
_FIELDS = 6  # days, months and years of the likeliest texts that are put together anew


def likely_texts(logs: np.ndarray, alphabet: str, most: int) -> list[str]:
    """Up to so many texts of a line, likeliest first. logs: steps x (1 + signs), log probabilities (prefix beam search)."""
    beams: dict[str, tuple[float, float]] = {"": (0.0, _NEVER)}  # by prefix: ending in a blank, ending in its last sign
    for step in logs:
        blank = float(step[0])
        signs = [(alphabet[n - 1], float(step[n])) for n in np.flatnonzero(step > _LEAST) if n]
        if not signs:
            beams = {prefix: (_sum(b, s) + blank, _NEVER) for prefix, (b, s) in beams.items()}
            continue
        grown: dict[str, list[float]] = {}
        for prefix, (ends_blank, ends_sign) in beams.items():
            both = _sum(ends_blank, ends_sign)
            own = grown.setdefault(prefix, [_NEVER, _NEVER])
            own[0] = _sum(own[0], both + blank)
            for sign, chance in signs:
                if prefix.endswith(sign):
                    own[1] = _sum(own[1], ends_sign + chance)
                    more = ends_blank + chance
                else:
                    more = both + chance
                longer = grown.setdefault(prefix + sign, [_NEVER, _NEVER])
                longer[1] = _sum(longer[1], more)
        kept = sorted(grown.items(), key=lambda pair: -_sum(*pair[1]))[: 2 * most]
        beams = {prefix: (b, s) for prefix, (b, s) in kept}
    return sorted(beams, key=lambda prefix: -_sum(*beams[prefix]))[:most]


def text_costs(logs: np.ndarray, alphabet: str, texts: Sequence[str]) -> list[float]:
    """Minus the log probability of each text (the forward pass, all texts at once)."""
    if not texts:
        return []
    longest = 2 * max(len(t) for t in texts) + 1
    classes = np.zeros((len(texts), longest), np.intp)
    for n, text in enumerate(texts):
        classes[n, 1 : 2 * len(text) : 2] = [alphabet.index(sign) + 1 for sign in text]
    skips = np.zeros_like(classes, bool)
    skips[:, 2:] = (classes[:, 2:] != 0) & (classes[:, 2:] != classes[:, :-2])
    paths = np.full(classes.shape, _NEVER)
    paths[:, 0] = 0.0
    first = True
    for step in logs:
        stay = paths
        if first:
            stay, first = np.full(classes.shape, _NEVER), False
            stay[:, 0] = 0.0
            if longest > 1:
                stay[:, 1] = 0.0
        else:
            one = np.full_like(paths, _NEVER)
            one[:, 1:] = paths[:, :-1]
            two = np.full_like(paths, _NEVER)
            two[:, 2:] = np.where(skips[:, 2:], paths[:, :-2], _NEVER)
            stay = np.logaddexp(np.logaddexp(paths, one), two)
        paths = stay + step[classes]
    ends = np.array([2 * len(t) for t in texts])
    rows = np.arange(len(texts))
    last = paths[rows, ends]
    before = np.where(ends > 0, paths[rows, np.maximum(ends - 1, 0)], _NEVER)
    return [float(-x) for x in np.logaddexp(last, before)]


def _sum(one: float, two: float) -> float:
    high, low = (one, two) if one > two else (two, one)
    return high if low < high - 30 else high + float(np.log1p(np.exp(low - high)))


def recombined_dates(texts: Sequence[str]) -> list[str]:
    """The dates that the days, months and years of some texts make with each other, likeliest texts first: each part is one that a reader
    holds possible, while the whole may be none of its likeliest."""
    found = [match for text in texts if (match := _DATE.search(text)) is not None]
    days, months, years = (list(dict.fromkeys(match[part] for match in found))[:_FIELDS] for part in (1, 3, 5))
    marks = list(dict.fromkeys((match[2], match[4]) for match in found))[:2]
    return [f"{d}{one}{m}{two}{y}" for d, m, y, (one, two) in itertools.product(days, months, years, marks)]
