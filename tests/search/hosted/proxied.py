"""Servers of one archive behind a real nginx that is set up as the documentation says."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.conftest import programs

ROOT = Path(__file__).parents[3]
SERVE = "from search.cli.commands import telusur; telusur()"
START_SECONDS = 30
NGINX = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; {locations} }}
}}"""


def told_in_the_documentation() -> dict[str, str]:
    """Path -> the part of nginx's configuration for it."""
    page = (ROOT / "docs" / "proksi.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```nginx\n(.*?)```", page, re.DOTALL)
    return {path[1]: block for block in blocks if (path := re.search(r"location (/\w+)/", block))}


@contextmanager
def behind_nginx(
    settings: Mapping[str, Mapping[str, str]],
    index: str,
    folder: Path,
    free_port: Callable[[], int],
    missing: Callable[[str], NoReturn],
) -> Iterator[int]:
    """The port of an nginx in front of a server for each path.

    :param settings: path -> variables of the environment of its server.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        missing("there is no nginx on the PATH")
    blocks = told_in_the_documentation()
    with programs() as start:
        ports = {path: free_port() for path in settings}
        servers = {}
        for path, port in ports.items():
            command = ["serve", "--port", str(port), "--workers", "1", "--index", index]
            with (folder / path[1:]).open("wb") as log:
                servers[port] = start(SERVE, *command, cwd=folder, env=settings[path], stdout=log, stderr=log)
            assert "127.0.0.1:8000" in blocks[path]
            blocks[path] = blocks[path].replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        for port, server in servers.items():
            wait_for(port, server)
        port = free_port()
        locations = "".join(blocks[path] for path in settings)
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, locations=locations))
        with subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")]) as proxy:
            try:
                wait_for(port, proxy)
                yield port
            finally:
                proxy.terminate()


def wait_for(port: int, server: subprocess.Popen[Any]) -> None:
    """Return once something answers at a port; fail if the server ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except urllib.error.HTTPError as answered:
            answered.close()
            return
        except OSError:
            time.sleep(0.02)
    pytest.fail("a server did not answer")
