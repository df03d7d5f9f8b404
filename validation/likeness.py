"""Are two spellings the same name or the same address: blind to alphabet, legal form, quotes and the noise of OCR.

Everything is brought to one Latin skeleton. Russian, Uzbek Cyrillic and Uzbek Latin spell one name with other
vowels (Чиланзар, Чилонзор, Chilonzor) and OCR mixes alphabets and drops apostrophes, so the skeleton keeps apart
only what survives all of that; the rest is a similarity between 0 and 1 (docs/rules.md, "Alike").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

_CYRILLIC = str.maketrans("абвгдеёжзийклмнопрстуфхцыэўқғҳі", "abvgdeejziyklmnaprstufhsieukghi") | {
    ord(letter): sound for letter, sound in {"ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": "", "ь": ""}.items()
}
#: Latin spellings that stand for one sound; longest first.
_LATIN = (("shch", "sh"), ("kh", "h"), ("zh", "j"), ("ts", "s"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "h"), ("w", "v"), ("o", "a"))
_APOSTROPHES = re.compile("['`´‘’‛′ʹʻʼꞌ‵＇]")
#: Letters of one alphabet that OCR takes for the other's, and digits that it sees inside words.
_TO_CYRILLIC = str.maketrans("aceopxyktmbh306", "асеорхуктмвнзоб")
_TO_LATIN = str.maketrans("асеорхуктмвні", "aceopxyktmbhi")


def skeleton(word: str) -> str:
    """The word in lower-case Latin letters and digits, without what alphabets, apostrophes and OCR make of it."""
    word = unicodedata.normalize("NFKC", word).lower()
    word = re.sub("o" + _APOSTROPHES.pattern, "u", word)
    word = _one_alphabet(_APOSTROPHES.sub("", word))
    word = word.translate(_CYRILLIC)
    for spelling, sound in _LATIN:
        word = word.replace(spelling, sound)
    word = re.sub(r"[^a-z0-9]", "", word)
    return re.sub(r"([a-z])\1+", r"\1", word) if len(word) > 3 else word  # Мирабадский, Mirobod; but ООО, ҚК


def organization_likeness(here: str, there: str) -> float:
    """0 to 1: how alike two names of organisations are, without legal forms and words of kind."""
    ours, theirs = _name_words(here), _name_words(there)
    numbers = [{word for word in words if word.isdigit()} for words in (ours, theirs)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return 0.0  # school No 145 is not school No 146
    return _likeness(ours, theirs)


def address_likeness(here: str, there: str) -> tuple[float, bool]:
    """How alike two addresses are without their house numbers, 0 to 1, and whether they share a house number."""
    ours, theirs = _address_words(here), _address_words(there)
    streets = _likeness([w for w in ours if not w[0].isdigit()], [w for w in theirs if not w[0].isdigit()])
    houses = [{w for w in words if w[0].isdigit()} for words in (ours, theirs)]
    return streets, bool(houses[0] & houses[1])


def _one_alphabet(word: str) -> str:
    """A word of mixed letters, each a letter of the alphabet that most of its unmistakable letters are of."""
    if word[:1].isdigit():
        return word  # a number, or a house number with its letter
    cyrillic = sum("а" <= letter <= "ӿ" for letter in word)
    latin = sum("a" <= letter <= "z" for letter in word)
    if not cyrillic or (latin and cyrillic <= latin):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC) if latin or not word.isalpha() else word


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text.replace("№", " ")).lower()
    text = re.sub(r"(?<=\w)" + _APOSTROPHES.pattern + r"(?=\w)", "ʼ", text)
    return re.findall(r"[\wʼ]+", re.sub("_", " ", text))


def _folded(words: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in words.split())


#: Legal forms, abbreviated and in words: ООО = MChJ = МЧЖ and so on all count for nothing.
_LEGAL_FORMS = _folded("""
    ооо оао зао ао акб атб чакб гуп гп уп чп чф ип сп гу ду нтм ноу тчсж тшж тхмш хк хф қк ятт мчж аж дук дм ичб
    ooo oao zao ao aj akb atb gup gu mchj duk dm xk xf qk yatt sp ntm nou txmsh tchsj ichb llc ltd
    общество с ограниченной ответственностью акционерное частное предприятие индивидуальный предприниматель
    mas'uliyati cheklangan jamiyat jamiyati aksiyadorlik xususiy korxona korxonasi
    масъулияти чекланган жамият жамияти акциядорлик хусусий корхона корхонаси""")
#: Words of kind, one for all languages.
_KINDS = {
    form: kind
    for kind, spellings in {
        "maktab": "школа школы мактаб мактаби maktab maktabi",
        "bogcha": "доу дмтт мтт детсад сад детский dmtt mtt bog'cha боғча",
        "mehmanhana": "гостиница отель меҳмонхона меҳмонхонаси mehmonxona mehmonxonasi",
        "filial": "филиал филиали filial filiali",
        "markaz": "центр марказ маркази markaz markazi",
    }.items()
    for form in _folded(spellings)
}
_NAME_NOISE = _folded("n no сонли sonli умумтаълим umumta'lim общеобразовательная")
#: Words of kind in an address, and the city itself; what is left are the district, the street and the house.
_ADDRESS_NOISE = _folded("""
    г город ш шаҳар шаҳри шахар шахри sh shahar shahri ташкент тошкент toshkent tashkent республика респ обл область вилояти viloyati
    узбекистан ўзбекистон узбекистон o'zbekiston uzbekistan ул улица кўча кўчаси куча кучаси ko'cha ko'chasi kocha kochasi
    пр просп проспект шоҳ shoh шоҳкўча shohko'cha пер переулок тор tor йул йули йўл йўли yo'l yo'li yol yoli
    дом д уй uy корп корпус кв квартира хонадон xonadon офис р н район туман тумани tuman tumani
    массив мкр мавзе мавзеси mavze mavzesi квартал""")


def _name_words(text: str) -> list[str]:
    words = [s for word in _words(text) if (s := skeleton(word)) and s not in _NAME_NOISE]
    proper = [word for word in words if word not in _LEGAL_FORMS]
    return [_KINDS.get(word, word) for word in (proper or words)]


def _address_words(text: str) -> list[str]:
    text = re.sub(r"\b1\d{5}\b", " ", text)  # postal codes of Tashkent
    return [s for word in _words(text) if (s := skeleton(word)) and s not in _ADDRESS_NOISE]


def _likeness(here: Sequence[str], there: Sequence[str]) -> float:
    """The better of: the whole strings compared, and the shorter list of words found one by one in the longer."""
    if not here or not there:
        return 0.0
    whole = _ratio("".join(here), "".join(there))
    few, many = sorted((here, there), key=lambda words: sum(map(len, words)))
    letters = sum(map(len, few))
    if letters * 2 < sum(map(len, many)):
        return whole  # half a name is no name
    found = sum(len(word) * max(_ratio(word, other) for other in many) for word in few) / letters
    return max(whole, found)


def _ratio(here: str, there: str) -> float:
    return SequenceMatcher(None, here, there, autojunk=False).ratio()
