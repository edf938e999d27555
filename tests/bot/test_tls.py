"""Certificates: an authority without a key identifier is believed, an unknown one is not."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from pytest_httpserver import HTTPServer

from bot.tls import trusted

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")

CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = none
[server]
subjectAltName = DNS:localhost
"""


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    for name in ("authority", "server"):
        (folder / f"{name}.cnf").write_text(CONFIG.format(name=name))
        openssl(folder, "ecparam", "-genkey", "-name", "prime256v1", "-out", f"{name}.key")
    own = ["-x509", "-days", "30", "-extensions", "authority", "-config", "authority.cnf"]
    openssl(folder, "req", *own, "-key", "authority.key", "-out", "authority.pem")
    asked = ["-new", "-key", "server.key", "-config", "server.cnf", "-out", "server.csr"]
    openssl(folder, "req", *asked)
    signed = ["-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", "30"]
    extensions = ["-extfile", "server.cnf", "-extensions", "server", "-out", "server.pem"]
    openssl(folder, "x509", "-req", "-in", "server.csr", *signed, *extensions)
    return folder


@pytest.fixture
def address(certificates: Path) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
    with HTTPServer(ssl_context=context) as server:
        server.expect_request("/").respond_with_data("ok")
        yield server.url_for("/")


def knowing(certificates: Path) -> ssl.SSLContext:
    context = trusted()
    context.load_verify_locations(certificates / "authority.pem")
    return context


def test_an_authority_without_a_key_identifier_is_believed(certificates, address) -> None:
    assert httpx.get(address, verify=knowing(certificates)).text == "ok"


def test_it_is_pythons_strictness_that_refuses_it(certificates, address) -> None:
    strict = knowing(certificates)
    strict.verify_flags |= ssl.VERIFY_X509_STRICT

    with pytest.raises(httpx.ConnectError, match="Key Identifier"):
        httpx.get(address, verify=strict)


def test_an_unknown_authority_is_refused(address) -> None:
    with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
        httpx.get(address, verify=trusted())


def test_another_hosts_certificate_is_refused(certificates, address) -> None:
    with pytest.raises(httpx.ConnectError, match="mismatch"):
        httpx.get(address.replace("localhost", "127.0.0.1"), verify=knowing(certificates))
