"""Dates, months and spans in Russian and Uzbek texts, as people, forms and calculators write them (docs/extraction.md, "Dates")."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from metering.periods import Period

_STEMS = {
    "янв": 1, "yanv": 1, "фев": 2, "fevr": 2, "мар": 3, "mart": 3, "апр": 4, "aprel": 4, "май": 5, "мая": 5, "may": 5,
    "июн": 6, "iyun": 6, "июл": 7, "iyul": 7, "авг": 8, "avg": 8, "сен": 9, "sen": 9, "окт": 10, "okt": 10,
    "ноя": 11, "noya": 11, "дек": 12, "dek": 12, "dec": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
}  # fmt: skip
_MONTH = (
    r"(?P<{0}>янв|yanv|фев|fevr|марта?(?!\w)|мартда\w*|мартга\w*|мар(?=\.)|mart|апр|aprel|мая(?!\w)|май(?=да|дан|га|нинг|\b)|may(?=da|dan|ga|ning|\b)|июн|iyun|июл|iyul|авг|avg|сен|sen(?=t)|окт|okt|ноя|noya|дек|dek|dec"
    r"|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?)(?![a-z]))"
    r"[а-яёўқғҳa-z']*"
)
LOST_MARK = "date with a lost mark"  # the note of a date that was read with one; it is never certain
ROMAN_STROKES = "its month is likely in Roman numbers"  # the note of a date whose strokes were read as ones; it is never certain
LAST_DAY = "last day of the printout"  # the note of a date that is as sure as its digits
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12}
#: A month in Roman numbers as a reader of Cyrillic leaves it, «22.ХП.2025», «17.X1.2025»: what stands for one to three strokes is doubtful.
_ROMAN_STROKES = str.maketrans({"1": "i", "l": "i", "|": "i", "і": "i", "п": "ii", "ш": "iii"})
_ROMAN_LETTERS = str.maketrans({"х": "x", "у": "v"})
_YIL = r"yil|[йи]{1,2}ил|[уyў][1il][1l]|y\.|й\."  # "year" in Uzbek, as OCR leaves it too
_YEAR = r"(?P<{0}>20\s{{0,2}}\d{{2}})"
_QUOTES = frozenset('«»"“”„')

# A date may stand right behind another and a dash: «24.10.26-23.11.26».
_START = r"(?<![\d.,/])(?:(?<!\d-)|(?<=[./]\d\d-)|(?<=[./]\d\d\d\d-))"
_END = r"(?!\d|[.,/]\d|-\d(?!\d?[./]\d{1,2}[./]\d))"

#: «Исх. № 19-12/42» is the number of a letter: with a dash and a slash only a whole year makes a date; so is «№ 1/12, 2026 йил 24 март».
_MIXED = r"(?!\d{1,2}(?:-\d{1,2}/|/\d{1,2}-)(?!20\d\d)\d)(?!\d{1,2}/\d{1,2},\s)"
_NUMERIC = re.compile(rf"{_START}{_MIXED}(?P<d>\d{{1,2}})\s?[./,-]\s?(?P<m>\d{{1,2}})\s?[./,-]\s?(?P<y>20\d{{2}}|\d{{2}}){_END}")
_ISO = re.compile(rf"{_START}(?P<y>20\d{{2}})[-./](?P<m>\d{{2}})[-./](?P<d>\d{{2}}){_END}")
_LOST_LAST = re.compile(rf"{_START}(?P<d>\d{{2}})\.\s?(?P<m>\d{{2}})\s?(?P<y>20\d{{2}}){_END}")
_LOST_FIRST = re.compile(rf"{_START}(?P<d>\d{{2}})\s?(?P<m>\d{{2}})\.\s?(?P<y>20\d{{2}}){_END}")
#: A blank inside one of its numbers («20/1 1/2025»).
_TORN_APART = re.compile(rf"{_START}(?P<d>\d \d|\d{{2}})(?P<mark>[./])(?P<m>\d \d|\d{{2}})(?P=mark)(?P<y>20\d{{2}}){_END}")
#: A blank inside its year, and no time of day behind it («22.12.20 25», «22.12.2 025»).
_TORN_YEAR = re.compile(rf"{_START}(?P<d>\d{{2}})(?P<mark>[./])(?P<m>\d{{2}})(?P=mark)(?P<y>2 0[23]\d|20 [23]\d|20[23] \d)(?!:){_END}")
#: One of its points with a speck over it («24:11.2025»): of the time of day both marks would be colons.
_SPECK_FIRST = re.compile(rf"{_START}(?P<d>\d{{2}}):(?P<m>\d{{2}})\.(?P<y>20\d{{2}}){_END}")
_SPECK_LAST = re.compile(rf"{_START}(?P<d>\d{{2}})\.(?P<m>\d{{2}}):(?P<y>20\d{{2}}){_END}")
_LOST_BOTH = re.compile(r"(?<=\b(?:на|по|от) )(?P<d>[0-3]\d)(?P<m>[01]\d)(?P<y>20\d{2})(?![\d.,/-])")
_DAY_MONTH_YEAR = re.compile(
    rf"{_START}(?P<d>\d{{1,2}})\s{{0,3}}[-/]?\s{{0,3}}{_MONTH.format('m')}\.?\s{{0,3}}[,/-]?\s{{0,3}}{_YEAR.format('y')}(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(
    rf"(?<![a-z]){_MONTH.format('m')}\.?\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,2}},\s{{0,3}}{_YEAR.format('y')}(?!\d)"
)
_SPACED = re.compile(rf"{_START}(?P<d>\d{{1,2}})\s{{1,4}}(?P<m>\d{{1,2}})\.?\s{{1,4}}{_YEAR.format('y')}(?!\d)")
_ROMAN_DATE = re.compile(rf"{_START}(?P<d>\d{{1,2}})[./\s-]\s{{0,3}}(?P<m>[ivx]{{1,4}})[./\s-]\s{{0,3}}(?P<y>20\s?\d{{2}}|\d{{2}})(?!\d)")
_ROMAN_MISREAD = re.compile(rf"{_START}(?P<d>\d{{1,2}})[./-](?P<m>[ivxхуіпш1l|]{{1,4}})[./-](?P<y>20\d{{2}})(?!\d)")
_YEAR_DAY_MONTH = re.compile(
    rf"(?P<y>20\d{{2}})\s?-?\s?(?:{_YIL})[a-zа-яёўқғҳ']*\s?,?\s{{0,3}}(?P<d>\d{{1,2}})\s{{0,3}}-?\s{{0,3}}{_MONTH.format('m')}"
)
#: A short word between year and day that is likely misread («2026 Hun 20 март» for «йил»).
_YEAR_WORD_DAY = re.compile(
    rf"(?P<y>20\d{{2}})\s[a-zа-яёўқғҳ|]{{2,4}}\s(?P<d>\d{{1,2}})\s{{1,3}}{_MONTH.format('m')}(?!\s{{0,3}},?\s{{0,3}}20\d\d)"
)
#: «2026-yil noyabr oyining 23-sanasida»
_OF_MONTH = rf"{_MONTH.format('m')}\s{{1,3}}(?:oyi?|ойи?)\w*\s{{1,3}}(?P<d>\d{{1,2}})\s?-?\s?(?:san|kun|chi|сан|кун|чи)[a-zа-яёўқғҳ']*"
_YEAR_MONTH_DAY = re.compile(rf"(?P<y>20\d{{2}})\s?-?\s?(?:{_YIL})[a-zа-яёўқғҳ']*\s?,?\s{{0,3}}{_OF_MONTH}")
_DATES = (
    _ISO,
    _TORN_YEAR,  # before what half of its year makes of it
    _NUMERIC,
    _YEAR_MONTH_DAY,
    _YEAR_DAY_MONTH,
    _DAY_MONTH_YEAR,
    _MONTH_DAY_YEAR,
    _SPACED,
    _ROMAN_DATE,
    _ROMAN_MISREAD,
    _LOST_LAST,
    _LOST_FIRST,
    _LOST_BOTH,
    _TORN_APART,
    _SPECK_FIRST,
    _SPECK_LAST,
    _YEAR_WORD_DAY,
)
#: Those that mend what was misread.
_MENDING = (_LOST_LAST, _LOST_FIRST, _LOST_BOTH, _TORN_APART, _TORN_YEAR, _SPECK_FIRST, _SPECK_LAST, _YEAR_WORD_DAY)

_SHORT_DATE = re.compile(r"(?<![\d.,/-])(?P<d>\d{1,2})[./-](?P<m>\d{2})(?!\d|[.,/-]\d)")
_MONTH_YEAR = re.compile(
    rf"(?<![а-яёa-z]){_MONTH.format('m')}\.?\s{{0,3}}(?:месяц\w*|мес\.?|oyi?|ойи?)?\s?[-,]?\s{{0,3}}{_YEAR.format('y')}(?!\d)"
)
_YEAR_MONTH = re.compile(rf"(?P<y>20\d{{2}})\s?-?\s?(?:{_YIL}|г\.|год\w*)[a-zа-яёўқғҳ']*\s?,?\s?{_MONTH.format('m')}")
_NUMBER_YEAR = re.compile(r"(?<![\d.,/-])(?P<m>\d{2}|[ivx]{1,4})\s?[./-]\s?(?P<y>20\d{2})(?![\d]|[.,/-]\d)")
_MONTH_NUMBER = re.compile(r"(?<![\d.,/-])(?P<m>\d{1,2})\s?(?:мес\w*\.?|oy|ой)\s?(?P<y>20\d{2}|\d{2})(?!\d)")
_MONTH_ALONE = re.compile(rf"(?<![а-яёa-z]){_MONTH.format('m')}(?![а-яёa-z])")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text, at [start, end). repaired: it was read with a lost or wrong mark or zero."""

    date: dt.date
    start: int
    end: int
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class FoundMonth:
    """A named month with its year, at [start, end)."""

    period: Period
    start: int
    end: int


def _plain(text: str) -> str:
    """Lower case without quotation marks, of the same length, so that places stay places."""
    return "".join(" " if c in _QUOTES else low if len(low := c.lower()) == 1 else c for c in text)


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if (roman := text.translate(_ROMAN_LETTERS).translate(_ROMAN_STROKES)) in _ROMAN:
        return _ROMAN[roman]
    return next((number for stem, number in _STEMS.items() if text.startswith(stem)), None)


def _year(text: str) -> int:
    year = int("".join(c for c in text if c.isdigit()))
    return year if year > 99 else 2000 + year


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(_year(year), _month(month) or 0, int(day))
    except ValueError:
        return None


def _with_zero(number: str) -> str:
    """A day or month of 61, 81 or 91 as 01, a month of 16, 18 or 19 as 10: so OCR reads the zeros with a dot or a stroke of calculators'
    programs."""
    if len(number) != 2:
        return number
    return f"0{number[1]}" if number[0] in _LIKE_ZERO else number[0] + number[1].translate(_ZEROS) if number[0] == "1" else number


_DAYS = 31
_LIKE_ZERO = "4689"
_ZEROS = str.maketrans(_LIKE_ZERO, "0" * len(_LIKE_ZERO))


def find_dates(text: str) -> list[FoundDate]:
    """All full dates of a text, left to right, no two overlapping."""
    printed, text = text, _plain(text)
    found: list[FoundDate] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            date = _date(match["y"], match["m"].replace(" ", ""), match["d"].replace(" ", ""))
            mended = date is None and pattern is _NUMERIC and not {" ", ","} & set(match[0])  # «22/91, 2025» is a number and its year
            if mended:
                day = match["d"] if 1 <= int(match["d"]) <= _DAYS else _with_zero(match["d"])
                date = _date(match["y"], _with_zero(match["m"]), day)
            if date is None or not 2000 <= date.year <= 2099:
                continue
            if pattern is _SPACED and not _QUOTES.intersection(printed[max(0, match.start() - 2) : match.end()]):
                continue  # three numbers side by side are a date only where quotation marks stand around the day
            misread = pattern is _ROMAN_MISREAD and match["m"].translate(_ROMAN_LETTERS) not in _ROMAN
            repaired = mended or misread or pattern in _MENDING or (pattern is _NUMERIC and ("," in match[0] or " " in match[0]))
            found.append(FoundDate(date, match.start(), match.end(), repaired))
    return sorted(found, key=lambda item: item.start)


_DAY_MONTH = re.compile(rf"(?<![\d.,/-])(?P<d>\d{{1,2}})\s{{0,2}}-?\s{{0,2}}{_MONTH.format('m')}(?!\s{{0,3}},?\s{{0,3}}20\d\d)")


_DAY_OF_MONTH = re.compile(rf"(?<![a-zа-я]){_OF_MONTH}")


def find_days(text: str) -> list[tuple[int, int, int, int]]:
    """Days with a month's name and no year («25 октябрда», «24 ноября», «noyabr oyining 23-kuni»), as (month, day, start, end)."""
    text = _plain(text)
    found = []
    for match in (*_DAY_MONTH.finditer(text), *_DAY_OF_MONTH.finditer(text)):
        month, day = _month(match["m"]), int(match["d"])
        if month and 1 <= day <= 31:
            found.append((month, day, match.start(), match.end()))
    return sorted(found, key=lambda day: day[2])


#: «23.ХП.2», «24.12.»: the day and the month of a date whose year is torn.
_TORN_DATE = re.compile(rf"{_START}(?P<d>\d{{1,2}})[./-](?P<m>\d{{2}}|[ivxхуіпш1l|]{{1,4}})[./-]")


def days_of_torn_dates(text: str) -> list[tuple[int, int]]:
    """Days as (month, day) of dates whose year cannot be read. Only where the caller knows that a date stands here."""
    numbered = [(_month(match["m"]) or 0, int(match["d"])) for match in _TORN_DATE.finditer(_plain(text))]
    return [*((month, day) for month, day, _, _ in find_days(text)), *numbered]


_FIRST_DAY = re.compile(r"\W*(?P<d>\d\d)(?!\d)(?P<mark>\s?[./,-])?")
_OF_A_DATE = 5  # digits, where no mark is left between them: of «____ 20__ г.» two are printed


def first_day(text: str) -> int | None:
    """The day that opens a torn date, in two digits. Only where the caller knows that a date stands here."""
    match = _FIRST_DAY.match(text)
    if match is None or not 1 <= int(match["d"]) <= 31 or not (match["mark"] or sum(c.isdigit() for c in text) >= _OF_A_DATE):
        return None
    return int(match["d"])


_DAY_TO_YEAR = re.compile(r"\W*(?P<d>\d\d)(?:\d{1,3})?\W?(?P<y>20\d\d)(?!\d)")  # the marks and the month run together, or are lost
_YEAR_THEN_DAY = re.compile(r"\W*(?P<y>20\d\d)\W+\w{0,4}\W+(?P<d>\d\d)\W+[^\W\d]{3,}")  # «2025 yil 18 dekabr», its month misread


def day_and_year(text: str) -> tuple[int, int] | None:
    """Day and year of a torn date whose month cannot be read. Only where the caller knows that a date stands here."""
    match = _DAY_TO_YEAR.match(text) or _YEAR_THEN_DAY.match(text)
    return (int(match["d"]), int(match["y"])) if match is not None else None


def find_short_dates(text: str, year: int) -> list[FoundDate]:
    """`25.11` and `01-11`: a day and a month whose year is told elsewhere. Only where the caller knows that a date stands here."""
    found = []
    for match in _SHORT_DATE.finditer(text):
        try:
            found.append(FoundDate(dt.date(year, int(match["m"]), int(match["d"])), match.start(), match.end()))
        except ValueError:
            continue
    return found


def find_months(text: str) -> list[FoundMonth]:
    """Months with a year that are no part of a full date."""
    text = _plain(text)
    dates = find_dates(text)
    found: list[FoundMonth] = []
    for pattern in (_YEAR_MONTH, _MONTH_YEAR, _MONTH_NUMBER, _NUMBER_YEAR):
        for match in pattern.finditer(text):
            taken = [(d.start, d.end) for d in dates] + [(m.start, m.end) for m in found]
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            month = _month(match["m"])
            if month and 1 <= month <= 12:
                found.append(FoundMonth(Period(_year(match["y"]), month), match.start(), match.end()))
    return sorted(found, key=lambda item: item.start)


def find_lone_months(text: str) -> list[tuple[int, int, int]]:
    """Months without a year, as (month, start, end)."""
    text = _plain(text)
    return [(month, m.start(), m.end()) for m in _MONTH_ALONE.finditer(text) if (month := _month(m["m"]))]


def period_of_span(first: dt.date, last: dt.date) -> Period:
    """The month of a span's end; a span from a 1st to a 1st ends before its last day (calculators print it so)."""
    if first.day == last.day == 1 and first < last:
        return Period.of(last - dt.timedelta(days=1))
    return Period.of(last)
