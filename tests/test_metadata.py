"""What the package says of itself is true: versions it works with, and how it is deployed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from index.config.table import SETTINGS

PROJECT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
METADATA = PYPROJECT["project"]
DEPLOY = PROJECT / "deploy"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))
DEPLOYED = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
CREDENTIALS = ("TELUSUR_OPENSEARCH_USER", "TELUSUR_OPENSEARCH_PASSWORD", "TELUSUR_OPENSEARCH_API_KEY")
PROGRAM = re.compile(r"/opt/telusur/bin/(\w+)")


def requirements() -> list[Requirement]:
    extras = METADATA["optional-dependencies"].values()
    return [Requirement(line) for line in chain(METADATA["dependencies"], *extras)]


def pins(name: str) -> dict[str, Version]:
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(package): Version(version) for package, version in pairs}


def test_the_oldest_versions_tested_are_the_lower_bounds() -> None:
    bounds = {
        canonicalize_name(requirement.name): Version(part.version)
        for requirement in requirements()
        for part in requirement.specifier
        if part.operator == ">="
    }
    assert pins("constraints-oldest.txt") == bounds


@pytest.mark.parametrize("requirement", requirements(), ids=lambda requirement: requirement.name)
def test_the_version_tested_is_in_the_range(requirement: Requirement) -> None:
    assert pins("constraints.txt")[canonicalize_name(requirement.name)] in requirement.specifier


def test_tools_are_told_of_the_oldest_python() -> None:
    oldest = METADATA["requires-python"].removeprefix(">=")
    versions = re.findall(r"Python :: (3\.\d+)", "\n".join(METADATA["classifiers"]))
    assert versions[0] == oldest
    assert PYPROJECT["tool"]["mypy"]["python_version"] == oldest
    assert PYPROJECT["tool"]["ruff"]["target-version"] == "py" + oldest.replace(".", "")


def test_the_version_has_a_section_in_the_changelog_or_is_to_be_released() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.match(
        rf"## \[(Unreleased|{re.escape(METADATA['version'])})\]", changelog[changelog.index("## ") :]
    )


@pytest.mark.parametrize("path", DEPLOYED, ids=lambda path: path.name)
def test_deployment_names_settings_and_commands_that_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = {setting.variable for setting in SETTINGS} | {"TELUSUR_CONFIG", *CREDENTIALS}
    assert set(re.findall(r"\bTELUSUR_\w+", text)) <= known
    assert set(PROGRAM.findall(text)) <= {*METADATA["scripts"], "pip"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_a_unit(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not on this machine")
    here = Path(sys.executable).parent
    for each in UNITS:  # a timer needs the service that it starts
        text = PROGRAM.sub(lambda found: str(here / found[1]), each.read_text(encoding="utf-8"))
        text = re.sub(r"^(User|Group)=.*", r"\1=root", text, flags=re.MULTILINE)
        (tmp_path / each.name).write_text(text, encoding="utf-8")

    verify = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)]
    said = subprocess.run(verify, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stderr) == (0, "")


def test_the_image_is_given_all_that_the_wheel_is_made_of() -> None:
    copied = set(re.findall(r"^COPY (?!--)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE))
    copied = {name for line in copied for name in line.split()}
    let_in = set(re.findall(r"^!(.+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.MULTILINE))
    wheel = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    shared = {path.split("/")[0] for path in wheel["shared-data"]}

    needed = {*wheel["only-include"], *shared, *METADATA["license-files"], METADATA["readme"]}
    assert copied == let_in == needed | {"pyproject.toml", "constraints.txt"}
