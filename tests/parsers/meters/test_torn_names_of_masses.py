"""What a calculator counts beside heat, its name torn: a mass that was given the days of the heat, the index of a name before its unit."""

from __future__ import annotations

from metering.units import Unit
from parsers.meters.dropping import only_meters
from parsers.page.found import Draft, Found
from tests.parsers.test_fields_paper import told
from tests.parsers.test_fields_samples import read


def _draft(previous: str, current: str, consumption: str) -> Draft:
    """Integrators beside days whose total is 178.62."""
    first, last, used, total = (Found(value, 1, []) for value in (previous, current, consumption, "178.62"))
    return Draft(1, previous=first, current=last, consumption=used, daily=[total], daily_total=total)


def test_integrators_of_another_sum_beside_the_same_days_are_a_mass() -> None:
    heat, mass = _draft("14887.91", "15066.53", "178.62"), _draft("30818.08", "39691.19", "8873.11")
    assert only_meters([heat, mass], [], []) == [heat]


def test_where_no_integrators_make_the_total_of_the_days_none_are_dropped() -> None:
    drafts = [_draft("14887.91", "15066.93", "179.02"), _draft("30818.08", "39691.19", "8873.11")]
    assert only_meters(drafts, [], []) == drafts


def test_a_digit_with_a_comma_before_a_unit_is_of_a_torn_name() -> None:
    page = "Договор № 03307\nЗав. № 12968175\n\\ 2, м3\nНакоплено Q, Гкал: на 20.11.26 = 333.74; на 20.10.26 = 20.36; за период = 313.38"
    (meter,) = read(page).meters
    assert told(meter) == ("12968175", "20.36", "333.74", "313.38")
    assert meter.unit is Unit.GCAL
