"""One small archive, indexed once, for every test that asks a whole site; and programs that tests start."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest

from index.messages import SOURCE_LANGUAGE, use_language
from index.reindex.sync import sync
from index.settings import Settings

# How long something takes is for benchmarks to say: these machines do other things meanwhile. CI tries the
# same examples each time, so that it says something about a change; tests run by hand look for others.
hypothesis.settings.register_profile("telusur", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("telusur")

pytest_plugins = ("tests.nodes", "tests.machines")

ROOT = Path(__file__).parent.parent
START_SECONDS = 30
ATTACK = "<script>alert(1)</script>"

ARTICLES = [
    {
        "id": "netralitas-lebak",
        "title": "Pengawas Ingatkan Netralitas ASN di Lebak",
        "body": "Petugas pengawasan di Lebak mengingatkan netralitas aparatur sipil negara.\n\n"
        'Siapa pun yang melanggar akan diberi sanksi. "Kami mengawasi setiap hari," kata Wulan.',
        "source": "kabarlebak.example",
        "place": "Lebak",
        "author": "Sari Wulan",
        "editor": "Bagas",
        "date": "2024-11-12",
        "url": "https://kabarlebak.example/netralitas?a=1&b=2",
    },
    {
        "id": "bilik-suara",
        "title": "Bilik Suara Baru untuk Pemilih di Amuntai",
        "body": "Panitia menyiapkan bilik suara dari kardus. Netralitas petugas dijaga. "
        "Gudangnya pernah kena banjr.",
        "source": "amuntaipos.example",
        "place": "Amuntai",
        "author": "Rahmat",
        "date": "2020-10-20",
        "url": "javascript:alert(1)",
    },
    {
        "id": "serangan",
        "title": f"Judul {ATTACK} berbahaya",
        "body": f"Isi serangan {ATTACK} dan <img src=x onerror=alert(2)> serta &amp; tanda.",
        "source": f"jahat.example{ATTACK}",
        "place": '"><b>Kapuas',
        "author": "<i>Penulis</i>",
        "date": "2023-05-05",
        "url": "https://jahat.example/\"onmouseover='alert(3)'",
    },
    *(
        {
            "id": f"banjir-{number:02}",
            "title": f"Banjir ke-{number} Merendam Permukiman",
            "body": f"Air setinggi {number} sentimeter merendam rumah warga. Banjir surut menjelang sore.",
            "source": "warta.example" if number % 2 else "harian.example",
            "place": ("Demak", "Kudus", "Pati")[number % 3],
            "author": "Tim",
            "date": (date(2022, 1, 1) + timedelta(days=number * 30)).isoformat(),
            "url": f"https://warta.example/{number}",
        }
        for number in range(1, 36)
    ),
]


@pytest.fixture(autouse=True)
def _told_in_indonesian() -> None:
    """Commands and sites choose a language for the whole process."""
    use_language(SOURCE_LANGUAGE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def site_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a site whose index holds :data:`ARTICLES`."""
    folder = tmp_path_factory.mktemp("site")
    archive = folder / "arsip.jsonl"
    archive.write_text("\n".join(json.dumps(article) for article in ARTICLES), encoding="utf-8")
    settings = Settings({"index": str(folder / "index"), "sources": (str(archive),)})
    report = sync(settings, jobs=1)
    assert report.added == len(ARTICLES), report
    return settings


@pytest.fixture
def empty_settings(tmp_path: Path) -> Settings:
    """Settings of a site that was never indexed."""
    return Settings({"index": str(tmp_path / "index"), "sources": (str(tmp_path / "arsip"),)})


@pytest.fixture(scope="session")
def missing() -> Callable[[str], NoReturn]:
    """Ends a test that lacks something: skipped with the reason; in CI, which installs it all, failed."""

    def end(reason: str) -> NoReturn:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}; CI has to have it")
        pytest.skip(reason)

    return end


Start = Callable[..., subprocess.Popen[Any]]

# A script that puts the tests in the background has them ignore Ctrl-C, and what they start inherits that.
AS_AT_A_TERMINAL = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"


@contextmanager
def programs() -> Iterator[Start]:
    """Gives a function that starts Python code as a program of its own; ends those that still run at last.

    The program gets the arguments as ``sys.argv``, is interrupted by SIGINT as at a terminal, and knows no
    setting of the environment. Options are those of :class:`subprocess.Popen`; ``env`` is added to ours.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TELUSUR_")}
    with ExitStack() as stack:

        def start(code: str, *arguments: str, **options: Any) -> subprocess.Popen[Any]:
            command = [sys.executable, "-c", f"{AS_AT_A_TERMINAL}\n{code}", *arguments]
            environment = {**ours, **options.pop("env", {})}
            process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, **options)
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        yield start


@pytest.fixture
def start_program() -> Iterator[Start]:
    """Starts Python code as a program of its own that ends with the test, see :func:`programs`."""
    with programs() as start:
        yield start


@pytest.fixture(scope="module")
def start_shared_program() -> Iterator[Start]:
    """Starts Python code as a program of its own that ends with the module, see :func:`programs`."""
    with programs() as start:
        yield start


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Finds a port of 127.0.0.1 that a server may bind to, and that nobody else is given meanwhile."""

    def find() -> int:
        # For the minute that a closed connection lingers the system hands its port out to nobody; a server
        # binds to it by its number, as servers do after a restart.
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = listener.getsockname()
            with socket.create_connection(address):
                listener.accept()[0].close()
        return int(address[1])

    return find


@pytest.fixture(scope="session")
def live_site(
    site_settings: Settings, tmp_path_factory: pytest.TempPathFactory, free_port: Callable[[], int]
) -> Iterator[str]:
    """Address of a server of that site, started as its owner would."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log"
    options = ["--port", str(port), "--workers", "1", "--index", site_settings.text("index")]
    with programs() as start, log.open("wb") as output:
        code = "from search.cli.commands import telusur; telusur()"
        server = start(code, "serve", *options, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz", server, log)
        yield address
        server.terminate()
        server.wait(15)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    pytest.fail(f"the server did not answer: {log.read_text(encoding='utf-8', errors='replace')}")
