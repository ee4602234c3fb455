"""The example of a cluster hangs together: what it names is there, and nothing is open that need not be."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CLUSTER = ROOT / "deploy" / "cluster"
COMPOSE = CLUSTER / "compose.yaml"
DOCKER = (["docker", "compose"], ["docker-compose"])
POM = "{http://maven.apache.org/POM/4.0.0}"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file as YAML has it, with its anchors resolved."""
    read = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def services(compose: dict[str, Any], beginning: str = "") -> dict[str, dict[str, Any]]:
    """Services whose names begin so."""
    return {name: each for name, each in compose["services"].items() if name.startswith(beginning)}


def texts(value: Any) -> Iterator[str]:
    """Every text in a tree of YAML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in texts(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in texts(each))


def runs(*command: str) -> bool:
    """Whether a program is there and does not fail."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_there_are_three_nodes_and_two_servers(compose: dict[str, Any]) -> None:
    assert len(services(compose, "node")) == 3
    assert len(services(compose, "search")) == 2
    named = {each["environment"]["node.name"] for each in services(compose, "node").values()}
    settings = yaml.safe_load((CLUSTER / "opensearch.yml").read_text(encoding="utf-8"))
    assert named == set(settings["discovery.seed_hosts"]) == set(services(compose, "node"))
    assert named == set(settings["cluster.initial_cluster_manager_nodes"])
    urls = services(compose, "search")["search1"]["environment"]["TELUSUR_OPENSEARCH_URLS"].split(",")
    assert urls == [f"https://{name}:9200" for name in sorted(named)]


def test_only_nginx_is_open_to_the_outside(compose: dict[str, Any]) -> None:
    assert [name for name, each in services(compose).items() if "ports" in each] == ["nginx"]
    assert compose["networks"]["inside"]["internal"] is True
    assert compose["services"]["nginx"]["networks"] == ["outside"]
    assert all(each["networks"] == ["inside"] for each in services(compose, "node").values())


def test_images_have_versions_and_the_nodes_the_one_that_tests_run_on(compose: dict[str, Any]) -> None:
    images = {each["image"] for each in services(compose).values()} - {"telusur"}
    assert all(re.fullmatch(r"[\w./-]+:\d[\d.]+", image) for image in images), images
    pom = ElementTree.parse(ROOT / "bench" / "cluster" / "pom.xml")
    tested = pom.findtext(f"{POM}properties/{POM}opensearch.version")
    assert f"opensearchproject/opensearch:{tested}" in images


def test_what_is_named_is_there(compose: dict[str, Any]) -> None:
    mounted = [volume.split(":")[0] for each in services(compose).values() for volume in each["volumes"]]
    files = {name for name in mounted if name.startswith("./") and not name.startswith("./certs")}
    assert len(files) == 5
    assert all((CLUSTER / name).is_file() for name in files), files
    assert {name for name in mounted if name[0] not in "./$"} == set(compose["volumes"])
    waited_for = {name for each in services(compose).values() for name in each.get("depends_on", ())}
    assert waited_for <= set(compose["services"])


def test_passwords_and_sizes_come_from_the_environment_alone(compose: dict[str, Any]) -> None:
    used = {text: re.findall(r"\$\{(\w+)", text) for text in texts(compose)}
    told = re.findall(r"^(\w+)=(.*)$", (CLUSTER / "env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for names in used.values() for name in names} == {name for name, _ in told}
    assert all(value == "" for name, value in told if "PASSWORD" in name)
    for each in services(compose).values():
        for name, value in each.get("environment", {}).items():
            if "PASSWORD" in name:
                assert re.fullmatch(r"\$\{\w+_PASSWORD:\?see env\.example\}", value), name


def test_a_server_cannot_write_and_only_reindex_knows_the_password_for_it(compose: dict[str, Any]) -> None:
    users = yaml.safe_load((CLUSTER / "internal_users.yml").read_text(encoding="utf-8"))
    mapping = yaml.safe_load((CLUSTER / "roles_mapping.yml").read_text(encoding="utf-8"))
    roles = yaml.safe_load((CLUSTER / "roles.yml").read_text(encoding="utf-8"))
    assert {"telusur_reader", "telusur_writer"} == {name for name in mapping if name in roles} - {"_meta"}
    for name, user in (("search1", "telusur-reader"), ("reindex", "telusur-writer")):
        told = compose["services"][name]["environment"]
        assert told["TELUSUR_OPENSEARCH_USER"] == user
        variable = re.findall(r"\w+_PASSWORD", told["TELUSUR_OPENSEARCH_PASSWORD"])[0]
        assert users[user]["hash"] == f"${{envbc.{variable}}}"
        assert mapping[user.replace("-", "_")] == {"users": [user]}
    allowed = [
        action for part in roles["telusur_reader"]["index_permissions"] for action in part["allowed_actions"]
    ]
    allowed += roles["telusur_reader"]["cluster_permissions"]
    writing = ("write", "delete", "create", "close", "open", "aliases*", "admin/*", "resize", "put", "update")
    assert not [action for action in allowed if any(word in action for word in writing) or action == "*"]


def test_docker_understands_it(tmp_path: Path) -> None:
    docker = next((each for each in DOCKER if runs(*each, "version")), None)
    if docker is None:
        pytest.skip(
            "Compose V2, which alone reads such a file, is not on this machine, and Debian has no package"
        )
    filled = (CLUSTER / "env.example").read_text(encoding="utf-8").replace("PASSWORD=", "PASSWORD=rahasia")
    (tmp_path / "env").write_text(filled, encoding="utf-8")
    ask = [*docker, "--env-file", str(tmp_path / "env"), "--file", str(COMPOSE), "config", "--quiet"]
    said = subprocess.run(ask, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
