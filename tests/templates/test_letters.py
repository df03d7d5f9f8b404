"""The letters say what they must, in each language, to nobody what is not his, and no foreign text writes in our name."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import templates.letters
from metering.contracts import Language
from metering.decisions import Finding, Outcome, Severity
from metering.messages import Fault
from metering.periods import TASHKENT, Period
from metering.repairs import RepairReason
from metering.reports import Field, MeterLine
from metering.units import MeterKind, Unit
from templates.letters import (
    Earlier,
    FileLine,
    LetterFacts,
    LetterKind,
    ReadingLine,
    RenderedLetter,
    RepairLine,
    ReportLine,
    languages_for,
    reading_line,
    render_letter,
)

RU, UZ, CYRL = Language.RUSSIAN, Language.UZBEK, Language.UZBEK_CYRILLIC
ANSWERED = (Outcome.ACCEPTED, Outcome.REVIEW, Outcome.INCOMPLETE, Outcome.DUPLICATE)
HEAT = ReadingLine("ТЭМ0071", MeterKind.HEAT, Unit.GJ, "1204.560", "1300.00", "95.440", Decimal("22.795452"))
WATER = ReadingLine("0098", MeterKind.HOT_WATER, Unit.M3, "10", "12", "2")
REPAIR = RepairLine("current", "1308.00", "1300.00", RepairReason.ARITHMETIC, ((4, "8", "0"),))
SAID = (
    "Теплосчётчик № ТЭМ0071, текущее: сначала прочитано 1308,00, принято 1300,00 (4-я цифра 0, а не 8), "
    "потому что так сходится расчёт: предыдущее + расход = текущее"
)
REPAIRS = (
    *(replace(REPAIR, reason=reason) for reason in RepairReason),
    *(replace(REPAIR, name=name, first="1", value="7", changes=()) for name in ("previous", "consumption", "serial", "contract_number")),
    RepairLine("reading_date", "2026-10-28", "2026-10-23", RepairReason.READERS, ((8, "8", "3"),)),
)
FILE = FileLine("отчёт.pdf", "5a" * 32, 812_345)
REPORT = ReportLine(
    Outcome.ACCEPTED,
    "00421",
    "ООО «Лола»",
    Period(2026, 10),
    dt.date(2026, 10, 21),
    (HEAT, WATER),
    correct_until=dt.date(2026, 11, 9),
    original_until=dt.date(2026, 11, 10),
)
FACTS = LetterFacts(
    LetterKind.RECEIPT,
    "1234",
    dt.datetime(2026, 10, 21, 20, 5, tzinfo=dt.UTC),  # the 22nd, 01:05, in Tashkent
    (RU,),
    "«Иссиқлик»",
    "metrology@utility.example",
    (FILE,),
    (REPORT,),
)


def finding(rule: str) -> Finding:
    return Finding(rule, Severity.REVIEW)


def say(found: Finding, language: Language) -> str:
    return "" if found.rule == "silent" else f"[{found.rule} {language}]"


def written(facts: LetterFacts) -> RenderedLetter:
    return render_letter(facts, say)


class Visible(HTMLParser):
    """The text that an HTML reader shows."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def seen(html: str) -> str:
    reader = Visible()
    reader.feed(html)
    return " ".join(" ".join(reader.parts).split())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("outcome", ANSWERED)
def test_a_receipt_names_number_time_files_and_readings(language: Language, outcome: Outcome) -> None:
    letter = written(replace(FACTS, languages=(language,), reports=(replace(REPORT, outcome=outcome),)))
    for shown in (letter.text, seen(letter.html)):
        for piece in ("1234", "01:05", "отчёт.pdf", "5a" * 32, "00421", "ООО «Лола»", "«Иссиқлик»", "metrology@utility.example"):
            assert piece in shown
        for piece in ("ТЭМ0071", "1204,560", "1300,00", "95,440", "22,795452", "0098"):
            assert piece in shown


@pytest.mark.parametrize(
    ("language", "day", "original", "energy"),
    [
        (RU, "22 октября 2026 года", "до 10 ноября 2026 года", "95,440 ГДж (22,795452 Гкал)"),
        (UZ, "2026-yil 22-oktabr", "2026-yil 10-noyabrgacha", "95,440 GJ (22,795452 Gkal)"),
        (CYRL, "2026 йил 22 октябрь", "2026 йил 10 ноябргача", "95,440 ГЖ (22,795452 Гкал)"),
    ],
)
def test_days_and_units_are_written_as_in_that_language(language: Language, day: str, original: str, energy: str) -> None:
    text = written(replace(FACTS, languages=(language,))).text
    for piece in (day, original, energy):
        assert piece in text


def test_each_outcome_has_its_own_subject_and_says_what_happens_next() -> None:
    cases = {
        Outcome.ACCEPTED: ("принят", "не позднее 9 ноября 2026 года"),
        Outcome.REVIEW: ("получен, проверяем", "3 рабочих дней"),
        Outcome.INCOMPLETE: ("не хватает реквизитов", "ответом на это письмо"),
        Outcome.DUPLICATE: ("уже есть у нас", "делать вам ничего не нужно"),
    }
    for outcome, (subject, promise) in cases.items():
        letter = written(replace(FACTS, reports=(replace(REPORT, outcome=outcome),)))
        assert letter.subject == f"Отчёт за октябрь 2026 года, договор 00421: {subject}"
        assert promise in letter.text
        assert promise in seen(letter.html)


@pytest.mark.parametrize("language", Language)
def test_what_is_missing_and_what_is_doubted_is_told_in_words(language: Language) -> None:
    incomplete = replace(REPORT, outcome=Outcome.INCOMPLETE, missing=(finding("stamp"), finding("stamp"), finding("silent")))
    review = replace(REPORT, outcome=Outcome.REVIEW, doubts=(finding("load"),), notes=(finding("note"),))
    letter = written(replace(FACTS, languages=(language,), reports=(incomplete, review)))
    for shown in (letter.text, seen(letter.html)):
        assert shown.count(f"[stamp {language}]") == 1
        assert f"[load {language}]" in shown
        assert f"[note {language}]" in shown
        assert "silent" not in shown


def test_doubts_of_which_the_customer_is_told_nothing_leave_no_heading() -> None:
    letter = written(replace(FACTS, reports=(replace(REPORT, outcome=Outcome.REVIEW, doubts=(finding("silent"),)),)))
    assert "обратит внимание" not in letter.text + letter.html


def test_lateness_missing_meters_repairs_and_the_earlier_letter_are_told_only_where_they_are() -> None:
    plain = written(FACTS).text
    told = replace(REPORT, late_after=dt.date(2026, 10, 25), uncovered=("77", "78"), readings=(replace(HEAT, repairs=(REPAIR,)), WATER))
    letter = written(replace(FACTS, reports=(told,)))
    for piece in ("позже срока (25 октября 2026 года)", "№ 77, № 78", "№ ТЭМ0071 *", "* Часть знаков", SAID):
        assert piece in letter.text
        assert piece in seen(letter.html)
        assert piece not in plain
    twice = replace(REPORT, outcome=Outcome.DUPLICATE, earlier=Earlier("1201", dt.datetime(2026, 10, 20, 9, tzinfo=TASHKENT)))
    assert "20 октября 2026 года с письмом № 1201" in written(replace(FACTS, reports=(twice,))).text


def test_a_repaired_contract_number_and_day_are_told_once_for_the_report() -> None:
    told = replace(REPORT, repairs=tuple(repair for repair in REPAIRS if repair.name in ("contract_number", "reading_date")))
    letter = written(replace(FACTS, reports=(told,)))
    for piece in (
        "– номер договора: сначала прочитано 1, принято 7, потому",
        "дата показаний: сначала прочитано 28.10.2026, принято 23.10.2026,",
    ):
        assert letter.text.count(piece) == 1
    assert "Часть знаков" not in written(FACTS).text


def test_several_reports_are_listed_in_one_letter() -> None:
    other = replace(REPORT, contract_number="00007", outcome=Outcome.REVIEW, readings=())
    letter = written(replace(FACTS, reports=(REPORT, other)))
    assert letter.subject == "Получено отчётов: 2"
    for piece in ("договор 00421: принят", "договор 00007: получен, проверяем", "прочитать автоматически не удалось"):
        assert piece in letter.text
        assert piece in seen(letter.html)


def test_an_unknown_language_gets_russian_and_uzbek_in_one_letter() -> None:
    assert languages_for(None) == (RU, UZ)
    assert languages_for(CYRL) == (CYRL,)
    letter = written(replace(FACTS, languages=languages_for(None)))
    assert "Здравствуйте!" in letter.text
    assert "Assalomu alaykum!" in letter.text
    assert letter.text.index("Здравствуйте!") < letter.text.index("Assalomu alaykum!")
    assert " / " in letter.subject
    assert 'lang="ru"' in letter.html
    assert 'lang="uz-Latn"' in letter.html


@pytest.mark.parametrize("language", Language)
def test_a_stranger_learns_number_time_and_files_and_nothing_else(language: Language) -> None:
    letter = written(replace(FACTS, languages=(language,), neutral=True, reports=()))
    for shown in (letter.subject + letter.text, seen(letter.html)):
        assert "1234" in shown
        rest = re.sub(r"1234|01:05|22|2026|10|5a|256|793", "", shown)
        assert not re.search(r"\d", rest)
    assert "01:05" in letter.text
    assert "5a" * 32 in letter.text


def test_a_neutral_receipt_with_a_report_in_it_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="neutral"):
        replace(FACTS, neutral=True)
    with pytest.raises(ValueError, match="aware"):
        replace(FACTS, received_at=dt.datetime(2026, 10, 21))  # noqa: DTZ001


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [LetterKind.NO_REPORT, LetterKind.TOO_LARGE, LetterKind.UNREADABLE])
def test_notices_say_that_nothing_was_booked_and_what_to_do(kind: LetterKind, language: Language) -> None:
    broken = FileLine("big.pdf", "ab" * 32, 11_000_000, Fault.TOO_LARGE if kind is LetterKind.TOO_LARGE else Fault.ENCRYPTED)
    letter = written(replace(FACTS, kind=kind, languages=(language,), reports=(), files=(broken, FILE)))
    nothing = {RU: "не внесены", UZ: "kiritilmadi", CYRL: "киритилмади"}[language]
    for shown in (letter.text, seen(letter.html)):
        assert nothing in shown
        assert "ab" * 32 in shown
        assert ("big.pdf (10,5" in shown.replace("\u00a0", " ")) is True
    assert letter.subject


def test_every_fault_has_words_of_its_own_in_every_language() -> None:
    for language in Language:
        texts = set()
        for fault in Fault:
            file = replace(FILE, fault=fault)
            texts.add(written(replace(FACTS, kind=LetterKind.UNREADABLE, languages=(language,), reports=(), files=(file,))).text)
        assert len(texts) == len(Fault)


def test_a_file_without_bytes_has_no_size_and_no_hash() -> None:
    empty = replace(FILE, size=0, fault=Fault.DAMAGED)
    letter = written(replace(FACTS, kind=LetterKind.UNREADABLE, reports=(), files=(empty, replace(FILE, name="second.pdf"))))
    for shown in (letter.text, seen(letter.html)):
        assert "отчёт.pdf: пустой или повреждён" in shown
        assert shown.count("SHA-256: ") == 1


def test_no_letter_asks_for_something_by_a_day_that_has_passed() -> None:
    late = replace(FACTS, received_at=dt.datetime(2026, 11, 12, 9, tzinfo=TASHKENT))
    for outcome in ANSWERED:
        assert "ноября" not in written(replace(late, reports=(replace(REPORT, outcome=outcome),))).text.replace("12 ноября", "")
    on_the_day = replace(FACTS, received_at=dt.datetime(2026, 11, 10, 23, 59, tzinfo=TASHKENT))
    assert "до 10 ноября" in written(on_the_day).text


def test_a_message_without_files_has_no_list_of_files() -> None:
    assert "SHA-256" not in written(replace(FACTS, kind=LetterKind.NO_REPORT, reports=(), files=())).text


def test_the_same_facts_make_the_same_letter() -> None:
    assert written(FACTS) == written(FACTS)


# --- what customers write into our letters

EVIL = st.text(alphabet=st.one_of(st.sampled_from("\r\n\u2028\u202e\0<>&\"'{}%"), st.characters(exclude_categories=("Cs",))), max_size=80)


@given(name=EVIL, serial=EVIL, organization=EVIL)
def test_foreign_text_stays_on_its_line_and_is_never_markup(name: str, serial: str, organization: str) -> None:
    def with_text(name: str, serial: str, organization: str) -> RenderedLetter:
        report = replace(REPORT, organization=f"x{organization}", readings=(replace(HEAT, serial=f"x{serial}"),), uncovered=(serial,))
        return written(replace(FACTS, reports=(report,), files=(replace(FILE, name=f"x{name}"),)))

    plain, evil = with_text("", "", ""), with_text(name, serial, organization)
    assert len(evil.text.splitlines()) == len(plain.text.splitlines())
    assert re.findall(r"<[^>]*>", evil.html) == re.findall(r"<[^>]*>", plain.html)
    assert len(evil.subject.splitlines()) == 1
    assert "\u202e" not in evil.text + evil.html


def test_a_file_name_as_long_as_a_novel_is_cut() -> None:
    assert len(written(replace(FACTS, files=(replace(FILE, name="я" * 5000),))).text) < 4000


def test_html_asks_for_nothing_from_the_network_and_is_made_for_phones_and_dark_rooms() -> None:
    html = written(replace(FACTS, languages=languages_for(None))).html
    assert not re.search(r"(?i)https?:|src=|<script|@import|url\(|<img|<link|<form", html)
    assert "width=device-width" in html
    assert "color-scheme: light dark" in html
    assert not re.search(r"[^-]color:\s*#|background", html)


# --- the language itself


def all_letters(language: Language) -> str:
    reports = [
        replace(REPORT, outcome=outcome, late_after=late, uncovered=uncovered, missing=(finding("x"),), readings=readings, earlier=earlier)
        for outcome, (late, uncovered, readings, earlier) in itertools.product(
            ANSWERED,
            [
                (dt.date(2026, 10, 25), ("1", "2"), (replace(HEAT, repairs=REPAIRS),), Earlier("1", FACTS.received_at)),
                (None, ("1",), (), None),
            ],
        )
    ]
    facts = replace(FACTS, languages=(language,), utility="U", files=(replace(FILE, name="f"),))
    reports = [replace(report, organization=None, readings=tuple(replace(r, serial="1") for r in report.readings)) for report in reports]
    letters = [written(replace(facts, reports=tuple(reports))), written(replace(facts, reports=(), neutral=True))]
    for kind, fault in itertools.product((LetterKind.NO_REPORT, LetterKind.TOO_LARGE, LetterKind.UNREADABLE), Fault):
        letters.append(written(replace(facts, kind=kind, reports=(), files=(replace(FILE, name="f", fault=fault),))))
    return re.sub(r"\[\w+ \w+\]|metrology@utility\.example|SHA-256: \w+", "·", "\n".join(each.subject + each.text for each in letters))


def test_uzbek_in_latin_letters_has_one_kind_of_apostrophe_and_no_cyrillic() -> None:
    text = all_letters(UZ)
    assert not re.search(r"[а-яёўқғҳА-ЯЁЎҚҒҲ]", text)
    assert not re.search("['‘’`´]", text), "oʻ and gʻ are written with U+02BB, the tutuq with U+02BC"
    assert set(re.findall(r"(\w)ʻ", text)) <= set("oOgG")
    assert not re.search(r"[wc](?!h)", re.sub(r"PDF|JPEG|PNG|TIFF|HEIC", "", text))


def test_uzbek_in_cyrillic_letters_has_its_four_letters_and_no_russian_ones() -> None:
    text = all_letters(CYRL)
    for letter in "ўқғҳ":
        assert letter in text
    assert not re.search(r"[ыщЫЩ]", text)
    assert set(re.findall(r"\b[A-Za-z]+\b", text)) <= {"PDF", "JPEG", "PNG", "TIFF", "HEIC", "SHA", "U", "f"}


def test_russian_is_russian() -> None:
    text = all_letters(RU)
    assert not re.search(r"[ўқғҳіїє]", text)
    assert set(re.findall(r"\b[A-Za-z]+\b", text)) <= {"PDF", "JPEG", "PNG", "TIFF", "HEIC", "SHA", "U", "f"}


@pytest.mark.parametrize("language", Language)
def test_no_template_leaves_gaps_or_its_own_marks_in_a_letter(language: Language) -> None:
    text = all_letters(language)
    assert "\n\n\n" not in text
    assert not re.search(r"[{}%]|None|  +\S.*  | \n| [,.:;]", text)


def test_the_two_scripts_of_uzbek_say_the_same() -> None:
    """Letter for letter, by the official correspondence of the alphabets."""
    folder = Path(templates.letters.__file__).parent / "letters"
    for latin in sorted(folder.rglob("uz.j2")):
        assert in_latin((latin.parent / "uz_cyrl.j2").read_text()) == normal(latin.read_text()), latin


_TABLE = dict(zip("абвгджзийклмнопрстуфхэўқғҳ", [*"abvgdjziyklmnoprstufxe", "oʻ", "q", "gʻ", "h"], strict=True)) | {"ч": "ch", "ш": "sh"}


def in_latin(text: str) -> str:
    """е is ye at the start of a word and after a vowel, ц is ts, ъ the tutuq; ь has no letter; сентябрь and октябрь are sentabr, oktabr."""
    text = text.replace("тябр", "табр")
    lower = re.sub(r"\bе|(?<=[аоуиўэеёюя])е", "ye", text.lower())
    lower = lower.replace("е", "e").replace("ё", "yo").replace("ю", "yu").replace("я", "ya").replace("ц", "ts")
    lower = lower.replace("ъ", "ʼ").replace("ь", "")
    return normal("".join(_TABLE.get(letter, letter) for letter in lower))


def normal(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower()).strip()


# --- what was read


def test_a_reading_line_keeps_the_digits_and_gives_gcal_for_other_units_of_energy() -> None:
    def field(value: str, note: str | None = None) -> Field:
        return Field(value, 0.99, 1, None, note=note)

    line = MeterLine(field("0071"), None, MeterKind.HEAT, Unit.MWH, field("10.00"), field("21.630"), field("11.630"))
    assert reading_line(line) == ReadingLine("0071", MeterKind.HEAT, Unit.MWH, "10.00", "21.630", "11.630", Decimal(10))
    assert reading_line(replace(line, unit=Unit.GCAL)).gcal is None
    assert reading_line(replace(line, unit=Unit.M3)).gcal is None
    noted = replace(line, current=field("21.630", "equals the last accepted index"))
    assert reading_line(noted).repairs == ()  # weighed, and not repaired
    chosen = replace(line, current=field("21.680").taken("21.630", RepairReason.ARITHMETIC))
    (repair,) = reading_line(chosen).repairs
    assert repair == RepairLine("current", "21.680", "21.630", RepairReason.ARITHMETIC, ((4, "8", "3"),))
    assert reading_line(MeterLine()) == ReadingLine(None)
