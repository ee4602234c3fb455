"""The house keeps its shape: data flows one way, rooms have doors, and nothing stands in a circle."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "search")

LOOSE_MODULES = {"index": 8, "search": 5}
"""Modules that stand in no room, besides the package's ``__init__``."""

LONGEST_CHAIN = 12
"""Files from one that imports to the last that is imported, both counted."""

LONGEST_FILE = 400
"""Lines."""

LOWEST_FIRST = (
    ("index.messages", "index.errors", "index.documents", "index.query", "index.processes", "index.config"),
    ("index.settings", "index.translations"),
    ("index.commands",),
    ("index.analysis",),
    ("index.sources",),  # words tell whether the hyphen at a line's end belongs to them
    ("index.engines",),
    ("index.store",),
    ("index.reindex",),
    ("index.cli",),
    ("search.budget", "search.i18n"),
    ("search.query", "search.snippets"),
    ("search.asked", "search.answer"),
    ("search.facets", "search.plan"),
    ("search.params",),
    ("search.spelling", "search.similar"),
    ("search.suggesting",),
    ("search.opened",),
    ("search.answering",),
    ("search.teaching",),
    ("search.access",),
    ("search.http",),
    ("search.observing", "search.openapi"),
    ("search.api", "search.web", "search.hosted"),
    ("search.admin", "search.embed", "search.meili"),
    ("search.app",),
    ("search.cli",),
    ("wsgi",),
)
"""Rooms and loose modules by floor: each may import from its own floor's room and from floors before it."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    paths = [ROOT / "wsgi.py", *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]
    return {name_of(path): path for path in sorted(paths)}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports() -> dict[str, set[str]]:
    """Module -> the modules of ours that it imports, wherever in its text that stands."""
    ours = modules()
    found: dict[str, set[str]] = {}
    for name, path in ours.items():
        found[name] = set()
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Import):
                found[name].update(alias.name for alias in node.names if alias.name in ours)
            elif isinstance(node, ast.ImportFrom) and node.module in ours:
                inside = {f"{node.module}.{alias.name}" for alias in node.names}
                found[name].update((inside & ours.keys()) or {node.module})
        found[name].discard(name)
    return found


def foreign_imports(path: Path) -> set[str]:
    """First names of everything that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def room_of(name: str) -> str:
    """The folder below a package that a module stands in; a loose module is its own."""
    return ".".join(name.split(".")[:2])


def exports_of(name: str) -> set[str]:
    """What a room's ``__all__`` lists."""
    for node in tree_of(modules()[name]).body:
        if isinstance(node, ast.Assign) and [t.id for t in node.targets if isinstance(t, ast.Name)] == [
            "__all__"
        ]:
            return set(ast.literal_eval(node.value))
    return set()


def test_no_module_imports_itself_by_way_of_others() -> None:
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_chain_of_imports_stays_short_enough_to_follow() -> None:
    @cache
    def longest(name: str) -> tuple[str, ...]:
        return (name, *max((longest(other) for other in sorted(imports()[name])), key=len, default=()))

    # That the package itself has names for programs of others is nothing to follow.
    chain = max((longest(name) for name in modules() if name != "search"), key=len)
    assert len(chain) <= LONGEST_CHAIN, " -> ".join(chain)


def test_data_flows_one_way_from_floor_to_floor() -> None:
    floors = {room: number for number, rooms in enumerate(LOWEST_FIRST) for room in rooms}
    floors["search"] = len(floors)  # the names that programs of others import
    unknown = {room_of(name) for name in modules()} - floors.keys() - set(PACKAGES)
    assert not unknown, "give them a floor"
    backwards = [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if room_of(other) != room_of(name) and floors[room_of(other)] >= floors[room_of(name)]
    ]
    assert not backwards


def test_who_comes_from_outside_uses_the_doors_of_a_room() -> None:
    past_the_door = [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if (room := room_of(other)) != room_of(name)
        and room != other
        and other.removeprefix(f"{room}.").split(".")[0] not in exports_of(room)
    ]
    assert not past_the_door


def test_a_room_says_its_idea_and_lists_modules_that_are_there() -> None:
    for name, path in modules().items():
        if path.name == "__init__.py":
            assert ast.get_docstring(tree_of(path)), name
            # Programs of others know the names of the package alone; it loads nothing before it is asked.
            loaded = set() if name == "search" else imports()[name]
            assert not loaded, f"{name}: names are imported from the module that defines them"
            missing = {door for door in exports_of(name) if f"{name}.{door}" not in modules()}
            assert not missing, name


@pytest.mark.parametrize("package", PACKAGES)
def test_few_modules_stand_outside_of_a_room(package: str) -> None:
    loose = [path.name for path in (ROOT / package).glob("*.py") if path.name != "__init__.py"]
    assert len(loose) <= LOOSE_MODULES[package], loose


def test_every_module_says_its_one_reason() -> None:
    assert not [name for name, path in modules().items() if not ast.get_docstring(tree_of(path))]


def test_a_file_is_short_enough_to_be_one_idea() -> None:
    tests = {str(path.relative_to(ROOT)): path for path in (ROOT / "tests").rglob("*.py")}
    lines = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in {**modules(), **tests}.items()
    }
    assert not {name: count for name, count in lines.items() if count > LONGEST_FILE}


def test_index_knows_no_http() -> None:
    for name, path in modules().items():
        if name.split(".")[0] == "index":
            assert not foreign_imports(path) & {"search", "flask", "werkzeug", "wsgi"}, name


def test_only_engines_know_the_library_of_an_engine() -> None:
    for name, path in modules().items():
        for library in ("whoosh", "tantivy"):
            if library in foreign_imports(path):
                assert name.startswith(f"index.engines.{library}"), name


def test_folders_of_tests_are_those_of_the_code() -> None:
    for package in PACKAGES:
        folders = {path.parent.relative_to(ROOT / package) for path in (ROOT / package).rglob("*.py")}
        tested = {
            path.parent.relative_to(ROOT / "tests" / package)
            for path in (ROOT / "tests" / package).rglob("*.py")
        }
        assert tested <= folders
