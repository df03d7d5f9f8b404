"""Cards side by side: blocks of label and value, a meter each, that stand next to each other are read one after the other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from metering.pages import Box
from parsers.page.lines import Line, box_of, cells_of, cut, numbered
from parsers.page.tokens import Form, Token
from parsers.wording.lexicon import find_labels

_TELLING = frozenset({"previous", "current", "consumption", "serial"})
_MORE = "reading"  # what a label of a value may say besides
_LEAST_ALIKE = 2  # meanings that every card of a row has
_REACH = 4  # tokens between a label and its value


@dataclass(slots=True)
class _Pair:
    """A label with its value behind it on one line."""

    key: str
    line: int
    box: Box


def card_by_card(lines: list[Line]) -> list[Line]:
    """The lines of a page with those of cards side by side cut up, all of a card before those of the next."""
    pairs = [pair for line in lines for pair in _pairs(line)]
    done = 0
    out: list[Line] = []
    for block in _blocks(pairs, lines):
        gutters = _gutters(block, lines)
        if not gutters:
            continue
        first, last = _extent(lines, block, gutters, done)
        out += [*lines[done:first], *cut(lines[first : last + 1], gutters)]
        done = last + 1
    return numbered([*out, *lines[done:]]) if out else lines


def _pairs(line: Line) -> list[_Pair]:
    words = [n for n, t in enumerate(line.tokens) if t.form is Form.WORD or t.fold == "№"]
    breaks = frozenset(n for n in range(1, len(words)) if words[n] - words[n - 1] > 1 and _parts(line.tokens[words[n - 1] + 1 : words[n]]))
    labels = find_labels([line.tokens[n].fold for n in words], breaks)
    found = []
    for n, label in enumerate(labels):
        first, last = words[label.first], words[label.last]
        if label.key not in _TELLING:
            continue
        following = next((other for other in labels[n + 1 :] if other.key != _MORE), None)  # «Oy boshidagi ko'rsatkich»
        stop = words[following.first] if following is not None else len(line.tokens)
        value = next((t for t in line.tokens[last + 1 : min(stop, last + 1 + _REACH)] if t.form is Form.NUMBER), None)
        if value is not None:
            found.append(_Pair(label.key, line.number, box_of([*line.tokens[first : last + 1], value])))
    return _over_their_cells(line, found)


def _over_their_cells(line: Line, pairs: Sequence[_Pair]) -> list[_Pair]:
    """Each pair over all of its cell, where that holds no other of its kind: what stands before a label («ТСРВ-024М, Зав. №») is its."""
    cells = [box_of(cell) for cell in cells_of(line.tokens, line.letter)]
    out = []
    for pair in pairs:
        cell = next((cell for cell in cells if cell.left <= pair.box.left < cell.right), pair.box)
        alone = sum(cell.left <= other.box.left <= cell.right and other.key == pair.key for other in pairs) == 1
        out.append(_Pair(pair.key, pair.line, pair.box.union(cell)) if alone else pair)
    return out


def _parts(between: Sequence[Token]) -> bool:
    return any(t.form in (Form.NUMBER, Form.BAR) or t.text in ":;=()" for t in between)


def _blocks(pairs: Sequence[_Pair], lines: Sequence[Line]) -> list[list[_Pair]]:
    """Pairs on lines that follow each other closely: a row of cards, or a block as any report has it."""
    blocks: list[list[_Pair]] = []
    for pair in pairs:
        before = lines[blocks[-1][-1].line] if blocks else None
        if before is not None and pair.line - before.number <= 3 and _follows(lines[before.number : pair.line + 1]):
            blocks[-1].append(pair)
        else:
            blocks.append([pair])
    return blocks


def _follows(lines: Sequence[Line]) -> bool:
    """Whether the last of some lines stands no further below the first than cards have it, or each close below the one before (low letters
    with wide spaces between their lines)."""
    apart = lines[-1].box.top - lines[0].box.bottom
    return apart < 4 * lines[-1].box.height or all(_is_near(above, below) for above, below in itertools.pairwise(lines))


def _gutters(block: Sequence[_Pair], lines: Sequence[Line]) -> list[float]:
    """x between the cards, left to right; none where the pairs are of one block, do not say the same of each card, or stand in
    sentences that go on from one to the next."""
    columns: list[tuple[Box, set[str]]] = []
    for pair in sorted(block, key=lambda pair: pair.box.left):
        home = next((n for n, (box, _) in enumerate(columns) if pair.box.left < box.right), None)
        if home is None:
            columns.append((pair.box, {pair.key}))
        else:
            columns[home] = columns[home][0].union(pair.box), columns[home][1] | {pair.key}
    alike = set.intersection(*(keys for _, keys in columns))
    if len(columns) < 2 or len(alike) < _LEAST_ALIKE:
        return []
    between = lines[min(p.line for p in block) : max(p.line for p in block) + 1]
    gutters = [_gutter(between, one.right, two.left) for (one, _), (two, _) in itertools.pairwise(columns)]
    return [x for x in gutters if x is not None] if None not in gutters else []


def _gutter(lines: Sequence[Line], left: float, right: float) -> float | None:
    """The middle of the widest strip between two cards that no line writes over; None where there is none as wide as between cells."""
    free, edge = [], left
    for box in sorted((t.box for line in lines for t in line.tokens if t.box.right > left and t.box.left < right), key=lambda b: b.left):
        free.append((edge, box.left))
        edge = max(edge, box.right)
    start, end = max((*free, (edge, right)), key=lambda strip: strip[1] - strip[0])
    return (start + end) / 2 if end - start > 1.2 * lines[0].letter else None


def _extent(lines: Sequence[Line], block: Sequence[_Pair], gutters: Sequence[float], floor: int) -> tuple[int, int]:
    """The lines of a row of cards: from their headings down to what is wrapped under their last values."""
    first, last = min(p.line for p in block), max(p.line for p in block)
    while first > floor and _is_near(lines[first - 1], lines[first]) and _sides(lines[first - 1], gutters) >= 2:
        first -= 1
    while last + 1 < len(lines) and _is_near(lines[last], lines[last + 1]) and _is_tail(lines[last + 1], gutters):
        last += 1
    return first, last


def _is_near(above: Line, below: Line) -> bool:
    return below.box.top - above.box.bottom < 1.5 * max(above.box.height, below.box.height)


def _is_tail(line: Line, gutters: Sequence[float]) -> bool:
    """Whether a line is what is left of a card: a unit, a number, in the cards' columns."""
    return _sides(line, gutters) >= 2 or (_sides(line, gutters) == 1 and len(line.tokens) <= 2)


def _sides(line: Line, gutters: Sequence[float]) -> int:
    """How many cards a line has something in; 0 where its words go on across the gap between two."""
    cells = [box_of(cell) for cell in cells_of(line.tokens, line.letter, gutters)]
    if any(cell.left < x < cell.right for cell in cells for x in gutters):
        return 0
    return len({sum(cell.middle[0] > x for x in gutters) for cell in cells})
