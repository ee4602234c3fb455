"""The wheel is all that an owner needs: an empty environment, an empty folder, and an archive.

On the Python of the tests; under ``CI=true`` on every supported Python that the machine has.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parent.parent
METADATA = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = runpy.run_path(str(PROJECT / ".ci" / "pythons.py"))
IN_CI = os.environ.get("CI") == "true"
START_SECONDS = 30
LINK = re.compile(r"\]\(([^)\s]+)\)")
ARTICLES = [
    {"id": "lebak", "title": "Netralitas ASN di Lebak", "body": "Pengawas mengingatkan para pegawai."},
    {"id": "demak", "title": "Banjir di Demak", "body": "Air merendam permukiman warga sejak pagi."},
]


@dataclass(frozen=True)
class Owner:
    """Somebody who has the wheel and nothing else of the project.

    :param bin: programs of the environment into which the wheel was installed.
    :param folder: a folder with an archive, ``arsip``, and with an application and pages of another site.
    :param constraints: versions of the packages that Telusur needs.
    """

    bin: Path
    folder: Path
    constraints: Path

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            name: value for name, value in os.environ.items() if not name.startswith(("TELUSUR_", "PYTHON"))
        }
        ours.pop("VIRTUAL_ENV", None)
        return {**ours, "PATH": f"{self.bin}{os.pathsep}{os.defpath}", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}

    def run(
        self, *command: str, folder: Path | None = None, fails: bool = False, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment, in the owner's folder if no other is named."""
        environment = {**self.environment, **settings}
        program = str(self.bin / command[0])
        done = subprocess.run(
            [program, *command[1:]],
            cwd=folder or self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done

    def install(self, package: str) -> None:
        self.run("pip", "install", "--quiet", "--no-compile", "--constraint", str(self.constraints), package)

    @contextmanager
    def serving(self, port: int) -> Iterator[str]:
        """The address of ``telusur serve`` at a port, as long as the context lasts."""
        command = [str(self.bin / "telusur"), "serve", "--port", str(port), "--workers", "1"]
        log = self.folder / "log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        address = f"http://127.0.0.1:{port}"
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _answers(f"{address}/healthz"):
                assert server.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.02)
            yield address
        finally:
            server.terminate()
            server.wait()


def _answers(address: str) -> bool:
    try:
        return bool(_ask(address))
    except OSError:
        return False


def _ask(address: str) -> str:
    with urllib.request.urlopen(address) as response:
        return str(response.read().decode())


ENVIRONMENTS = [
    *((version, "constraints.txt") for version in PYTHONS["supported"]()),
    (PYTHONS["supported"]()[0], "constraints-oldest.txt"),
]


@pytest.fixture(params=ENVIRONMENTS, ids=lambda each: f"{each[0]}-{each[1].removesuffix('.txt')}")
def owner(request: pytest.FixtureRequest, tmp_path: Path) -> Owner:
    """An owner who has installed the wheel on one of the Pythons."""
    version, constraints = request.param
    python = PYTHONS["executable"](version)
    if python is None:
        pytest.skip(f"Python {version} is not on this machine")
    if request.param != ("{}.{}".format(*sys.version_info), "constraints.txt") and not IN_CI:
        pytest.skip("only under CI=true, as `make wheel-test` sets it")
    subprocess.run([python, "-m", "venv", str(tmp_path / "env")], check=True, capture_output=True)
    owner = Owner(tmp_path / "env" / "bin", tmp_path / "site", PROJECT / constraints)
    _furnish(owner.folder)
    if not IN_CI:
        _skip_where_pip_reaches_no_packages(owner)
    owner.install(str(_build(tmp_path / "dist")))
    return owner


def _build(folder: Path) -> Path:
    """The wheel as the build backend makes it of this checkout."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


def _skip_where_pip_reaches_no_packages(owner: Owner) -> None:
    probe = ["download", "--quiet", "--retries", "0", "--no-deps", "--dest", str(owner.bin.parent)]
    try:
        owner.run("pip", *probe, "click")
    except AssertionError as error:
        pytest.skip(f"pip reaches no packages: {str(error).splitlines()[0]}")


def _furnish(folder: Path) -> None:
    """An archive, and what may lie about where an owner works."""
    (folder / "arsip").mkdir(parents=True)
    lines = "\n".join(json.dumps(article) for article in ARTICLES)
    (folder / "arsip" / "berita.jsonl").write_text(lines, encoding="utf-8")
    (folder / "wsgi.py").write_text("raise SystemError('the application of another site')")
    (folder / "templates" / "telusur").mkdir(parents=True)
    (folder / "templates" / "telusur" / "results.html").write_text("the page of another site")


@pytest.mark.long
def test_an_owner_needs_nothing_but_the_wheel(
    owner: Owner, tmp_path: Path, free_port: Callable[[], int]
) -> None:
    """One test, because its environment takes long to make and test processes share none."""
    owner.run("pip", "check")
    _commands_tell_the_version(owner)
    _without_an_archive_reindex_says_what_to_name(owner, tmp_path / "first")
    _search_finds_what_reindex_read(owner)
    _the_server_answers_with_our_application(owner, free_port())
    _flask_finds_the_application_by_its_name(owner, tmp_path / "second")
    _the_other_engine_comes_as_reindex_says(owner, tmp_path / "third")
    _the_pages_that_explain_it_are_there(owner)


def _commands_tell_the_version(owner: Owner) -> None:
    for command in METADATA["scripts"]:
        assert owner.run(command, "--version").stdout.strip() == METADATA["version"]


def _without_an_archive_reindex_says_what_to_name(owner: Owner, folder: Path) -> None:
    folder.mkdir()

    said = owner.run("reindex", folder=folder, fails=True).stderr

    assert "`sources`" in said
    assert not list(folder.rglob("current"))


def _search_finds_what_reindex_read(owner: Owner) -> None:
    owner.run("reindex", "arsip")

    answer: dict[str, Any] = json.loads(owner.run("telusur", "search", "--json", "mengawasi").stdout)

    assert [result["id"] for result in answer["results"]] == ["lebak"]


def _the_server_answers_with_our_application(owner: Owner, port: int) -> None:
    with owner.serving(port) as address:
        page = _ask(f"{address}/?q=banjir")
        answer = json.loads(_ask(f"{address}/api/v1/search?q=banjir"))
        ready = json.loads(_ask(f"{address}/readyz"))

    assert "<mark>Banjir</mark> di Demak" in page
    assert [result["id"] for result in answer["results"]] == ["demak"]
    assert (ready["status"], ready["version"]) == ("ready", METADATA["version"])


def _flask_finds_the_application_by_its_name(owner: Owner, folder: Path) -> None:
    folder.mkdir()

    done = owner.run(
        "flask", "--app", "wsgi", "reindex", str(owner.folder / "arsip"), "--json", folder=folder
    )

    assert json.loads(done.stdout)["added"] == len(ARTICLES)


def _the_other_engine_comes_as_reindex_says(owner: Owner, folder: Path) -> None:
    settings = {"TELUSUR_ENGINE": "tantivy", "TELUSUR_INDEX": str(folder)}
    advice = owner.run("reindex", "arsip", fails=True, **settings).stderr
    assert "pip install 'telusur[tantivy]'" in advice

    owner.install("telusur[tantivy]")
    owner.run("reindex", "arsip", **settings)

    answer = json.loads(owner.run("telusur", "search", "--json", "banjir", **settings).stdout)

    assert answer["total"] == 1


def _the_pages_that_explain_it_are_there(owner: Owner) -> None:
    documents = owner.bin.parent / "share" / "doc" / "telusur"

    assert (documents / "docs" / "operasi.md").is_file()
    assert (documents / "deploy" / "telusur.service").is_file()


def test_every_page_is_in_the_wheel_and_so_is_what_it_links_to(tmp_path: Path) -> None:
    with zipfile.ZipFile(_build(tmp_path)) as wheel:
        wheel.extractall(tmp_path)
    (documents,) = tmp_path.glob("telusur-*.data/data/share/doc/telusur")
    pages = {
        page.relative_to(documents): page.read_text(encoding="utf-8") for page in documents.rglob("*.md")
    }

    ours = {page.relative_to(PROJECT) for page in (PROJECT / "docs").glob("*.md")}
    assert ours - pages.keys() == {Path("docs", "arsip.template.md")}
    assert {Path("README.md"), Path("CHANGELOG.md")} <= pages.keys()
    links = [
        (page, link)
        for page, text in pages.items()
        for link in LINK.findall(text)
        if not link.startswith(("http:", "https:", "mailto:"))
    ]
    assert (Path("docs", "operasi.md"), "flask.md") in links
    assert not [f"{page}: {link}" for page, link in links if not _leads_somewhere(documents / page, link)]


def _leads_somewhere(page: Path, link: str) -> bool:
    """Whether there is the file, and in it the heading, that a page links to."""
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    if not anchor:
        return target.exists()
    headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
    return anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
