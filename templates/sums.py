"""Sums of money in figures and in words, in the three languages of our documents (docs/documents.md, "Sums in words")."""

from __future__ import annotations

from decimal import Decimal

from metering.contracts import Language

#: Larger ones no document of ours can hold; refusing beats a wrong word.
LARGEST = Decimal(10) ** 15

_UNITS = {
    Language.UZBEK: ("", "bir", "ikki", "uch", "toʻrt", "besh", "olti", "yetti", "sakkiz", "toʻqqiz"),
    Language.UZBEK_CYRILLIC: ("", "бир", "икки", "уч", "тўрт", "беш", "олти", "етти", "саккиз", "тўққиз"),
}
_TENS = {
    Language.UZBEK: ("", "oʻn", "yigirma", "oʻttiz", "qirq", "ellik", "oltmish", "yetmish", "sakson", "toʻqson"),
    Language.UZBEK_CYRILLIC: ("", "ўн", "йигирма", "ўттиз", "қирқ", "эллик", "олтмиш", "етмиш", "саксон", "тўқсон"),
}
_HUNDRED = {Language.UZBEK: "yuz", Language.UZBEK_CYRILLIC: "юз"}
_POWERS = {
    Language.UZBEK: ("", "ming", "million", "milliard", "trillion"),
    Language.UZBEK_CYRILLIC: ("", "минг", "миллион", "миллиард", "триллион"),
}
_ZERO = {Language.UZBEK: "nol", Language.UZBEK_CYRILLIC: "нол"}
_MINUS = {Language.RUSSIAN: "минус", Language.UZBEK: "minus", Language.UZBEK_CYRILLIC: "минус"}
#: In Russian too the names of the money do not change with the number, as the country's own documents write them.
_MONEY = {Language.RUSSIAN: ("сум", "тийин"), Language.UZBEK: ("soʻm", "tiyin"), Language.UZBEK_CYRILLIC: ("сўм", "тийин")}


def money(amount: Decimal) -> str:
    """`20 675 226,07`: two decimals, groups of three. Raises ValueError for parts of a tiyin, as `in_words` does."""
    whole, tiyin = _split(amount)
    return f"{'−' if amount < 0 else ''}{whole:,}".replace(",", " ") + f",{tiyin:02d}"


def in_words(amount: Decimal, language: Language) -> str:
    """The sum for the line that nobody can alter by a digit: whole sums in words, tiyin in two digits, the first letter large."""
    whole, tiyin = _split(amount)
    words = whole_in_words(whole, language)
    sums, parts = _MONEY[language]
    said = f"{_MINUS[language]} {words}" if amount < 0 else words
    return f"{said[0].upper()}{said[1:]} {sums} {tiyin:02d} {parts}"


def whole_in_words(number: int, language: Language) -> str:
    """A whole number from 0 up, in words with small letters."""
    if language is Language.RUSSIAN:
        from num2words import num2words  # its forty languages cost a tenth of a second that few processes need

        return num2words(number, lang="ru")
    if number == 0:
        return _ZERO[language]
    groups = []
    for name in _POWERS[language]:
        number, below = divmod(number, 1000)
        if below:
            groups.append(f"{_below_thousand(below, language)} {name}".strip())
    return " ".join(reversed(groups))


def _below_thousand(number: int, language: Language) -> str:
    """1 to 999. The hundred is never without its number («bir yuz»): nothing may be written before it."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    hundred = f"{_UNITS[language][hundreds]} {_HUNDRED[language]}" if hundreds else ""
    return " ".join(word for word in (hundred, _TENS[language][tens], _UNITS[language][units]) if word)


def _split(amount: Decimal) -> tuple[int, int]:
    tiyin = abs(amount) * 100
    if tiyin != tiyin.to_integral_value():
        raise ValueError(f"{amount} has parts of a tiyin")
    if abs(amount) >= LARGEST:
        raise ValueError(f"{amount} is larger than any sum that is written in words")
    return divmod(int(tiyin), 100)
