"""Names of people («Фамилия И.О.») on a page's lines, whichever of surname and initials comes first, also over two lines."""

from __future__ import annotations

import re

from parsers.page.found import Found
from parsers.page.lines import Line, text_of
from parsers.page.marked import MarkedPage
from parsers.page.tokens import Form, Token
from parsers.requisites.phrases import known_words
from parsers.requisites.torn_names import has_vowel, is_of_caption
from parsers.wording.folding import fold, tidy
from parsers.wording.shapes import LATIN_LIKE_TO_CYRILLIC

_UPPER = "A-ZА-ЯЁЎҚҒҲÕÖŌĞĢ"
_LOWER = "a-zа-яёўқғҳõöōğģ"
_INITIAL = rf"(?:[{_UPPER}](?:h|')?|Yo|Yu|Ya|Ye|Sh|Ch|Ts)"
_SURNAME = rf"[{_UPPER}]'?[{_LOWER}][{_LOWER}'-]*(?:-[{_UPPER}][{_LOWER}]+)?"
NAME_LAST = re.compile(rf"(?<![\w'])(?P<i>{_INITIAL}\s?[.,]\s{{0,3}}(?:{_INITIAL}\s?\.?,?\s{{0,3}})?)(?P<s>{_SURNAME})")
NAME_FIRST = re.compile(
    rf"(?<![\w'])(?P<s>{_SURNAME})\s{{1,4}}(?:[{_LOWER}«»*]\s{{1,4}})?(?P<i>{_INITIAL}\s?[.,]\s{{0,3}}(?:{_INITIAL}(?:\s?[.,])?)?)(?![\w'])"
)
_INITIAL_DIGIT = re.compile(r"(?<![\d.,])[30](?=\s?\.\D)|(?<=\D\.)[30](?=\s?[.,]?(?:\s|$))|(?<=\b3\.)0(?=\.)")
_COLUMNS = 4.0  # letters: a wider gap parts columns, which no name goes over («Direktor  A. Nazarov      Metrolog ____ B. Umarov»)
_BETWEEN_COLUMNS = " " * 6


def is_person(text: str) -> bool:
    """Whether a text is nothing but a surname with initials."""
    plain = tidy(text).strip(" /_")
    return any(pattern.fullmatch(plain) is not None for pattern in (NAME_FIRST, NAME_LAST))


def names_on(page: MarkedPage, line: Line, taken: set[int]) -> list[Found]:
    """The names on a line, each as «Фамилия И.О.».

    taken: identities of tokens that are something else's already.
    """
    shown = [t for t in line.tokens if t.form is not Form.BAR]
    text, starts = _spaced(page, line, shown)
    found: list[Found] = []
    for pattern in (NAME_FIRST, NAME_LAST):
        for match in pattern.finditer(text):
            tokens = [t for t, at in zip(shown, starts, strict=True) if match.start() <= at < match.end()]
            others = taken | {id(t) for one in found for t in one.tokens}
            if not tokens or any(id(t) in others for t in tokens) or _is_other_word(match["s"]):
                continue
            first = next(t for t, at in zip(reversed(shown), reversed(starts), strict=True) if at <= match.start("i"))
            if _is_of_label(page, line, tokens, first):
                continue
            if pattern is NAME_FIRST and _is_stamp_mark(page, line, match["i"]) and NAME_LAST.search(text[: match.end("s")]):
                continue  # «Ҳ. Ғаниева   М.Ў.»: the mark for the stamp, not initials
            letters = match["i"].translate(LATIN_LIKE_TO_CYRILLIC) if "а" <= match["s"][-1] <= "я" else match["i"]
            initials = ".".join(re.findall(_INITIAL, letters)) + "."
            found.append(Found(f"{match['s']} {initials}", page.page.number, tokens, trust=0.95))
    return found


def _spaced(page: MarkedPage, line: Line, shown: list[Token]) -> tuple[str, list[int]]:
    """A line's text with its columns far apart and no mark for a stamp in it, and where each token starts there."""
    text, starts = "", []
    for n, token in enumerate(shown):
        apart = n > 0 and not page.ocr and token.box.left - shown[n - 1].box.right > _COLUMNS * line.letter
        text += "" if token.glued or n == 0 else _BETWEEN_COLUMNS if apart else " "
        starts.append(len(text))
        text += token.text
    text = tidy(text)
    text = _INITIAL_DIGIT.sub(lambda m: {"3": "З", "0": "О"}[m[0]], text) if page.ocr else text
    return _without_stamp_mark(page, line, text, dict(zip((id(t) for t in shown), starts, strict=True))), starts


def _is_other_word(surname: str) -> bool:
    """Whether what stands where a surname would is a street's word, a caption's, or letters without a vowel."""
    return any(fold(w) in known_words("street") for w in surname.split("-")) or is_of_caption(surname) or not has_vowel(surname)


def _is_of_label(page: MarkedPage, line: Line, tokens: list[Token], initials: Token) -> bool:
    """Whether the ends of what looks like a name belong to a label or a unit, or its initials are a caption's letters behind what the
    engine made of a signature («…… Ф.И.О.: ____»)."""
    for item in page.on_line(line.number):
        if item.key == "full_name" and any(t is initials for t in item.tokens):
            return True
        long = item.sort in ("label", "unit") and len("".join(t.text for t in item.tokens)) > 1
        if long and item.key not in ("signature", "full_name") and any(t is tokens[0] or t is tokens[-1] for t in item.tokens):
            return True
    return False


def _without_stamp_mark(page: MarkedPage, line: Line, text: str, starts: dict[int, int]) -> str:
    """A line's text with «М.П.» blanked where it stands apart from what is before it: no initials of «Ташпулатова Д.     М.П.»."""
    for mark in [i for i in page.on_line(line.number) if i.sort == "label" and i.key == "stamp"]:
        before = [t for t in line.tokens if t.box.right <= mark.box.left and t.form is not Form.BAR]
        if before and mark.box.left - before[-1].box.right > 1.5 * line.letter:
            for token in (t for t in mark.tokens if id(t) in starts):  # a bar within it, or its end on the next line, has no place
                text = text[: starts[id(token)]] + "_" * len(token.text) + text[starts[id(token)] + len(token.text) :]
    return text


def wrapped_name(page: MarkedPage, line: Line, taken: set[int]) -> Found | None:
    """A surname at the end of a position's line whose initials stand alone at the start of the next one."""
    if line.number + 1 >= len(page.lines) or not any(i.sort == "label" and i.key == "position" for i in page.on_line(line.number)):
        return None
    below = [t for t in page.lines[line.number + 1].tokens if t.form is not Form.BAR]
    if any(i.sort == "label" and i.key == "stamp" for i in page.on_line(line.number + 1)):
        return None  # «М.О'.» are no initials
    if (turned := _surname_below(page, line, below, taken)) is not None:
        return turned
    last, initials = line.tokens[-1], tidy(text_of(below[:4])).replace(" ", "")
    if any(t is last for i in page.on_line(line.number) if i.key == "position" for t in i.tokens):
        return None  # «Rahbar» over «X.O‘. Azimova»
    found = re.match(rf"(?:{_INITIAL}\.){{1,2}}", initials)
    if found is None or id(last) in taken or re.fullmatch(_SURNAME, last.text) is None or last.box.right < 0.6 * page.page.width:
        return None
    letters = found[0].translate(LATIN_LIKE_TO_CYRILLIC) if "а" <= last.text[-1] <= "я" else found[0]
    return Found(f"{last.text} {letters}", page.page.number, [last, *below[:2]], "over two lines", 0.9)


def _surname_below(page: MarkedPage, line: Line, below: list[Token], taken: set[int]) -> Found | None:
    """Initials that end a position's line, their surname alone on the next one."""
    end = [t for t in line.tokens[-4:] if t.form is not Form.BAR]
    match = re.search(rf"(?:{_INITIAL}\.){{1,2}}$", tidy(text_of(end)).replace(" ", ""))
    if match is None or len(below) != 1 or id(below[0]) in taken or re.fullmatch(_SURNAME, tidy(below[0].text)) is None:
        return None
    return Found(f"{below[0].text} {match[0]}", page.page.number, [*end, below[0]], "over two lines", 0.9)


def _is_stamp_mark(page: MarkedPage, line: Line, initials: str) -> bool:
    marks = [i for i in page.on_line(line.number) if i.sort == "label" and i.key == "stamp"]
    return any("".join(t.text for t in i.tokens).strip(".' ") == initials.replace(" ", "").strip(".' ") for i in marks)
