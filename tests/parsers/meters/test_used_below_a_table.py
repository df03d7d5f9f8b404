"""What was used in the month, told in a sentence below the table of two readings, is none of its rows."""

from __future__ import annotations

from parsers.fields import extract
from tests.parsers.test_fields_samples import told
from tests.parsers.typed import typed

PROTOCOL = """
Дог. №    07117
Отчетный период октябрь 2025
Тип / S/N       Sharky 774 / S/N 62126423

Дата считывания   Энергия E1, MWh   Объем V1, м3   Наработка, ч   Info
25.09.2025               1934.521       30926.54          39631      0
23.10.2025               2241.039       42385.59          40303      0

Потребление тепловой энергии за период (E1):    306.518 MWh
Средние температуры t1 / t2, °C:                68.86 / 40.80
Дата распечатки: 25.10.2025
"""


def test_what_was_used_may_be_told_below_two_dated_rows_behind_a_bracket_and_a_colon() -> None:
    (report,) = extract([typed(PROTOCOL)], "readout.pdf")
    assert [told(meter)[3:] for meter in report.meters] == [("1934.521", "2241.039", "306.518")]


def test_it_makes_nothing_certain_where_it_is_not_the_difference() -> None:
    (report,) = extract([typed(PROTOCOL.replace("306.518", "360.518"))], "readout.pdf")
    numbers = [found for meter in report.meters for found in (meter.previous, meter.current, meter.consumption) if found is not None]
    assert numbers
    assert not any(found.certain for found in numbers)
