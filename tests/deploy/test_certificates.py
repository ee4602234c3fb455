"""Certificates that the script makes are what nodes and clients of a cluster believe."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
import yaml

CLUSTER = Path(__file__).parents[2] / "deploy" / "cluster"
SCRIPT = str(CLUSTER / "certificates.sh")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory, missing: Callable[[str], NoReturn]) -> Path:
    """A folder that the script filled, for two nodes."""
    if shutil.which("openssl") is None:
        missing("openssl is not installed")
    folder = tmp_path_factory.mktemp("cluster") / "certs"
    subprocess.run([SCRIPT, str(folder)], env={"PATH": "/usr/bin:/bin", "NODES": "a b"}, check=True)
    return folder


def subject(certificate: Path) -> str:
    asked = ["openssl", "x509", "-in", str(certificate), "-noout", "-subject", "-nameopt", "RFC2253"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def connects(folder: Path, host: str) -> str:
    """Who answers over TLS under that name, as a client that trusts our authority alone is told."""
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "node.pem", folder / "node.key")
    client = ssl.create_default_context(cafile=str(folder / "ca.pem"))
    ours, theirs = socket.socketpair()

    def answer() -> None:
        with theirs, server.wrap_socket(theirs, server_side=True, do_handshake_on_connect=False) as secure:
            try:
                secure.do_handshake()
            except (ssl.SSLError, ConnectionError):
                return

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        with ours, client.wrap_socket(ours, server_hostname=host) as secure:
            return str(dict(pair[0] for pair in secure.getpeercert()["subject"])["commonName"])  # type: ignore[index]
    finally:
        thread.join()


@pytest.mark.parametrize("host", ["a", "b", "localhost"])
def test_a_client_that_trusts_the_authority_believes_each_node(certificates: Path, host: str) -> None:
    assert connects(certificates, host) == "telusur-node"


def test_it_does_not_believe_others(certificates: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="not valid for 'lain'"):
        connects(certificates, "lain")


def test_nodes_and_who_administers_are_called_as_their_settings_say(certificates: Path) -> None:
    settings = yaml.safe_load((CLUSTER / "opensearch.yml").read_text(encoding="utf-8"))
    named = {
        "node": settings["plugins.security.nodes_dn"],
        "admin": settings["plugins.security.authcz.admin_dn"],
    }
    for name, expected in named.items():
        assert [subject(certificates / f"{name}.pem")] == [f"subject={each}" for each in expected]
        assert (certificates / f"{name}.key").read_text().startswith("-----BEGIN PRIVATE KEY-----\n")
    for key in certificates.glob("*.key"):
        assert key.stat().st_mode & 0o077 == 0, key


def test_what_is_there_is_not_replaced(certificates: Path) -> None:
    before = {path: path.read_bytes() for path in certificates.iterdir()}
    again = subprocess.run([SCRIPT, str(certificates)], capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert "ca.key is there already" in again.stderr
    assert {path: path.read_bytes() for path in certificates.iterdir()} == before
