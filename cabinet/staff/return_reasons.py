"""Which reasons of a return are ticked beforehand, by the rules that brought the report here."""

from __future__ import annotations

from collections.abc import Collection

from metering.reviews import ReturnReason

_BY_RULE = {
    "nothing_read": ReturnReason.UNREADABLE,
    "value_uncertain": ReturnReason.VALUES_DOUBTFUL,
    "number_format": ReturnReason.VALUES_DOUBTFUL,
    "arithmetic": ReturnReason.SUMS_DIFFER,
    "total_differs": ReturnReason.SUMS_DIFFER,
    "current_below_previous": ReturnReason.BELOW_PREVIOUS,
    "previous_differs": ReturnReason.BELOW_PREVIOUS,
    "load_exceeded": ReturnReason.CONSUMPTION_UNUSUAL,
    "consumption_unusual": ReturnReason.CONSUMPTION_UNUSUAL,
    "signature_missing": ReturnReason.SIGNATURE_MISSING,
    "stamp_missing": ReturnReason.STAMP_MISSING,
    "contract_missing": ReturnReason.CONTRACT_WRONG,
    "contract_unknown": ReturnReason.CONTRACT_WRONG,
    "inn_differs": ReturnReason.CONTRACT_WRONG,
    "organization_differs": ReturnReason.CONTRACT_WRONG,
    "serial_missing": ReturnReason.METER_WRONG,
    "serial_unknown": ReturnReason.METER_WRONG,
    "serial_of_other_contract": ReturnReason.METER_WRONG,
    "period_missing": ReturnReason.PERIOD_WRONG,
    "period_not_open": ReturnReason.PERIOD_WRONG,
    "reading_date_missing": ReturnReason.PERIOD_WRONG,
    "reading_date_outside_period": ReturnReason.PERIOD_WRONG,
    "reading_date_in_future": ReturnReason.PERIOD_WRONG,
    "conflict": ReturnReason.CONFLICT,
    "sender_unlinked": ReturnReason.NOT_CONNECTED,
}
_REQUISITES = {"organization_missing", "address_missing", "inn_missing", "report_date_missing", "position_missing", "signatory_missing"}


def suggested_for(rules: Collection[str]) -> frozenset[ReturnReason]:
    found = {reason for rule, reason in _BY_RULE.items() if rule in rules}
    if _REQUISITES.intersection(rules):
        found.add(ReturnReason.REQUISITES_MISSING)
    return frozenset(found)
