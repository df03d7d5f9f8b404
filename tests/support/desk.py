"""Reports that wait at the review desk, from mail that really came: read once a session, booked anew for each test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from service.config import MailSettings, ReviewSettings
from service.ingest import find_files, keep_files, work_off
from storage import review_queue
from storage.register import import_register
from storage.review_queue import QueueFilter
from tests.support.cached_readers import RememberingReaders
from tests.support.web import Site, service_for

DEMO = Path(__file__).parents[2] / "demo"
SUM_WRONG, UNLINKED, FOREIGN_METER = ("09-sum-does-not-add-up", "10-unknown-sender", "12-someone-elses-meter")
TYPED = "01-typed-form"


@dataclass
class Desk:
    """A site with reports in its queue."""

    site: Site

    def queue(self) -> list[int]:
        """Numbers of the submissions that wait, in order."""
        with self.site.service.database.reading() as tx:
            return [row.review.submission for row in review_queue.listing(tx, QueueFilter(), self.site.service.clock())]


@pytest.fixture
def desk(database, tmp_path: Path, serve: Callable[..., Site], readers: RememberingReaders) -> Callable[..., Desk]:
    """desk(SUM_WRONG, UNLINKED): a site whose queue holds the reports of these samples of demo/mail, in this order of receipt."""

    def make(*names: str, audit_share: float = 0.0) -> Desk:
        service = service_for(database, tmp_path)
        mail = MailSettings(authserv_id="mx.teploenergo.uz", own_hosts=("mx.teploenergo.uz",))
        settings = service.settings.model_copy(update={"mail": mail, "review": ReviewSettings(audit_share=audit_share)})
        service = replace(service, settings=settings)
        with database.transaction() as tx:
            import_register(tx, DEMO / "contracts.csv", DEMO / "meters.csv")
        kept = keep_files(service, find_files([DEMO / "mail" / f"{name}.eml" for name in names]).files)
        work_off(service, readers, "test", kept.numbers)
        return Desk(serve(service))

    return make
