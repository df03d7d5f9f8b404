"""The ninth batch's half that was shown: the utility's sheet of several meters and of one, a summary, two copies on a page, a joint act, a letter, КМ-5, ВКТ-7, Элтеко, digits in cells."""
# ruff: noqa: E501 - lines of markup

from __future__ import annotations

from decimal import Decimal
from html import escape

from metering.units import MeterKind
from tests.corpus.facts import Facts
from tests.corpus.labels import MONTHS
from tests.corpus.layouts.aside.archive_parts import DAY, archive, columns, counter, logged, ruled, total
from tests.corpus.layouts.aside.blocks import row, total_row
from tests.corpus.layouts.aside.eighth_desk import cells, kind, letterhead, meter_rows, outgoing, pick, unit
from tests.corpus.layouts.aside.ends import ink, seal
from tests.corpus.layouts.aside.ninth_desk import close, css, day, month, printer, signed
from tests.corpus.layouts.aside.trade import typed
from tests.corpus.layouts.parts import Drawn
from tests.corpus.style import Style


def own_sheet(facts: Facts, style: Style) -> Drawn:
    """Russian: the utility's form for several meters: its number at the corner, a frame of requisites in pairs of cells, units in a row of their own below the heads."""
    one = unit(style, facts.meters[0])
    keys = [
        ("Потребитель", escape(facts.organization), "Договор №", facts.contract_number),
        ("Адрес объекта", escape(facts.address), "ИНН", facts.inn),
        ("Отчетный период", f"{month(facts)} {facts.period.year} г.", "Дата снятия показаний", day(style, facts.reading_date)),
    ]
    frame = "".join(row([f'<span class="key">{a}</span>', b, f'<span class="key">{c}</span>', d]) for a, b, c, d in keys)
    heads = ["№<br>п/п", "Система теплопотребления", "Тип<br>теплосчетчика", "Заводской №", *style.random.choice((("Предыдущие показания", "Текущие показания"), ("Показания на начало периода", "Показания на конец периода"))), "Потребление"]  # fmt: skip
    rows = row(heads, "th") + row(["", "", "", "", one, one, one])
    rows += meter_rows(style, facts, "number kind model serial numbers")
    rows += total_row(style, facts, lambda: pick(style, "Итого", "Итого тепловой энергии", "Всего"), 6, right=True)
    body = (
        f'<div class="to small">Форма № Т-{style.random.randint(1, 4)}<br>Представляется до 25 числа расчетного месяца</div><h1 style="text-align:center">ОТЧЕТ ПОТРЕБИТЕЛЯ<br>о количестве потребленной тепловой энергии</h1>'
        f'<table class="grid" style="font-size:92%">{frame}</table><table class="grid mid" style="font-size:88%">{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style, ".key { font-size: 0.86em; color: #333 }"))


def one_meter(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Latin letters: the utility's form for one meter; three readings side by side in large cells under their words, all else on ruled lines."""
    m = facts.meters[0]

    def t(text: str) -> str:
        return escape(typed(style, text))

    def filled(label: str, value: str) -> str:
        return f'<div class="item">{t(label)} <span class="fill">&nbsp;{value}&nbsp;</span></div>'

    one = unit(style, m)
    was, now = style.random.choice((("Oldingi ko‘rsatkich", "Joriy ko‘rsatkich"), ("Oy boshidagi ko‘rsatkich", "Oy oxiridagi ko‘rsatkich")))
    used = style.random.choice(("Farqi", "Iste’mol qilindi", "Sarf"))
    large = f'<table class="grid mid" style="width:90%">{row([t(was), t(now), t(used)], "th")}<tr style="font-size:125%">{"".join(f"<td>{style.number(v)} {one}</td>" for v in (m.previous, m.current, m.consumption))}</tr></table>'
    body = (
        f'<h1 style="text-align:center">{t("Issiqlik energiyasi iste’moli to‘g‘risida")}<br>{t("HISOBOT")}</h1><div style="text-align:center">{facts.period.year}-yil <u>&nbsp;{month(facts)}&nbsp;</u> {t("oyi uchun")}</div>'
        f"{filled('Iste’molchi nomi', escape(facts.organization))}{filled('Manzili', escape(facts.address))}{filled('Shartnoma raqami', facts.contract_number)}{filled('STIR', facts.inn)}"
        f"{filled('Issiqlik hisoblagichi turi', escape(m.model))}{filled('Zavod raqami', m.serial)}{filled('Tizim', t(kind(style, m)))}{large}{filled('Ko‘rsatkich olingan sana', day(style, facts.reading_date))}{close(style, facts)}"
    )
    return Drawn(body, css=css(style, ".item { margin: 2.4mm 0 } .fill { border-bottom: 0.25mm solid #333 }"))


def summary(facts: Facts, style: Style) -> Drawn:
    """Uzbek in Cyrillic: a summary with the consumption before the indexes, days of both readings above the table, a remark in the last column."""

    def t(text: str) -> str:
        return escape(typed(style, text))

    heads = ["Т/р", "Ҳисоблагич тури ва завод рақами", "Тизим", "Ўлчов бирлиги", "Сарф", "Олдинги кўрсаткич", "Жорий кўрсаткич", "Изоҳ"]
    rows = row([t(h) for h in heads], "th")
    for i, m in enumerate(facts.meters, 1):
        before, current, used = cells(style, m)
        rows += row([str(i), f"{escape(m.model)}, № {m.serial}", t(kind(style, m)), unit(style, m), used, before, current, style.random.choice(("", "", t("соз"), "–"))])  # fmt: skip
    rows += total_row(style, facts, lambda: t("Жами"), 4, after=3)
    body = (
        f'<div style="text-align:center"><b>{escape(facts.organization)}</b></div><h1 style="text-align:center">{t("Истеъмол қилинган иссиқлик энергияси бўйича йиғма маълумот")}<br>{facts.period.year} {t("йил")} {month(facts)}</h1>'
        f"<div>{t('Шартнома рақами')}: {facts.contract_number} &nbsp;&nbsp; {t('СТИР')}: {facts.inn}</div><div>{t('Манзил')}: {escape(facts.address)}</div><div>{t('Олдинги кўрсаткич олинган сана')}: {day(style, facts.previous_date)}; {t('жорий кўрсаткич олинган сана')}: {day(style, facts.reading_date)}</div>"
        f'<table class="grid mid" style="font-size:88%">{rows}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style))


def two_copies(facts: Facts, style: Style) -> Drawn:
    """Russian, as nobody expects: two copies of a short report on one sheet, to be cut apart; the customer's copy is not signed."""
    face = style.random.choice(("", "font-style:italic", "font-weight:600"))
    one = unit(style, facts.meters[0])

    def copy(which: str, end: str) -> str:
        rows = row(["Прибор учета", "Зав. №", "Система", "Предыдущие", "Текущие", f"Расход, {one}"], "th") + meter_rows(style, facts, "model serial kind numbers")  # fmt: skip
        return (
            f'<div class="copy"><div class="small" style="text-align:right">{which}</div><div style="text-align:center"><b>Отчет о потреблении тепловой энергии за {month(facts)} {facts.period.year} г.</b></div><div>Организация: <span style="{face}">{escape(facts.organization)}</span>, ИНН {facts.inn}</div>'
            f'<div>Адрес: <span style="{face}">{escape(facts.address)}</span></div><div>Договор № <span style="{face}">{facts.contract_number}</span>. Показания сняты: <span style="{face}">{day(style, facts.reading_date)}</span></div><table class="grid mid" style="font-size:86%; margin:2mm 0">{rows}</table>{end}</div>'
        )

    end = f'<div class="close" style="margin-top:4mm"><div>{escape(facts.position)} <span class="hand">{ink(style, facts)}</span> {escape(facts.signatory)} &nbsp; М.П.</div><div>Дата составления: {day(style, facts.report_date)}</div>{seal(style, facts, (60, 112), (-4, 4))}</div>'
    empty = f'<div style="margin-top:4mm">Отчет принял ______________ «___» __________ 20__ г.</div><div class="small">{escape(facts.organization)}</div>'
    return Drawn(
        f'{copy("Экземпляр теплоснабжающей организации", end)}<div style="border-top:0.3mm dashed #555; margin:16mm 0 6mm"></div>{copy("Экземпляр потребителя", empty)}',
        css=css(style, ".copy { font-size: 92% }"),
    )


def joint_act(facts: Facts, style: Style) -> Drawn:
    """Russian: an act of reading that both sides draw up; who is present in its sentence, a table, a sentence on seals, the supplier's man signs nothing yet."""
    rows = row(["Тип прибора", "Заводской номер", "Система", f"Показание на {day(style, facts.previous_date)}", f"Показание на {day(style, facts.reading_date)}", "Расход", "Ед. изм."], "th")  # fmt: skip
    rows += meter_rows(style, facts, "model serial kind numbers unit")
    rows += total_row(style, facts, lambda: "Итого", 5, after=1)
    seal_number = style.random.randint(100000, 999999)
    end = (
        f'<div class="close"><table style="width:100%"><tr><td style="width:50%"><b>От потребителя</b><br>{escape(facts.position)}<br><br><span class="hand" style="width:30mm">{ink(style, facts)}</span> {escape(facts.signatory)}<br><span class="small">М.П.</span></td>'
        f'<td><b>От теплоснабжающей организации</b><br>Инспектор<br><br><span class="hand" style="width:30mm"></span> ______________</td></tr></table>{seal(style, facts, (10, 50), (8, 20))}</div>'
    )
    body = (
        f'<h1 style="text-align:center">АКТ<br>снятия показаний приборов учета тепловой энергии<br>за {month(facts)} {facts.period.year} г.</h1><table><tr><td>г. Ташкент</td><td style="text-align:right">{day(style, facts.report_date)}</td></tr></table>'
        f"<p>Мы, нижеподписавшиеся, представитель потребителя {escape(facts.organization)} (ИНН {facts.inn}, адрес: {escape(facts.address)}) {escape(facts.position[:1].lower() + facts.position[1:])} {escape(facts.signatory)} и представитель теплоснабжающей организации, составили настоящий акт о том, что по договору № {facts.contract_number} {day(style, facts.reading_date)} сняты показания:</p>"
        f'<table class="grid mid" style="font-size:88%">{rows}</table><p>Приборы учета исправны, пломба № {seal_number} не нарушена.</p>{end}'
    )
    return Drawn(body, css=css(style))


def told(facts: Facts, style: Style) -> Drawn:
    """Russian letter: what was used first, in the sentence; the indexes in brackets behind it, a sentence a meter."""
    n, text = style.number, ""
    for m in facts.meters:
        what = "горячее водоснабжение" if m.kind is MeterKind.HOT_WATER else "отопление"
        one = unit(style, m)
        text += f"<p>На {what} израсходовано {n(m.consumption)} {one} (теплосчетчик {escape(m.model)}, заводской номер {m.serial}; показания: предыдущие {n(m.previous)}, текущие {n(m.current)} {one}).</p>"
    body = (
        f'{letterhead(style, facts)}{outgoing(style, facts)}<div class="to">Начальнику отдела метрологии<br>ИП ООО «Veolia Energy Tashkent»</div><p style="text-indent:0">{pick(style, "О потреблении тепловой энергии", "Отчет о потреблении тепловой энергии", "О показаниях приборов учета")}<br>за {month(facts)} {facts.period.year} г.</p>'
        f"<p>{pick(style, 'Настоящим сообщаем', 'Сообщаем Вам', 'Доводим до Вашего сведения')} данные о потреблении тепловой энергии за {month(facts)} {facts.period.year} года по договору № {facts.contract_number}. Показания сняты {day(style, facts.reading_date)}</p>{text}{close(style, facts, dated=False)}"
    )
    return Drawn(body, css=css(style))


def km5_card(facts: Facts, style: Style) -> Drawn:
    """КМ-5: no days, the integrators alone, rows of days and columns of values, newest first, the difference last; the office typed the requisites above."""
    m, n = facts.meters[0], style.number
    one, mass, worked = style.unit(m.unit), counter(style), style.random.randint(4000, 40000)
    hours = 24 * (facts.reading_date - facts.previous_date).days
    lines = [["Дата/время", f"Q [{one}]", "M1 [т]", "M2 [т]", "Тр [ч]"], [f"{facts.reading_date:%d.%m.%Y} 24:00", n(m.current), n(str(mass + 1204)), n(str(mass + 1190)), n(f"{worked + hours}.0")], [f"{facts.previous_date:%d.%m.%Y} 24:00", n(m.previous), n(str(mass)), n(str(mass - 8)), n(f"{worked}.0")], ["Разность", n(m.consumption), n("1204.00"), n("1198.00"), n(f"{hours}.0")]]  # fmt: skip
    text = (
        f"ПОКАЗАНИЯ ИНТЕГРАТОРОВ  {m.model}   Сер.номер: {m.serial}\nСистема: отопление         Версия ПО: 2.3{style.random.randint(0, 9)}\n\nПотребитель: {facts.organization}\nАдрес: {facts.address}\nДоговор № {facts.contract_number}   ИНН {facts.inn}\nОтчет за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year} г.\n\n"
        f"{columns(lines, '   ')}\n\nДата снятия показаний: {facts.reading_date:%d.%m.%Y}"
    )
    return Drawn(
        f"<pre>{escape(text)}</pre>{signed(style, facts, 'Потребитель', '', 'Распечатано')}", css=printer(style, 9.2), margins=(18, 18)
    )


def vkt7_inputs(facts: Facts, style: Style) -> Drawn:
    """ВКТ-7: days with columns of heating and of hot water that is not used (zeros), «Итого» and «Средние», integrators on two lines of words below."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date
    heads = [
        ["Дата", "Qо", "Qг", "M1", "M2", "Mг", "t1", "t2", "BНP", "BOC", "НС"],
        ["", one, one, "т", "т", "т", "°C", "°C", "ч", "ч", ""],
    ]
    log = logged(style, m.consumption, days, heads, "%d/%m/%y", ("energy", "0.000", "supply", "back", "0.00", "hot", "cold", "24", "0", ("", "", "", "", "*")), "Итого:", "Средние:")  # fmt: skip
    text = (
        f"                  О Т Ч Е Т\n   о суточных параметрах теплоснабжения за {MONTHS['ru'][facts.period.month - 1]} {facts.period.year}г.\n            {first:%d/%m/%y} - {last:%d/%m/%y}\nАбонент: {facts.organization}\nАдрес: {facts.address}\nДоговор N: {facts.contract_number}     ИНН: {facts.inn}\n"
        f"ВКТ-7  Заводской номер {m.serial}  сет.N {style.random.randint(1, 40):03d}  ТВ1  СИ=1  КС=0x{style.random.randint(4096, 65535):X}\n\n{columns(log, ' ')}\n\nПоказания интеграторов Qо:\n  на {first:%d/%m/%y} 00:00   {n(m.previous)} {one}\n  на {last:%d/%m/%y} 24:00   {n(m.current)} {one}"
    )
    return Drawn(f"<pre>{escape(text)}</pre>{signed(style, facts, 'Представитель абонента', 'Представитель теплоснабж.организации', 'Дата печати:')}", css=printer(style), margins=(10, 14))  # fmt: skip


def elteko_below(facts: Facts, style: Style) -> Drawn:
    """Элтеко: three systems of which one is used, days ruled, below them the integrators' start and end as columns and the result for the period."""
    m, n, days = facts.meters[0], style.number, archive(facts, style)
    one, first, last, mass = style.unit(m.unit), facts.previous_date + DAY, facts.reading_date, counter(style)
    heads = ["Дата", f"Eцо-ц, {one}", f"Eг-х, {one}", "Mц, т", "Mцо, т", "Tц, °C", "Tцо, °C", "pц, МПа", "Chцо-ц, час", "Ошибки"]
    log = logged(style, m.consumption, days, [heads], "%d.%m.%y", ("energy", "0.000", "supply", "back", "hot", "cold", "0.58", "24", ("", "", "", "", "T#")), "Итого")  # fmt: skip
    used = total(days, "supply")
    ends = [["Показания интеграторов", f"{first:%d.%m.%y} 00:00", f"{last:%d.%m.%y} 24:00", "Результат за период"], [f"Eцо-ц, {one}", n(m.previous), n(m.current), n(m.consumption)], [f"Eг-х, {one}", n("0.000"), n("0.000"), n("0.000")], ["Mц, т", n(str(mass)), n(str(mass + Decimal(used))), n(used)], ["Chцо-ц, час", "9120", str(9120 + 24 * len(days)), str(24 * len(days))]]  # fmt: skip
    head = (
        f"<div style='text-align:center'><b>ОТЧЕТНАЯ ВЕДОМОСТЬ ТЕПЛОПОТРЕБЛЕНИЯ В СИСТЕМЕ ОТОПЛЕНИЯ</b><br>за период с {first:%d.%m.%Y} по {last:%d.%m.%Y}</div><div>Название потребителя: {escape(facts.organization)}, ИНН {facts.inn}</div><div>Адрес: {escape(facts.address)}</div>"
        f"<div>Договор № {facts.contract_number} &nbsp; Номер теплосчетчика {m.serial} &nbsp; Тип: {escape(m.model)}</div>"
    )
    return Drawn(f"{head}{ruled(log)}{ruled(ends)}{signed(style, facts, 'Ответственное лицо', 'Теплоснабжающая организация', 'Отчет сформирован')}", css=printer(style), margins=(9, 12))  # fmt: skip


def typed_comb(facts: Facts, style: Style) -> Drawn:
    """Russian: the hand-off form of six digits and two, each digit typed into a cell of its own; everything else on lines."""
    m = facts.meters[0]

    def comb(value: str | None, places: int) -> str:
        whole, _, part = (value or "").partition(".")
        digits = [*" " * max(0, places - len(whole)), *whole, *((",", *part) if part else ())]
        return (
            '<table class="comb"><tr>'
            + "".join(f"<td{' class=no' if d == ',' else ''}>{d.strip() or '&nbsp;'}</td>" for d in digits)
            + "</tr></table>"
        )

    lines = "".join(f'<tr><td>{label}, {unit(style, m)}</td><td>{comb(value, 7)}</td></tr>' for label, value in (("Предыдущее показание", m.previous), ("Текущее показание", m.current), ("Потребление за период", m.consumption)))  # fmt: skip
    body = (
        f'<h1 style="text-align:center">Бланк передачи показаний прибора учета тепловой энергии<br>за {month(facts)} {facts.period.year} г.</h1><div class="item">Потребитель: {escape(facts.organization)}</div><div class="item">Адрес: {escape(facts.address)}</div><div class="item">Номер договора: {facts.contract_number} &nbsp; ИНН: {facts.inn}</div>'
        f'<div class="item">Прибор учета: {escape(m.model)}, заводской № {m.serial}, {kind(style, m)}</div><div class="item">Дата снятия показаний: {day(style, facts.reading_date)}</div><table style="width:auto">{lines}</table>{close(style, facts)}'
    )
    return Drawn(body, css=css(style, ".item { margin: 2mm 0 } .comb { width: auto; margin: 1mm 4mm } .comb td { border: 0.25mm solid #444; width: 5.2mm; height: 6.6mm; text-align: center; padding: 0 } .comb td.no { border: 0; width: 2.4mm }"))  # fmt: skip
