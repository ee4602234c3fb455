"""Bodies of block editors and corpora: their text, paragraph by paragraph, and what of it is structure."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from index.documents import Document
from index.sources.rich_text.html import html_of

ReadDocument = Callable[..., Document]

LINK = "https://koran.example/jembatan"


def editor_js() -> Any:
    return {
        "time": 1,
        "blocks": [
            {"type": "header", "data": {"text": "Jembatan", "level": 2}},
            {
                "type": "paragraph",
                "data": {"text": f'Warga <b>dua</b> desa, lihat <a href="{LINK}">ini</a>.'},
            },
            {
                "type": "list",
                "data": {"style": "unordered", "items": ["Batu", {"content": "Pasir", "items": []}]},
            },
            {"type": "image", "data": {"file": {"url": "a.jpg"}, "caption": "Foto"}},
        ],
    }


def draft() -> Any:
    return {
        "blocks": [
            {"text": "Jembatan", "type": "header-two"},
            {"text": "Warga dua desa, lihat ini.", "type": "unstyled"},
            {"text": "Batu", "type": "unordered-list-item"},
            {"text": "Pasir", "type": "unordered-list-item"},
            {"text": " ", "type": "atomic"},
        ],
        "entityMap": {},
    }


def prose_mirror() -> Any:
    def text(text: str, *marks: Any) -> Any:
        return {"type": "text", "text": text, "marks": list(marks)}

    def item(name: str) -> Any:
        return {"type": "listItem", "content": [{"type": "paragraph", "content": [text(name)]}]}

    link = {"type": "link", "attrs": {"href": LINK}}
    words = [
        text("Warga "),
        text("dua", {"type": "bold"}),
        text(" desa, lihat "),
        text("ini", link),
        text("."),
    ]
    return {
        "type": "doc",
        "content": [
            {"type": "heading", "attrs": {"level": 2}, "content": [text("Jembatan")]},
            {"type": "paragraph", "content": words},
            {"type": "bulletList", "content": [item("Batu"), item("Pasir")]},
        ],
    }


def slate() -> Any:
    link = {"type": "link", "url": LINK, "children": [{"text": "ini"}]}
    return [
        {"type": "heading-two", "children": [{"text": "Jembatan"}]},
        {"type": "paragraph", "children": [{"text": "Warga dua desa, lihat "}, link, {"text": "."}]},
        {
            "type": "bulleted-list",
            "children": [{"type": "list-item", "children": [{"text": name}]} for name in ("Batu", "Pasir")],
        },
    ]


def quill() -> Any:
    item = {"attributes": {"list": "bullet"}, "insert": "\n"}
    return {
        "ops": [
            {"insert": "Jembatan"},
            {"attributes": {"header": 2}, "insert": "\n"},
            {"insert": "Warga dua desa, lihat "},
            {"attributes": {"link": LINK}, "insert": "ini"},
            {"insert": ".\nBatu"},
            item,
            {"insert": "Pasir"},
            item,
            {"insert": {"image": "a.jpg"}},
        ]
    }


def portable_text() -> Any:
    spans = [
        {"_type": "span", "text": "Warga dua desa, lihat "},
        {"_type": "span", "text": "ini", "marks": ["k"]},
    ]
    return [
        {"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "Jembatan"}]},
        {
            "_type": "block",
            "style": "normal",
            "markDefs": [{"_key": "k", "_type": "link", "href": LINK}],
            "children": [*spans, {"_type": "span", "text": "."}],
        },
        *(
            {"_type": "block", "listItem": "bullet", "children": [{"_type": "span", "text": name}]}
            for name in ("Batu", "Pasir")
        ),
    ]


def contentful() -> Any:
    def text(value: str) -> Any:
        return {"nodeType": "text", "value": value, "marks": []}

    def item(name: str) -> Any:
        return {"nodeType": "list-item", "content": [{"nodeType": "paragraph", "content": [text(name)]}]}

    link = {"nodeType": "hyperlink", "data": {"uri": LINK}, "content": [text("ini")]}
    return {
        "nodeType": "document",
        "content": [
            {"nodeType": "heading-2", "content": [text("Jembatan")]},
            {"nodeType": "paragraph", "content": [text("Warga dua desa, lihat "), link, text(".")]},
            {"nodeType": "unordered-list", "content": [item("Batu"), item("Pasir")]},
        ],
    }


def lexical() -> Any:
    link = {"type": "link", "url": LINK, "children": [{"type": "text", "text": "ini"}]}
    items = [{"type": "listitem", "children": [{"type": "text", "text": name}]} for name in ("Batu", "Pasir")]
    words = [{"type": "text", "text": "Warga dua desa, lihat "}, link, {"type": "text", "text": "."}]
    return {
        "root": {
            "type": "root",
            "children": [
                {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": "Jembatan"}]},
                {"type": "paragraph", "children": words},
                {"type": "list", "listType": "bullet", "children": items},
            ],
        }
    }


EDITORS = (editor_js, draft, prose_mirror, slate, quill, portable_text, contentful, lexical)


@pytest.mark.parametrize("made", EDITORS)
@pytest.mark.parametrize("as_text", [False, True])
def test_what_an_editor_keeps_is_read_with_its_structure(
    document: ReadDocument, made: Callable[[], Any], as_text: bool
) -> None:
    body = json.dumps(made()) if as_text else made()

    read = document("a.jsonl", json.dumps({"judul": "Jembatan baru", "isi": body}))

    assert read.body == "Jembatan\n\nWarga dua desa, lihat ini.\n\nBatu\n\nPasir"
    kinds = {span.kind for span in read.layout}
    assert {"h", "ul", "li"} <= kinds
    assert made is draft or LINK in {span.address for span in read.layout}


@pytest.mark.parametrize(
    "body",
    [
        [{"type": "paragraph", "text": "Satu dua."}, {"type": "paragraph", "text": "Tiga empat."}],
        [{"text": "Satu dua."}, {"text": "Tiga empat."}],
        [{"alinea": "Satu dua."}, {"alinea": "Tiga empat."}],
        [{"urutan": 1, "content": "Satu dua."}, {"urutan": 2, "content": "Tiga empat."}],
        ["Satu dua.", "Tiga empat."],
        {"paragraphs": ["Satu dua.", "Tiga empat."]},
        {"0": "Satu dua.", "1": "Tiga empat."},
        {"rendered": "<p>Satu dua.</p><p>Tiga empat.</p>"},
        {"value": "<p>Satu dua.</p><p>Tiga empat.</p>", "format": "basic_html"},
        [
            {"blockName": "core/paragraph", "innerHTML": "<p>Satu dua.</p>"},
            {"innerHTML": "<p>Tiga empat.</p>"},
        ],
        [
            {"type": "paragraph", "paragraph": {"rich_text": [{"plain_text": t}]}}
            for t in ("Satu dua.", "Tiga empat.")
        ],
    ],
)
def test_paragraphs_in_objects_are_paragraphs(document: ReadDocument, body: Any) -> None:
    assert document("a.jsonl", json.dumps({"judul": "Angka", "isi": body})).body == "Satu dua.\n\nTiga empat."


def wordpress() -> Any:
    return [
        {"blockName": "core/heading", "innerBlocks": [], "innerHTML": "<h2>Jembatan</h2>"},
        {"blockName": None, "innerBlocks": [], "innerHTML": "\n\n", "innerContent": ["\n\n"]},
        {
            "blockName": "core/group",
            "innerBlocks": [{"blockName": "core/paragraph", "innerHTML": "<p>Warga dua desa.</p>"}],
            "innerHTML": "<div></div>",
            "innerContent": ["<div>", None, "</div>"],
        },
        {
            "blockName": "core/list",
            "innerBlocks": [
                {"blockName": "core/list-item", "innerHTML": f"<li>{name}</li>"} for name in ("Batu", "Pasir")
            ],
            "innerHTML": "<ul></ul>",
        },
    ]


def wp_graphql() -> Any:
    return [
        {"name": "core/heading", "attributes": {"content": "Jembatan", "level": 2}},
        {"name": "core/paragraph", "attributes": {"content": "Warga dua desa."}},
        {"name": "core/list", "saveContent": "<ul><li>Batu</li><li>Pasir</li></ul>"},
    ]


def hast() -> Any:
    def element(name: str, *children: Any) -> Any:
        return {"type": "element", "tagName": name, "properties": {}, "children": list(children)}

    def text(value: str) -> Any:
        return {"type": "text", "value": value}

    items = [element("li", text(name)) for name in ("Batu", "Pasir")]
    words = [text("Warga "), element("b", text("dua")), text(" desa.")]
    return {
        "type": "root",
        "children": [element("h2", text("Jembatan")), element("p", *words), element("ul", *items)],
    }


def telegraph() -> Any:
    items = [{"tag": "li", "children": [name]} for name in ("Batu", "Pasir")]
    return [
        {"tag": "h3", "children": ["Jembatan"]},
        {"tag": "p", "children": ["Warga ", {"tag": "b", "children": ["dua"]}, " desa."]},
        {"tag": "ul", "children": items},
        {"tag": "figure", "children": [{"tag": "figcaption", "children": ["Foto"]}]},
    ]


def mobiledoc() -> Any:
    return {
        "version": "0.3.1",
        "atoms": [],
        "cards": [],
        "markups": [["b"]],
        "sections": [
            [1, "h2", [[0, [], 0, "Jembatan"]]],
            [1, "p", [[0, [], 0, "Warga "], [0, [0], 1, "dua"], [0, [], 0, " desa."]]],
            [3, "ul", [[[0, [], 0, "Batu"]], [[0, [], 0, "Pasir"]]]],
        ],
    }


def google_docs() -> Any:
    def paragraph(*texts: str, style: str = "NORMAL_TEXT") -> Any:
        runs = [{"textRun": {"content": text, "textStyle": {}}} for text in texts]
        return {"paragraph": {"elements": runs, "paragraphStyle": {"namedStyleType": style}}}

    items = [paragraph(f"{name}\n") for name in ("Batu", "Pasir")]
    return {
        "content": [
            paragraph("Jembatan\n", style="HEADING_2"),
            paragraph("Warga ", "dua", " desa.\n"),
            *items,
        ]
    }


@pytest.mark.parametrize(
    "made", [wordpress, wp_graphql, hast, telegraph, mobiledoc, google_docs], ids=lambda made: made.__name__
)
@pytest.mark.parametrize("as_text", [False, True])
def test_what_programs_hand_on_is_read_likewise(
    document: ReadDocument, made: Callable[[], Any], as_text: bool
) -> None:
    body = json.dumps(made()) if as_text else made()

    read = document("a.jsonl", json.dumps({"judul": "Jembatan baru", "isi": body}))

    assert read.body == "Jembatan\n\nWarga dua desa.\n\nBatu\n\nPasir"
    kinds = {span.kind for span in read.layout}
    assert "h" in kinds
    assert made is google_docs or {"ul", "li"} <= kinds


WORDS = ["Harga", "cabai", ",", "kata", "dia", ",", "naik", "(", "lagi", ")", "."]


@pytest.mark.parametrize(
    "body",
    [
        WORDS,
        [WORDS],
        [[WORDS]],
        [{"word": word, "pos": "NN"} for word in WORDS],
        [[{"token": word} for word in WORDS]],
    ],
)
def test_words_are_put_together_again(document: ReadDocument, body: Any) -> None:
    read = document("a.jsonl", json.dumps({"judul": "Cabai", "isi": body}))

    assert read.body == "Harga cabai, kata dia, naik (lagi)."


def test_paragraphs_of_sentences_of_words_are_paragraphs(document: ReadDocument) -> None:
    sentence = ["Mereka", "semua", "pulang", "."]

    read = document("a.jsonl", json.dumps({"judul": "Cabai", "isi": [[WORDS, sentence], [sentence]]}))

    assert read.body == "Harga cabai, kata dia, naik (lagi). Mereka semua pulang.\n\nMereka semua pulang."


def test_marks_of_html_in_plain_text_stay_text() -> None:
    assert html_of([{"type": "paragraph", "children": [{"text": "a < b & c"}]}]) == "<p>a &lt; b &amp; c</p>"


def test_nesting_and_size_are_bounded() -> None:
    deep: Any = {"text": "dasar yang dalam"}
    for _ in range(400):
        deep = {"type": "quote", "children": [deep]}

    html = html_of(deep)
    assert html.count("<blockquote>") < 50
    assert html.count("dasar yang dalam") == 1  # too deep for structure, and not for its text
    assert html_of([{"text": "kata kata"}] * 120_000).count("<p>") <= 50_000
