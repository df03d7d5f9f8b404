"""Who is at the desk: the account behind a session, and the right of its role."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request

from cabinet.guards import Elsewhere, SignedIn
from storage.staff import StaffAccount
from storage.states import Role


async def anybody(request: Request, session: SignedIn) -> StaffAccount:
    """Whoever is logged in, even with a temporary password. A disabled account is sent to the login."""
    account: StaffAccount | None = request.state.somebody
    if account is None or account.disabled_at is not None:
        raise Elsewhere("/login")
    request.state.role = account.role.value
    return account


async def reviewer(account: Annotated[StaffAccount, Depends(anybody)]) -> StaffAccount:
    """Each role may review. A password that somebody else told is changed before anything is shown."""
    if account.password_temporary:
        raise Elsewhere("/password")
    return account


async def administrator(account: Annotated[StaffAccount, Depends(reviewer)]) -> StaffAccount:
    """Raises a 403."""
    if account.role is not Role.ADMINISTRATOR:
        raise HTTPException(403)
    return account


Anybody = Annotated[StaffAccount, Depends(anybody)]
Reviewer = Annotated[StaffAccount, Depends(reviewer)]
Administrator = Annotated[StaffAccount, Depends(administrator)]
