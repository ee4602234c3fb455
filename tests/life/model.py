"""Life: an archive, its index and what must be found, through everything that may happen to either."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from index.reindex.sync import sync
from index.settings import Settings
from search.answer import Question
from search.answering.service import SearchService
from search.cli.checking import run_checks
from search.opened.searcher import Searcher

WORDS = ("kelereng", "mobil", "jambu", "pisang", "nanas", "gitar", "kapal", "semut")
"""Words that no rule takes for one another."""

Held = dict[str, frozenset[str]]
"""Title -> its words, of every article that an index holds."""


@dataclass
class Life:
    """What happens, and what must be found afterwards.

    :param folder: an empty one.
    :param engine: the first engine.
    """

    folder: Path
    engine: str
    files: dict[str, Held] = field(default_factory=dict)
    """Path in the archive -> articles in the file."""
    hidden: set[str] = field(default_factory=set)
    """Folders that cannot be read for now."""
    held: Held = field(default_factory=dict)
    """What the index holds."""
    kept: dict[str, Held] = field(default_factory=dict)
    """Path -> articles in the file when it was read last."""
    ids: dict[str, str] = field(default_factory=dict)
    """Path -> what the ids of its articles begin with."""
    backup: Held | None = None

    def __post_init__(self) -> None:
        self.archive = self.folder / "arsip"
        self.index = self.folder / "indeks"
        self.lexicon = self.folder / "leksikon.txt"
        self.archive.mkdir()
        self.lexicon.write_text("")
        self.numbers = iter(range(1_000_000))
        self.searcher = Searcher(self.settings, check_seconds=0)
        self.service = SearchService(self.searcher)

    @property
    def settings(self) -> Settings:
        """Settings as the owner has them now."""
        return Settings(
            {
                "index": str(self.index),
                "sources": (str(self.archive),),
                "engine": self.engine,
                "lexicon": str(self.lexicon),
            }
        )

    def write(self, path: str, words: list[frozenset[str]]) -> None:
        """Write a file of articles, one for each set of words, new or in place of what it held."""
        articles = {f"Kabar nomor{next(self.numbers)}": some for some in words}
        self.files[path] = articles
        name = self.ids.setdefault(path, f"berkas{len(self.ids)}-{next(self.numbers)}")
        place = self.archive / path
        place.parent.mkdir(exist_ok=True)
        if path.endswith(".md"):
            ((title, some),) = articles.items()
            place.write_text(f"---\nid: {name}\ntitle: {title}\n---\n\n{' '.join(sorted(some))}.\n")
        else:
            records = (
                {"id": f"{name}-{number}", "title": title, "body": " ".join(sorted(some))}
                for number, (title, some) in enumerate(articles.items())
            )
            place.write_text("".join(json.dumps(record) + "\n" for record in records))

    def remove(self, path: str) -> None:
        """Remove a file."""
        del self.files[path]
        (self.archive / path).unlink()

    def rename(self, old: str, new: str) -> None:
        """Rename a folder and so every file in it."""
        (self.archive / old).rename(self.archive / new)
        for files in (self.files, self.kept, self.ids):
            for path in [path for path in files if path.startswith(f"{old}/")]:
                files[f"{new}/{path.partition('/')[2]}"] = files.pop(path)

    def hide(self, name: str) -> None:
        """Let a folder be as one whose disk is not mounted."""
        (self.archive / name).rename(self.folder / f"hidden-{name}")
        (self.archive / name).symlink_to(self.archive / ".not-mounted")
        self.hidden.add(name)

    def show(self, name: str) -> None:
        """Mount it again."""
        (self.archive / name).unlink()
        (self.folder / f"hidden-{name}").rename(self.archive / name)
        self.hidden.remove(name)

    def reindex(self, *, full: bool = False) -> None:
        """Bring the index up to date and check everything that is served."""
        sync(self.settings, jobs=1, full=full, allow_removals=True)
        self._is_up_to_date()
        self.check()
        wrong = [check.detail for check in run_checks(self.settings) if not check.ok]
        assert not wrong, wrong

    def kill_reindex(self, seconds: float, *, full: bool) -> None:
        """Kill a run some time after it began; then what is served is as before or as it will be."""
        before, kept = self.held, dict(self.kept)
        child = os.fork()
        if not child:
            try:
                sync(self.settings, jobs=1, full=full, allow_removals=True)
            finally:
                os._exit(0)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        self._is_up_to_date()
        if self.served() != self.held:
            self.held, self.kept = before, kept
        self.check()

    def damage(self, chance: random.Random) -> None:
        """Flip a bit of some file of the index, or lose its end."""
        files = sorted(path for path in self.index.rglob("*") if path.is_file() and path.stat().st_size)
        path = chance.choice(files)
        content = bytearray(path.read_bytes())
        place = chance.randrange(len(content))
        if chance.random() < 0.3:
            del content[place:]
        else:
            content[place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)

    def save(self) -> None:
        """Copy the index as a backup."""
        backup = self.folder / "backup"
        shutil.rmtree(backup, ignore_errors=True)
        shutil.copytree(self.index, backup)
        self.backup = self.held

    def restore(self) -> None:
        """Put the backup in the index's place."""
        assert self.backup is not None
        shutil.rmtree(self.index)
        shutil.copytree(self.folder / "backup", self.index)
        self.held = self.backup
        # Where articles were read last is in the backup too; nobody reads while a folder is hidden.
        self.check()

    def _is_up_to_date(self) -> None:
        for path, articles in self.files.items():
            if path.partition("/")[0] not in self.hidden:
                self.kept[path] = articles
        self.kept = {path: articles for path, articles in self.kept.items() if path in self.files}
        self.held = {title: words for articles in self.kept.values() for title, words in articles.items()}

    def served(self) -> Held:
        """What can be found, by each of the words."""
        found: dict[str, set[str]] = {}
        for word in ("", *WORDS):
            for title in self._titles(word):
                found.setdefault(title, set()).update([word] if word else [])
        return {title: frozenset(words) for title, words in found.items()}

    def check(self) -> None:
        """Everything that must be found is, and nothing else."""
        served = self.served()
        assert served == self.held, (set(self.held) - set(served), set(served) - set(self.held))
        fresh = Searcher(self.settings, check_seconds=0)
        try:
            assert SearchService(fresh).stats().documents == len(self.held)
        finally:
            fresh.close()

    def _titles(self, word: str) -> list[str]:
        asked = Question(word, per_page=1000, match="all", correct=False, expand=False)
        answer = self.service.search(asked)
        titles = [result.title for result in answer.results]
        assert answer.total == len(titles)
        return titles

    def close(self) -> None:
        """Stop searching."""
        self.searcher.close()
