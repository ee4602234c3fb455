"""Damage of an index: what is answered, said and mended after any bit or end of any file was lost.

``python -m bench.damage --engine whoosh --flips 300 --truncations 100`` damages copies of a small index, one
place at a time. Each is served, checked and indexed again; the place is told where something is wrong:

- no answer is another than that of the index or of the one before it, once the files were verified;
- no answer is an error of the server's own (500);
- ``telusur check`` finds every damage that changes an answer or takes it away;
- ``reindex`` mends it, and the answers are the right ones again.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flask.testing import FlaskClient

from index.engines.registry import embedded_names
from index.reindex.sync import sync
from index.settings import Settings
from index.store.generations import Generations
from search.app import create_app
from search.cli.checking import run_checks
from search.opened.searcher import Searcher

_PROCESSES = multiprocessing.get_context("fork")
_ARTICLES = 60
_WORDS = (
    "banjir",
    "bawaslu",
    "gempa",
    "harga",
    "ikan",
    "jalan",
    "kapal",
    "listrik",
    "pasar",
    "sawah",
    "warga",
    "zakat",
)
_QUESTIONS = (
    "/api/v1/search?q=",
    *(f"/api/v1/search?q={word}&per_page=20" for word in _WORDS),
    "/api/v1/search?q=%22harga+ikan%22",
    "/api/v1/search?q=harga+pasar&sort=newest",
    "/api/v1/search?q=harga+pasar&sort=oldest&page=2",
    "/api/v1/search?q=wa*&source=b.example",
    "/api/v1/search?q=gmepa&explain=true",
    "/api/v1/search?q=jalan+-kapal&from=2024-02-01&to=2024-04-01",
    "/api/v1/search?q=penulis:sari",
    "/api/v1/documents/a7?q=harga",
    "/api/v1/documents/a11",
)

Answers = Mapping[str, tuple[int, str]]
"""Address -> status and body, without what differs from one time to the next."""


@dataclass(frozen=True)
class Damage:
    """One place of one file.

    :param name: path below the index folder.
    :param bit: number of the bit that is another, ``None`` if the file ends before the byte of the place.
    :param place: number of the byte.
    """

    name: str
    place: int
    bit: int | None

    def apply(self, index: Path) -> None:
        """Damage the file."""
        path = index / self.name
        content = bytearray(path.read_bytes())
        if self.bit is None:
            del content[self.place :]
        else:
            content[self.place] ^= 1 << self.bit
        path.write_bytes(content)


def archive(folder: Path, engine: str) -> Settings:
    """Make an index of two generations, the last of them with an update behind it.

    :param folder: empty; holds the archive too.
    """
    settings = Settings(
        {"index": str(folder / "index"), "sources": (str(folder / "arsip.jsonl"),), "engine": engine}
    )
    chance = random.Random(11)
    articles = [_article(number, chance) for number in range(_ARTICLES)]
    for last, full in ((-6, False), (-3, True), (None, False)):
        articles[3] = _article(3, chance)
        del articles[10:12]
        lines = (json.dumps(article) for article in articles[:last])
        (folder / "arsip.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        sync(settings, jobs=1, full=full, allow_removals=True)
    return settings


def _article(number: int, chance: random.Random) -> dict[str, str]:
    words = [chance.choice(_WORDS) for _ in range(chance.randint(20, 90))]
    return {
        "id": f"a{number}",
        "title": f"{words[0]} {words[1]} nomor{number}".capitalize(),
        "body": f"Harga ikan naik {number} kali. {' '.join(words).capitalize()}, kata Sari. Listrik padam.",
        "source": f"{'abc'[number % 3]}.example",
        "author": ("Sari Dewi", "Budi Santoso")[number % 2],
        "published": f"2024-0{1 + number % 6}-1{number % 9}",
    }


def places(index: Path, flips: int, truncations: int, seed: int) -> Iterator[Damage]:
    """Places of every file in turn, drawn by chance."""
    chance = random.Random(seed)
    names = sorted(str(path.relative_to(index)) for path in index.rglob("*") if path.is_file())
    sizes = {name: size for name in names if (size := (index / name).stat().st_size)}
    for number in range(flips + truncations):
        name = list(sizes)[number % len(sizes)]
        place = chance.randrange(sizes[name])
        yield Damage(name, place, chance.randrange(8) if number < flips else None)


def served(settings: Settings) -> tuple[Answers, Answers, str]:
    """What a server that starts now answers, before and after its files were verified.

    :returns: both, and what ``/readyz`` says is wrong, empty if nothing is.
    """
    with closing(Searcher(settings.replace(response_cache_mb=0), check_seconds=0)) as searcher:
        client = create_app(searcher.settings, searcher).test_client()
        answers = []
        for _ in range(2):
            answers.append({address: _answer(client, address) for address in _QUESTIONS})
            searcher.verify()
        ready = client.get("/readyz")
        wrong = "" if ready.status_code == 200 else ready.get_data(as_text=True)
    return answers[0], answers[1], wrong


def _answer(client: FlaskClient, address: str) -> tuple[int, str]:
    response = client.get(address)
    content = response.get_json()
    for changing in ("took_ms", "request_id"):
        content.pop(changing, None)
    return response.status_code, json.dumps(content, sort_keys=True)


def complaints(settings: Settings) -> list[str]:
    """What ``telusur check`` finds wrong."""
    return [check.detail for check in run_checks(settings) if not check.ok]


@dataclass(frozen=True)
class Expected:
    """What an index that is not damaged answers, the one before it, and one that is made anew."""

    now: Answers
    before: Answers
    anew: Answers

    @classmethod
    def of(cls, settings: Settings) -> Expected:
        """Ask both generations of :func:`archive`."""
        index = Path(settings.text("index"))
        now = served(settings)[1]
        with tempfile.TemporaryDirectory() as name:
            older = Path(name) / "index"
            shutil.copytree(index, older)
            earlier = next(iter(Generations(older).earlier()))
            (older / "current").write_text(earlier.name)
            before = served(settings.replace(index=str(older)))[1]
            sync(settings.replace(index=str(older)), jobs=1, full=True)
            anew = served(settings.replace(index=str(older)))[1]
        assert now != before
        return cls(now, before, anew)

    def wrong(self, answers: Answers) -> list[str]:
        """Addresses with an answer that is neither right, nor of the index before, nor an honest 503."""
        return [
            f"{address} -> {answer[0]}"
            for address, answer in answers.items()
            if answer not in (self.now[address], self.before[address]) and answer[0] != 503
        ]


def try_damage(settings: Settings, expected: Expected, damage: Damage) -> list[str]:
    """Damage a copy of the index and live with it.

    :returns: what went otherwise than this module's docstring says.
    """
    found: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        index = Path(name) / "index"
        shutil.copytree(settings.text("index"), index)
        damage.apply(index)
        damaged = settings.replace(index=str(index))
        first, later, said = served(damaged)
        found += [f"wrong after it was verified: {wrong}" for wrong in expected.wrong(later)]
        if (early := expected.wrong(first)) and not said:
            found += [f"wrong, and /readyz is 200: {wrong}" for wrong in early]
        found += [
            f"an error of our own: {status}"
            for answers in (first, later)
            for status, _ in answers.values()
            if status == 500
        ]
        checked = complaints(damaged)
        if (first, later) != (expected.now, expected.now) and not checked:
            found.append("telusur check finds nothing")
        for full in (False, True):
            sync(damaged, jobs=1, full=full)
            first, later, said = served(damaged)
            if said or first != later or first not in ([] if full else [expected.now]) + [expected.anew]:
                found.append(f"reindex (full: {full}) does not mend it; /readyz: {said}")
        if checked := complaints(damaged):
            found.append(f"telusur check is not content after reindex: {checked}")
    return found


def survive(settings: Settings, expected: Expected, damage: Damage, seconds: float = 120) -> list[str]:
    """:func:`try_damage` in a process of its own.

    :param seconds: after which it counts as hung.
    """
    ours, theirs = _PROCESSES.Pipe(duplex=False)

    def run() -> None:
        try:
            theirs.send(try_damage(settings, expected, damage))
        except BaseException as error:
            theirs.send([f"raised {error!r}"])

    process = _PROCESSES.Process(target=run)
    process.start()
    theirs.close()
    try:
        found: list[str] = ours.recv() if ours.poll(seconds) else ["hung"]
    except EOFError:
        found = ["the process died"]
    process.kill()
    process.join()
    return found


def main(arguments: Iterable[str] | None = None) -> int:
    """Run from the command line; the exit code is 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", choices=embedded_names(), action="append")
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--truncations", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(None if arguments is None else list(arguments))
    logging.disable()
    failed = 0
    for engine in options.engine or embedded_names():
        tried: Counter[str] = Counter()
        with tempfile.TemporaryDirectory() as name:
            settings = archive(Path(name), engine)
            expected = Expected.of(settings)
            for damage in places(
                Path(settings.text("index")), options.flips, options.truncations, options.seed
            ):
                found = survive(settings, expected, damage)
                tried[Path(damage.name).suffix or Path(damage.name).name] += 1
                if found:
                    failed += 1
                    print(f"{engine}: {damage}", *found, sep="\n  ", flush=True)
        files = ", ".join(f"{suffix} {count}" for suffix, count in sorted(tried.items()))
        print(f"{engine}: {tried.total()} damages ({files}), {failed} with faults", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
