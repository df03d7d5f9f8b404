"""Requisites by their labels: contract number, INN, dates and period of a report."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Collection

from metering.periods import Period
from parsers.dates import find_lone_months, period_of_span
from parsers.folding import fold
from parsers.found import Draft, Found
from parsers.lines import Form, Token, text_of
from parsers.marked import Item, MarkedPage, beside

_SONLI = frozenset({fold("sonli"), fold("сонли"), fold("sonlı")})
_STOPS = frozenset({"inn", "account", "phone", "mfo", "bank_account", "oked", "vat_code", "organization", "address", "serial",
    "outgoing", "reading_date", "report_date",
                    "previous", "current", "consumption", "person_number"})  # fmt: skip
_CONTRACT_LENGTH, _INN_LENGTH = 5, 9


def find_contracts(page: MarkedPage) -> list[Found]:
    """Contract numbers of a page, the surest first: after their label, before it (`03340-sonli shartnoma`), or under it."""
    found: list[Found] = []
    for item in page.items:
        if item.sort != "label" or item.key != "contract":
            continue
        before = _before(page, item)
        after = _digits_after(page, item, _CONTRACT_LENGTH)
        candidates = (
            [before]
            if before is not None and before.trust > 0.95
            else [c for c in (after, _below(page, item, _CONTRACT_LENGTH), before) if c]
        )
        found += candidates[:1]
    found = [_padded(f) for f in found]
    return sorted(found, key=lambda f: -f.trust)


def _padded(found: Found) -> Found:
    if len(found.value) >= _CONTRACT_LENGTH:
        return found
    note = f"printed as {found.value}: leading zeros added"
    return Found(found.value.zfill(_CONTRACT_LENGTH), found.page, found.tokens, note, 0.6 * found.trust)


def find_inn(page: MarkedPage) -> Found | None:
    for item in page.items:
        if item.sort == "label" and item.key == "inn":
            found = _digits_after(page, item, _INN_LENGTH) or _below(page, item, _INN_LENGTH)
            if found is not None and len(found.value) == _INN_LENGTH:
                return found
    return None


def _digits_after(page: MarkedPage, label: Item, want: int) -> Found | None:
    """The first digits behind a label, in one piece or parted (comb boxes, OCR), on its line or at the next one's start."""
    barred = {i.first for i in page.items if (i.sort == "label" and i.key in _STOPS) or i.sort == "unit"}
    dates = {n for i in page.items if i.sort in ("date", "month") for n in range(i.first, i.last + 1)}
    words = 0
    tokens = page.tokens
    for place in range(label.last + 1, min(label.last + 16, len(tokens))):
        token = tokens[place]
        if place in barred or token.line > label.line + 1:
            return None
        if place in dates or token.form is Form.SIGN:
            continue
        if token.form is not Form.NUMBER:
            words += 1
            if words > 6 or (token.line > label.line and words > 1):
                return None
            continue
        if token.line > label.line and not _wrapped(page, label, token):
            return None
        run = _run(tokens, place, want)
        value = "".join(t.text for t in run)
        if value.isdigit() and len(value) <= want:
            return Found(value, page.page.number, run, trust=1.0 if len(value) == want else 0.9)
        if not value.isdigit() or len(value) > want:
            return None
    return None


def _wrapped(page: MarkedPage, label: Item, token: Token) -> bool:
    """Whether a number at a line's start goes on from the line before: the label stood at that line's end."""
    return (
        page.lines[label.line].tokens[-1].box.right - label.tokens[-1].box.right < 6 * page.lines[label.line].letter
        and token is page.lines[token.line].tokens[0]
    )


def _run(tokens: list[Token], first: int, want: int) -> list[Token]:
    run = [tokens[first]]
    for token in tokens[first + 1 :]:
        last = run[-1]
        apart = token.box.left - last.box.right
        enough = sum(len(t.text) for t in run) >= want
        if (
            enough
            or token.form is not Form.NUMBER
            or token.line != last.line
            or not token.text.isdigit()
            or apart > 3 * max(last.box.height, 1.0)
        ):
            break
        if sum(len(t.text) for t in run) + len(token.text) > want:
            break
        run.append(token)
    return run


def _before(page: MarkedPage, label: Item) -> Found | None:
    tokens = page.tokens
    place, trust = label.first - 1, 0.8
    while place >= 0 and (tokens[place].text in "-–—()" or tokens[place].fold in _SONLI):
        trust = 1.0 if tokens[place].fold in _SONLI else trust
        place -= 1
    if place < 0 or tokens[place].form is not Form.NUMBER or label.line - tokens[place].line > 1:
        return None
    value = tokens[place].text
    if not value.isdigit() or not 1 <= len(value) <= _CONTRACT_LENGTH:
        return None
    if place + 1 < label.first or tokens[place].line == label.line:
        return Found(value, page.page.number, [tokens[place]], trust=trust)
    return None


def _below(page: MarkedPage, label: Item, want: int) -> Found | None:
    """Digits in the cell under a label (a header over its value)."""
    for line in page.lines[label.line + 1 : label.line + 3]:
        for token in line.tokens:
            over = min(token.box.right, label.box.right) - max(token.box.left, label.box.left)
            if over > 0.3 * token.box.width and token.form is Form.NUMBER and token.text.isdigit() and len(token.text) == want:
                return Found(token.text, page.page.number, [token], trust=0.9)
    return None


def find_date(page: MarkedPage, key: str, without: Collection[int] = ()) -> Found | None:
    """The date behind (or under) a label; the longer label and the later one on the page before the shorter."""
    best: tuple[float, Found] | None = None
    undated = False
    for item in page.items:
        if item.sort != "label" or item.key != key or item.line in without:
            continue
        date = _date_beside(page, item) or _date_behind(page, item, without)
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


def _date_beside(page: MarkedPage, label: Item) -> Item | None:
    """A date that stands in the next cell of a wrapped label, half a line up or down."""
    if len({t.line for t in label.tokens}) == 1 and any(i.line == label.line for i in page.items if i.sort == "date"):
        return None
    edges = [min(t.box.left for t in label.tokens if t.line == number) for number in {t.line for t in label.tokens}]
    if max(edges) - min(edges) > 3 * page.lines[label.line].letter:
        return None  # running text over a line's end, no cell
    tokens = {id(t) for t in beside(page, label)}
    dates = [i for i in page.items if i.sort == "date" and id(i.tokens[0]) in tokens]
    return dates[0] if len(dates) == 1 else None


def _labelled(page: MarkedPage, line: int) -> bool:
    return any(i.sort == "label" for i in page.on_line(line))


def _date_behind(page: MarkedPage, label: Item, without: Collection[int]) -> Item | None:
    for item in page.items:
        if item.first <= label.last or item.line in without:
            continue
        if item.line > label.line + 1 or (item.sort == "label" and item.key not in ("report_date", "title")):
            break
        if item.sort == "date" and (
            item.line == label.line
            or (_wrapped(page, label, item.tokens[0]) and not _labelled(page, item.line))
            or (item.box.left < label.box.right and item.box.right > label.box.left and not _labelled(page, item.line))
        ):
            return item
    # Uzbek says the date first: «24.11.2026 holatiga».
    behind = [i for i in page.items if i.sort == "date" and i.line == label.line and i.last < label.first and label.first - i.last <= 4]
    return behind[-1] if behind else None


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
    claimed = [
        i
        for i in page.items
        if i.sort == "label"
        and i.key
        in ("reading_date", "verification", "previous", "current", "contract", "reading", "order", "removed", "contract_date", "period")
    ]
    lone = [
        i
        for i in page.items
        if i.sort == "date"
        and i.line not in without
        and not any(0 < i.first - c.last <= 8 for c in claimed)
        and not _in_sentence(page, i)
        and not _in_span(page, i)
    ]
    if not lone:
        return None
    return Found.of(lone[-1], page.page.number, trust=0.75)


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
        other is not item and other.sort == "date" and other.line == item.line and abs(other.first - item.first) <= 8
        for other in page.items
    )


def find_period(page: MarkedPage, without: Collection[int] = ()) -> Found | None:
    """The month that a report names, else the month in which the span that it names ends."""
    months = [i for i in page.items if i.sort == "month" and i.line not in without]
    if months:
        item = max(months, key=lambda i: (_announced(page, i), -i.first))
        return Found(str(item.period), page.page.number, item.tokens, item.note, 0.99 if _announced(page, item) else 0.9)
    dates = [i for i in page.items if i.sort == "date"]
    for one, two in itertools.pairwise(dates):
        if (
            two.first - one.last <= 5
            and two.line - one.line <= 1
            and one.date < two.date
            and (two.date - one.date).days <= 62
            and _joined(page, one, two)
        ):
            return Found(
                str(period_of_span(one.date, two.date)), page.page.number, [*one.tokens, *two.tokens], "month in which the span ends", 0.97
            )
    return _month_and_year_apart(page)


def find_span(page: MarkedPage) -> tuple[dt.date, Item] | None:
    """The last day of the span that a printout is about, and where it says so."""
    dates = [i for i in page.items if i.sort == "date"]
    for one, two in itertools.pairwise(dates):
        if two.first - one.last <= 5 and one.date < two.date and (two.date - one.date).days <= 62 and _joined(page, one, two):
            return two.date, two
    return None


def _announced(page: MarkedPage, item: Item) -> bool:
    """Whether «за», «oyi», «ойи» or a period's label stands at a month."""
    around = page.tokens[max(0, item.first - 3) : item.last + 4]
    words = {t.fold for t in around}
    labels = any(i.sort == "label" and i.key in ("period", "title") and -6 <= item.first - i.last <= 12 for i in page.items)
    return labels or bool(words & {"за", fold("oyi"), fold("ойи"), fold("oy"), fold("uchun"), fold("учун"), fold("месяц")})


def _joined(page: MarkedPage, one: Item, two: Item) -> bool:
    between = text_of(page.tokens[one.last + 1 : two.first]).lower().strip(" .г")
    before = page.tokens[one.first - 1].fold if one.first else ""
    return (
        between in ("no", "пo", "-", "–", "—", "..", "до", "dan", "дан", "y. -", "й. -")
        or "-" in between
        or ("по" in between and before in ("с", "c", "период", "со"))
        or "dan" in between
        or "дан" in between
    )


def _month_and_year_apart(page: MarkedPage) -> Found | None:
    """A month's name with its year elsewhere on the line (forms: «за ______ 2026 г.»)."""
    for line in page.lines:
        text = line.text()
        months = find_lone_months(text)
        year = re.search(r"\b(20\d{2})\b", text)
        if (
            len(months) == 1
            and year is not None
            and not any(i.sort == "date" and i.date.year == int(year[1]) for i in page.on_line(line.number) if year[1] in text_of(i.tokens))
        ):
            tokens = [t for t in line.tokens if t.text == year[1] or find_lone_months(t.text)]
            return Found(str(Period(int(year[1]), months[0][0])), page.page.number, tokens, None, 0.85)
    return None


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
        return Found(span[0].isoformat(), page.page.number, span[1].tokens, "last day of the printout", 0.9)
    return None


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


_IN_MAIL = re.compile(
    r"(?i)(?:дог(?:овор\w*)?|контракт\w*|shartnoma\w*|sh-?ma|шартнома\w*|ш-?ма)\s{0,3}\.?\s{0,3}(?:raqami|рақами|раками)?\s{0,3}[:.]?\s{0,3}(?:№|n[oº°]?\.?|ne)?\s{0,3}[:.]?\s{0,3}[«\"_]{0,5}(\d{1,5})(?![\d]|[.,/]\d)"
    r"|(?<![\d.,/])(\d{1,5})\s{0,2}-?\s{0,2}(?:sonli\s{1,3}|сонли\s{1,3})?(?:shartnoma|шартнома)"
)


def contract_numbers_in(text: str) -> tuple[str, ...]:
    """Contract numbers that the words of a mail name (subject, body), padded to 5 digits, each once."""
    numbers = [(m[1] or m[2]).zfill(_CONTRACT_LENGTH) for m in _IN_MAIL.finditer(text[:20_000])]
    return tuple(dict.fromkeys(numbers))
