"""The words for dates, numbers, units and kinds of meters, in the three languages of our letters and pages."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from metering.contracts import Language
from metering.periods import TASHKENT, Period
from metering.units import MeterKind, Unit

RU, UZ, CYRL = Language.RUSSIAN, Language.UZBEK, Language.UZBEK_CYRILLIC

#: Russian: nominative and genitive. Uzbek Cyrillic drops ь before an ending (`day_stem`).
_MONTHS = {
    RU: ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"],
    UZ: ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"],
    CYRL: ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"],
}
_MONTHS_OF = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]

_UNITS = {
    RU: {Unit.GCAL: "Гкал", Unit.GJ: "ГДж", Unit.MWH: "МВт·ч", Unit.KWH: "кВт·ч", Unit.M3: "м³"},
    UZ: {Unit.GCAL: "Gkal", Unit.GJ: "GJ", Unit.MWH: "MVt·soat", Unit.KWH: "kVt·soat", Unit.M3: "m³"},
    CYRL: {Unit.GCAL: "Гкал", Unit.GJ: "ГЖ", Unit.MWH: "МВт·соат", Unit.KWH: "кВт·соат", Unit.M3: "м³"},
}

_METERS = {
    RU: {MeterKind.HEAT: "теплосчётчик", MeterKind.HOT_WATER: "счётчик горячей воды", None: "прибор учёта"},
    UZ: {MeterKind.HEAT: "issiqlik hisoblagichi", MeterKind.HOT_WATER: "issiq suv hisoblagichi", None: "hisoblagich"},
    CYRL: {MeterKind.HEAT: "иссиқлик ҳисоблагичи", MeterKind.HOT_WATER: "иссиқ сув ҳисоблагичи", None: "ҳисоблагич"},
}

_SIZES = {RU: ("КБ", "МБ"), UZ: ("KB", "MB"), CYRL: ("КБ", "МБ")}


def day(date: dt.date, language: Language) -> str:
    """«25 октября 2026 года», "2026-yil 25-oktabr", «2026 йил 25 октябрь»."""
    if language is RU:
        return f"{date.day} {_MONTHS_OF[date.month - 1]} {date.year} года"
    name = _MONTHS[language][date.month - 1]
    return f"{date.year}-yil {date.day}-{name}" if language is UZ else f"{date.year} йил {date.day} {name}"


def day_of_year(date: dt.date, language: Language) -> str:
    """The same beside a month that names its year: «25 октября», "25-oktabr", «25 октябрь»."""
    if language is RU:
        return f"{date.day} {_MONTHS_OF[date.month - 1]}"
    name = _MONTHS[language][date.month - 1]
    return f"{date.day}-{name}" if language is UZ else f"{date.day} {name}"


def day_stem(date: dt.date, language: Language) -> str:
    """An Uzbek date to which an ending is joined: «2026 йил 25 октябр» + «гача»."""
    return day(date, language).removesuffix("ь")


def day_of_year_stem(date: dt.date, language: Language) -> str:
    """«25 октябр» + «гача»."""
    return day_of_year(date, language).removesuffix("ь")


def clock_time(moment: dt.datetime) -> str:
    """Hours and minutes in Tashkent."""
    return f"{moment.astimezone(TASHKENT):%H:%M}"


def local_day(moment: dt.datetime, language: Language) -> str:
    return day(moment.astimezone(TASHKENT).date(), language)


def month(period: Period, language: Language) -> str:
    """«октябрь 2026 года», "2026-yil oktabr", «2026 йил октябрь»."""
    name = _MONTHS[language][period.month - 1]
    if language is RU:
        return f"{name} {period.year} года"
    return f"{period.year}-yil {name}" if language is UZ else f"{period.year} йил {name}"


def number(value: str | Decimal) -> str:
    """A number as people here write it, with a decimal comma; text keeps exactly its digits, a Decimal loses empty ones."""
    text = f"{value:f}" if isinstance(value, Decimal) else value
    if isinstance(value, Decimal) and "." in text:
        text = text.rstrip("0").rstrip(".")
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text)


def plural(count: int) -> str:
    """Which of three forms a Russian noun takes beside the number: 1 день, 2 дня, 5 дней; Uzbek has one, written three times."""
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"


def unit_name(unit: Unit | None, language: Language) -> str:
    return _UNITS[language][unit] if unit else ""


def meter_name(kind: MeterKind | None, language: Language) -> str:
    return _METERS[language][kind]


def file_size(size: int, language: Language) -> str:
    """A size in kilobytes, or in megabytes from one up."""
    kilo, mega = _SIZES[language]
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} {kilo}"
    return f"{number(f'{size / 1024 / 1024:.1f}'.removesuffix('.0'))} {mega}"
