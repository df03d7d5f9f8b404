"""The demo's money documents: three months of a billing program, an invoice and an act, signed by an authority of the demo's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from demo.authority import serve
from demo.faces import CUSTOMER
from metering.periods import Period
from service.assembly import assemble
from service.config_file import load_settings
from storage import documents
from tests.support import billing_files

LAST = Period(2026, 10)
SERIAL = "21956124"  # the customer's meter in demo/meters.csv, in kWh
MONTHS = ((Period(2026, 8), "0.48", "0.00"), (Period(2026, 9), "0.62", "180000.00"), (LAST, "3.91", "250000.00"))  # Gcal, paid
KWH_IN_GCAL = Decimal("1163")
PASSPHRASE = "demo"


def issue_papers(instance: Path, hisobot: Callable[..., str]) -> None:
    """By the commands that a person would give. The timestamp server lives as long as this; the root stays, by which they are verified."""
    (instance / "billing.csv").write_bytes(billing_file())
    hisobot("billing", "import", "billing.csv")
    with serve() as served:
        roots = served.authority.write_trust(instance / "signature-roots.pem")
        pair = served.authority.issue("Karimov B. A. (namuna)", key=ec.generate_private_key(ec.SECP256R1()))  # made in no time
        key = served.authority.write_pkcs12(instance / "signature.p12", pair, PASSPHRASE)
        with open(instance / "hisobot.toml", "a", encoding="utf-8") as settings:
            settings.write(f'\n[signature]\ntrust_file = "{roots}"\n')
        given = {
            "HISOBOT_SIGNATURE__PKCS12_FILE": str(key),
            "HISOBOT_SIGNATURE__TIMESTAMP_URL": served.timestamp_url,
            "HISOBOT_SECRETS__SIGNATURE_PASSPHRASE": PASSPHRASE,
            "HISOBOT_DOCUMENTS__PROCESSES": "1",
        }
        os.environ |= given
        for kind in ("invoice", "act"):
            hisobot("documents", "issue", "--kind", kind, "--period", str(LAST), "--contract", CUSTOMER)
        for name in given:
            del os.environ[name]


def billing_file() -> bytes:
    """What billing would state of one contract; each month opens with what the one before closed with."""
    rows: list[billing_files.Row] = []
    opening, index = "0.00", Decimal("9040")
    for period, gcal, paid in MONTHS:
        used = (Decimal(gcal) * KWH_IN_GCAL).quantize(Decimal(1), ROUND_HALF_UP)
        counted = {"serial": SERIAL, "unit": "kWh", "previous": str(index), "current": str(index + used), "consumption": str(used)}
        for row in billing_files.month(CUSTOMER, period, opening, gcal, paid):
            rows.append(row | counted if row["record"] == "consumption" else row)
        opening, index = billing_files.closing(rows), index + used
    return billing_files.as_csv(billing_files.with_head([*billing_files.reference(), *rows], LAST.next()))


def put_down(instance: Path) -> list[Path]:
    """The signed bytes as files, named as the mail names them."""
    folder = instance / "documents"
    folder.mkdir()
    os.environ["HISOBOT_HOME"] = str(instance)
    service = assemble(load_settings(instance / "hisobot.toml"))
    files = []
    with service.database.reading() as tx:
        for document in documents.listing(tx):
            files.append(folder / document.key.file_name)
            files[-1].write_bytes(service.blobs.get(document.sha256))
    service.database.close()
    return sorted(files, reverse=True)
