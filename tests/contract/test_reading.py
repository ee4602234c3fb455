"""What a reader tells beside its answers, and what it keeps while the index changes."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from index.documents import Span
from index.query import Everything, Facet, Phrase, SearchRequest, Sort, Term, TextField

BODY, EXACT = TextField.BODY, TextField.BODY_EXACT


def test_stored_documents_come_back_whole_in_the_order_asked(archive, new_article):
    one = new_article(
        "a", "Isi\n\nPanjang “kutip” \U0001f600", day="2024-02-29", source="x.id", author="S", editor="E"
    )
    archive.add(one, new_article("b", "lain"))

    found = archive.reader().documents(["b", "nowhere", "a", "a"])

    assert found[1] is None
    assert found[0].id == "b"
    assert found[2] == found[3] == one.document
    assert found[2].published == date(2024, 2, 29)


def test_the_layout_of_a_document_comes_back_with_it(archive, new_article):
    one = new_article("a", "Judul\n\nKata ketua.")
    layout = (
        Span("h", 0, 5, 2),
        Span("a", 7, 11, 0, "https://a.id/?b=“c”"),
        Span("img", 18, 18, 0, "https://a.id/", "é"),
    )
    laid_out = replace(one, document=replace(one.document, layout=layout))
    archive.add(laid_out, new_article("b", "lain"))

    with_layout, without = archive.reader().documents(["a", "b"])

    assert with_layout == laid_out.document
    assert without.layout == ()
    assert dict(archive.reader().hashes())["a"] == laid_out.document.content_hash


def test_hashes_are_those_of_the_documents(archive, new_article):
    news = [new_article("a", "satu"), new_article("b", "dua", place="P")]
    archive.add(*news)

    assert dict(archive.reader().hashes()) == {d.document.id: d.document.content_hash for d in news}


def test_terms_come_in_code_point_order_with_document_counts(archive, new_article):
    archive.add(
        new_article("a", ["zebra", "émas", "apel", "apel"]), new_article("b", ["apelnya", "\U0001f600", "z"])
    )

    reader = archive.reader()

    assert list(reader.terms(BODY)) == [("apel", 2), ("z", 1), ("zebra", 1), ("émas", 1), ("\U0001f600", 1)]
    assert list(reader.terms(EXACT, "ape")) == [("apel", 1), ("apelnya", 1)]
    assert list(reader.terms(EXACT, "x")) == []


def test_terms_of_several_commits_are_one_list(archive, new_article):
    archive.add(new_article("a", "satu dua"), new_article("c", "satu")).add(new_article("b", "dua tiga"))

    assert list(archive.reader().terms(BODY)) == [("dua", 2), ("satu", 2), ("tiga", 1)]


def test_document_frequencies(archive, new_article):
    archive.add(new_article("a", "satu satu dua"), new_article("b", "satu"))

    reader = archive.reader()

    assert [reader.document_frequency(BODY, text) for text in ("satu", "dua", "tiga", "")] == [2, 1, 0, 0]
    assert reader.document_frequency(TextField.TITLE, "satu") == 0


def test_joint_frequencies_count_documents_with_both_terms(archive, new_article):
    archive.add(new_article("a", "satu dua tiga"), new_article("b", "satu dua"), new_article("c", "dua"))
    archive.delete("b")
    pairs = [("satu", "dua"), ("dua", "dua"), ("tiga", "satu"), ("satu", "empat")]

    assert archive.reader().joint_frequencies(BODY, pairs) == [1, 2, 1, 0]
    assert archive.reader().joint_frequencies(BODY, []) == []


def test_facet_values_count_every_document(archive, new_article):
    archive.add(
        new_article("a", "x", place="Demak", day="2024-01-01"),
        new_article("b", "x", place="demak", author="Sari"),
        new_article("c", "x", place="Demak", lang="jv"),
    )

    reader = archive.reader()

    assert reader.facet_values(Facet.PLACE) == {"Demak": 3}
    assert reader.facet_values(Facet.YEAR) == {"2024": 1}
    assert reader.facet_values(Facet.LANG) == {"id": 2, "jv": 1}
    assert reader.facet_values(Facet.AUTHOR) == {"Sari": 1}
    assert reader.facet_values(Facet.SOURCE) == {}


def test_a_reader_answers_from_its_commit_while_the_index_moves_on(archive, new_article):
    archive.add(new_article("a", "kata satu", place="P"), new_article("b", "kata satu"))
    reader = archive.reader()

    archive.add(new_article("c", "kata"), new_article("a", "lain"))
    archive.delete("b", merge=True)
    archive.add(new_article("d", "kata"), merge=True)

    # Nothing was read before the later commits: files that they removed still serve this reader.
    page = reader.search(SearchRequest(Phrase(BODY, ("kata", "satu")), facets=(Facet.PLACE,)))
    assert [hit.id for hit in page.hits] == ["a", "b"]
    assert reader.documents(["a", "c"])[0].body == "kata satu"
    assert reader.documents(["c"]) == [None]
    assert reader.count() == 2
    assert archive.found(Term(BODY, "kata")) == {"c", "d"}


def test_a_reader_knows_when_it_is_out_of_date(archive, new_article):
    archive.add(new_article("a", "kata"))
    reader = archive.reader()
    assert reader.is_current()

    archive.engine.open_writer(archive.location).rollback()
    assert reader.is_current()
    archive.add(new_article("b", "kata"))

    assert not reader.is_current()
    assert archive.reader().is_current()


def test_a_reader_tells_its_commit_from_another_one_that_took_its_place(archive, new_article):
    archive.add(new_article("a", "kata"))
    reader = archive.reader()

    archive.vanish()
    archive.engine.create(archive.location)
    archive.add(new_article("b", "kata"))

    assert not reader.is_current()
    assert archive.ids(Term(BODY, "kata")) == ["b"]


def test_closing_twice_is_harmless(archive, new_article):
    archive.add(new_article("a", "kata"))
    reader = archive.engine.open_reader(archive.location)

    reader.close()
    reader.close()


def test_a_new_process_finds_what_was_committed(archive, new_article):
    archive.add(new_article("a", "kata", title="Judul Kata", day="2024-01-01"))

    reader = type(archive.engine)().open_reader(archive.location)

    assert reader.count() == 1
    assert reader.search(SearchRequest(Term(TextField.TITLE, "kata"))).total == 1
    reader.close()


def test_threads_share_a_reader_while_others_commit(archive, new_article):
    archive.add(*(new_article(f"d{n:03}", f"kata nomor{n % 10} kata{n % 7}") for n in range(200)))
    reader = archive.reader(cache_mb=1)
    requests = [
        SearchRequest(query, facets=(Facet.LANG,), limit=300)
        for number in range(10)
        for query in (
            Term(BODY, f"nomor{number}"),
            Phrase(BODY, ("kata", f"nomor{number}")),
            Term(EXACT, f"kata{number}"),
            Everything(),
        )
    ]
    answers = [reader.search(request) for request in requests]
    wrong: list[object] = []
    fresh = archive.reader(cache_mb=1)

    def ask() -> None:
        for _ in range(5):
            for request, answer in zip(requests, answers, strict=True):
                if (found := fresh.search(request)) != answer:
                    wrong.append((request, found))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        archive.add(new_article(f"x{number}", "kata nomor1"), merge=number % 2 == 1)
    for thread in threads:
        thread.join(timeout=60)

    assert not any(thread.is_alive() for thread in threads)
    assert wrong == []
    assert archive.reader().count() == 205


@pytest.mark.parametrize("size", [1, 3])
def test_a_small_cache_changes_no_answer(archive, new_article, size):
    archive.add(*(new_article(f"d{n:03}", f"kata k{n % 40}") for n in range(300)))
    small, large = archive.reader(cache_mb=size), archive.reader(cache_mb=256)

    for number in range(40):
        request = SearchRequest(Term(BODY, f"k{number}"))
        assert small.search(request) == large.search(request)


def test_the_chronology_is_every_document_oldest_first_with_its_day(archive, new_article):
    archive.add(
        new_article("c", day="2024-01-01"),
        new_article("x"),
        new_article("a", day="0001-01-01"),
        new_article("gone", day="2000-01-01"),
    )
    archive.add(new_article("b", day="2023-05-06")).delete("gone")
    reader = archive.reader()

    listed = reader.chronology(0, 100)

    assert listed == [
        ("a", date(1, 1, 1)),
        ("b", date(2023, 5, 6)),
        ("c", date(2024, 1, 1)),
        ("x", None),
    ]
    assert [reader.chronology(place, 1) for place in range(6)] == [[each] for each in listed] + [[], []]
    assert [name for name, _ in listed] == archive.ids(Everything(), sort=Sort.OLDEST)


def test_an_empty_index_has_no_chronology(archive):
    assert archive.reader().chronology(0, 10) == []
