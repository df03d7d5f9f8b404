"""What stands on lines of forms of reports: numbers, dates, digits, and words that nobody is to read. Blanks are gaps between digits."""

from __future__ import annotations

from random import Random


def invent_text(chance: Random) -> str:
    """What is written on forms of reports: numbers, dates, digits."""
    kind = chance.random()
    if kind < 0.42:
        whole = str(chance.randint(0, 10 ** chance.choice((1, 2, 3, 4, 5, 6, 6)) - 1))
        if chance.random() < 0.2:
            whole = whole.zfill(chance.choice((5, 6, 7)))
        if len(whole) > 3 and chance.random() < 0.12:
            whole = f"{whole[:-3]} {whole[-3:]}"
        places = chance.choice((2, 2, 2, 2, 3, 1, 0))
        mark = chance.choices((",", ".", "-"), (10, 3, 2))[0]
        return whole + (mark + "".join(chance.choices("0123456789", k=places)) if places else "")
    if kind < 0.68:
        return "".join(chance.choices("0123456789", k=chance.choice((1, 2, 4, 5, 5, 6, 7, 7, 8, 8, 9, 9, 10))))
    return invent_date(chance)


def invent_date(chance: Random) -> str:
    day, month, year = chance.randint(1, 31), chance.randint(1, 12), chance.randint(2018, 2031)
    mark = chance.choices((".", ",", "/", "-", ""), (10, 2, 4, 3, 1))[0]
    shown = f"{month:02d}"
    if mark and chance.random() < 0.25:
        shown = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[month - 1]
    return mark.join(
        (f"{day:02d}" if chance.random() < 0.85 or not mark else str(day), shown, str(year) if chance.random() < 0.7 else str(year)[2:])
    )


def invent_word(chance: Random) -> str:
    return "".join(chance.choices("abcdefghkmnoprstuvwyzABCDEGHKMNPRST", k=chance.randint(3, 10)))
