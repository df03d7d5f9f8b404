"""The API answers as its OpenAPI document says, whatever is asked: generated calls that fit the document, and ones that do not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode

from cabinet.api.application import CALLS, build_api
from storage.database import open_database
from tests.cabinet.test_api import token
from tests.storage.made import load_register
from tests.support.customers import NUMBER, TODAY
from tests.support.web import service_for


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """The API in process, on SQLite, with a token that every generated call carries."""
    home: Path = tmp_path_factory.mktemp("api")
    database = open_database(f"sqlite:///{home / 'hisobot.db'}")
    load_register(database, home)
    service = service_for(database, home, lambda: TODAY)
    api = build_api(service)
    schema = schemathesis.openapi.from_asgi("/openapi.json", api)
    schema.config.update(headers={"Authorization": f"Bearer {token(service)}"})
    yield schema
    database.close()


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation", ["GET /readings", "GET /periods/{period}", "POST /submissions", "GET /submissions/{id}"])
def test_every_answer_is_one_that_the_document_describes(
    described: schemathesis.BaseSchema, operation: str, mode: GenerationMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No 500, and a described status and body, for what fits the document and for what does not."""
    for name in ("CALLS", "REFUSED"):
        monkeypatch.setattr(f"cabinet.api.application.{name}", type(CALLS)(10**6, dt.timedelta(minutes=1)))
    method, _, path = operation.partition(" ")

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(described[path][method].as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        if re.fullmatch("[0-9]{5}", str((case.headers or {}).get("Contract-Number", ""))):
            case.headers["Contract-Number"] = NUMBER  # else no call would get beyond the contract
        case.call_and_validate()

    ask()
