"""Printouts of text in the shapes of the calculators' own programs: КМ-5, ВКТ-7 with and without integrators, ВИСТ, СПТ943."""
# ruff: noqa: E501 - lines of print

from __future__ import annotations

from decimal import Decimal
from html import escape

from tests.corpus.facts import Facts
from tests.corpus.layouts.aside.archive_parts import DAY, LATIN, Day, archive, columns, counter, css, foot, hours, mean, total, totals
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def _vkt_head(facts: Facts, style: Style) -> str:
    m, random = facts.meters[0], style.random
    first, last = facts.previous_date + DAY, facts.reading_date
    return (
        f"                                       ОТЧЕТ\n                     о суточных параметрах теплоснабжения\n                              {first:%d/%m/%y}г.-{last:%d/%m/%y}г.\n"
        f" Абонент: {facts.organization}   ИНН {facts.inn}                 Договор N: {facts.contract_number}\n Адрес: {facts.address}                Тип расходомера: ПРЭМ\n"
        f" Тепловычислитель ВКТ-7 сет.N {random.randint(1, 20):03d}              Пределы измерений:\n Договорные расходы:                           G под max = 30.00 м3/ч  G под min = 0.12 м3/ч\n М сет.воды=______т.сут  Мгвс=______т.сут      G обр max = 30.00 м3/ч  G обр min = 0.12 м3/ч\n Тхв= 5.00°C\n"
        f" Заводской номер {m.serial}   ВВОД 1  СХЕМА ПОДКЛЮЧЕНИЯ 2  БД 1  ФТ=1  Т3=0  КС=0x{random.randint(4096, 65535):X}  ПО 2.{random.randint(0, 9)}\n"
    )


def _vkt_rows(facts: Facts, style: Style, days: list[Day]) -> str:
    m, unit = facts.meters[0], style.unit(facts.meters[0].unit)
    lines = [
        ["Дата", "Qо", "M1", "M2", "dM", "t1", "t2", "dt", "BНP", "BOC", "НС"],
        ["", unit, "т", "т", "т", "°C", "°C", "°C", "ч", "ч", ""],
    ]
    lines += [
        [
            f"{d.date:%d/%m/%y}",
            d.energy,
            d.supply,
            d.back,
            d.lost,
            d.hot,
            d.cold,
            d.drop,
            "24",
            "0",
            "*" if style.random.random() < 0.05 else "",
        ]
        for d in days
    ]
    lines.append(
        ["Итого:", m.consumption, total(days, "supply"), total(days, "back"), total(days, "lost"), "", "", "", hours(days, 0), "0", ""]
    )
    lines.append(["Средние:", "", "", "", "", mean(days, "hot"), mean(days, "cold"), mean(days, "drop"), "", "", ""])
    return columns(lines, " |")


def vkt7_integrators(facts: Facts, style: Style) -> Drawn:
    """ВКТ-7, full: between bars, means below the totals, the integrators as a table of two dated lines."""
    m, days = facts.meters[0], archive(facts, style)
    mass = counter(style)
    first = facts.previous_date + DAY
    sums = columns([["Показания интеграторов на", f"Qо {style.unit(m.unit)}", "M1 т", "BНP ч"],
                     [f"{first:%d/%m/%y} 00:00", str(m.previous), str(mass), "8120"], [f"{facts.reading_date:%d/%m/%y} 24:00", str(m.current), str(mass + Decimal(total(days, "supply"))), str(8120 + 24 * len(days))]], " |")  # fmt: skip
    text = f"{_vkt_head(facts, style)}{_vkt_rows(facts, style, days)}\n\n{sums}\n\nПериод нормальной работы {hours(days, 0)}ч          Период отсутств.счета тепл.энергии 0ч"
    return Drawn(
        f"<pre>{escape(text)}</pre>{foot(style, facts, 'Представитель абонента', 'Представитель теплоснабж.организации')}",
        css=css(style),
        margins=(8, 12),
    )


def vkt7_days(facts: Facts, style: Style) -> Drawn:
    """ВКТ-7 as it most often comes: days, totals and means, no integrators; the consumption is the «Итого» of Qо."""
    days = archive(facts, style)
    text = f"{_vkt_head(facts, style)}{_vkt_rows(facts, style, days)}\n\nПериод нормальной работы {hours(days, 0)}ч          Период отсутств.счета тепл.энергии 0ч"
    return Drawn(
        f"<pre>{escape(text)}</pre>{foot(style, facts, 'Представитель абонента', 'Представитель теплоснабж.организации')}",
        css=css(style),
        margins=(8, 12),
    )


def vist_frames(facts: Facts, style: Style) -> Drawn:
    """ВИСТ: everything in frames of lines; «Т/C Отопление нарастающим итогом» with the newer row first; Latin letters in Cyrillic words."""
    m, days = facts.meters[0], archive(facts, style)
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date

    def frame(lines: list[list[str]], head: int, foot: int) -> str:
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        bar = [a + b.join("─" * w for w in widths) + c for a, b, c in ("┌┬┐", "├┼┤", "└┴┘")]
        drawn = ["│" + "│".join(c.rjust(w) for c, w in zip(line, widths, strict=True)) + "│" for line in lines]
        return "\n".join(
            [
                bar[0],
                *drawn[:head],
                bar[1],
                *drawn[head : len(drawn) - foot],
                *([bar[1]] if foot else []),
                *drawn[len(drawn) - foot :],
                bar[2],
            ]
        )

    lines = [
        [
            "Дата".translate(LATIN),
            f"Qтеп[{unit}]",
            "G1[т]",
            "G2[т]",
            "G1-G2[т]",
            "Tпод[°C]",
            "Tобр[°C]".replace("р", "p"),
            "Tнар[час]",
            "Ошибки",
        ]
    ]
    lines += [
        [
            f" {d.date:%d.%m.%y} ",
            d.energy,
            d.supply,
            d.back,
            d.lost,
            d.hot,
            d.cold,
            "24.00",
            style.random.choice(("", "", "", "", "", "", "", "", "<")),
        ]
        for d in days
    ]
    lines.append(
        [
            " Итого ",
            m.consumption,
            total(days, "supply"),
            total(days, "back"),
            total(days, "lost"),
            mean(days, "hot"),
            mean(days, "cold"),
            hours(days),
            "",
        ]
    )
    mass = counter(style)
    sums = [["Т/C Отопление нарастающим итогом", f"Qтеп[{unit}]", "G1[т]"], [f" {last:%d.%m.%y} 24:00 ", str(m.current), str(mass + Decimal(total(days, "supply")))], [f" {first:%d.%m.%y} 00:00 ", str(m.previous), str(mass)],
            [" Итого ", m.consumption, total(days, "supply")]]  # fmt: skip
    text = (
        f"           Месячный протокол учета тепловой энергии и теплоносителя\n                  с {first:%d.%m.%y} по {last:%d.%m.%y}\nАбонент:  {facts.organization}   ИНН {facts.inn}\nАдрес:    {facts.address}\nДоговор:  {facts.contract_number}\n"
        f"{'Теплосчетчик'.translate(LATIN)}: {m.model}   Сер.ном. {m.serial}   Ду50 / Ду50   G = 0.060 .. 60.000м3/ч\n{frame(lines, 1, 1)}\n{frame(sums, 1, 1)}"
    )
    return Drawn(f"<pre>{escape(text)}</pre>{foot(style, facts, 'Потребитель', 'Поставщик')}", css=css(style), margins=(8, 12))


def spt943(facts: Facts, style: Style) -> Drawn:
    """СПТ943 through a logger: heads of two lines, codes of events, totals and means; «Показания на начало / конец» as two columns beside the parameter."""
    m, n, days, random = facts.meters[0], style.number, archive(facts, style), style.random
    unit, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    lines = [["Дата", "Q", "M1", "M2", "V1", "t1", "t2", "Ти", "НС"], ["", unit, "т", "т", "м3", "°C", "°C", "ч", ""]]
    lines += [
        [
            f"{d.date:%d.%m.%y}",
            n(d.energy),
            n(d.supply),
            n(d.back),
            n(str((Decimal(d.supply) * Decimal("1.02")).quantize(Decimal("0.01")))),
            n(d.hot),
            n(d.cold),
            "24",
            "-",
        ]
        for d in days
    ]
    lines.append([*totals(style, "Сумма", m.consumption, days, "supply", "back"), "", "", "", hours(days, 0), ""])
    lines.append(["Среднее", "", "", "", "", n(mean(days, "hot")), n(mean(days, "cold")), "", ""])
    mass = counter(style)
    sums = [
        ["Тотальные показания", "на начало", "на конец", "за период"],
        [f"Q, {unit}", n(m.previous), n(m.current), n(m.consumption)],
        ["M1, т", n(str(mass)), n(str(mass + Decimal(total(days, "supply")))), n(total(days, "supply"))],
    ]
    text = (
        f"Отчет о суточных параметрах теплопотребления за период с {first:%d.%m.%Y} по {last:%d.%m.%Y}\nАбонент: {facts.organization}  ИНН: {facts.inn}\nАдрес: {facts.address}\nДоговор: {facts.contract_number}\n"
        f"Прибор: {m.model}  Заводской номер: {m.serial}  ИД={random.randint(10000, 99999)}  NT={random.randint(1, 99)}  ТВ1  СП=0\n\n{columns(lines, '  ')}\n\n{columns(sums, '   ')}"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{foot(style, facts, 'Представитель абонента', printed='Дата/время печати')}",
        css=css(style),
        margins=(8, 12),
    )
