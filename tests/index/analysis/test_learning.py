"""Names and acronyms learned from articles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.acronyms import agrees, pairs
from index.analysis.analyzer import Analyzer
from index.analysis.learned import LearnedWords, with_learned
from index.analysis.learning import Learner
from index.analysis.lexicon_files import load_lexicon
from index.analysis.stemmer import Rule

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("netralitas Aparatur Sipil Negara (ASN) dijaga", "asn", "aparatur sipil negara"),
        ("di Kabupaten Belitung Timur (Beltim)", "beltim", "belitung timur"),
        ("kata Badan Pengawas Pemilu (Bawaslu)", "bawaslu", "badan pengawas pemilu"),
        ("oleh Kementerian Kesehatan (Kemenkes)", "kemenkes", "kementerian kesehatan"),
        (
            "sebagai pegawai pemerintah dengan perjanjian kerja (PPPK)",
            "pppk",
            "pegawai pemerintah dengan perjanjian kerja",
        ),
        ("Badan Kesatuan Bangsa dan Politik (Kesbangpol)", "kesbangpol", "kesatuan bangsa dan politik"),
        ("kantor KPK (Komisi Pemberantasan Korupsi) di", "kpk", "komisi pemberantasan korupsi"),
        ("anggota Kepolisian Republik Indonesia (Polri)", "polri", "kepolisian republik indonesia"),
        ("seluruh Pemerintah Kabupaten (Pemkab) Lebak", "pemkab", "pemerintah kabupaten"),
    ],
)
def test_an_explained_acronym_is_found(text: str, short: str, long: str) -> None:
    assert list(pairs(text)) == [(short, tuple(long.split()))]


@pytest.mark.parametrize(
    "text",
    [
        "pertandingan di Jakarta (GBK)",
        "kata Budi (Ketua)",
        "harga naik (BBM)",
        "Jalan Sudirman. Negara (ASN)",
        "x (A)",
    ],
)
def test_letters_that_do_not_agree_are_no_acronym(text: str) -> None:
    assert list(pairs(text)) == []


def test_agreement_takes_bounded_time_on_hostile_words() -> None:
    assert not agrees("a" * 13 + "b", ("a" * 30,) * 9)


def learned_from(*texts: str) -> LearnedWords:
    learner = Learner()
    for text in texts:
        learner.add(text)
    return learner.result(LEXICON)


def test_a_word_capitalised_inside_sentences_is_a_name() -> None:
    learned = learned_from(*["Pemain itu bernama Sarani dan pergi."] * 6)
    assert learned.names == {"sarani": (6, 0)}
    analyzer = Analyzer(with_learned(LEXICON, learned))
    assert (Analyzer(LEXICON).stem("sarani"), analyzer.stem("sarani")) == ("saran", "sarani")
    explained = analyzer.explain("Sarani")[0].stem
    assert (explained.rule, explained.seen) == (Rule.NAME, (6, 0))


def test_a_word_also_written_small_is_none() -> None:
    assert not learned_from(*["pemain bernama Sarani"] * 6, "daun sarani itu").names


def test_institutions_stay_inflected() -> None:
    texts = ["kepala dinas Kearsipan hadir."] * 9 + ["sebuah arsip lama"] * 20
    assert "kearsipan" not in learned_from(*texts).names


def test_words_at_the_beginning_of_sentences_prove_nothing() -> None:
    assert not learned_from(*["Ia pergi. Sarani ikut."] * 9).names


def test_only_the_dominant_reading_of_an_acronym_is_learned() -> None:
    texts = ["Zat Yang Xenon (ZYX) ada"] * 3 + ["Zebra Yaman Xalapa (ZYX) ada"]
    assert learned_from(*texts).acronyms == {"zyx": (("zat", "yang", "xenon"), 3)}
    even = ["Zat Yang Xenon (ZYX) ada", "Zebra Yaman Xalapa (ZYX) ada", "Zona Yoga Xilem (ZYX) ada"]
    assert not learned_from(*even).acronyms


def test_an_everyday_word_is_no_acronym() -> None:
    assert not learned_from("Taman Ismail Marzuki (TIM) ramai", *["tim itu menang"] * 9).acronyms


def test_a_few_more_texts_add_their_acronyms_and_change_no_reading_that_was_explained_more_often() -> None:
    known = learned_from(*["Zat Yang Xenon (ZYX) ada"] * 3)
    learner = Learner()
    for text in (
        "Zona Yoga Xilem (ZYX) ada",
        "Taman Ismail Marzuki (TIM) ramai",
        "Zat Warna Kulit (ZWK) ada",
    ):
        learner.add(text)
    now = learner.with_acronyms(known, LEXICON)
    assert now.names == known.names
    assert now.acronyms == {**known.acronyms, "zwk": (("zat", "warna", "kulit"), 1)}
    for _ in range(3):
        learner.add("Zona Yoga Xilem (ZYX) ada")
    assert learner.with_acronyms(known, LEXICON).acronyms["zyx"] == (("zona", "yoga", "xilem"), 4)


def test_learners_merge_into_the_same_knowledge() -> None:
    texts = ["Pemain bernama Sarani dan Aparatur Sipil Negara (ASN) hadir."] * 8
    first, second = Learner(), Learner()
    for text in texts[:3]:
        first.add(text)
    for text in texts[3:]:
        second.add(text)
    first.merge(second)
    assert first.result(LEXICON) == learned_from(*texts)


def test_knowledge_survives_its_file() -> None:
    learned = learned_from(*["Pemain bernama Sarani di Komisi Aparatur Sipil Negara (KASN)."] * 8)
    assert learned.names
    assert learned.acronyms
    assert LearnedWords.from_json(learned.to_json()) == learned
    with pytest.raises(ValueError, match="reindex --full"):
        LearnedWords.from_json("{}")
    with pytest.raises(ValueError, match="reindex --full"):
        LearnedWords.from_json("[1]")


def test_memory_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.analysis.learning._MOST_KEPT", 50)
    learner = Learner()
    for number in range(500):
        learner.add(f"kata{number} dan Sarani")
    assert len(learner._pieces) <= 51
    assert learner.result(LEXICON).names == {"sarani": (500, 0)}


def test_a_body_that_is_always_capitalised_is_no_name() -> None:
    learner = Learner()
    for _ in range(20):
        learner.add("Ketua Badan Pengawas Pemilu hadir bersama Badan Pemeriksa Keuangan.")
    assert not {"pengawas", "pemeriksa"} & set(learner.result(LEXICON).names)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["badan", "kepolisian", "pengawas", "pemilu", "dan", "negara", "republik", "umum", "ke"]
        ),
        min_size=2,
    ),
    st.sampled_from(["BP", "Bawaslu", "Polri", "KPU", "BPdN", "PN", "Kepolneg"]),
)
def test_the_shortest_long_form_that_agrees_is_taken(words: list[str], short: str) -> None:
    last = [tuple(words[-count:]) for count in range(2, min(len(words), 9) + 1)]
    expected = [(short.lower(), long) for long in last if agrees(short.lower(), long)]
    assert list(pairs(f"{' '.join(words)} ({short})")) == expected[:1]
