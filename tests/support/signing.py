"""An authority on loopback with a signing key, for tests that sign."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from demo.authority import Authority, Pair, Served, serve
from documents.policy import Pkcs12Key, SigningPolicy, read_trust

PASSPHRASE = "a passphrase of the tests"
SIGNER = "Karimov B. A."


@dataclass(frozen=True)
class Signing:
    """served: the authority that answers; pair: the utility's key, RSA-3072; file: the same as PKCS#12; quick: another of ECDSA, for
    tests about something else; roots, trust: the authority's certificate as PEM and DER."""

    served: Served
    pair: Pair
    file: Path
    quick: Path
    roots: Path
    trust: tuple[bytes, ...]

    @property
    def authority(self) -> Authority:
        return self.served.authority

    def policy(self, *, revocation: bool = False, timestamp_url: str | None = None, file: Path | None = None) -> SigningPolicy:
        key = Pkcs12Key(file or self.file, PASSPHRASE)
        return SigningPolicy(key, timestamp_url or self.served.timestamp_url, self.trust, revocation)


@pytest.fixture(scope="session")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Signing]:
    folder = tmp_path_factory.mktemp("authority")
    with serve() as served:
        pair = served.authority.issue(SIGNER)
        file = served.authority.write_pkcs12(folder / "key.p12", pair, PASSPHRASE)
        short = served.authority.issue(SIGNER, key=ec.generate_private_key(ec.SECP256R1()))
        quick = served.authority.write_pkcs12(folder / "quick.p12", short, PASSPHRASE)
        roots = served.authority.write_trust(folder / "roots.pem")
        yield Signing(served, pair, file, quick, roots, read_trust(roots))


def softhsm_command(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)
