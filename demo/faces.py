"""The demo's two web faces: sample logins, and the server, which a terminal keeps open until Ctrl-C."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
from pathlib import Path

from service import passwords
from service.assembly import assemble
from service.config_file import load_settings
from service.customer_accounts import issue_accounts
from storage import audit, staff
from storage.staff import Credentials
from storage.states import Role

STAFF_NAME, STAFF_PASSWORD = "olga", "demo-boiler-house"
CUSTOMER = "02673"  # its report lacked the stamp and was sent again
USUAL_PORT = 8080


def make_logins(instance: Path, contracts: Path) -> str:
    """Makes the accounts in the instance; returns what the person at the terminal is to be told."""
    os.environ["HISOBOT_HOME"] = str(instance)
    service = assemble(load_settings(instance / "hisobot.toml"))
    entry = audit.Entry(service.clock(), "demo", "staff account added", f"staff {STAFF_NAME}")
    with service.database.transaction() as tx:
        if staff.account(tx, STAFF_NAME) is None:
            staff.add(tx, STAFF_NAME, "Olga Karimova", Role.REVIEWER, Credentials(passwords.hash_of(STAFF_PASSWORD), False, None), entry)
    issue_accounts(service)
    service.database.close()
    with open(contracts, encoding="utf-8-sig", newline="") as rows:
        inn = next(row["inn"] for row in csv.DictReader(rows) if row["contract_number"] == CUSTOMER)
    return (
        f"  staff, the review desk:      /staff/   name {STAFF_NAME}, password {STAFF_PASSWORD}\n"
        f"  customers, their cabinet:    /         contract {CUSTOMER}, password {inn} (the INN, to be changed at once)"
    )


def free_port() -> int:
    """The usual one, or any other where that is taken."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", USUAL_PORT))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(instance: Path, port: int) -> None:
    """Until Ctrl-C. Beside the server runs the intake, which reads the photos that are handed in and mail that is dropped in."""
    address = f"http://localhost:{port}"
    environment = {**os.environ, "HISOBOT_HOME": str(instance), "HISOBOT_WEB__PORT": str(port), "HISOBOT_WEB__BASE_URL": address}
    program = Path(sys.executable).with_name("hisobot")
    print(f"\nBoth faces are open at {address}/ and {address}/staff/ until you press Ctrl-C.", flush=True)
    intake = subprocess.Popen([program, "intake"], env=environment)
    try:
        subprocess.run([program, "web"], env=environment, check=False)
    except KeyboardInterrupt:
        print()
    finally:
        intake.terminate()
        intake.wait(60)
