"""Which pages make one report: by contract, by month where a meter stands on two of them, and a page that is a report by itself."""

from __future__ import annotations

from parsers.pagefacts import PageFacts


def by_contract(facts: list[PageFacts]) -> list[list[PageFacts]]:
    """Pages grouped into reports: another contract number, the same meter in another month, or all that a report says once more, of other
    meters, begins another report."""
    groups: list[list[PageFacts]] = []
    for page in facts:
        home = _home([group for group in groups if not _are_two(group, page, facts)], page)
        if home is None:
            groups.append([page])
        else:
            home.append(page)
    return groups


def _are_two(group: list[PageFacts], page: PageFacts, facts: list[PageFacts]) -> bool:
    """Whether a page is a report by itself beside a group that holds one, as two files of a message may be (`merging`)."""
    if not _is_whole(page) or not any(map(_is_whole, group)):
        return False
    here, there = _serials([page]), _serials(group)
    return not any(_serials([other]) & here and _serials([other]) & there for other in facts)


def _is_whole(page: PageFacts) -> bool:
    """Whether a page says whose meters it tells, of which month, and who signs for that."""
    told = any(draft.serial is not None and (draft.current or draft.consumption) is not None for draft in page.drafts)
    pairs = (("organization", "inn"), ("period", "reading_date"), ("position", "signatory"))
    return told and page.contract is not None and all(any(page.single[name] is not None for name in pair) for pair in pairs)


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
