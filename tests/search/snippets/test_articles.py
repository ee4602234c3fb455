"""An article as HTML says what its text says, and holds no element or attribute but those of its layout."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.documents import Span, is_sound
from search.snippets.articles import OUTWARD, OUTWARD_REL, Labels, write_article
from search.snippets.markup import mark_text
from search.snippets.sanitising import sanitised_article, sanitised_marks
from search.snippets.targets import Highlight

LABELS = Labels("Gambar", "Tabel")
ATTRIBUTES = {
    "a": {"href", "rel", "target"},
    "ol": {"start"},
    "th": {"scope", "colspan"},
    "td": {"colspan"},
    "div": {"class", "role", "aria-label", "tabindex"},
    "p": {"class"},
    **{
        tag: set()
        for tag in ("h2", "h3", "h4", "ul", "li", "blockquote", "table", "thead", "tbody", "tr", "mark")
    },
}
INSIDE = {
    "ul": {"li"},
    "ol": {"li"},
    "table": {"thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "a": {"mark"},
    "mark": set(),
    "div": {"table"},
    **{tag: {"a", "mark"} for tag in ("p", "h2", "h3", "h4", "th", "td")},
}


class Reader(HTMLParser):
    """Reads HTML, refusing what is not well formed or not allowed; keeps the text and what is marked."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text: list[str] = []
        self.marks: list[str] = []
        self.is_picture = False
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= ATTRIBUTES[tag]
        assert tag in INSIDE.get(self.open[-1], ATTRIBUTES) if self.open else tag != "li"
        if tag == "a":
            assert " ".join(f'{name}="{value}"' for name, value in attrs if name != "href") == OUTWARD
            assert str(dict(attrs)["href"]).startswith(("https://", "http://", "mailto:"))
        self.is_picture |= ("class", "picture") in attrs
        if tag == "mark":
            self.marks.append("")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "p":
            self.is_picture = False

    def handle_data(self, data: str) -> None:
        if not self.is_picture:
            self.text.append(data)
        if self.open and self.open[-1] == "mark":
            self.marks[-1] += data


def parsed(markup: str) -> list[object]:
    """Tags with their attributes, and texts, as a parser sees them."""
    found: list[object] = []

    class Recorder(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, sorted(attrs)))

        def handle_endtag(self, tag: str) -> None:
            found.append(f"/{tag}")

        def handle_data(self, data: str) -> None:
            if found and isinstance(found[-1], list):
                found[-1][0] += data
            else:
                found.append([data])

    reader = Recorder(convert_charrefs=True)
    reader.feed(markup)
    reader.close()
    return found


def shown(text: str) -> str:
    """A text without blanks and without what stands for elements: bullets, numbers, lines of a table."""
    return re.sub(r"[\s|:+=•·–*-]|(?<![^\W_])\d{1,9}[.)]", "", text)


WORDS = st.sampled_from(["pasar", "<b>", "&amp;", '"', "'", "“kata”", "</p>", "<mark>", "x\x01", "é", "Rp5"])
LINE = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
ADDRESS = st.sampled_from(["https://a.id/?x=\"'&amp;<>", "mailto:a@b.id", "http://a.id/b"])


class Writer:
    """Makes up a body and its layout, as sources have them."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.text = ""
        self.layout: list[Span] = []

    def line(self) -> None:
        start = len(self.text)
        self.text += self.draw(LINE)
        if self.draw(st.booleans()):
            self.layout.append(Span("a", start, len(self.text), 0, self.draw(ADDRESS)))
            self.text += self.draw(st.sampled_from(["", " lagi"]))

    def part(self) -> None:
        if self.text:
            self.text += "\n\n"

    def element(self, kind: str, number: int = 0) -> int:
        self.layout.append(Span(kind, len(self.text), len(self.text), number))
        return len(self.layout) - 1

    def end(self, at: int) -> None:
        self.layout[at] = self.layout[at]._replace(end=len(self.text))

    def list(self, depth: int) -> None:
        ordered = self.draw(st.booleans())
        whole = self.element("ol" if ordered else "ul", 3 if ordered else 0)
        for number in range(self.draw(st.integers(1, 3))):
            if number:
                self.text += "\n\n"
            self.text += self.draw(st.sampled_from(["", "- ", f"{number + 3}. "]))
            item = self.element("li")
            self.line()
            if depth < 3 and self.draw(st.booleans()):
                self.text += "\n\n"
                if self.draw(st.booleans()):
                    self.line()
                else:
                    self.list(depth + 1)
            self.end(item)
        self.end(whole)

    def table(self) -> None:
        whole = self.element("table")
        for number in range(self.draw(st.integers(1, 3))):
            self.text += "\n\n| " if number else "| "
            row = self.element("tr")
            for column in range(self.draw(st.integers(1, 3))):
                self.text += " | " if column else ""
                cell = self.element(self.draw(st.sampled_from(["th", "td"])), self.draw(st.integers(1, 2)))
                if not column or self.draw(st.booleans()):
                    self.line()
                self.end(cell)
            self.end(row)
            self.text += " |"
        self.end(whole)

    def quote(self) -> None:
        whole = self.element("blockquote")
        self.line()
        self.text += "\n\n"
        self.list(2)
        self.end(whole)

    def heading(self) -> None:
        whole = self.element("h", self.draw(st.integers(2, 4)))
        self.line()
        self.end(whole)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, tuple[Span, ...]]:
    writer = Writer(draw)
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["paragraph", "list", "table", "quote", "heading", "picture"]))
        if kind == "picture":
            at = len(writer.text)
            writer.layout.append(Span("img", at, at, 0, draw(ADDRESS), draw(LINE)))
            continue
        writer.part()
        if kind == "list":
            writer.list(0)
        else:
            {"table": writer.table, "quote": writer.quote, "heading": writer.heading}.get(kind, writer.line)()
    return writer.text, tuple(writer.layout)


@settings(deadline=None)
@given(st.data(), articles())
def test_the_html_of_an_article_says_what_its_text_says(
    data: st.DataObject, article: tuple[str, tuple[Span, ...]]
) -> None:
    text, layout = article
    assert is_sound(text, layout)
    words = [match.span() for match in re.finditer(r"\S+", text)]
    chosen = sorted(data.draw(st.sets(st.integers(0, max(0, len(words) - 1)), max_size=8)))
    pairs = list(pairwise(chosen))[::2] if words else []
    highlights = [Highlight(words[first][0], words[last][1], 0) for first, last in pairs]

    written = write_article(text, layout, highlights, LABELS)
    read = Reader(written)

    assert shown("".join(read.text)) == shown(text)
    assert parsed(sanitised_article(written)) == parsed(written)
    marked = [text[each.start : each.end] for each in highlights]
    wanted = shown("".join(each for each in marked if "\n\n" not in each))
    assert shown("".join(read.marks)) == wanted


@given(st.text(alphabet="ab \n<&\"'\x02\x03"), st.data())
def test_text_without_layout_becomes_paragraphs(text: str, data: st.DataObject) -> None:
    read = Reader(write_article(text, (), [], LABELS))

    assert "".join("".join(read.text).split()) == re.sub(r"[\x02\x03\s]", "", text)


def test_a_match_across_the_border_of_an_element_is_marked_on_both_sides() -> None:
    text = "Rapat kerja besar.\n\n| satu | dua |\n\n| tiga | empat |"
    layout = (
        Span("a", 6, 11, 0, "https://a.id/?a=1&b=<mark>"),
        Span("table", 20, 52),
        Span("tr", 22, 32),
        Span("th", 22, 26, 1),
        Span("th", 29, 32, 1),
        Span("tr", 38, 50),
        Span("th", 38, 42, 1),
        Span("td", 45, 50, 1),
    )
    assert is_sound(text, layout)

    html = write_article(text, layout, [Highlight(0, 11, 0), Highlight(22, 32, 0)], LABELS)

    assert html == (
        "<p><mark>Rapat </mark>"
        f'<a href="https://a.id/?a=1&amp;b=&lt;mark&gt;" {OUTWARD}><mark>kerja</mark></a> besar.</p>\n'
        '<div class="table" role="region" aria-label="Tabel 1" tabindex="0"><table>\n'
        "<thead>\n"
        '<tr><th scope="col"><mark>satu</mark></th><th scope="col"><mark>dua</mark></th></tr>\n'
        "</thead>\n"
        '<tbody>\n<tr><th scope="row">tiga</th><td>empat</td></tr>\n</tbody>\n</table></div>'
    )


def test_a_picture_is_a_link_that_says_what_it_shows() -> None:
    layout = (
        Span("img", 0, 0, 0, "https://a.id/b.jpg", 'Pasar "<b>"\x02'),
        Span("img", 5, 5, 0, "https://a.id/c"),
    )

    html = write_article("Pasar", layout, [], LABELS)

    link = f'<p class="picture"><a href="https://a.id/{{}}" {OUTWARD}>{{}}</a></p>'
    shown = "Gambar: Pasar &quot;&lt;b&gt;&quot;"
    assert html == f"{link.format('b.jpg', shown)}\n<p>Pasar</p>\n{link.format('c', 'Gambar')}"


RAW = [
    ("<p>a</p><script>b()</script>", "<p>a</p>"),
    ("<p onclick='b()' style='color: red' id='c'>a</p>", "<p>a</p>"),
    ('<p class="picture other">a</p><p class="picture">b</p>', '<p>a</p><p class="picture">b</p>'),
    ('<img src="https://a.id/x.png" onerror="b()"><p>a</p>', "<p>a</p>"),
    ('<iframe src="https://a.id"></iframe><p>a</p>', "<p>a</p>"),
    ("<style>p { color: red }</style><p>a</p>", "<p>a</p>"),
    ('<a href="javascript:b()" target="_top">a</a>', f"<a {OUTWARD}>a</a>"),
    ('<a href="/masuk" target="_top">a</a>', f"<a {OUTWARD}>a</a>"),
    ('<a href="https://a.id" rel="opener" target="_top">a</a>', f'<a href="https://a.id" {OUTWARD}>a</a>'),
    ('<a href="https://a.id" target="x">a</a>', f'<a href="https://a.id" rel="{OUTWARD_REL}">a</a>'),
    ('<form action="https://a.id"><input name="b"><p>a</p></form>', "<p>a</p>"),
    ("<p>a<!-- b --><b>c</b></p>", "<p>ac</p>"),
    ('<div class="masthead" role="alert" tabindex="5">a</div>', "<div>a</div>"),
    ("<svg><a href='https://a.id'>x</a></svg><math><mi>y</mi></math><p>a</p>", None),
]


@pytest.mark.parametrize(("raw", "left"), RAW)
def test_what_the_writer_never_writes_does_not_go_out(raw: str, left: str | None) -> None:
    found = sanitised_article(raw)

    if left is not None:
        assert parsed(found) == parsed(left)
    assert not re.search(r"script|on\w+=|style|javascript|<svg|<math|<form|<input|<img|<iframe", found)
    assert "<" not in sanitised_marks(raw)


@given(st.lists(WORDS).map(" \n".join), st.booleans())
def test_escaped_text_with_marks_goes_out_as_it_is(text: str, is_marked: bool) -> None:
    highlights = [Highlight(0, len(text.split(" ")[0]), 0)] if is_marked and text else []
    written = mark_text(text, highlights)

    assert parsed(sanitised_marks(written)) == parsed(written)


def test_many_character_references_change_nothing() -> None:
    text = 'Beras & gula < minyak > garam, "lada". ' * 2000
    address = "https://a.id/?" + "&".join(f"x{number}=1" for number in range(200))
    layout = (Span("a", len(text), len(text) + 4, 0, address),)
    written = write_article(text + "kata\n\n" + text, layout, [], LABELS)

    assert parsed(sanitised_article(written)) == parsed(written)
    assert parsed(sanitised_marks(mark_text(text, []))) == [[text]]
