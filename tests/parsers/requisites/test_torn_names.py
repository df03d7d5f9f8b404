"""Who signed, under a stamp or a pen: that a name stands there is found, and ink alone is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.pages import Page, PageSource
from metering.reports import Report
from parsers.fields import extract
from parsers.pagefacts import read_page
from tests.parsers.typed import REPORT, ruled, typed

PAGE = f"""
             Отчет о потреблении тепловой энергии за ноябрь 2026 г.
{REPORT}
{{}}
"""


SIGNERS = """
┌─────────────────┬──────────────────┐
│ Должность       │                  │
│ Директор        │ Каримов Ш.Р.     │
└─────────────────┴──────────────────┘
"""


def read(line: str, unsure: frozenset[str] = frozenset()) -> Report:
    """The report of a scan whose last line was read so; `unsure`: words of it that the engine hardly knew."""
    page: Page = typed(PAGE.format(line), source=PageSource.OCR, confidence=0.95)
    words = tuple(replace(word, confidence=0.3) if word.text in unsure else word for word in page.words)
    (report,) = extract([replace(page, words=words)], "scan.pdf", None)
    return report


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Директор             Каримов ШР .", "Каримов Ш.Р."),
        ("Директор             Кодиров 3.9.", "Кодиров З.Э."),
        ("Директор             Кодиров 5.5 ,", "Кодиров Б.Б."),
        ("Директор             Пак 0:0 .", "Пак О.О."),
        ("Директор             КодировЗЭ", "Кодиров З.Э."),
        ("Директор             ТенРХ", "Тен Р.Х."),
        ("Директор             Тен эм.", "Тен"),
        ("Директор             Ли 3 .", "Ли З."),
        ("Директор             ли 5.9.", "ли Б.Э."),
        ("Директор             А . 9 . Каримов", "Каримов А.Э."),
        ("Директор             Каримов", "Каримов"),
        ("Директор   ^ ле      Каримов ~ #", "Каримов"),
        ("Директор             Кар имов", "Каримов"),
        ("Директор     ^       Н.Р.", "Н.Р."),
    ],
)
def test_a_name_whose_initials_are_torn_is_there_and_doubtful(line: str, name: str) -> None:
    report = read(line)
    assert report.signatory is not None
    assert report.signatory.value == name
    assert report.signatory.note == "partly covered"
    assert report.signatory.confidence < 0.7
    assert report.position is not None


@pytest.mark.parametrize(
    "line",
    [
        "Директор             ве . ТЫ",
        "Директор             Nl М.",
        "Директор ООО «Каримов»",
        "Директор             Рмк Ш .",
        "Директор             ТемРХ",
        "Директор             Тев эм.",
        "Директор             ли эм.",
        "Директор             ми 5.9.",
        "Директор             (подпись)      М.П.",
        "Директор филиала Юнусабад",
        "Директор        Ответственное ИЛ лицо",
        "Директор        ismi U.N.",
        "Директор        Фамил",
        "Директор        Под Ф.И.",
        "Директор        Ини И.",
        "Приложение Ч.",
        "Директор        О.О.",
        "Директор        М.П.",
        "Директор        Кар дом",
        "Директор        Для Ш.",
    ],
)
def test_ink_a_mark_for_the_stamp_or_more_of_the_position_is_no_name(line: str) -> None:
    assert read(line).signatory is None


@pytest.mark.parametrize("word", ["Карим", "Юнусабад", "документов", "Сергелийский"])
def test_a_word_alone_that_was_hardly_read_is_no_name(word: str) -> None:
    assert read(f"Директор             {word}", frozenset({word})).signatory is None


@pytest.mark.parametrize("word", ["Каримов", "дурахманов", "ирзаева"])
def test_a_word_that_ends_as_surnames_do_is_a_name_however_surely_it_was_read(word: str) -> None:
    report = read(f"Директор   ^ ле      {word} ~ #", frozenset({word, "ле"}))
    assert report.signatory is not None
    assert (report.signatory.value, report.signatory.note) == (word, "partly covered")
    assert report.signatory.confidence < 0.5


@pytest.mark.parametrize(("word", "is_named"), [("Way", False), ("Пан", False), ("Пак", True), ("Ганиев", True)])
def test_a_short_word_that_was_hardly_read_beside_initials_is_ink(word: str, is_named: bool) -> None:
    report = read(f"Директор             {word} А", frozenset({word}))
    assert (report.signatory is not None) is is_named


def test_a_torn_name_is_seen_where_its_row_is_read_by_itself() -> None:
    """Row by row, the position's row is the first of what is read."""
    facts = read_page(typed("Директор             Ким МТ.", source=PageSource.OCR, confidence=0.9))
    assert facts.single["signatory"] is not None
    assert facts.single["signatory"].value == "Ким М.Т."


def test_a_position_of_which_one_word_was_read_is_there() -> None:
    report = read("Бош ~ лм            Каримов Ш.Р.", frozenset({"лм"}))
    assert report.position is not None
    assert (report.position.value, report.position.note) == ("Бош", "partly covered")


def test_a_position_under_its_label_in_one_cell_is_found_though_the_label_stands_a_little_further_right() -> None:
    page = ruled(PAGE.format(SIGNERS))
    words = tuple(replace(w, box=replace(w.box, left=w.box.left + 0.6), symbols=()) if w.text == "Должность" else w for w in page.words)
    (report,) = extract([replace(page, words=words)], "scan.pdf", None)
    assert report.position is not None
    assert report.position.value == "Директор"


@pytest.mark.parametrize(
    ("lines", "position"),
    [
        ("Бош ди  ~\n  ___________ Каримов Ш.Р.", "Бош"),
        ("Главный в^\n\n  ___________ Каримов Ш.Р.", "Главный"),
        ("Прилагается ди  ~\n  ___________ Каримов Ш.Р.", None),
        ("Бош корхонамиз барча шартларни бажаради\n  ___________ Каримов Ш.Р.", None),  # a sentence
    ],
)
def test_a_post_above_a_name_of_which_its_first_word_is_left_is_there(lines: str, position: str | None) -> None:
    report = read(lines)
    assert report.signatory is not None
    assert (report.position.value if report.position is not None else None) == position


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Главный инженер      Mary        Ф.И.О.: ____________", None),
        ("Bosh muhandis        Mary        F.I.Sh.: ___________", None),
        ("Главный инженер      ____________  Ф.И.О.: Каримов Б.А.", "Каримов Б.А."),
        ("Главный инженер      Mary        Ф.И.О.: Каримов БА", "Каримов Б.А."),
    ],
)
def test_the_letters_of_a_caption_are_no_initials_of_a_signature(line: str, name: str | None) -> None:
    signatory = read(line).signatory
    assert (signatory.value if signatory is not None else None) == name


@pytest.mark.parametrize(
    ("line", "unsure", "position"),
    [
        ("Должность: /’ \\у      Каримов Ш.Р.", (), None),
        ("Должность: Aman        Каримов Ш.Р.", ("Aman",), None),
        ("Лолжность:             Каримов Ш.Р.", (), None),
        ("Должность: Лолжность:  Каримов Ш.Р.", (), None),
        ("Должность: Мастер      Каримов Ш.Р.", (), "Мастер"),
        ("Должность: Ответственное лицо   Каримов Ш.Р.", (), "Ответственное лицо"),
    ],
)
def test_a_signature_behind_the_label_of_the_position_is_none(line: str, unsure: tuple[str, ...], position: str | None) -> None:
    found = read(line, frozenset(unsure)).position
    assert (found.value if found is not None else None) == position


APPROVED = """
                                             {word}
                                             {organization}
                                             Директор
                                             {name}
"""


@pytest.mark.parametrize(
    ("word", "organization", "name", "signatory"),
    [
        ("УТВЕРЖДАЮ", "ООО «Лола»", "^ Каримов ШР .", "Каримов Ш.Р."),
        ("«TASDIQLAYMAN»", "«Lola» MChJ", "Karimov SHR .", "Karimov S.H."),
        ("СОГЛАСОВАНО", "ООО «Лола»", "^ Каримов ШР .", None),
        ("УТВЕРЖДАЮ", "Филиал Veolia Energy", "^ Каримов ШР .", None),
        ("УТВЕРЖДАЮ", "«Зарафшон» АО", "^ _", None),
    ],
)
def test_who_approves_the_report_in_its_head_is_named_though_ink_tears_his_name(
    word: str, organization: str, name: str, signatory: str | None
) -> None:
    page = typed(APPROVED.format(word=word, organization=organization, name=name) + PAGE.format(""), source=PageSource.OCR, confidence=0.95)
    (report,) = extract([page], "scan.pdf", None)
    assert (report.signatory.value if report.signatory is not None else None) == signatory
