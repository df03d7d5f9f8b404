"""Dates of a report: when it was drawn up, and when the readings were taken."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from parsers.page.found import Draft, Found
from parsers.page.items import Item
from parsers.page.lines import Form, cells_of
from parsers.page.marked import MarkedPage, beside
from parsers.requisites.contracts import is_wrapped
from parsers.requisites.report_periods import find_span
from parsers.wording.dates import LAST_DAY
from parsers.wording.folding import fold


def find_date(page: MarkedPage, key: str, without: Collection[int] = ()) -> Found | None:
    """The date behind (or under) a label; the longer label and the later one on the page before the shorter."""
    best: tuple[float, Found] | None = None
    undated = False
    for item in page.items:
        if item.sort != "label" or item.key != key or item.line in without or (key == "report_date" and _heads_dates(page, item)):
            continue
        date = (
            _date_over(page, item)
            if item.first in page.over
            else _date_beside(page, item) or _date_behind(page, item, without) or _date_under(page, item, without)
        )
        if date is None:
            undated = undated or item.line in {i.line for i in page.items if i.sort == "label" and i.key == key and i is not item}
            continue
        # Of two labels alike the later one on the page counts; of readings the later date (two columns «… holatiga»).
        later = date.date.toordinal() * 1e-7 if key == "reading_date" else 0.001 * item.line
        weight = item.last - item.first + later
        if best is None or weight > best[0]:
            best = weight, Found.of(date, page.page.number, trust=0.98 if item.last > item.first else 0.9)
    if best is not None and undated:
        best[1].trust = 0.65  # one of two labels alike on a line has no date: which of them was read is not sure
    return best[1] if best else None


def _heads_dates(page: MarkedPage, label: Item) -> bool:
    """Whether a label stands over several days in its column (a row each): it dates none of them."""
    if page.tokens[label.last + 1 : label.last + 2] and page.tokens[label.last + 1].text == ":":
        return False
    days = 0
    for number in range(label.line + 1, min(label.line + 5, len(page.lines))):
        under = [i for i in page.on_line(number) if i.box.left < label.box.right and i.box.right > label.box.left]
        if any(i.sort == "label" for i in under):
            break
        days += any(i.sort == "date" for i in under)
    return days > 1


def _date_over(page: MarkedPage, label: Item) -> Item | None:
    """The date over a label that is a caption."""
    over = {id(t) for t in page.over[label.first]}
    return next((i for i in page.items if i.sort == "date" and id(i.tokens[0]) in over), None)


def _date_beside(page: MarkedPage, label: Item) -> Item | None:
    """A date that stands in the next cell of a wrapped label, half a line up or down."""
    if len({t.line for t in label.tokens}) == 1 and any(i.line == label.line for i in page.items if i.sort == "date"):
        return None
    below = [t for t in label.tokens if t.line != label.line]
    if below and min(t.box.left for t in label.tokens if t.line == label.line) > max(t.box.right for t in below):
        return None  # a sentence that goes on at the next line's start, no cell
    edges = [min(t.box.left for t in label.tokens if t.line == number) for number in {t.line for t in label.tokens}]
    if max(edges) - min(edges) > 3 * page.lines[label.line].letter:
        return None  # running text over a line's end, no cell
    tokens = {id(t) for t in beside(page, label)}
    dates = [i for i in page.items if i.sort == "date" and id(i.tokens[0]) in tokens]
    return dates[0] if len(dates) == 1 else None


def _date_under(page: MarkedPage, label: Item, without: Collection[int]) -> Item | None:
    """A date in the cell under a label, in a line of labels over a line of values."""
    line = page.lines[label.line]
    labels = [i for i in page.on_line(label.line) if i.sort == "label"]
    cells = cells_of(line.tokens, line.letter)
    if len(cells) < 2 or any(not any(i.tokens[0] is cell[0] for i in labels) for cell in cells) or label.line + 1 in without:
        return None
    if any(t.form is Form.NUMBER for cell in cells for t in cell if label.tokens[-1] in cell):
        return None  # its value stands behind it
    for item in page.on_line(label.line + 1):
        nearest = min(labels, key=lambda i: abs(i.box.middle[0] - item.box.middle[0]))
        if item.sort == "date" and nearest is label and min(item.box.right, label.box.right) > max(item.box.left, label.box.left):
            return item
    return None


def _labelled(page: MarkedPage, line: int, before: int | None = None) -> bool:
    return any(i.sort == "label" and (before is None or i.first < before) for i in page.on_line(line))


def _date_behind(page: MarkedPage, label: Item, without: Collection[int]) -> Item | None:
    end = label.tokens[-1].line
    for item in page.items:
        if item.first <= label.last or item.line in without:
            continue
        who = item.line == end and item.group == "people"  # «Показания снял: завхоз Умаров Д., 21.05.2026»
        if item.line > end + 1 or (item.sort == "label" and item.key not in ("report_date", "title") and not who):
            break
        if item.sort == "date" and (
            item.line == end
            or (is_wrapped(page, label, item.tokens[0]) and not _labelled(page, item.line, item.first))
            or (item.box.left < label.box.right and item.box.right > label.box.left and not _labelled(page, item.line))
        ):
            return item
    if label.tokens[-1].fold.startswith(_TAKEN) and (said := _in_sentence_before(page, label)) is not None:
        return said
    # Uzbek says the date first: «24.11.2026 holatiga».
    behind = [i for i in page.items if i.sort == "date" and i.line == label.line and i.last < label.first and label.first - i.last <= 4]
    owned = behind and any(i.sort == "label" and i.line == label.line and 0 < behind[-1].first - i.last <= 3 for i in page.items)
    return behind[-1] if behind and not owned else None


def _in_sentence_before(page: MarkedPage, label: Item) -> Item | None:
    """The only date of the sentence that a verb ends («2026 йил 24 декабрь куни … кўрсаткичлари олинди»)."""
    start = label.first
    while start and label.first - start < _SENTENCE and not _ends_sentence(page, start - 1):
        start -= 1
    dates = [i for i in page.items if i.sort == "date" and start <= i.first < label.first and not _has_line(page, i)]
    on_the_day = [i for i in dates if page.tokens[i.last + 1].fold in _ON_THE_DAY]
    return dates[0] if len(dates) == 1 else on_the_day[-1] if len(on_the_day) == 1 else None


_ON_THE_DAY = frozenset({fold("куни"), fold("kuni"), "da", "да"})


def _ends_sentence(page: MarkedPage, place: int) -> bool:
    one, two = page.tokens[place], page.tokens[place + 1]
    return one.text in ".:" and two.text[:1].isupper() and one.line != two.line


def find_report_date(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The date the report was drawn up: by its label, by the outgoing number, or a date that stands alone at the head or the foot."""
    labelled = find_date(page, "report_date", without)
    if labelled is not None:
        return labelled
    for item in page.items:
        if item.sort == "label" and item.key == "outgoing":
            dates = [i for i in page.items if i.sort == "date" and 0 < i.first - item.last <= 8 and i.line - item.line <= 1]
            if dates:
                return Found.of(dates[0], page.page.number, trust=0.95)
    if (numbered := _behind_number(page)) is not None:
        return numbered
    claimed = [i for i in page.items if i.sort == "label" and i.key in _CLAIMING]
    lone = [
        i
        for i in page.items
        if i.sort == "date"
        and i.line not in without
        and not any(_claims(page, c, i) for c in claimed)
        and not any(_in_sentence_before(page, c) is i for c in claimed if c.tokens[-1].fold.startswith(_TAKEN))
        and not _of_verification(page, i)
        and not _in_sentence(page, i)
        and not _in_span(page, i)
    ]
    if not lone:
        return None
    # Nothing says so. A person looks where there are others, or a meter was verified on some day;
    # a date on a line of its own is none of a meter.
    own = [i for i in lone if _has_line(page, i) and len(page.on_line(i.line)) == 1]
    alone = len({i.date for i in lone}) == 1 and not any(i.key == "verification" for i in page.items)
    sure = alone or len({i.date for i in own}) == 1
    return Found.of((own if own and not alone else lone)[-1], page.page.number, trust=0.75 if sure else 0.65)


def _behind_number(page: MarkedPage) -> Found | None:
    """«№ 05-12/981 от 24.12.2026» at the head of a letter, on a line of its own: the number and date that it was sent with."""
    for line in page.lines[: len(page.lines) // 2]:
        items = page.on_line(line.number)
        if line.tokens[0].fold != "№" or [i for i in items if i.sort == "label"]:
            continue
        dates = [i for i in items if i.sort == "date"]
        before = page.tokens[dates[0].first - 1].fold if len(dates) == 1 else ""
        if before in ("от", fold("ot")) and dates[0].tokens[-1] in line.tokens[-3:]:
            return Found.of(dates[0], page.page.number, trust=0.9)
    return None


_CLAIMING = frozenset({"reading_date", "verification", "previous", "current", "contract", "reading", "order", "removed", "contract_date",
                       "period"})  # fmt: skip


_PLACES = frozenset(
    fold(word) for word in ("г", "год", "года", "y", "й", "yil", "йил", "Ташкент", "Toshkent", "Тошкент", "sh", "ш", "shahri", "шаҳри")
)


def _has_line(page: MarkedPage, date: Item) -> bool:
    """Whether a date has its line for itself, a town's name and the sign of the year aside."""
    rest = [t for t in page.lines[date.line].tokens if t not in date.tokens]
    return len(rest) <= 4 and all(t.form is Form.SIGN or t.form is Form.BAR or t.fold in _PLACES for t in rest)


def _claims(page: MarkedPage, label: Item, date: Item) -> bool:
    """Whether a date belongs to a label before it: near, with no number between (a row of the table that the label heads)."""
    if not 0 < date.first - label.last <= 8:
        return False
    between = [i for i in page.items if label.last < i.first < date.first]
    if any(i.sort == "date" for i in between) and _begins_anew(page, between, date):
        return False
    return date.line == label.line or not any(i.sort in ("number", "date") for i in between)


def _begins_anew(page: MarkedPage, between: Sequence[Item], date: Item) -> bool:
    """Whether another sentence has begun before a date: who signs stands between, or a point before a capital."""
    first = next(i for i in between if i.sort == "date")
    words = page.tokens[first.last + 1 : date.first]
    return any(i.group == "people" for i in between) or any(a.text == "." and b.text[:1].isupper() for a, b in itertools.pairwise(words))


def _of_verification(page: MarkedPage, date: Item) -> bool:
    """Whether a date is that of a meter's verification: the word stands behind it, or over it at the head of its column."""
    for item in page.items:
        if item.key != "verification":
            continue
        behind = item.line == date.line and 0 < item.first - date.last <= 3
        over = date.line > item.line and item.box.left < date.box.right and item.box.right > date.box.left
        between = page.items[page.items.index(item) + 1 : page.items.index(date)] if over else []
        if behind or (over and not any(i.key == "report_date" or i.sort == "date" for i in between) and date.line - item.line <= 2):
            return True
    return False


def _in_sentence(page: MarkedPage, item: Item) -> bool:
    """Whether a date is inside running text («по состоянию на 24.11.2026 показания …»)."""
    before = page.tokens[item.first - 1] if item.first else None
    after = page.tokens[item.last + 1] if item.last + 1 < len(page.tokens) else None
    if before is not None and before.line == item.line and before.fold in ("на", "с", "по", "от", "до", "("):
        return True
    numbers = [i for i in page.on_line(item.line) if i.sort == "number" and "." in i.text]
    return bool(numbers) or (
        after is not None and after.line == item.line and after.fold in ("holatiga", "холатига", "dan", "дан", "gacha", "гача")
    )


def _in_span(page: MarkedPage, item: Item) -> bool:
    return any(
        other is not item
        and other.sort == "date"
        and other.line == item.line
        and abs(other.first - item.first) <= 8
        and not (other.first < item.first and _begins_anew(page, [i for i in page.items if other.first <= i.first < item.first], item))
        for other in page.items
    )


def reading_date_of(page: MarkedPage, drafts: list[Draft], without: Collection[int]) -> Found | None:
    """The date of the readings: by its label, else the date that all the page's meters carry, else a printout's last day."""
    labelled = find_date(page, "reading_date", without)
    if labelled is not None:
        return labelled
    told = _read_on(page, without)
    if told is not None:
        return told
    dates = [d.reading_date for d in drafts if d.reading_date is not None]
    if dates and len({d.value for d in dates}) == 1:
        return dates[0]
    printout = any(d.daily for d in drafts) or any(i.sort == "label" and i.key in ("cumulative", "hours") for i in page.items)
    if printout and (span := find_span(page)) is not None:
        return Found(span[0].isoformat(), page.page.number, span[1].tokens, LAST_DAY, 0.9)
    if printout:
        return None
    return _dated_readings(page) or _end_of_span(page, drafts)


def _end_of_span(page: MarkedPage, drafts: list[Draft]) -> Found | None:
    """Where nothing else says when readings were taken: the last day of the span that they are of. Never certain."""
    span = find_span(page) if any(d.current is not None for d in drafts) else None
    return Found(span[0].isoformat(), page.page.number, span[1].tokens, "last day of the span", 0.65) if span is not None else None


def _dated_readings(page: MarkedPage) -> Found | None:
    """The later date right behind the word for readings («Показания на 24.11.2026»), or beside the current one («Дата: ...»)."""
    named = [
        date
        for label in page.items
        if label.sort == "label" and label.key in ("reading", "current")
        for date in page.items
        if date.sort == "date" and date.line == label.line and 0 < date.first - label.last <= 2 + 2 * _in_next_cell(page, label, date)
    ]
    lines = {i.line for i in page.items if i.sort == "label" and i.key == "current"}
    beside_current = [
        date
        for label in page.items
        if label.sort == "label" and label.key == "report_date" and label.line in lines
        for date in page.items
        if date.sort == "date" and date.line == label.line and 0 < date.first - label.last <= 2
    ]
    dates = named or beside_current or _told_with_readings(page)
    return Found.of(max(dates, key=lambda item: item.date), page.page.number, trust=0.85) if dates else None


_AS_OF = frozenset(fold(word) for word in ("на", "состоянию", "холатига", "holatiga"))
_ASIDE = frozenset({"meter", "brand", "period", "energy", "contract", "title", "consumption"})
_CLAUSE, _SENTENCE = 20, 60  # tokens


def _told_with_readings(page: MarkedPage) -> list[Item]:
    """The day of «Сообщаем показания приборов учета за март 2026 г. на 23.03.2026 г.»: behind «на», nothing measured between."""
    found = []
    for label in page.items:
        if label.sort != "label" or label.key != "reading":
            continue
        for item in page.items:
            if item.first <= label.last:
                continue
            if item.first - label.last > _CLAUSE or not (item.sort in ("month", "kind", "date") or item.key in _ASIDE):
                break
            before = page.tokens[item.first - 1].fold
            if item.sort == "date" and before in _AS_OF:
                found.append(item)
                break
    return found if len({item.date for item in found}) == 1 else []


def _in_next_cell(page: MarkedPage, label: Item, date: Item) -> bool:
    """Whether one column rule stands between a label that opens its line and a date."""
    bars = [t for t in page.tokens[label.last + 1 : date.first] if t.form is Form.BAR]
    return len(bars) == 1 and page.lines[label.line].tokens[0] is label.tokens[0]


_TAKEN = tuple(fold(word) for word in ("olindi", "olingan", "олинди", "олинган", "снят", "сняты", "сняли"))


def _read_on(page: MarkedPage, without: Collection[int]) -> Found | None:
    """The date on which a sentence says that readings were taken («Ko'rsatkichlar 18.10.2026 kuni olindi»)."""
    for item in page.items:
        if item.sort != "date" or item.line in without:
            continue
        after = [t.fold for t in page.tokens[item.last + 1 : item.last + 4]]
        if any(word.startswith(_TAKEN) for word in after):
            return Found.of(item, page.page.number, trust=0.95)
    return None
