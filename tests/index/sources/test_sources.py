"""Sources as a whole: what every input becomes, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.documents import Document
from index.settings import Settings
from index.sources.base import InputFile, Skip, Unread
from index.sources.reading import MOST_SKIPS, FewSkips, read_input
from index.sources.registry import known_endings, parser_for
from index.sources.version import parsers_fingerprint
from index.sources.walk import list_inputs

ReadAll = Callable[[Path], Iterator[Document | Skip]]

TEXT = "Pasar baru dibuka pekan ini. Pedagang senang."


def test_ids_stay_when_the_archive_moves(tmp_path: Path, read_all: ReadAll) -> None:
    for parent in ("lama", "baru"):
        (tmp_path / parent / "arsip" / "2024").mkdir(parents=True)
        (tmp_path / parent / "arsip" / "2024" / "a.txt").write_text(TEXT)

    ids = [
        [item.id for item in read_all(tmp_path / parent / "arsip") if isinstance(item, Document)]
        for parent in ("lama", "baru")
    ]

    assert len(ids[0]) == 1
    assert ids[0] == ids[1]


def test_of_many_bad_lines_few_are_reported_but_always_that_the_disk_failed() -> None:
    few = FewSkips("arsip.jsonl")
    admitted = [few.admits(Skip(f"arsip.jsonl:{line}", "rusak")) for line in range(MOST_SKIPS + 5)]
    assert admitted.count(False) == 5
    assert few.admits(Unread("arsip.jsonl", "diska gagal"))
    assert len(list(few.rest())) == 1


def test_a_file_that_vanishes_mid_run_does_not_stop_the_others(tmp_path: Path, read_all: ReadAll) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"{name}: {TEXT}")
    run = read_all(tmp_path)

    first = next(run)
    (tmp_path / "b.txt").unlink()
    gone, last = run

    assert isinstance(first, Document)
    assert gone == Skip(f"{tmp_path.name}/b.txt", "vanished, or is a link to nothing")
    assert isinstance(last, Document)


def test_every_kind_of_file_has_a_parser_with_and_without_gz() -> None:
    for ending in known_endings():
        assert parser_for(f"a{ending.upper()}") is parser_for(f"a{ending}.gz") is not None
    assert parser_for("a.doc") is None
    assert parser_for("txt") is None
    assert parsers_fingerprint()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ending=st.sampled_from(known_endings()),
    content=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(
            st.sampled_from(
                [
                    "id,isi\n", "---\n", "{", '{"text":"', '"}\n', "CIAMIS, A.COM - ", "Senin (1/1)", "<p>",
                    "</p>", "\n\n", "Editor: x", "(a/b)", " *", "Baca juga:", "[Red]", "Kata.", "\u00a0",
                    "# ",
                    '"', ";", "\x00",
                ]
            )
        ).map(lambda parts: "".join(parts).encode()),
    ),
)  # fmt: skip
def test_whatever_a_file_holds_it_becomes_sound_documents_or_reasons(
    tmp_path: Path, ending: str, content: bytes
) -> None:
    path = tmp_path / f"berkas{ending}"
    path.write_bytes(content)

    items = list(read_input(InputFile(path, f"arsip/berkas{ending}", tmp_path), Settings()))

    assert items or not content.strip() or ending in (".csv", ".tsv", ".jsonl", ".ndjson")
    for item in items:
        if isinstance(item, Skip):
            assert item.source.startswith("arsip/berkas")
            assert item.reason
            assert "please report" not in item.reason
        else:
            assert re.fullmatch(r"[A-Za-z0-9._-]{1,120}", item.id)
            assert item.title.strip()
            assert item.body.strip()
            item.body.encode()
            assert item.content_hash == Document.from_dict(item.to_dict()).content_hash


SIZE = 300_000
HOSTILE: dict[str, Callable[[], str]] = {
    "one-letter": lambda: "a" * SIZE,
    "spaces": lambda: " " * SIZE + "x",
    "short-lines": lambda: "a\n" * (SIZE // 2),
    "dashes": lambda: "A - " * (SIZE // 4),
    "weekdays": lambda: "Senin (1/1) " * (SIZE // 12) + " ".join(map(str, range(1900, 2100))),
    "stars": lambda: "\n".join(["x" + " *" * 150] * (SIZE // 300)),
    "marks": lambda: "x" + " [Red]" * (SIZE // 6),
    "brackets": lambda: "[" * SIZE,
    "comments": lambda: "<!--" * (SIZE // 4),
    "headings": lambda: "# " * (SIZE // 2),
    "emphasis": lambda: "*a _b " * (SIZE // 6),
    "links": lambda: "[a](" * (SIZE // 4),
    "tags": lambda: "<div>" * (SIZE // 5) + "x",
    "domains": lambda: "a." * (SIZE // 2) + "com, Jakarta - X",
    "capitals": lambda: "x" + "A" * SIZE + " (ANTARA) - x",
    "mojibake": lambda: "â€œ" * (SIZE // 3),
    "bylines": lambda: "Editor: x " * (SIZE // 10),
    "teasers": lambda: "Baca juga: " * (SIZE // 11),
}


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".jsonl", ".csv"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_is_read_to_its_end(
    read: Callable[..., list[Document | Skip]], hostile: str, ending: str
) -> None:
    assert read(f"a{ending}", HOSTILE[hostile]()) or ending in (".csv", ".jsonl")


SHARED = Path(__file__).parents[4] / "shared" / "seeds"


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the raw press articles are not at {SHARED}")
def test_real_press_articles_come_out_right(read_all: ReadAll) -> None:
    read = {item.origin[:9]: item for item in read_all(SHARED) if isinstance(item, Document)}

    assert {origin: (item.source, item.place, item.published) for origin, item in read.items()} == {
        "seeds/000": ("metro7.co.id", "Balangan", date(2024, 2, 6)),
        "seeds/001": ("belitongekspres.co.id", "Manggar", date(2022, 7, 7)),
        "seeds/002": ("", "Amuntai", date(2020, 10, 20)),
        "seeds/003": ("kaltengtoday.com", "Kapuas", date(2023, 11, 21)),
        "seeds/004": ("radarbanten.co.id", "Lebak", date(2024, 11, 12)),
    }
    assert read["seeds/002"].title.startswith("Bawaslu HSU ingatkan ASN")
    assert (read["seeds/004"].author, read["seeds/004"].editor) == ("nurabidin", "Agung S Pambudi")
    bodies = " ".join(item.body.lower() for item in read.values())
    for teaser_word in ("perselingkuhan", "porprov", "barsel", "tinggalkan balasan", "discussion about"):
        assert teaser_word not in bodies


def test_the_walk_and_the_parsers_agree_on_what_is_readable(tmp_path: Path) -> None:
    for ending in known_endings():
        (tmp_path / f"a{ending}").write_text("x")

    listed = [item for item in list_inputs([tmp_path], Settings()) if isinstance(item, InputFile)]

    assert len(listed) == len(known_endings())
