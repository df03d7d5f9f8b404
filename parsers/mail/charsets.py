"""Bytes of unknown or wrongly named character sets to Russian, Uzbek or other text (docs/opening.md, "Character sets")."""

from __future__ import annotations

import re

#: Only these names ever reach a codec: Python's own registry also holds "zip", "idna" and other surprises.
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8", "utf-8-mac"), "utf-8"),
    **dict.fromkeys(("us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us"), "ascii"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-7"), ""),
    **dict.fromkeys(("windows-1251", "cp1251", "cp-1251", "win-1251", "win1251", "x-cp1251", "windows1251", "ansi-1251"), "cp1251"),
    **dict.fromkeys(("koi8-r", "koi8r", "koi8", "koi-8", "cskoi8r"), "koi8-r"),
    **dict.fromkeys(("koi8-u", "koi8-ru"), "koi8-u"),
    **dict.fromkeys(("pt154", "ptcp154", "csptcp154", "cp154", "cyrillic-asian"), "ptcp154"),
    **dict.fromkeys(("kz-1048", "kz1048", "strk1048-2002", "rk1048"), "kz1048"),
    **dict.fromkeys(("cp866", "ibm866", "866", "dos-866", "x-cp866"), "cp866"),
    **dict.fromkeys(("x-mac-cyrillic", "mac-cyrillic", "maccyrillic"), "mac-cyrillic"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "gb-2312", "euc-cn"), "gb18030"),
    **dict.fromkeys(("shift-jis", "sjis", "ms-kanji", "windows-31j", "cp932"), "cp932"),
    **dict.fromkeys(("ks-c-5601-1987", "euc-kr", "cp949"), "cp949"),
    **dict.fromkeys(("iso8859-1", "latin1", "latin-1", "l1", "iso-8859-1"), "cp1252"),
    **{name: name for name in ("big5", "euc-jp", "iso-2022-jp", "iso-2022-kr")},
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (*range(2, 12), *range(13, 17))},
    **{f"windows-{n}": f"cp{n}" for n in (1250, *range(1252, 1259))},
    **{f"cp{n}": f"cp{n}" for n in (437, 850, 852, 855, 1250, *range(1252, 1259))},
}
_CODECS |= {name: name for name in ("utf-16", "utf-7")} | {"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}

#: What Tashkent mails in, the likeliest first; ptcp154 is the only 8-bit set with all Uzbek Cyrillic letters.
_GUESSES = ("cp1251", "koi8-r", "ptcp154", "cp866", "iso8859-5", "cp1252")

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’‘ʻʼ`-][^\W\d_]+)*")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_UZBEK_LATIN = frozenset("õğöōşçñ")  # drafts of the alphabet reform; seen, but rare within a word
_CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳ")
_VOWELS = frozenset("aeiouyаеёиоуыэюяўõöō")
#: How often a letter stands among a thousand, roughly: Russian, and the four letters that Uzbek adds. Real texts and single words
#: of either language come to 50 or more on the mean, one Cyrillic set taken for another to less than 46.
_FREQUENCY = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёқғҳў",
        (
            109,
            85,
            80,
            74,
            67,
            63,
            55,
            47,
            45,
            44,
            35,
            32,
            30,
            28,
            26,
            20,
            19,
            17,
            17,
            16,
            16,
            14,
            12,
            10,
            9,
            7,
            6,
            5,
            4,
            3,
            3,
            1,
            1,
            15,
            8,
            12,
            15,
        ),
        strict=True,
    )
)
_USUAL = 50.0
_UNUSUAL = 44.0
_SAMPLE = 20_000  # characters are enough to judge by
_FAVOUR = 0.15  # how much more plausible another charset must look than the declared one


def codec(name: str | None) -> str | None:
    """Python's codec for a charset name as mail spells it; None when it is unknown or not on the list."""
    if not name:
        return None
    plain = name.strip().strip("\"'").lower().replace("_", "-")
    return _CODECS.get(plain) or _CODECS.get(plain.replace("iso8859-", "iso-8859-").replace("iso-8859-1-", "iso-8859-1"))


def plausibility(text: str) -> float:
    """0..1: how much of the words look like Russian, Uzbek or plain Latin words; 1 where there is no word to judge.

    A word speaks against the text when it mixes alphabets, has letters of neither, is CAPITALISED in the middle
    (the print of KOI8-R and cp1251 taken for one another) or is long without a vowel; a text when its Cyrillic letters
    are the rare ones.
    """
    weight = good = 0
    for match in _WORD.finditer(text[:_SAMPLE]):
        for word in re.split(r"[^\w]", match[0]):
            if len(word) < 2:
                continue
            weight += len(word)
            good += len(word) if _looks_like_a_word(word) else 0
    odd = sum(1 for c in text[:_SAMPLE] if c == "\ufffd" or "\x80" <= c <= "\x9f" or "\ue000" <= c <= "\uf8ff" or "\u2500" <= c <= "\u259f")
    weight += 2 * odd
    usual, count = _usualness(text[:_SAMPLE])
    share = good / weight if weight else 1.0
    return share * usual / _USUAL if count >= 30 and usual < _UNUSUAL else share


def _usualness(text: str) -> tuple[float, int]:
    """Mean frequency of the Cyrillic letters of our languages in the text, and how many there are."""
    found = [frequency for c in text.lower() if (frequency := _FREQUENCY.get(c))]
    return (sum(found) / len(found), len(found)) if found else (_USUAL, 0)


def _looks_like_a_word(word: str) -> bool:
    lower = word.lower()
    letters = set(lower)
    if letters <= _CYRILLIC:
        alphabet_fits = True
    else:
        alphabet_fits = letters <= _LATIN or (letters <= _LATIN | _UZBEK_LATIN and sum(c in _UZBEK_LATIN for c in lower) * 3 <= len(lower))
    if not alphabet_fits:
        return False
    if not (word.islower() or word.isupper() or word[1:].islower() or word[:-1].isupper()):
        return len(word) > 6 and word[0].isupper() and word[1].islower()  # TashkentEnergo
    return len(word) < 5 or word.isupper() or bool(letters & _VOWELS)


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of the bytes by the declared charset, or by a better one where that gives nonsense; NUL removed. Never raises.

    This is the one place where NUL is removed from mail: PostgreSQL refuses it in text.
    """
    text = _decoded(data, codec(declared)).replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()  # UTF-7 and UTF-16 can spell half a character


def _decoded(data: bytes, named: str | None) -> str:
    if data[:3] == b"\xef\xbb\xbf":
        return data[3:].decode("utf-8", "replace")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if data.isascii() and (named is None or named in ("ascii", "utf-8") or named in _GUESSES):
        return data.decode("ascii")
    if named not in (None, "ascii", "utf-8", *_GUESSES):
        text = data.decode(named, "replace")
        if plausibility(text) > 0.5 or text.count("\ufffd") * 20 < len(text):
            return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if named == "utf-8" and len(data) - error.start <= 4:
            return data.decode("utf-8", "replace")  # only its last character is cut
    return _guessed(data, named)


def _guessed(data: bytes, named: str | None) -> str:
    order = dict.fromkeys((named, *_GUESSES) if named in _GUESSES else _GUESSES)
    if named == "utf-8":
        order = {"utf-8": None, **order}
    sample = data[:_SAMPLE]
    best, best_score = "cp1251", -1.0
    for candidate in order:
        text = sample.decode(candidate, "replace")
        score = plausibility(text) + 1.5 * min(1.0, _usualness(text)[0] / _USUAL) + (_FAVOUR if candidate == named else 0)
        if score > best_score + 0.02:
            best, best_score = candidate, score
    return data.decode(best, "replace")
