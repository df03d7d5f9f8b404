"""Where on a page people sign: below the readings, on lines drawn for it and in the cells of tables of signers; and whose place it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from metering.pages import Box, Page, Word
from ocr.captioned_places import LEVEL, around_line, rows_to_write_on

FEW_WORDS = 25  # on the second sheet of a report, which is only signed and stamped
A_NUMBER, IN_A_ROW = 3, 3  # digits of a word, numbers side by side in a table
ROW = 80  # points: rows of tables are lower
SURELY_READ, FAIRLY_READ = 0.75, 0.5  # confidence of a word
LONG = 5  # digits of a quantity that no letters of a stamp are read as
QUANTITY = re.compile(r"\d+[.,]\d{1,3}")
SIGNED = re.compile("подп|imz|имз", re.IGNORECASE)  # the head of the column in which people sign
DAY = re.compile(r"^дата\W*$|^sana\W*$|^сана\W*$", re.IGNORECASE)  # and of that for its day
#: Heads of the columns beside it: where a pen crosses that one, two of these tell the same.
BESIDE_SIGNED = (
    re.compile(r"^должност|^lavozim|^лавозим", re.IGNORECASE),
    re.compile(r"^фамили|^familiya|инициал|^ism|^исм|^ф\.? ?и\.? ?[о0]\b|^f\.? ?[il1]\.? ?sh\b|^ф\.? ?и\.? ?ш\b", re.IGNORECASE),
    DAY,
)
BESIDE_DAY = 30  # points that a date is longer than the head of its column
NAME = 20  # points that a name takes at least
CAPTION = 16  # points below a line to sign on: «(подпись)»
DATE = re.compile(r"\W*\d{1,2}[./-]\d{1,2}[./-](20)?\d\d\W*")  # with what ink left beside it
BRACKETS = "({[]}),"
HEAD = 0.2  # of the page's height
GAP = 12  # points between words of one heading
YEAR = re.compile(r"20(\d\d|_*)\W*")
LETTERS = 4  # of a row's longest word: «М.П.» is none on which somebody signs

#: Two initials: a name in print stands at them, and who bears it signs before it on its row.
INITIALS = re.compile(r"\W*[A-ZА-ЯЁЎҚҒҲ][h'’ʻ‘]?\.[A-ZА-ЯЁЎҚҒҲ][h'’ʻ‘]?\.?\W*")
ROOM = 45  # points between a post and a name, at least, in which somebody can sign

Line = tuple[float, float, float]  # left, right and bottom of a line across the page, in points


def below_the_readings(page: Page, stamp_top: float | None) -> float:
    """Where signatures begin, in points: below the lowest table, else below the first quarter; on a
    sheet for them alone at its top. A line that reaches into the stamp's
    height is the one to sign on, unless one like it stands above it: then it is the table's last."""
    lowest = 0.85 * page.height if stamp_top is None else stamp_top
    rows: dict[int, dict[int, Box]] = {}  # a text layer has the edge of each cell by itself
    for rule in page.rules:
        if rule.width > rule.height:
            rows.setdefault(round(rule.bottom / 3), {})[round(rule.left / 3)] = rule
    wide = [list(row.values()) for row in rows.values() if sum(rule.width for rule in row.values()) > 0.5 * page.width]
    extents = [(min(r.left for r in row), max(r.right for r in row), max(r.bottom for r in row)) for row in wide]
    to_write_on = [row[0].bottom for row in rows_to_write_on(page)]
    tables = [
        row[2]
        for row in extents
        if (row[2] < lowest or _above(row, extents))
        and not _is_of_signers(row, extents, page)
        and not _is_captioned(row, page)
        and not any(abs(row[2] - bottom) < LEVEL for bottom in to_write_on)
    ]
    return max(tables, default=0.0 if len(page.words) <= FEW_WORDS else 0.25 * page.height)


def end_of_readings(page: Page) -> float:
    """The lower edge of the last quantity with decimals or row of three numbers, in points; 0 without one. A scan may hide a table's rules,
    and leave pieces of them among the numbers. What is made of a stamp's letters is no reading."""
    return -_outermost(page, lambda box: -box.bottom, 0.0)


def end_of_head(page: Page) -> float:
    """Down to where the head of a page reaches, in points: to the first reading. Numbers in the head that look like readings, and pages on
    which none is known, leave it the first fifth of the page, unless that is a sheet for signatures alone."""
    start, end = start_of_readings(page), end_of_readings(page)
    if not end:
        return HEAD * page.height if len(page.words) > FEW_WORDS else 0.0
    return max(start, min(HEAD * page.height, end))


def start_of_readings(page: Page) -> float:
    """The upper edge of the first quantity with decimals or row of three numbers, in points; the page's height without one."""
    return _outermost(page, lambda box: box.top, page.height)


def _outermost(page: Page, edge: Callable[[Box], float], none: float) -> float:
    """The least edge of a quantity with decimals or of one of three numbers in a row."""
    words = [word for word in page.words if word.confidence >= SURELY_READ]
    quantity = min((edge(word.box) for word in page.words if _is_quantity(word)), default=none)
    numbers = [word.box for word in words if sum(c.isdigit() for c in word.text) >= A_NUMBER]
    further = sorted((box for box in numbers if edge(box) < quantity), key=edge)
    tops, bottoms = np.array([box.top for box in numbers]), np.array([box.bottom for box in numbers])
    middles = ((edge(box), box.middle[1]) for box in further)
    rows = (at for at, middle in middles if np.count_nonzero((tops < middle) & (middle < bottoms)) >= IN_A_ROW)
    return next(rows, quantity)


def _is_quantity(word: Word) -> bool:
    """Whether a word is a quantity with decimals. A longer one may be read less surely, a digit in a cell each say: a stamp's letters are
    read as short ones."""
    if QUANTITY.fullmatch(word.text) is None:
        return False
    return word.confidence >= (SURELY_READ if sum(c.isdigit() for c in word.text) < LONG else FAIRLY_READ)


def _above(line: Line, lines: Sequence[Line]) -> list[float]:
    """Where lines like it run above it, as close as rows of a table are."""
    left, right, bottom = line
    return [c for a, b, c in lines if abs(left - a) + abs(right - b) < 8 and 8 < bottom - c < ROW]


def _is_of_signers(line: Line, lines: Sequence[Line], page: Page) -> bool:
    """Whether a line ends a row of a table in which people sign: a column of it is headed so, and the row holds no number but a date."""
    left, right, bottom = line
    above = _above(line, lines)
    if not above:
        return False
    inside = _within(page, Box(left, bottom - ROW, right, bottom))
    row = [word for word in inside if word.box.middle[1] > max(above)]
    heads = sum(any(head.search(w.text) for w in inside) for head in BESIDE_SIGNED)
    # What a pen wrote in the column for it may have been read as a number, and a date that a stamp tears is no date.
    beside = [w.box.left for w in inside if any(head.search(w.text) for head in BESIDE_SIGNED)]
    signed = [w.box.left - 8 for w in inside if SIGNED.search(w.text)]
    columns = [(left, min((other for other in beside if other > left + 8), default=left)) for left in signed]
    columns += [(w.box.left - BESIDE_DAY, w.box.right + BESIDE_DAY) for w in inside if DAY.search(w.text)]
    return (heads > 1 or any(SIGNED.search(w.text) for w in inside)) and not any(
        sum(c.isdigit() for c in w.text) >= A_NUMBER
        and DATE.fullmatch(w.text) is None
        and not any(start < w.box.middle[0] < end for start, end in columns)
        for w in row
    )


def _is_captioned(line: Line, page: Page) -> bool:
    """Whether a line is one to sign on: what goes on it is told below it, in brackets, or beside what the columns for signers have. Two
    of these in brackets tell it as well, where a pen or a stamp crosses the third."""
    left, right, bottom = line
    below = [word.text for word in _within(page, Box(left, bottom, right, bottom + CAPTION))]
    beside = any(head.search(text) for head in BESIDE_SIGNED for text in below)
    bracketed = [text.strip(BRACKETS) for text in below if text.startswith(tuple(BRACKETS))]
    told = sum(any(head.search(text) for text in bracketed) for head in BESIDE_SIGNED)
    return told > 1 or any(SIGNED.search(text) and (beside or text.startswith("(")) for text in below)


def _within(page: Page, place: Box) -> list[Word]:
    """The words whose middle lies in a place. Asked for each line of a table of days: most words are told by their edges."""
    near = (w for w in page.words if w.box.top < place.bottom and w.box.bottom > place.top)
    middles = ((w, *w.box.middle) for w in near)
    return [w for w, x, y in middles if place.left < x < place.right and place.top < y < place.bottom]


def name_places(page: Page) -> list[Box]:
    """Where the names of those who sign are printed: behind the lines drawn for signatures, if there is room for a name."""
    lines = [line for line in signing_lines(page, 0.25 * page.height) if page.width - line.right > NAME]
    return [Box(line.right + 2, line.top - 18, page.width, line.bottom + 6) for line in lines]


def signing_places(page: Page, top: float) -> list[Box]:
    """Where people sign: on the lines drawn for it."""
    return around_lines(signing_lines(page, top), top)


def around_lines(lines: Sequence[Box], top: float) -> list[Box]:
    """As far about the lines below `top` as signatures on them reach."""
    return [around_line(line) for line in lines if line.top > top]


def places_before_names(page: Page, top: float) -> list[Box]:
    """The room between a post and the name that ends its row, where no line is drawn to sign on; as high as the print there. What is of
    print that was not read in it is no higher."""
    words = [word for word in page.words if word.confidence >= SURELY_READ and any(map(str.isalpha, word.text))]
    start = max(top, end_of_readings(page))
    ends = [word.box for word in words if INITIALS.fullmatch(word.text) and word.box.top > start]
    places = []
    for end in ends:
        row = sorted(
            (w.box for w in words if w.box.top < end.middle[1] < w.box.bottom and w.box.left <= end.left), key=lambda box: -box.left
        )
        name = end
        for before in row[1:]:
            if name.left - before.right >= ROOM:
                places.append(Box(before.right, min(before.top, end.top), name.left, max(before.bottom, end.bottom)))
                break
            if name.left - before.right > GAP or name is not end:
                break  # of a name in print the surname is at its initials, and before it the room
            name = before
    return places


def signing_lines(page: Page, top: float) -> list[Box]:
    """Lines that are no table's: behind a word on its baseline."""
    lines = [rule for rule in page.rules if 40 < rule.width < 230 and rule.height < 6 and rule.top > top]
    words = [word.box for word in page.words if word.confidence >= 0.6]
    return [line for line in lines if any(w.right < line.left + 8 and w.top - 8 < line.top < w.bottom + 8 for w in words)]
