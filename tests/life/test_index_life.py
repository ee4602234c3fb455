"""Whatever happens to an archive and its index, what must be found is found, and nothing else."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from index.engines.registry import embedded_names
from tests.life.model import WORDS, Life

_FOLDERS = ("satu", "dua", "tiga")
_LONG = int(os.environ.get("TELUSUR_LIVES", "0"))
"""Lives to try of each engine; by default a few, always the same ones."""

_words = st.frozensets(st.sampled_from(WORDS), min_size=1, max_size=4)
_folders = st.sampled_from(_FOLDERS)
_numbers = st.integers(0, 2)


class IndexLife(RuleBasedStateMachine):
    """One life."""

    engine: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="telusur-life-"))
        self.life = Life(self.folder, self.engine)
        self.damaged = False

    @initialize(words=st.lists(_words, min_size=1, max_size=4))
    def begin(self, words: list[frozenset[str]]) -> None:
        self.life.write("satu/arsip.jsonl", words)
        self.life.reindex()

    def folders(self) -> list[str]:
        """Folders that can be read."""
        return sorted({path.partition("/")[0] for path in self.life.files} - self.life.hidden)

    @rule(folder=_folders, number=_numbers, words=_words)
    def write_article(self, folder: str, number: int, words: frozenset[str]) -> None:
        if folder not in self.life.hidden:
            self.life.write(f"{folder}/a{number}.md", [words])

    @rule(folder=_folders, words=st.lists(_words, min_size=1, max_size=5))
    def write_table(self, folder: str, words: list[frozenset[str]]) -> None:
        if folder not in self.life.hidden:
            self.life.write(f"{folder}/arsip.jsonl", words)

    @precondition(lambda self: self.folders())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        folder = data.draw(st.sampled_from(self.folders()))
        paths = [path for path in self.life.files if path.startswith(f"{folder}/")]
        self.life.remove(data.draw(st.sampled_from(sorted(paths))))

    @precondition(lambda self: self.folders())
    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        folder = data.draw(st.sampled_from(self.folders()))
        free = [name for name in _FOLDERS if not (self.life.archive / name).is_symlink()]
        free = [name for name in free if not (self.life.archive / name).exists()]
        if free:
            self.life.rename(folder, data.draw(st.sampled_from(free)))

    @precondition(lambda self: len(self.folders()) > 1 and not self.damaged)
    @rule(data=st.data())
    def hide(self, data: st.DataObject) -> None:
        # Unread files are kept by where they were read last, so everything has to be known.
        self.life.reindex()
        self.life.hide(data.draw(st.sampled_from(self.folders())))

    @precondition(lambda self: self.life.hidden)
    @rule(data=st.data())
    def show(self, data: st.DataObject) -> None:
        self.life.show(data.draw(st.sampled_from(sorted(self.life.hidden))))

    @rule(full=st.booleans())
    def reindex(self, full: bool) -> None:
        self.life.reindex(full=full)
        self.damaged = False

    @precondition(lambda self: not self.damaged)
    @rule(milliseconds=st.integers(0, 250), full=st.booleans())
    def kill(self, milliseconds: int, full: bool) -> None:
        self.life.kill_reindex(milliseconds / 1000, full=full)

    @rule(engine=st.sampled_from(sorted(embedded_names())))
    def change_engine(self, engine: str) -> None:
        self.life.engine = engine
        self.reindex(full=False)

    @rule(
        lines=st.sampled_from(
            ("", "[sinonim]\nkelereng = gundu", "[akar]\nnanas = buah", "[lindungi]\nmobil")
        )
    )
    def edit_lexicon(self, lines: str) -> None:
        self.life.lexicon.write_text(lines)
        self.reindex(full=False)

    @precondition(lambda self: not self.life.hidden)
    @rule(seed=st.integers(0, 10_000))
    def damage(self, seed: int) -> None:
        # What a damaged index holds of unread files is lost, so there are none.
        self.life.damage(random.Random(seed))
        self.damaged = True

    @precondition(lambda self: not self.damaged)
    @rule()
    def save(self) -> None:
        self.life.save()

    @precondition(lambda self: self.life.backup is not None and not self.life.hidden)
    @rule()
    def restore(self) -> None:
        self.life.restore()
        self.damaged = False

    @invariant()
    def what_is_served_is_right(self) -> None:
        if not self.damaged:
            self.life.check()

    def teardown(self) -> None:
        self.life.close()
        shutil.rmtree(self.folder)


@pytest.mark.parametrize("engine", embedded_names())
def test_a_life(engine: str) -> None:
    machine = type("IndexLifeOf" + engine.title(), (IndexLife,), {"engine": engine})
    machine.TestCase.settings = settings(
        max_examples=_LONG or 3,
        stateful_step_count=40 if _LONG else 15,
        deadline=None,
        derandomize=not _LONG,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    machine.TestCase("runTest").runTest()
