"""nginx in front of two servers, as the example of a cluster sets it up, loses nobody who asks."""

from __future__ import annotations

import re
import shutil
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from index.settings import Settings
from tests.conftest import ROOT, Start
from tests.search.hosted.proxied import SERVE, wait_for

CONFIGURATION = ROOT / "deploy" / "cluster" / "nginx.conf"
AROUND = """daemon off; pid {folder}/pid; error_log {folder}/error;
events {{}}
http {{
  access_log {folder}/access;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  {site}
}}"""
ASKED = 12


def test_when_a_server_dies_the_other_answers(
    site_settings: Settings,
    live_site: str,
    start_program: Start,
    free_port: Callable[[], int],
    missing: Callable[[str], NoReturn],
    tmp_path: Path,
) -> None:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        missing("there is no nginx on the PATH")
    passing, port = free_port(), free_port()
    command = ["serve", "--port", str(passing), "--workers", "1", "--index", site_settings.text("index")]
    server = start_program(SERVE, *command, cwd=tmp_path)
    site = CONFIGURATION.read_text(encoding="utf-8")
    for name, address in {
        "listen 80": f"listen 127.0.0.1:{port}",
        "search1:8000": f"127.0.0.1:{passing}",
        "search2:8000": urlsplit(live_site).netloc,
    }.items():
        assert name in site
        site = site.replace(name, address)
    (tmp_path / "nginx.conf").write_text(AROUND.format(folder=tmp_path, site=site), encoding="utf-8")
    nginx = [program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    tried = subprocess.run([*nginx, "-t"], capture_output=True, text=True, check=False)
    assert "test is successful" in tried.stderr, tried.stderr

    wait_for(passing, server)
    with subprocess.Popen(nginx) as proxy:
        try:
            wait_for(port, proxy)
            address = f"http://127.0.0.1:{port}/api/v1/search?q=banjir"
            answers = {ask(address) for _ in range(ASKED)}
            server.kill()
            server.wait()
            answers |= {ask(address) for _ in range(ASKED)}
        finally:
            proxy.terminate()
    assert len(answers) == 1, answers


def ask(address: str) -> tuple[int, bytes]:
    """The status of an answer, and what it found."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.status, re.sub(rb'"(?:took|elapsed)\w*":[\d.]+', b"", answer.read())
