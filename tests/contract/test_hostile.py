"""Terms, texts and files that nobody should have made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.engines.base import IndexBrokenError
from index.query import (
    Everything,
    Facet,
    Fuzzy,
    Phrase,
    Prefix,
    SearchRequest,
    Sort,
    Term,
    TextField,
    Value,
    Wildcard,
)

BODY = TextField.BODY

HOSTILE = [
    "a\0b",
    "\0",
    "*",
    "a*b?",
    "[abc]",
    "a.b",
    "x" * 5000,
    "\U0001f600\U0010ffff",
    "\\",
    '"',
    "title:x",
    "é",
    "e\u0301",
    "_stored",
    "-1",
]


def test_hostile_terms_are_terms_like_any_other(archive, new_article):
    archive.add(*(new_article(f"d{n:02}", ["kata", term]) for n, term in enumerate(HOSTILE)))

    for n, term in enumerate(HOSTILE):
        assert archive.found(Term(BODY, term)) == {f"d{n:02}"}, term[:20]
        assert archive.found(Phrase(BODY, ("kata", term))) == {f"d{n:02}"}, term[:20]
        assert archive.found(Fuzzy(BODY, term, 0)) == {f"d{n:02}"}, term[:20]
    assert [term for term, _ in archive.reader().terms(BODY)] == sorted(["kata", *HOSTILE])


def test_only_star_and_question_mark_are_special_in_a_wildcard(archive, new_article):
    archive.add(*(new_article(f"d{n:02}", [term]) for n, term in enumerate(HOSTILE)))

    def names(query):
        return sorted(HOSTILE[int(found[1:])] for found in archive.found(query))

    assert names(Wildcard(BODY, "[abc]")) == ["[abc]"]
    assert names(Wildcard(BODY, "a.b")) == ["a.b"]
    assert names(Wildcard(BODY, "a?b")) == ["a\0b", "a.b"]
    assert names(Wildcard(BODY, "??")) == ["-1", "e\u0301", "\U0001f600\U0010ffff"]
    assert names(Wildcard(BODY, "\\")) == ["\\"]
    assert names(Prefix(BODY, "a*")) == ["a*b?"]
    assert names(Prefix(BODY, "\U0001f600")) == ["\U0001f600\U0010ffff"]


def test_terms_that_no_index_holds_find_nothing(archive, new_article):
    archive.add(new_article("a", "kata"))

    for text in ("", "\0", "kat", "kata\0", "\0kata", "\U0010ffff", "k" * 100_000):
        assert archive.found(Term(BODY, text)) == set(), text[:20]
        assert archive.found(Phrase(BODY, ("kata", text))) == set(), text[:20]
    assert archive.found(Prefix(BODY, "k" * 100_000)) == set()
    assert archive.found(Wildcard(BODY, "")) == set()
    assert archive.found(Wildcard(BODY, "*a*a*a*a*a*a*a*a*a*a*a*a*b")) == set()


def test_half_a_surrogate_pair_harms_nothing(archive, new_article):
    article = new_article("a", "kata", place="Demak")
    # A file's name need not be UTF-8.
    document = replace(article.document, origin="berita/\udcff.txt")
    archive.add(replace(article, document=document))

    assert archive.reader().documents(["a"]) == [document]
    half = "\ud800"
    for query in (
        Term(BODY, half),
        Phrase(BODY, ("kata", half)),
        Prefix(BODY, half),
        Wildcard(BODY, f"*{half}"),
        Fuzzy(BODY, f"{half}{half}", 1),
        Value(Facet.PLACE, (half,)),
    ):
        assert archive.found(query) == set(), query


def test_a_document_may_have_no_tokens_at_all(archive, new_article):
    archive.add(new_article("empty", [], title=[]), new_article("b", "kata", title="Kata"))

    assert archive.found(Everything()) == {"empty", "b"}
    assert archive.found(Term(TextField.TITLE, "kata")) == {"b"}
    assert archive.reader().documents(["empty"])[0].id == "empty"


def test_an_index_without_any_token_answers(archive, new_article):
    archive.add(new_article("empty", [], title=[]))

    assert archive.found(Everything()) == {"empty"}
    assert archive.found(Prefix(BODY, "")) == set()
    assert list(archive.reader().terms(BODY)) == []
    archive.add(new_article("more", []), merge=True)
    assert archive.found(Everything()) == {"empty", "more"}


def test_facet_values_may_hold_anything(archive, new_article):
    strange = ["a\0b", "<b>", "Straße", "İstanbul", "x" * 2000, "a/b", "\U0001f600"]
    archive.add(*(new_article(f"d{n}", "x", place=place) for n, place in enumerate(strange)))

    for n, place in enumerate(strange):
        assert archive.found(Value(Facet.PLACE, (place,))) == {f"d{n}"}, place[:20]
    assert archive.found(Value(Facet.PLACE, ("STRASSE",))) == {"d2"}
    assert set(archive.reader().facet_values(Facet.PLACE)) == set(strange)


def test_far_positions_are_kept(archive, new_article):
    archive.add(new_article("far", f"awal {'isi ' * 69_999}satu dua"))

    assert archive.found(Phrase(BODY, ("satu", "dua"))) == {"far"}
    assert archive.found(Phrase(BODY, ("awal", "satu"), (0, 70_000))) == {"far"}
    assert archive.found(Phrase(BODY, ("awal", "dua"))) == set()


def test_early_and_late_days_sort(archive, new_article):
    archive.add(new_article("late", "x", day="9999-12-31"), new_article("early", "x", day="1000-01-01"))

    assert archive.ids(Everything(), sort=Sort.OLDEST) == ["early", "late"]
    assert archive.ids(Everything(), sort=Sort.NEWEST) == ["late", "early"]
    assert archive.reader().facet_values(Facet.YEAR) == {"1000": 1, "9999": 1}


@pytest.mark.parametrize("damage", ["cut", "emptied", "overwritten"])
def test_a_damaged_index_is_called_broken_and_never_answers_wrongly(archive, new_article, damage):
    archive.add(*(new_article(f"d{n:03}", f"kata k{n} isi{n % 7}", place=f"P{n}") for n in range(200)))
    request = SearchRequest(Phrase(BODY, ("kata", "k7")), facets=(Facet.PLACE,))
    right = archive.reader().search(request)
    files = [path for path in sorted(archive.location.directory.rglob("*")) if path.is_file()]
    noticed = []

    for path in files:
        content = path.read_bytes()
        middle = len(content) // 2
        path.unlink()  # readers that are open keep the file they know
        if damage == "cut":
            path.write_bytes(content[:middle])
        elif damage == "emptied":
            path.write_bytes(b"")
        else:
            path.write_bytes(content[:middle] + bytes(255 - b for b in content[middle:]))
        try:
            reader = archive.engine.open_reader(archive.location)
            assert reader.search(request) == right, path
            assert reader.documents(["d007"])[0].place == "P7"
            reader.close()
        except IndexBrokenError as error:
            noticed.append(str(error))
        path.unlink()
        path.write_bytes(content)

    # What a remote engine has on this machine is a copy, which it makes anew.
    assert bool(noticed) is (archive.engine.name != "opensearch")
    assert all("reindex" in message for message in noticed)
    assert archive.search(request.query).total == right.total
