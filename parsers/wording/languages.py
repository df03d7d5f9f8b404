"""In which of our three languages a person wrote, by his commonest words; for the language of the answer (docs/letters.md, "Languages")."""

from __future__ import annotations

import re

from metering.contracts import Language
from parsers.wording.folding import tidy

_LOOKED_AT = 4000  # characters; a person's own words stand first
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
_HISTORY = re.compile(  # from here on the mail program quotes what came before, which may be a letter of ours in two languages
    r"^\s*(?:-{3,}|_{10,}|(?:from|от|кимдан|kimdan)\s*:|.{0,120}(?:wrote|пишет|написал(?:\(а\)|а)?|ёзди|yozdi)\s*:\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ONLY_UZBEK_CYRILLIC = frozenset("ўқғҳ")

#: Words that only one of the languages has; Uzbek Cyrillic also as people write it who have only a Russian keyboard.
_WORDS = {
    Language.RUSSIAN: frozenset(
        "и в во на не за по из от для что как это вам вас мы наш ваш прошу просим пожалуйста здравствуйте добрый день отчет отчёт отчета"
        " отчёта показания показаний договор договора договору вложении вложение направляем высылаем отправляем уважением спасибо"
        " почему счетчик счётчик счетчика счётчика тепло тепловой энергии месяц акт сверки".split()
    ),
    Language.UZBEK: frozenset(
        "va bilan uchun bu biz siz shu hisobot hisoboti hisobotni xisobot assalomu alaykum salom hurmat ilova ilovada qilindi yuboramiz"
        " yuboryapmiz yubordik yuboring iltimos rahmat raxmat shartnoma shartnomasi sonli ko'rsatkich ko'rsatkichlari ko'rsatkichlar"
        " hisoblagich issiqlik energiya nega nima uchun oy oyi dalolatnoma".split()
    ),
    Language.UZBEK_CYRILLIC: frozenset(
        "ва билан учун бу биз сиз шу хисобот хисоботи хисоботни ассалому алайкум салом хурмат илова иловада килинди юборамиз юбораяпмиз"
        " юбордик юборинг илтимос рахмат шартнома шартномаси сонли курсаткич курсаткичлари курсаткичлар хисоблагич иссиклик нега"
        " нима ой ойи далолатнома".split()
    ),
}


def language_of(text: str) -> Language | None:
    """The language with the most words of its own in what the person wrote himself; None where none has more than the others."""
    own = _HISTORY.split(_QUOTED.sub("", text), maxsplit=1)[0][:_LOOKED_AT]
    words = [tidy(word) for word in _WORD.findall(tidy(own).lower())]
    counts = {language: sum(word in known for word in words) for language, known in _WORDS.items()}
    counts[Language.UZBEK_CYRILLIC] += sum(bool(_ONLY_UZBEK_CYRILLIC & set(word)) for word in words)
    first, second, *_ = sorted(counts, key=lambda language: counts[language], reverse=True)
    return first if counts[first] > counts[second] else None
