"""A text's tokens: columns that agree, whatever the caches hold."""

from __future__ import annotations

import gc
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon, with_entries
from index.analysis.tokens import tokenize
from index.analysis.types import Analysis, Stream

ANALYZER = Analyzer(load_lexicon())
TEXT = "Bawaslu Kabupaten Balangan – “mengawasi” netralitas ASN\n\ndi TNI-Polri, kompas.com (6/2/2024)."


def test_a_text_becomes_forms_stems_offsets_and_positions() -> None:
    analysis = ANALYZER.analyze("Para pengawas, anak-anak!")
    assert analysis == Analysis(
        ["para", "pengawas", "anak-anak"], ["para", "awas", "anak"], [0, 5, 15], [4, 13, 24], [0, 1, 2]
    )


def test_names_keep_their_forms_as_stems() -> None:
    stream = ANALYZER.stream_of_names("Badan Pengawas Pemilu")
    assert stream.stems == stream.forms == ["badan", "pengawas", "pemilu"]


def test_an_empty_text_has_no_tokens() -> None:
    assert ANALYZER.analyze("") == Analysis([], [], [], [], [])
    assert ANALYZER.stream(" .\n") == ANALYZER.stream_of_names("") == Stream("", "")
    assert ANALYZER.stream("").forms == ANALYZER.stream("").stems == []


_TEXTS = st.text(st.characters(codec=None), max_size=60) | st.text(
    st.sampled_from("aBk1é -–—\n\t\u00a0.,'()“\x1f@/&漢👍\0\u2003`"), max_size=40
)


@settings(max_examples=1000, deadline=None)
@given(_TEXTS)
def test_the_columns_are_what_the_tokenizer_finds(text: str) -> None:
    analysis = ANALYZER.analyze(text)
    tokens = tokenize(text)
    assert list(zip(analysis.forms, analysis.starts, analysis.ends, strict=True)) == tokens
    assert analysis.positions == list(range(len(tokens)))
    assert all(analysis.stems)
    assert analysis.stems == [ANALYZER.stem(form) for form in analysis.forms]


@settings(max_examples=1000, deadline=None)
@given(_TEXTS)
def test_a_stream_holds_the_same_tokens_and_behind_them_those_appended(text: str) -> None:
    stream = ANALYZER.stream(text)
    in_place, appended = ANALYZER.tokens(text)
    assert stream.forms == [token.form for token in (*in_place, *appended)]
    assert stream.stems == [ANALYZER.stem(form) for form in stream.forms]


def test_a_long_text_is_analysed_like_a_short_one() -> None:
    once, many = ANALYZER.analyze(TEXT + "\n"), ANALYZER.analyze((TEXT + "\n") * 2000)
    assert many.forms == once.forms * 2000
    assert many.stems == once.stems * 2000
    last = len(once.forms)
    assert [start - 1999 * (len(TEXT) + 1) for start in many.starts[-last:]] == once.starts
    assert many.positions == list(range(2000 * last))


def test_a_second_pass_over_warm_caches_gives_the_same() -> None:
    analyzer = Analyzer(load_lexicon())
    assert analyzer.stream(TEXT) == analyzer.stream(TEXT)


def test_full_caches_are_emptied_and_answers_stay_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.analysis.analyzer._PIECES_KEPT", 5)
    monkeypatch.setattr("index.analysis.analyzer._STEMS_KEPT", 5)
    assert Analyzer(load_lexicon()).stream(TEXT * 3) == ANALYZER.stream(TEXT * 3)


def test_a_pickled_analyzer_answers_the_same() -> None:
    copy = pickle.loads(pickle.dumps(ANALYZER))
    assert copy.fingerprint == ANALYZER.fingerprint
    assert copy.stream(TEXT) == ANALYZER.stream(TEXT)


def test_threads_may_share_an_analyzer() -> None:
    analyzer = Analyzer(load_lexicon())
    texts = [f"{TEXT} kata{number} pengawasan{number}nya" for number in range(200)] * 3
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(analyzer.stream, texts)) == [ANALYZER.stream(text) for text in texts]


def test_a_kept_stem_cache_is_taken_up() -> None:
    analyzer = Analyzer(load_lexicon())
    analyzer.import_cache({"pengawasan": "awas-kept"})
    assert analyzer.analyze("pengawasan").stems == ["awas-kept"]
    analyzer.analyze("membangun")
    assert analyzer.export_cache() == {"membangun": "bangun"}


def test_a_word_is_held_in_memory_once_as_itself_its_form_and_its_stem() -> None:
    analyzer = Analyzer(load_lexicon())
    analyzer.stream("".join(["gedung ", "tua"]))
    for piece, words in analyzer.export_pieces().items():
        assert words is not None
        assert all(word is piece for word in words)
    assert [(form, form is stem) for form, stem in analyzer.export_cache().items()] == [
        ("gedung", True),
        ("tua", True),
    ]


def test_an_analyzer_that_nobody_uses_any_more_is_gone_at_once_with_its_lexicon() -> None:
    analyzer = Analyzer(with_entries(load_lexicon(), "[lindungi]\ncontoh", "x"))
    assert analyzer.stream(TEXT).stems == ANALYZER.stream(TEXT).stems
    assert analyzer.explain(TEXT)
    parts = [weakref.ref(analyzer), weakref.ref(analyzer.lexicon)]
    gc.disable()
    try:
        del analyzer
        assert [part() for part in parts] == [None, None]
    finally:
        gc.enable()


def test_the_fingerprint_follows_the_lexicon() -> None:
    changed = Analyzer(with_entries(load_lexicon(), "[lindungi]\ncontoh", "x"))
    assert changed.fingerprint != ANALYZER.fingerprint
    assert Analyzer(load_lexicon()).fingerprint == ANALYZER.fingerprint


def test_the_explanation_lists_the_same_tokens() -> None:
    explained, analysis = ANALYZER.explain(TEXT), ANALYZER.analyze(TEXT)
    assert [(e.form, e.stem.stem, e.start, e.end) for e in explained] == list(zip(*analysis[:4], strict=True))
    assert [e.written for e in explained] == [TEXT[e.start : e.end] for e in explained]
