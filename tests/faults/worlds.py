"""Worlds: small random archives, old and new, and the command that leads from one to the other."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

_WORDS = (
    "air banjir bantuan daerah desa gedung hujan jalan jembatan kantor kecamatan kebakaran korban laporan "
    "melaporkan mengawasi pasar pelabuhan pemilih pengawasan penduduk perahu petani petugas rakyat rumah "
    "sawah sekolah sungai warga wilayah"
)
_PLACES = ("Amuntai", "Balangan", "Kapuas", "Lebak")
_MANY = 330
"""More than a run reads alone, so that it starts workers if it may."""

Article = dict[str, str]


@dataclass(frozen=True)
class State:
    """What a run is given.

    :param articles: by file name.
    :param lexicon: the owner's.
    """

    articles: dict[str, list[Article]]
    lexicon: str = ""

    def count(self) -> int:
        """Number of articles."""
        return sum(map(len, self.articles.values()))

    def write(self, archive: Path, lexicon: Path) -> None:
        """Let files be these."""
        archive.mkdir(exist_ok=True)
        for path in archive.iterdir():
            if path.name not in self.articles:
                path.unlink()
        for name, articles in self.articles.items():
            text = "\n".join(json.dumps(article) for article in articles) + "\n"
            (archive / name).write_text(text, encoding="utf-8")
        lexicon.write_text(self.lexicon, encoding="utf-8")


@dataclass(frozen=True)
class Operation:
    """A change and the run that follows it.

    :param before: what the index was made from; ``None`` if there is none.
    :param options: of the run.
    :param thorough: whether calls of one kind on files of one kind are worth a trial each; else the first is.
    """

    name: str
    before: State | None
    after: State
    options: list[str] = field(default_factory=lambda: ["--jobs", "1"])
    thorough: bool = True


def operations(seed: int) -> list[Operation]:
    """Everything that changes an index, on random archives."""
    chance = random.Random(seed)
    few = State(_files(chance, chance.randint(12, 24)))
    many = State({"banyak.jsonl": [_article(chance, number, 6) for number in range(_MANY)]})
    return [
        Operation("first", None, few),
        Operation("update", few, _changed(chance, few)),
        Operation("full", few, _changed(chance, few), ["--full", "--jobs", "1"]),
        Operation("synonym", few, State(few.articles, "[sinonim]\nbencana = banjir\n")),
        Operation("stem", few, State(few.articles, "[akar]\nrawan = banjir\n")),
        Operation("workers", many, _changed(chance, many), ["--full", "--jobs", "2"], thorough=False),
    ]


def _files(chance: random.Random, count: int) -> dict[str, list[Article]]:
    """A file for each of some articles, and one for the rest."""
    articles = [_article(chance, number) for number in range(count)]
    alone = chance.randint(3, 6)
    files = {f"berkas-{article['id']}.json": [article] for article in articles[:alone]}
    return {**files, "kumpulan.jsonl": articles[alone:]}


def _changed(chance: random.Random, state: State) -> State:
    """One article is added, one changed, one removed."""
    files = {name: list(articles) for name, articles in state.articles.items()}
    largest = max(files, key=lambda name: len(files[name]))
    removed, changed = chance.sample(range(len(files[largest])), 2)
    articles = files[largest]
    articles[changed] = {**articles[changed], "body": f"Isinya berubah karena banjir. {_text(chance)}"}
    del articles[removed]
    new = _article(chance, 1000 + chance.randrange(1000))
    if chance.random() < 0.5:
        articles.append(new)
    else:
        files[f"baru-{new['id']}.json"] = [new]
    return State(files, state.lexicon)


def _article(chance: random.Random, number: int, words: int = 60) -> Article:
    flood = "Banjir" if number % 3 else "Bencana rawan"
    return {
        "id": f"a{number}",
        "title": f"{flood} ke-{number} di {chance.choice(_PLACES)}",
        "body": f"{_text(chance, words)}\n\n{flood} nomor kata{number}. {_text(chance, words)}",
        "source": chance.choice(("warta.example", "harian.example")),
        "place": chance.choice(_PLACES),
        "author": chance.choice(("Sari Wulan", "Bagas", "Rahmat")),
        "date": f"{chance.randint(2019, 2024)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}",
    }


def _text(chance: random.Random, words: int = 60) -> str:
    return " ".join(chance.choices(_WORDS.split(), k=chance.randint(4, words))).capitalize() + "."
