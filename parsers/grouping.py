"""Which pages make one report: by contract, and by month where a meter stands on two of them."""

from __future__ import annotations

from parsers.pagefacts import PageFacts


def by_contract(facts: list[PageFacts]) -> list[list[PageFacts]]:
    """Pages grouped into reports: another contract number, or the same meter in another month, begins another report."""
    groups: list[list[PageFacts]] = []
    for page in facts:
        home = _home(groups, page)
        if home is None:
            groups.append([page])
        else:
            home.append(page)
    return groups


def _home(groups: list[list[PageFacts]], page: PageFacts) -> list[PageFacts] | None:
    """Of several months of one contract the page's own, else the one before it."""
    number = page.contract.value if page.contract else None
    may_hold = [group for group in reversed(groups) if not _is_of_another_month(group, page)]
    same = [g for g in may_hold if number is not None and any(p.contract and p.contract.value == number for p in g)]
    if same:
        return next((g for g in same if _months(g) & _months([page])), same[0])
    if may_hold and may_hold[0] is groups[-1] and (number is None or not any(p.contract for p in groups[-1])):
        return groups[-1]
    return None


def _is_of_another_month(group: list[PageFacts], page: PageFacts) -> bool:
    """A month is misread more easily than a meter stands twice on one report: both have to speak for it."""
    here, there = _months([page]), _months(group)
    return bool(here and there and not here & there and _serials([page]) & _serials(group))


def _months(facts: list[PageFacts]) -> set[str]:
    return {period.value for page in facts if (period := page.single["period"]) is not None}


def _serials(facts: list[PageFacts]) -> set[str]:
    return {draft.serial.value for page in facts for draft in page.drafts if draft.serial is not None}
