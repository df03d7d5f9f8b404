"""Builds the API: who may call it, what it answers, and its errors, which are JSON like everything else."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from cabinet.api.values import History, Month, PeriodState, Problem, Receipt, Submission
from cabinet.api.words import history_as_json, receipt_as_json, state_as_json
from metering.contracts import Contract
from metering.errors import PermanentError, TemporaryError
from metering.periods import Period
from service.assembly import Service
from service.customer_history import history_of, year_before
from service.hand_in import SaidOtherwise, hand_in
from service.month_state import month_state, today_of
from storage import api_tokens, entries, register, throttles
from storage.api_tokens import ApiClient
from storage.entries import NewEntry
from storage.throttles import Limit

log = logging.getLogger(__name__)

CALLS = Limit(600, dt.timedelta(minutes=1))  # of one client
REFUSED = Limit(30, dt.timedelta(minutes=15))  # wrong tokens from one address
_MESSAGES = {
    401: ("unauthorized", "Send the client's token as `Authorization: Bearer TOKEN`; `hisobot api-token add` makes one."),
    404: ("not_found", "There is no such address; see openapi.json."),
    405: ("method_not_allowed", "This address does not know that method; see openapi.json."),
    413: ("too_large", "The body is larger than 64 kB."),
}
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request is not as it should be; the message names the field"},
    401: {"model": Problem, "description": "No token, or one that is unknown or revoked"},
    404: {"model": Problem, "description": "No such contract for this client, or no such submission"},
    429: {"model": Problem, "description": "Too many calls; Retry-After says how long to wait"},
    503: {"model": Problem, "description": "A temporary failure; try again"},
}


class Refusal(Exception):
    """An answer that is an error, with its code and its words."""

    def __init__(self, status: int, error: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status, self.error, self.message, self.retry_after = status, error, message, retry_after


def build_api(service: Service) -> FastAPI:
    """To be mounted under /api/v1. No cookie counts here, so that no other site can use one."""
    api = FastAPI(
        title="hisobot",
        version="1",
        description="Readings of heat and hot water meters: history, state of a month, submission. docs/api.md tells more.",
        servers=[{"url": "/api/v1"}],
        root_path_in_servers=False,
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    api.state.service = service
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(TemporaryError, lambda request, error: _problem(503, "unavailable", "A temporary failure: try again."))
    api.add_exception_handler(PermanentError, _broken)
    api.add_exception_handler(Exception, _broken)
    api.get("/readings", response_model=History, responses=_PROBLEMS, summary="History of a contract's readings")(readings)
    api.get("/periods/{period}", response_model=PeriodState, responses=_PROBLEMS, summary="What a month still lacks")(period_state)
    api.post(
        "/submissions",
        response_model=Receipt,
        status_code=201,
        responses={
            **_PROBLEMS,
            200: {"model": Receipt, "description": "It was taken before"},
            409: {"model": Problem, "description": "Other readings came under this id before"},
        },
        summary="Submit readings",
    )(submit)
    api.get("/submissions/{id}", response_model=Receipt, responses=_PROBLEMS, summary="What became of a submission")(submission)
    return api


_bearer = HTTPBearer(auto_error=False, description="The client's token")


def _client(request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> ApiClient:
    service = request.app.state.service
    now = service.clock()
    address = f"API refusals of {request.client.host if request.client else 'nowhere'}"
    with service.database.reading() as tx:
        client = api_tokens.client_of(tx, given.credentials) if given else None
        until = throttles.exhausted(tx, address, REFUSED, now) if client is None else None
    if until is not None:
        raise _too_many(until, now)
    with service.database.transaction() as tx:
        until = throttles.count(tx, f"API {client.name}", CALLS, now) if client else None
        if client is None and given is not None:
            throttles.count(tx, address, REFUSED, now)
    if until is not None:
        raise _too_many(until, now)
    if client is None:
        raise Refusal(401, *_MESSAGES[401])
    return client


def _contract(
    request: Request,
    client: Annotated[ApiClient, Depends(_client)],
    contract_number: Annotated[
        str, Header(alias="Contract-Number", pattern="^[0-9]{5}$", description="Five digits; in a header, since addresses end in logs")
    ],
) -> Contract:
    with request.app.state.service.database.reading() as tx:
        contract = register.contract(tx, contract_number)
    if contract is None or not client.may_speak_for(contract_number):
        raise Refusal(404, "unknown_contract", "There is no such contract, or this client may not speak for it.")
    return contract


Client = Annotated[ApiClient, Depends(_client)]
OfContract = Annotated[Contract, Depends(_contract)]


def readings(
    request: Request, contract: OfContract, years: Annotated[int, Query(ge=1, le=10, description="Twelve months each")] = 1
) -> History:
    service: Service = request.app.state.service
    this = Period.of(today_of(service))
    with service.database.reading() as tx:
        return history_as_json(history_of(tx, contract.number, year_before(this, years), this))


def period_state(request: Request, contract: OfContract, period: Annotated[Month, Path(description="YYYY-MM")]) -> PeriodState:
    service: Service = request.app.state.service
    with service.database.reading() as tx:
        return state_as_json(month_state(tx, service, contract.number, Period.parse(period)))


def submit(request: Request, response: Response, client: Client, contract: OfContract, given: Submission) -> Receipt:
    """Judged and booked like a submission of the cabinet, and answered with a receipt by mail."""
    service: Service = request.app.state.service
    with service.database.reading() as tx:
        if entries.of_client(tx, f"api {client.name}", given.id) is not None:
            response.status_code = 200
    entry = NewEntry(
        client=f"api {client.name}",
        client_id=given.id,
        contract_number=contract.number,
        period=Period.parse(given.period),
        reading_date=given.reading_date,
        meters=[meter.model_dump(mode="json") for meter in given.meters],
        language=contract.language,
        received_at=service.clock(),
    )
    try:
        hand_in(service, entry)
    except SaidOtherwise:
        raise Refusal(
            409, "id_taken", f"Other readings came under the id {given.id!r} before; give each submission an id of its own."
        ) from None
    except ValueError as error:
        raise Refusal(400, "invalid", str(error)) from None
    return _receipt(service, contract, client, given.id)


def submission(
    request: Request, client: Client, contract: OfContract, id: Annotated[str, Path(max_length=100, pattern=r"^[A-Za-z0-9._:-]+$")]
) -> Receipt:
    return _receipt(request.app.state.service, contract, client, id)


def _receipt(service: Service, contract: Contract, client: ApiClient, client_id: str) -> Receipt:
    with service.database.reading() as tx:
        entry = entries.of_client(tx, f"api {client.name}", client_id)
        if entry is None or entry.contract_number != contract.number:
            raise Refusal(404, "unknown_submission", "This client submitted nothing for this contract under that id.")
        return receipt_as_json(tx, entry, contract.language, service.settings.rules.policy())


def _too_many(until: dt.datetime, now: dt.datetime) -> Refusal:
    return Refusal(
        429, "too_many_requests", "Too many calls; wait as long as Retry-After says.", max(1, int((until - now).total_seconds()))
    )


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return _problem(error.status, error.error, error.message, error.retry_after)


def _invalid(request: Request, error: Exception) -> Response:
    """Names each field and what it should be, without what was sent."""
    assert isinstance(error, RequestValidationError)
    said = [f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'body'}: {fault['msg']}" for fault in error.errors()]
    return _problem(400, "invalid", "; ".join(said[:10]))


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code, message = _MESSAGES.get(status, ("error", "The request could not be done."))
    headers = dict(getattr(error, "headers", None) or {})
    return _problem(status, code, message, headers=headers)


def _broken(request: Request, error: Exception) -> Response:
    log.error("an answer of the API needs a person: %s", error if isinstance(error, PermanentError) else type(error).__name__)
    return _problem(500, "internal", "Something broke on our side; it is logged.")


def _problem(status: int, error: str, message: str, retry_after: int | None = None, headers: dict[str, str] | None = None) -> Response:
    more = {**(headers or {}), **({"retry-after": str(retry_after)} if retry_after else {})}
    if status == 401:
        more["www-authenticate"] = "Bearer"
    return JSONResponse({"error": error, "message": message}, status, more)
