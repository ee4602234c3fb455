"""Markdown in a record's field: clean text for search, structure for the page of the article."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from index.documents import Document, is_sound
from index.sources.marked_text import read_markup

ReadDocument = Callable[..., Document]

FIRST = "Kelompok tani memanen jagung lebih awal karena kemarau datang sebelum waktunya tahun ini."
LAST = "Penyuluh menyarankan petani menanam kacang sampai hujan turun kembali di lereng bukit itu."


def kinds(document: Document) -> list[tuple[str, str]]:
    assert is_sound(document.body, document.layout)
    return [(span.kind, document.body[span.start : span.end]) for span in document.layout]


@pytest.mark.parametrize("name", ["a.json", "a.md", "a.csv"])
def test_markdown_of_a_record_becomes_clean_text_with_its_structure(
    document: ReadDocument, name: str
) -> None:
    text = (
        f"{FIRST}\n\n## Hasil *panen*\n\nJagung **pipil** dari [koperasi](https://kop.example/a) naik.\n\n"
        f"- satu ton\n- dua ton\n\n> Kami siap menanam lagi.\n\n{LAST}"
    )
    written = {
        "a.json": json.dumps({"judul": "Panen", "isi": text}),
        "a.md": f"---\njudul: Panen\n---\n{text}",
        "a.csv": f'judul,isi\nPanen,"{text}"\n',
    }[name]

    read = document(name, written)

    assert read.body == "\n\n".join(
        (FIRST, "Hasil panen", "Jagung pipil dari koperasi naik.", "- satu ton", "- dua ton",
         "Kami siap menanam lagi.", LAST)
    )  # fmt: skip
    assert kinds(read) == [
        ("h", "Hasil panen"),
        ("a", "koperasi"),
        ("ul", "- satu ton\n\n- dua ton"),
        ("li", "satu ton"),
        ("li", "dua ton"),
        ("blockquote", "Kami siap menanam lagi."),
    ]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ('Kata dia, \\"Kami siap\\".', 'Kata dia, "Kami siap".'),
        ("Akun \\@jagung\\_manis \\[arsip\\]", "Akun @jagung_manis [arsip]"),
        ("Baca [[aturan]{dir=\"auto\"}](https://a.example){target=\"_blank\"} baru", "Baca aturan baru"),
        ("Naik ~~lima~~ **enam** persen", "Naik enam persen"),
        ("Selesai. ## Latar belakang\nSudah lama.", "Selesai.\nLatar belakang\nSudah lama."),
        ("- ### Aries\n\nBintang ini.", "- Aries\nBintang ini."),
        ("**Satu**<br>dua\\\ntiga", "Satu\ndua\ntiga"),
        ("## A\n\n\\[img.2\\]Isi teks", "A\nIsi teks"),
    ],
)  # fmt: skip
def test_marks_go_and_words_stay(written: str, plain: str) -> None:
    lines = [" ".join(line.split()) for line in read_markup(written)[0].split("\n") if line.strip()]

    assert lines == plain.split("\n")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (f"{FIRST}<br><br>{LAST}", [FIRST, LAST]),
        (f"{FIRST}<br />\n<br />\n{LAST}<br />", [FIRST, LAST]),
        (f"<br>{FIRST}</p><p>{LAST}", [FIRST, LAST]),
        (f"<center>{FIRST}</center><center>{LAST}</center>", [FIRST, LAST]),
        (
            f"{FIRST}\n\n<b>Hasil</b> panen naik &amp; baik.\n\n{LAST}",
            [FIRST, "Hasil panen naik & baik.", LAST],
        ),
        (f'{FIRST} <a href="https://kop.example">Koperasi</a> membeli.', [f"{FIRST} Koperasi membeli."]),
    ],
)
def test_tags_within_a_text_that_begins_without_go_too(written: str, plain: list[str]) -> None:
    text, outline = read_markup(written)

    assert [line for line in text.split("\n") if line] == plain
    assert outline is not None


@pytest.mark.parametrize(
    "plain",
    [
        "Perintah <br> memutus baris dan <p> membuka paragraf.",
        "Harga <5000 dan >3000; a <b dan c> d",
        "Harga naik * dua kali.",
        "- satu\n- dua\n\n1. tiga",
        "Akun san**ye** dan #ASN #Hati2Hoaks _aw",
        "*Lowongan Kerja* dibuka [...] (lihat referensi)",
        "C:\\data dan 3 > 2 | kiri | kanan",
        "# Gempa hari ini\nTidak berpotensi tsunami",
    ],
)
def test_plain_text_with_such_signs_stays_as_it_is(plain: str) -> None:
    assert read_markup(plain) == (plain, None)
