"""What a spreadsheet's cell shows: its value under its number format, with the digits that a person sees.

Numbers have a decimal comma and no thousands marks, whatever the office's settings; months are named in Russian. ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

Value = bool | int | float | str | dt.date | dt.datetime | dt.time | dt.timedelta

#: Formats that a file names by number alone (18.8.30), as they are shown here: dates day first.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "General", 12: "General", 13: "General",
    14: "dd.mm.yyyy", 15: "dd.mmm.yy", 16: "dd.mmm", 17: "mmm.yy", 18: "hh:mm", 19: "hh:mm:ss", 20: "hh:mm", 21: "hh:mm:ss",
    22: "dd.mm.yyyy hh:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00", 45: "mm:ss", 46: "hh:mm:ss", 47: "mm:ss", 48: "General", 49: "@",
}  # fmt: skip
GENERAL_DIGITS = 10  # a cell of format General has room for eleven characters
_MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")
_PIECES = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(AM/PM|A/P)'
    r"|(yyyy|yy|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s)(?:\.0+)?|([0#?][0#?,. ]*|General|@)|(.)",
    re.IGNORECASE,
)
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_LONGEST_FORMAT = 255
_MOST_DIGITS = 15  # before the comma; a spreadsheet's number has no more


def shown(value: Value, code: str) -> str:
    """The text of a cell. `code` is the format, "General" where there is none."""
    code = code[:_LONGEST_FORMAT]
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, dt.date | dt.time):
        return _date(value, code)
    if isinstance(value, dt.timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    number = Decimal(repr(value))
    if not number.is_finite():
        return ""
    return _number(number, code) if number.adjusted() < _MOST_DIGITS else f"{number:.5E}"


def is_date_format(code: str) -> bool:
    """Whether a format shows its number as a date or a time."""
    return bool(_DATE_LETTERS.search(re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|General', "", code.split(";")[0])))


def _section(number: Decimal, code: str) -> tuple[str, Decimal]:
    """The part of a format that holds for a number, and the number as that part takes it."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code)
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _number(number: Decimal, code: str) -> str:
    section, number = _section(number, code)
    shown_number, out = False, ""
    for literal, escaped, _, letters, digits, other in _PIECES.findall(section):
        if digits:
            out += "" if shown_number else _digits(number, digits, section)
            shown_number = True
        else:
            out += literal or escaped or (letters if not is_date_format(section) else "") or other
    return out.strip() if shown_number or out.strip() else ""


def _digits(number: Decimal, pattern: str, section: str) -> str:
    if pattern.lower() in ("general", "@"):
        return _general(number)
    scale = -3 * (len(pattern) - len(pattern.rstrip(",")))  # a comma at the end leaves thousands out
    if "%" in re.sub(r'"[^"]*"', "", section):
        scale += 2
    whole, _, part = pattern.replace(",", "").replace(" ", "").partition(".")
    rounded = number.scaleb(scale).quantize(Decimal(1).scaleb(-min(len(part), 10)), ROUND_HALF_UP)
    text = f"{abs(rounded):f}"
    before, _, behind = text.partition(".")
    before = before.zfill(min(whole.count("0"), 20))
    if not whole.count("0") and before == "0":
        before = ""
    while behind and len(behind) > len(part.rstrip("#?")) and behind.endswith("0"):
        behind = behind[:-1]
    sign = "-" if rounded < 0 else ""
    return sign + (before or ("0" if not behind else "")) + ("," + behind if behind else "")


def _general(number: Decimal) -> str:
    """As a wide enough cell shows it: at most ten digits where there are decimals, so that 0.1 + 0.2 is 0,3."""
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    room = GENERAL_DIGITS - max(1, number.adjusted() + 1)
    rounded = number.quantize(Decimal(1).scaleb(-max(0, min(room, 9))), ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".") if "." in f"{rounded:f}" else f"{rounded:f}"
    return text.replace(".", ",")


def _date(value: dt.date | dt.time, code: str) -> str:
    if not is_date_format(code):
        code = "hh:mm" if isinstance(value, dt.time) else "dd.mm.yyyy"
    moment = value if isinstance(value, dt.datetime) else None
    if isinstance(value, dt.time):
        moment = dt.datetime.combine(dt.date(1900, 1, 1), value)
    elif moment is None:
        moment = dt.datetime.combine(value, dt.time())
    out, after_hours = "", False
    for literal, escaped, half, letters, _, other in _PIECES.findall(code.split(";")[0]):
        token = letters.lower()
        if token in ("h", "hh"):
            after_hours = True
        minutes = token in ("m", "mm") and after_hours
        out += literal or escaped or ("" if half else _date_piece(moment, token, minutes) if token else other)
        if token in ("m", "mm", "d", "dd", "yyyy", "yy"):
            after_hours = False
    return out.strip()


def _date_piece(moment: dt.datetime, token: str, minutes: bool) -> str:
    if minutes:
        return f"{moment.minute:02d}"
    pieces = {
        "yyyy": f"{moment.year:04d}", "yy": f"{moment.year % 100:02d}", "mmmm": _MONTHS[moment.month - 1], "mmm": _MONTHS[moment.month - 1],
        "mm": f"{moment.month:02d}", "m": str(moment.month), "dd": f"{moment.day:02d}", "d": str(moment.day),
        "hh": f"{moment.hour:02d}", "h": str(moment.hour), "ss": f"{moment.second:02d}", "s": str(moment.second),
    }  # fmt: skip
    return pieces.get(token, "")
