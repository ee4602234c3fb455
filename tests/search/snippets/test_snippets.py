"""Snippets show the words asked for, as they are written, and nothing that a browser would run."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon
from index.analysis.tokens import Token
from index.settings import Settings
from search.plan.meaning import Archive
from search.plan.planning import Plan, Planner
from search.plan.recipe import Recipe
from search.plan.weights import Weights
from search.query.parsing import parse
from search.snippets.highlighting import Finder
from search.snippets.markup import join_passages, mark_passage, mark_text
from search.snippets.passages import choose_passages
from search.snippets.sentences import Sentences
from search.snippets.texts import blanked
from search.snippets.words import CachingTokenizer

ANALYZER = Analyzer(load_lexicon())
RECIPE = Recipe(Weights.of(Settings()))
FINDER = Finder(ANALYZER)
FREQUENCIES = {"banjir": 500, "rumah": 400}
FILLER = "Warga setempat menunggu kabar dari petugas yang berjaga di pos itu sejak pagi hari. "


def planned(query: str) -> Plan:
    archive = Archive(ANALYZER.analyze, ANALYZER.lexicon, lambda stem: FREQUENCIES.get(stem, 1), 1000, RECIPE)
    return Planner(archive).plan(parse(query))


def marked(text: str, query: str) -> str:
    return mark_text(text, FINDER.find(text, planned(query).body))


def snippets(text: str, query: str) -> list[str]:
    targets = planned(query).body
    highlights = FINDER.find(text, targets)
    passages = choose_passages(text, Sentences(text), highlights, targets.weights)
    return [mark_passage(text, highlights, passage) for passage in passages]


def marks(html: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", html)


@pytest.mark.parametrize("query", ["awas", "mengawasi", "PENGAWASAN", "diawasi?"])
def test_every_inflected_form_is_marked_as_written(query: str) -> None:
    text = "Badan Pengawas itu mengawasi pengawasan, kata pengawas."
    assert marks(marked(text, query)) == ["Pengawas", "mengawasi", "pengawasan", "pengawas"]


def test_a_run_without_blanks_is_taken_apart_twice_at_most_and_no_further_than_anybody_reads() -> None:
    taken_apart: list[int] = []

    def tokenize(text: str) -> tuple[list[Token], list[Token]]:
        taken_apart.append(len(text))
        return ANALYZER.tokens(text)

    finder = Finder(ANALYZER)
    finder.tokenizer = CachingTokenizer(ANALYZER.stem, tokenize)
    text = "bilik/suara " + "bilik/kata/" * 20_000 + " bilik suara"

    found = finder.find(text, planned('"bilik suara"').body)

    assert marks(mark_text(text, found)) == ["bilik/suara", "bilik suara"]
    assert sum(taken_apart) <= 2 * 50_000 + 100


def test_a_phrase_is_one_mark_and_its_words_alone_are_none() -> None:
    text = "Di bilik suara itu suara dihitung. Bilik Suara ditutup; bilik, suara."
    assert marks(marked(text, '"bilik suara"')) == ["bilik suara", "Bilik Suara", "bilik, suara"]


def test_a_phrase_is_marked_as_written_only() -> None:
    assert marks(marked("Mengawasi pemilu, awasi pemilu.", '"awasi pemilu"')) == ["awasi pemilu"]


def test_a_phrase_and_its_words_do_not_overlap() -> None:
    assert marks(marked("Bilik suara dan suara rakyat.", '"bilik suara" suara')) == ["Bilik suara", "suara"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("netral*", ["Netral", "netralitas"]),
        ("p?lkada", ["Pilkada"]),
        ("*krasi", ["demokrasi"]),
        ("netralits~", ["netralitas"]),
    ],
)
def test_words_that_fit_a_pattern_are_marked(query: str, expected: list[str]) -> None:
    assert marks(marked("Netral dan netralitas pada Pilkada demokrasi.", query)) == expected


def test_words_joined_by_a_dash_are_marked_one_by_one() -> None:
    assert marks(marked("Aparat TNI-Polri, juga Polri.", "polri")) == ["Polri", "Polri"]
    assert marks(marked("Harga Rp1,5 triliun; harga 1,5.", "Rp1,5")) == ["Rp1,5"]


def test_excluded_words_are_not_marked() -> None:
    assert marks(marked("Netral tanpa sanksi.", "netral -sanksi")) == ["Netral"]


def test_words_of_a_field_are_marked_in_that_field_only() -> None:
    plan = planned("judul:netral isi:sanksi tempat:lebak")
    text = "netral sanksi lebak"
    assert marks(mark_text(text, FINDER.find(text, plan.title))) == ["netral"]
    assert marks(mark_text(text, FINDER.find(text, plan.body))) == ["sanksi"]


def test_words_that_weigh_nothing_are_marked_only_when_alone() -> None:
    assert marks(marked("Apa yang terjadi di Lebak?", "apa yang di lebak")) == ["Lebak"]
    assert marks(marked("Apa yang terjadi?", "yang")) == ["yang"]


def test_marks_follow_letters_of_every_width() -> None:
    text = "Ｂａｎｊｉｒ e\u0301lite ﬁlm 😀 banjir\u00a0besar"
    assert marks(marked(text, "banjir besar 😀")) == ["Ｂａｎｊｉｒ", "😀", "banjir", "besar"]


def test_markup_in_an_article_is_text() -> None:
    html = marked('<script>alert("netral")</script> & \x02netral\x03', "netral script")
    assert marks(html) == ["script", "netral", "script", "netral"]
    assert re.sub("</?mark>", "", html) == (
        "&lt;script&gt;alert(&#34;netral&#34;)&lt;/script&gt; &amp; netral"
    )


def test_passages_cover_different_words_before_they_repeat() -> None:
    text = (
        "Banjir datang. "
        + FILLER * 4
        + "Banjir lagi dan banjir. "
        + FILLER * 4
        + "Tanggul jebol. "
        + FILLER * 3
    )
    shown = snippets(text, "banjir tanggul")
    assert {mark.lower() for html in shown for mark in marks(html)} == {"banjir", "tanggul"}


def test_rare_words_win_when_not_all_fit() -> None:
    names = ["Agustin", "Bramantyo", "Cendana"]
    text = "".join(f"{word} disebut di sini. " + FILLER * 4 for word in ["Banjir", "Rumah", *names])
    shown = " ".join(snippets(text, "banjir rumah " + " ".join(names)))
    assert marks(shown) == names


def test_at_most_three_passages_of_bounded_length_in_text_order() -> None:
    words = ["satwa", "dua", "tiga", "empat", "lima"]
    text = "".join(f"{word.title()} ada. " + FILLER * 5 for word in words)
    plan = planned(" ".join(words))
    highlights = FINDER.find(text, plan.body)
    passages = choose_passages(text, Sentences(text), highlights, plan.body.weights)
    assert len(passages) == 3
    assert all(passage.end - passage.start <= 220 for passage in passages)
    assert passages == sorted(passages)
    assert all(left.end <= right.start for left, right in pairwise(passages))


def test_the_places_with_most_behind_them_are_shown() -> None:
    text = (
        "Banjir surut. "
        + FILLER * 4
        + "Banjir, tanggul dan banjir. "
        + FILLER * 4
        + "Tanggul jebol, tanggul pulih. "
        + FILLER * 4
        + "Banjir surut lagi. "
        + FILLER * 4
    )
    shown = snippets(text, "banjir tanggul")
    assert [[mark.lower() for mark in marks(html)] for html in shown] == [
        ["banjir", "tanggul", "banjir"],
        ["tanggul", "tanggul"],
    ]


def test_words_in_a_long_address_are_marked_in_every_article() -> None:
    address = "https://contoh.id/2024/banjir-bandang/" + "x" * 60
    finder = Finder(ANALYZER)
    plan = planned("bandang")
    for _ in range(2):
        (match,) = finder.find(f"Lihat {address}.", plan.body)
        assert address[match.start - 6 : match.end - 6] == "bandang"


def test_a_short_article_is_shown_whole_without_ellipsis() -> None:
    assert snippets("Banjir surut. Warga pulang.", "banjir") == ["<mark>Banjir</mark> surut. Warga pulang."]


def test_a_passage_begins_and_ends_with_sentences_where_they_fit() -> None:
    text = (
        FILLER * 5
        + "Tanggul itu jebol kemarin malam di dua tempat sekaligus menurut para petugas jaga. "
        + FILLER * 5
    )
    (shown,) = snippets(text, "tanggul")
    assert shown.startswith(("Warga", "<mark>Tanggul"))
    assert shown.rstrip(" …").endswith((".", "itu", "di", "pos"))
    assert marks(shown) == ["Tanggul"]


def test_long_sentences_are_cut_between_words_with_an_ellipsis() -> None:
    text = "awal " + "kata-kata panjang " * 40 + "tanggul jebol " + "dan seterusnya " * 40 + "selesai."
    (shown,) = snippets(text, "tanggul")
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert set(re.findall(r"\w+", re.sub("</?mark>", "", shown))) <= set(re.findall(r"\w+", text))
    assert marks(shown) == ["tanggul"]


def test_an_endless_word_is_cut_somewhere() -> None:
    (shown,) = snippets("x" * 5000, "lain")
    assert len(shown) < 250


def test_without_a_match_the_opening_is_shown() -> None:
    (shown,) = snippets(FILLER * 10, "nurabidin")
    assert shown.startswith("Warga setempat")
    assert not marks(shown)
    assert snippets("", "kata") == []


def test_line_breaks_become_spaces_in_a_passage() -> None:
    assert snippets("Banjir\n\nsurut.", "banjir") == ["<mark>Banjir</mark> surut."]


@pytest.mark.parametrize(
    ("passages", "joined"),
    [
        ([], ""),
        (["a."], "a."),
        (["a.", "b."], "a. … b."),
        (["a …", "b."], "a … b."),
        (["a.", "… b"], "a. … b"),
        (["… a …", "… b …"], "… a … b …"),
    ],
)
def test_passages_are_joined_by_one_ellipsis(passages: list[str], joined: str) -> None:
    assert join_passages(passages) == joined


TEXT = st.text(alphabet=st.sampled_from('abcN \n.,-"<&é\u00a0😀\x02\x03'), max_size=400)


@given(TEXT, st.lists(st.sampled_from(["a", "ab", "abc*", '"a b"', "n?c", "bca~", "<", "-c"]), max_size=5))
def test_any_text_gives_balanced_escaped_bounded_passages(text: str, words: list[str]) -> None:
    for html in snippets(text, " ".join(words)):
        plain = re.sub("<mark>([^<>]*)</mark>", r"\1", html)
        assert "<" not in plain
        assert ">" not in plain
        assert "\n" not in html


@given(TEXT)
def test_the_finder_sees_the_words_that_the_analyzer_sees(text: str) -> None:
    read = FINDER.tokenizer.read(blanked(text).split(" "))
    assert {token.stem for tokens in read for token in tokens} == set(ANALYZER.stream(text).stems)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Kata BupatiSitubondo kemarin.", "situbondo", "Kata Bupati<mark>Situbondo</mark> kemarin."),
        ("Kata BupatiSitubondo kemarin.", "bupatisitubondo", "Kata <mark>BupatiSitubondo</mark> kemarin."),
        ("Menteri KeuanganSri Mulyani.", '"sri mulyani"', "Menteri Keuangan<mark>Sri Mulyani</mark>."),
        ("Menteri KeuanganSri Mulyani.", '"menteri keuangan"', "<mark>Menteri Keuangan</mark>Sri Mulyani."),
        ("Aplikasi WhatsApp resmi.", '"whatsapp resmi"', "Aplikasi <mark>WhatsApp resmi</mark>."),
        ("KPUKota Blitar.", "kota", "KPU<mark>Kota</mark> Blitar."),
    ],
)
def test_parts_of_glued_words_are_marked_where_they_stand(text: str, query: str, marked: str) -> None:
    assert snippets(text, query) == [marked]


@pytest.mark.parametrize("forms", [("kpu",), ("kpu", "perwakilan")])
def test_parts_of_glued_words_are_found_by_the_forms_that_an_archive_has(forms: tuple[str, ...]) -> None:
    matcher = FINDER.highlighter(planned("kpu perwakilan").body, lambda stem: [f for f in forms if stem in f])
    highlights = matcher.find("Kata KPUKota di PerwakilanSitubondo.")
    assert [(match.start, match.end) for match in highlights] == [(5, 8), (16, 26)]
