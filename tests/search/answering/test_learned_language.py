"""Questions are read with what the archive taught, and answered when that is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.store.generations import Generations
from search.answer import Question

if TYPE_CHECKING:
    from tests.search.conftest import Archive

EXPLAINED = {"id": "lengkap", "title": "Lahan", "body": "Rapat Badan Pengelola Lahan Kering (BPLK) ditunda."}
SHORT = {"id": "pendek", "title": "Anggaran", "body": "Anggaran BPLK dipotong separuh."}
LONG = {"id": "panjang", "title": "Kantor", "body": "Kantor badan pengelola lahan kering pindah."}


def found(archive: Archive, text: str) -> list[str]:
    return sorted(result.id for result in archive.service.search(Question(text)).results)


def test_an_acronym_that_only_the_archive_explains_is_found_by_its_long_form_and_the_reverse(
    archive: Archive,
) -> None:
    archive.write(EXPLAINED, SHORT, LONG)
    assert found(archive, "BPLK") == ["lengkap", "panjang", "pendek"]
    assert found(archive, "badan pengelola lahan kering") == ["lengkap", "panjang", "pendek"]


def test_a_new_index_brings_its_language_to_a_running_searcher(archive: Archive) -> None:
    archive.write(SHORT, LONG)
    assert found(archive, "BPLK") == ["pendek"]
    archive.write(EXPLAINED, SHORT, LONG, full=True)
    assert found(archive, "BPLK") == ["lengkap", "panjang", "pendek"]


def test_an_update_brings_the_acronyms_that_it_explains_to_a_running_searcher(archive: Archive) -> None:
    archive.write(SHORT, LONG)
    assert found(archive, "BPLK") == ["pendek"]
    archive.write(EXPLAINED, SHORT, LONG)
    assert found(archive, "BPLK") == ["lengkap", "panjang", "pendek"]


def test_without_what_the_archive_taught_the_last_whole_index_answers(archive: Archive) -> None:
    archive.write(EXPLAINED, SHORT)
    archive.write(EXPLAINED, SHORT, LONG, full=True)
    generation = Generations.of(archive.settings).current()
    assert generation is not None
    generation.language_file.write_text("{", encoding="utf-8")
    archive.searcher.close()
    assert found(archive, "BPLK") == ["lengkap", "pendek"]
    assert str(generation.language_file) in str(archive.searcher.problem)
    archive.write(EXPLAINED, SHORT, LONG)
    archive.searcher.refresh()
    assert found(archive, "BPLK") == ["lengkap", "panjang", "pendek"]
    assert archive.searcher.problem is None
