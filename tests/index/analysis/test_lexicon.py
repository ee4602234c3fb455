"""The owner's lexicon: what each section does, and what is said of a line that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.analysis.learned import LearnedWords, with_learned
from index.analysis.lexicon import Lexicon, LexiconError, Origin
from index.analysis.lexicon_files import built_in_entries, load_lexicon

BUILT_IN = load_lexicon()


def owned(tmp_path: Path, content: str) -> Lexicon:
    path = tmp_path / "kata.txt"
    path.write_text(content, encoding="utf-8")
    return load_lexicon(path)


def test_every_section_is_read_under_both_names(tmp_path: Path) -> None:
    content = """
    # catatan pemilik
    [lindungi]
    Desa Baru-Baru # bukan satu kata
    """
    with pytest.raises(LexiconError, match=r"kata.txt:4: ada 'Desa Baru-Baru'; seharusnya satu kata"):
        owned(tmp_path, content)
    indonesian = owned(
        tmp_path,
        "[lindungi]\nMaju\n[akar]\nlarinya = lari\n[kata dasar]\nkepo\n[kata henti]\nkonon\n"
        "[kata tanya]\nberapaan\n[sinonim]\nrumah sakit = hospital\n[akronim]\nXYZ = xenon yang zat\n",
    )
    english = owned(
        tmp_path,
        "[protect]\nMaju\n[stems]\nlarinya = lari\n[roots]\nkepo\n[stop words]\nkonon\n"
        "[question words]\nberapaan\n[synonyms]\nrumah sakit = hospital\n[acronyms]\nXYZ = xenon yang zat\n",
    )
    assert indonesian.fingerprint == english.fingerprint != BUILT_IN.fingerprint
    assert "maju" in indonesian.protected
    assert indonesian.stems["larinya"] == "lari"
    assert "konon" in indonesian.stop_words
    assert "berapaan" in indonesian.question_words
    assert indonesian.acronyms["xyz",] == (("xenon", "yang", "zat"),)


@pytest.mark.parametrize(
    "content",
    ["[sinonim]\na = b", "[akronim]\nXYZ = x y z", "[kata henti]\nx", "[kata tanya]\nx", "[akronim]\n-xq"],
)
def test_entries_that_only_questions_use_have_a_fingerprint_of_their_own(
    tmp_path: Path, content: str
) -> None:
    lexicon = owned(tmp_path, content)
    assert lexicon.stems_fingerprint == BUILT_IN.stems_fingerprint
    assert lexicon.questions_fingerprint != BUILT_IN.questions_fingerprint


@pytest.mark.parametrize("content", ["[lindungi]\nx", "[akar]\na = b", "[kata dasar]\nx", "[lindungi]\n-x"])
def test_entries_that_decide_stems_have_another(tmp_path: Path, content: str) -> None:
    lexicon = owned(tmp_path, content)
    assert lexicon.stems_fingerprint != BUILT_IN.stems_fingerprint
    assert lexicon.questions_fingerprint == BUILT_IN.questions_fingerprint


def test_a_minus_takes_a_built_in_entry_away(tmp_path: Path) -> None:
    lexicon = owned(tmp_path, "[kata henti]\n-yang\n[akronim]\n-ASN\n[lindungi]\n-Balangan\n")
    assert "yang" in BUILT_IN.stop_words
    assert "yang" not in lexicon.stop_words
    assert ("asn",) not in lexicon.acronyms
    assert "balangan" not in lexicon.protected


def test_the_owners_reading_of_an_acronym_replaces_ours(tmp_path: Path) -> None:
    lexicon = owned(tmp_path, "[akronim]\nPKK = pusat kegiatan kampung\nPKK = pos kesehatan kota\n")
    assert lexicon.acronyms["pkk",] == (("pusat", "kegiatan", "kampung"), ("pos", "kesehatan", "kota"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Balangan", r"kata.txt:1: ada 'Balangan'; seharusnya bagian seperti \[lindungi\]"),
        ("[lindung]", r"kata.txt:1: ada '\[lindung\]'; seharusnya salah satu bagian \[lindungi\]"),
        ("[akar]\n\nberikan beri", r"kata.txt:3: ada 'berikan beri'; seharusnya 'berikan = beri'"),
        ("[akar]\nberikan = ", r"kata.txt:2: ada ''; seharusnya sebuah kata"),
        ("[sinonim]\na = b,,c", r"kata.txt:2: ada ''; seharusnya sebuah kata"),
        ("[sinonim]\na = b => c", r"kata.txt:2: ada 'a = b => c'; seharusnya satu tanda"),
        ("[varian]\na = b = c", r"kata.txt:2: ada 'a = b = c'; seharusnya satu tanda"),
        ("[akronim]\nAB => a b", r"kata.txt:2: ada 'AB => a b'; .* berlaku dua arah"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        owned(tmp_path, content)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    content = "[akar]\nberikan beri\n[lindung]\nBalangan\n[sinonim]\na =\nrumah sakit = RS\n[akronim]\nASN\n"
    with pytest.raises(LexiconError) as failed:
        owned(tmp_path, content)
    places = [line.rpartition("kata.txt:")[2].partition(":")[0] for line in str(failed.value).splitlines()]
    assert places == ["2", "3", "6", "9"]
    with pytest.raises(LexiconError, match=r"\.\.\. dan 30 baris lain$"):
        owned(tmp_path, "[akar]\n" + "tanpa tanda\n" * 50)


def test_a_missing_or_foreign_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LexiconError, match=r"tiada.txt: leksikon tidak dapat dibuka"):
        load_lexicon(tmp_path / "tiada.txt")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LexiconError, match=f"{tmp_path}/leksikon.txt: leksikon tidak dapat dibuka"):
        load_lexicon(Path("leksikon.txt"))
    (tmp_path / "latin.txt").write_bytes(b"[lindungi]\ncaf\xe9\n")
    with pytest.raises(LexiconError, match=r"latin.txt: bita 14 bukan UTF-8"):
        load_lexicon(tmp_path / "latin.txt")


def test_what_the_archive_taught_yields_to_the_owner_and_to_us(tmp_path: Path) -> None:
    learned = LearnedWords(
        {"sarani": (82, 0), "larinya": (9, 0)},
        {"pkb": (("pajak", "kendaraan", "bermotor"), 21), "abc": (("aku", "baca", "cerita"), 2)},
    )
    lexicon = with_learned(owned(tmp_path, "[akar]\nlarinya = lari\n"), learned)
    assert dict(lexicon.names) == {"sarani": (82, 0)}
    assert lexicon.acronyms["abc",] == (("aku", "baca", "cerita"),)
    assert lexicon.acronyms["pkb",] == (("partai", "kebangkitan", "bangsa"),)
    assert ("abc",) not in with_learned(owned(tmp_path, "[akronim]\n-abc\n"), learned).acronyms


def test_an_entry_says_where_it_comes_from(tmp_path: Path) -> None:
    learned = LearnedWords(acronyms={"abc": (("aku", "baca", "cerita"), 2)})
    origins = with_learned(owned(tmp_path, "[akar]\n\nlarinya = lari\n"), learned).origins
    assert origins["stems", "larinya"] == Origin(str(tmp_path / "kata.txt"), 3)
    assert origins["acronyms", "abc"] == Origin(explained=2)
    assert origins["acronyms", "asn"][::2] == ("acronyms.txt", True)


def test_built_in_files_hold_what_every_archive_needs() -> None:
    assert {"yang", "dan", "di"} <= BUILT_IN.stop_words
    assert {"apa", "siapa", "berapakah"} <= BUILT_IN.question_words
    assert len(BUILT_IN.acronyms) > 500
    assert all(short != long for short, longs in BUILT_IN.acronyms.items() for long in longs)


def test_only_what_is_meant_both_ways_leads_back(tmp_path: Path) -> None:
    lexicon = owned(tmp_path, "[sinonim]\nxa = xb, x c\nxd => xe\n[varian]\nva = vb, vc\nvd => ve\n")
    assert [lexicon.synonyms.get(words) for words in (("xa",), ("xb",), ("x", "c"), ("xd",), ("xe",))] == [
        *((("xb",), ("x", "c")), (("xa",),), (("xa",),), (("xe",),), None)
    ]
    assert lexicon.variants["vb",] == (("va",), ("vc",))
    assert lexicon.variants["vd",] == (("ve",),)
    assert ("ve",) not in lexicon.variants


def test_what_leads_one_way_can_be_taken_away(tmp_path: Path) -> None:
    lexicon = owned(tmp_path, "[varian]\nva => vb\n-va\n[sinonim]\nxa => xb\n-xa\n")
    assert ("va",) not in lexicon.variants
    assert ("xa",) not in lexicon.synonyms


def test_how_people_type_on_telephones_is_asked_for_as_it_is_written_and_not_the_other_way_round() -> None:
    built_in = [entry for entry in built_in_entries() if entry.section == "synonyms"]
    assert built_in
    assert all(entry.one_way for entry in built_in), "write => where ours are to lead one way"
