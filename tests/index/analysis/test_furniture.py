"""Lines that are no text of a publisher's articles are taken from them, and the rest stays as it was."""

from __future__ import annotations

import pickle

import pytest

from index.analysis.furniture import NO_FURNITURE, Furniture, Publisher
from index.documents import Document, Span, is_sound

LINE = "Kunjungi toko suvenir redaksi di lantai dasar"
LAST = "Surat pembaca dikirim lewat kotak pos lama."
FURNITURE = Furniture({"warta.example": Publisher(40, {LINE: 30, LAST: 25})})


def document(body: str, **matter: object) -> Document:
    matter = {"source": "warta.example", "title": "Panen raya di hulu", **matter}
    return Document(id="a", body=body, **matter)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"Padi menguning.\n\n{LINE}\n\nPetani senang.", "Padi menguning.\n\nPetani senang."),
        (f"{LINE}\n\nPadi menguning.", "Padi menguning."),
        (f"Padi menguning.\n\n{LINE}", "Padi menguning."),
        (f"Padi menguning.\n{LINE}\n\nPetani senang.", "Padi menguning.\n\nPetani senang."),
        (f"Padi menguning.\n\n{LINE}\n{LINE}\nPetani senang.", "Padi menguning.\n\nPetani senang."),
        (f"Padi menguning.\n\nPetani senang. {LAST}", "Padi menguning.\n\nPetani senang."),
        (f"{LAST} Padi menguning.", "Padi menguning."),
        (f"Padi menguning.\n\n{LAST} {LAST}\n\n{LINE}", "Padi menguning."),
        (f"Padi menguning. {LAST} Petani senang.", None),
        (f"Padi menguning; {LINE.lower()}", None),
        (f"{LINE}\n\n{LAST}", None),
        ("Padi menguning.", None),
    ],
)
def test_the_lines_go_wherever_they_stand_alone_and_sentences_at_both_ends(
    body: str, left: str | None
) -> None:
    read = document(body)
    cut = FURNITURE.cut(read)
    if left is None:
        assert cut is read
        assert FURNITURE.lines_in(read) == []
    else:
        assert cut.body == left
        assert set(FURNITURE.lines_in(read)) <= {LINE, LAST, f"{LAST} {LAST}"}


def test_what_was_shortened_counts_as_what_was_read_also_elsewhere() -> None:
    read = document(f"Padi menguning.\n\n{LINE}")
    cut = FURNITURE.cut(read)
    assert cut.content_hash == read.content_hash
    assert pickle.loads(pickle.dumps(cut)).content_hash == read.content_hash
    assert document(cut.body).content_hash != read.content_hash


def test_other_publishers_keep_the_line() -> None:
    read = document(f"Padi menguning.\n\n{LINE}", source="kabar.example")
    assert FURNITURE.cut(read) is read
    assert NO_FURNITURE.cut(read) is read


def test_a_line_that_the_title_was_taken_from_stays() -> None:
    read = document(f"{LINE}\n\nPadi menguning.\n\n{LINE}", title=LINE)
    assert FURNITURE.cut(read).body == f"{LINE}\n\nPadi menguning."


def test_elements_move_with_their_text_and_go_with_it() -> None:
    first, items = "Padi menguning.", ["- beras merah", f"- {LINE}", "- jagung"]
    body = "\n\n".join([first, "\n".join(items), LINE, "Cara menanam", "Lihat peta ini."])
    start = body.index("- beras")
    layout = [Span("ul", start, start + len("\n".join(items)))]
    layout += [Span("li", body.index(item[2:]), body.index(item[2:]) + len(item) - 2) for item in items]
    layout += [Span("img", body.index("Cara"), body.index("Cara"), 0, "https://a.example/b.jpg", "sawah")]
    layout += [Span("h", body.index("Cara"), body.index("Cara") + len("Cara menanam"), 3)]
    layout += [Span("a", body.index("peta"), body.index("peta") + 4, 0, "https://a.example/peta")]
    read = document(body, layout=tuple(layout))
    assert is_sound(read.body, read.layout)
    furniture = Furniture({"warta.example": Publisher(40, {LINE: 30, items[1]: 30})})

    cut = furniture.cut(read)

    assert cut.body == f"{first}\n\n- beras merah\n- jagung\n\nCara menanam\n\nLihat peta ini."
    assert is_sound(cut.body, cut.layout)
    shown = [(span.kind, cut.body[span.start : span.end]) for span in cut.layout]
    assert shown == [
        ("ul", "- beras merah\n- jagung"),
        ("li", "beras merah"),
        ("li", "jagung"),
        ("img", ""),
        ("h", "Cara menanam"),
        ("a", "peta"),
    ]


def test_a_list_that_ends_with_the_line_stays_apart_from_what_follows() -> None:
    body = f"Bahan\n\n- tepung\n{LINE}\n\nAduk rata."
    start = body.index("- tepung")
    line = body.index(LINE)
    layout = (
        Span("ul", start, line + len(LINE)),
        Span("li", start + 2, start + 8),
        Span("li", line, line + len(LINE)),
    )
    cut = FURNITURE.cut(document(body, layout=layout))
    assert cut.body == "Bahan\n\n- tepung\n\nAduk rata."
    assert [cut.body[span.start : span.end] for span in cut.layout] == ["- tepung", "tepung"]
    assert is_sound(cut.body, cut.layout)


@pytest.mark.parametrize("kind", ["h", "table"])
def test_headings_and_tables_stay_whole(kind: str) -> None:
    body = f"Padi menguning.\n\n{LINE}\n\nPetani senang."
    start = body.index(LINE)
    layout = [Span(kind, start, start + len(LINE), 2 if kind == "h" else 0)]
    if kind == "table":
        layout += [
            Span("tr", start, start + len(LINE)),
            Span("td", start, start + len(LINE), 1),
        ]
    read = document(body, layout=tuple(layout))
    assert is_sound(body, read.layout)
    assert FURNITURE.cut(read) is read


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        ((), {LINE, LAST}),
        (("toko  SUVENIR",), {LAST}),
        (("kotak pos", "lantai"), set()),
        (("*",), set()),
        (("tidak ada",), {LINE, LAST}),
    ],
)
def test_an_owner_keeps_lines_by_a_part_of_them(kept: tuple[str, ...], left: set[str]) -> None:
    furniture = FURNITURE.without(kept)
    assert {row["text"] for row in furniture.rows()} == left
    assert bool(furniture) is bool(left)


def test_it_is_written_and_read() -> None:
    assert Furniture.from_json(FURNITURE.to_json()) == FURNITURE
    for text in ("[]", '{"a": 1}', '{"a": [1, []]}', "{"):
        with pytest.raises(ValueError, match=r"."):
            Furniture.from_json(text)


def test_what_was_known_before_stays_where_articles_were_kept() -> None:
    now = Furniture({"warta.example": Publisher(50, {LINE: 40}), "baru.example": Publisher(20, {LAST: 20})})
    both = now.and_known(FURNITURE)
    assert both.publishers["warta.example"] == Publisher(50, {LINE: 40, LAST: 25})
    assert both.publishers["baru.example"] == now.publishers["baru.example"]
