"""Numbers as reports print them: thousands with spaces, decimal comma or dot, and what OCR makes of both.

docs/extraction.md, "Numbers".
"""

from __future__ import annotations

import re

from parsers.wording.folding import APOSTROPHES

_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(rf"\d{{1,3}}(?:[ \u00a0{re.escape(APOSTROPHES)}]\d{{3}})+(?:[.,]\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,}")
_MISREAD_MARK = re.compile(r"(\d+)\s?[.,;:·*'_]{1,2}\s?(\d+)")
#: «46 236;08», «9 226:36»: the mark of decimals behind thousands; «5:336.7»: dirt in the space between thousands.
_MISREAD_GROUP = re.compile(
    r"(?P<whole>\d{1,3}(?: \d{3})+)(?P<mark>[;:])(?P<part>\d+)|(?P<whole2>\d{1,3}(?P<space>[;:])\d{3})[.,](?P<part2>\d+)"
)

#: Letters that OCR puts in the place of digits; only inside something that is mostly digits.
LETTERS_FOR_DIGITS = str.maketrans("OОоoQDЗзЭбlIІі|!SsВBgqЧч", "000000333611111155889944")
_DIGIT_LIKE = re.compile(r"[\dOОоoQDЗзЭбlIІі|!SsВBgqЧч]+(?:[.,;][\dOОоoQDЗзЭбlIІі|!SsВBgqЧч]+)*")


def parse_number(text: str) -> str | None:
    """`1 284,37` -> `1284.37`; None for what is not one number. The digits stay as they are, only the mark and the spaces change."""
    text = text.strip().strip("_").rstrip(".,;:")
    if _PLAIN.fullmatch(text):
        return text.replace(",", ".")
    if _GROUPED.fullmatch(text):
        return re.sub(r"[^\d.,]", "", text).replace(",", ".")
    if _DOTTED.fullmatch(text):
        mark = max(text.rfind("."), text.rfind(","))
        if text.count(text[mark]) > 1:
            return re.sub(r"[.,]", "", text)
        return re.sub(r"[.,]", "", text[:mark]) + "." + text[mark + 1 :]
    return None


def parse_misread_number(text: str) -> tuple[str, str] | None:
    """A number of an OCR word with its repair: a wrong decimal mark (`728257;63`) or letters for digits (`О2484`).

    Returns the number and what was repaired, or None. The digits that were read as digits never change.
    """
    text = text.strip().strip("_").rstrip(".,;:")
    if re.fullmatch(r"\d{1,2}:\d{2}", text):
        return None  # a time of day
    if group := _MISREAD_GROUP.fullmatch(text):
        whole, part = group["whole"] or group["whole2"], group["part"] or group["part2"]
        return f"{digits_of(whole)}.{part}", f"a mark was read as {group['mark'] or group['space']!r}"
    if mark := _MISREAD_MARK.fullmatch(text):
        return f"{mark[1]}.{mark[2]}", f"decimal mark read as {text[len(mark[1]) : -len(mark[2])].strip()!r}"
    digits = sum(c.isdigit() for c in text)
    if len(text) >= 4 and digits * 10 >= len(text) * 6 and _DIGIT_LIKE.fullmatch(text):
        repaired = parse_number(text.translate(LETTERS_FOR_DIGITS).replace(";", ","))
        if repaired is not None:
            return repaired, f"letters read for digits: {text!r}"
    return None


def decimals(number: str) -> int:
    """How many digits stand after the mark."""
    return len(number) - number.index(".") - 1 if "." in number else 0


def digits_of(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
