"""What a machine lacks for nodes is said, and what was built by half is not taken for a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.cluster.distribution import alone, cache_folder, distribution
from bench.cluster.java import Java, MissingError, find_java, find_maven


def java(home: Path, version: str) -> Path:
    """A folder as one of Java looks."""
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").touch()
    (home / "release").write_text(f'IMPLEMENTOR="Debian"\nJAVA_VERSION="{version}"\n')
    return home


def test_the_first_java_that_is_new_enough_is_taken(tmp_path: Path) -> None:
    old, new, newer = (java(tmp_path / version, version) for version in ("17.0.15", "21.0.2", "25"))
    (tmp_path / "empty").mkdir()
    assert find_java([tmp_path / "empty", old, new, newer]) == Java(new / "bin" / "java", "21.0.2")
    assert find_java([newer, new]).feature == 25


def test_a_java_that_is_too_old_is_named(tmp_path: Path) -> None:
    homes = [java(tmp_path / "8", "1.8.0_452"), java(tmp_path / "17", "17.0.15")]
    with pytest.raises(MissingError) as error:
        find_java([*homes, homes[0]])
    assert f"has {homes[0]}/bin/java (1.8.0_452), {homes[1]}/bin/java (17.0.15): set JAVA_HOME" in str(
        error.value
    )


def test_no_java_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="Java 21 or newer, and this machine has none"):
        find_java([tmp_path])


def test_maven_is_asked_for_by_the_name_of_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match="apt-get install maven"):
        find_maven()


def test_a_build_that_fails_is_told_and_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path / "java", "21.0.2")))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    maven = tmp_path / "mvn"
    tried = tmp_path / "tried"
    maven.write_text(f"#!/bin/sh\necho again >>{tried}\necho no such artefact\nexit 3\n")
    maven.chmod(0o700)
    for _ in range(2):
        with alone(), pytest.raises(MissingError, match=r"mvn ended with 3:\nno such artefact"):
            distribution()
    assert tried.read_text() == "again\nagain\n"
    assert cache_folder().is_relative_to(tmp_path)
