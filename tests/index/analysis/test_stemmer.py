"""Words of one family share a stem; words of others, names and foreign words do not."""

from __future__ import annotations

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.lexicon_files import load_lexicon, with_entries
from index.analysis.stemmer import Rule, Stemmer

FAMILIES = {
    "awas": "awas mengawasi pengawas pengawasan diawasi",
    "kurang": "dikurangi kekurangan berkurang mengurangi",
    "basis": "basis berbasis",
    "api": "api berapi",
    "penting": "berkepentingan kepentingan terpenting mementingkan",
    "netral": "netral netralitas menetralkan ketidaknetralan dinetralkan",
    "politik": "politik politisi politis perpolitikan politikus",
    "aktif": "aktif aktivitas aktifitas mengaktifkan keaktifan",
    "produksi": "produksi memproduksi produktif produktivitas",
    "salahguna": "penyalahgunaan menyalahgunakan disalahgunakan",
    "tanggungjawab": "mempertanggungjawabkan pertanggungjawaban dipertanggungjawabkan",
    "tahu": "mengetahui diketahui pengetahuan ketahui",
    "daya": "memberdayakan pemberdayaan berdaya",
    "rusak": "rusak kerusakan merusak dirusak perusak",
    "gerak": "gerakan pergerakan menggerakkan bergerak",
    "tani": "petani pertanian bertani",
    "masuk": "memasuki masukan pemasukan dimasukkan dimasukan termasuk",
    "sah": "mengesahkan pengesahan disahkan",
    "bank": "perbankan bank",
    "beri": "berikan memberikan pemberian diberi",
    "anak": "anak-anak anaknya anak-anaknya anak2",
    "sayur": "sayur-mayur sayuran sayur",
    "balik": "bolak-balik berbalik",
    "ktp": "ber-ktp ktp-nya ktpnya ktp",
    "20": "ke-20 20",
    "viral": "memviralkan diviralkan viralnya",
    "izin": "izin ijin perizinan perijinan diijinkan mengizinkan",
    "kritik": "kritik mengkritik kritisi mengkritisi",
    "korupsi": "korupsi koruptor koruptif",
    "demokrasi": "demokrasi demokratis demokratisasi",
    "ekonomi": "ekonomi ekonom ekonomis perekonomian",
    "kualitas": "kualitas kualitatif berkualitas",
    "fasilitas": "fasilitas fasilitator memfasilitasi",
    "statistik": "statistik statistika statistis",
    "musik": "musik musisi musikal",
    "agresi": "agresi agresif agresor",
    "humanis": "humanis humanisme",
    "undang-undang": "undang-undang undang-undangnya perundang-undangan",
    "hati-hati": "hati-hati berhati-hati hati-hatilah",
    "mata-mata": "mata-mata memata-matai",
    "kupu-kupu": "kupu-kupu kupu-kupunya",
    "cari": "mencari nyari dicari",
    "kopi": "ngopi kopi",
    "omong": "ngomong omongan",
    "cek": "ngecek mengecek dicek",
    "gerebek": "gerebek digrebek menggrebek penggerebekan",
    "ubah": "merubah mengubah dirubah perubahan",
    "verifikasi": "memverifikasi terverifikasi diverifikasi verifikasi",
}


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(load_lexicon())


@pytest.mark.parametrize(("stem", "words"), FAMILIES.items())
def test_a_family_shares_its_stem(analyzer: Analyzer, stem: str, words: str) -> None:
    assert {word: analyzer.stem(word) for word in words.split()} == dict.fromkeys(words.split(), stem)


@pytest.mark.parametrize(
    "word",
    [
        *("bali", "balangan", "bekasi", "susi", "cinere", "kediri", "maluku", "hadi", "gunawan", "megawati"),
        *("pemilu", "mobilitas", "organisasi", "buku", "sekolah", "kepala", "manager", "meeting", "season"),
    ],
)
def test_names_roots_and_foreign_words_stay_as_they_are(analyzer: Analyzer, word: str) -> None:
    assert analyzer.stem(word) == word


@pytest.mark.parametrize(
    "word",
    [
        *("bangsalan", "bastari", "gepenglah", "kulawi", "pagaran", "pekajang", "peteng", "puputan"),
        *("nganjuk", "ngawi", "ngurah", "nyoman", "nyonya", "ngotot"),
        *("sebulu", "selili", "semelur", "serayu", "tulakan", "tunku"),
    ],
)
def test_a_name_is_not_taken_for_a_rare_root_with_a_light_affix(analyzer: Analyzer, word: str) -> None:
    assert analyzer.stem(word) == word


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("lukis", "lukisan pelukis lukisanmu"),
        ("tani", "petani petaninya"),
        ("kota", "sekota kotaku"),
        ("gulat", "pegulat bergulat"),
        ("anyam", "anyaman menganyam"),
        ("kuasa", "kuasai menguasai kekuasaan"),
        ("aju", "ajukan mengajukan"),
    ],
)
def test_light_affixes_are_read_where_root_or_word_is_in_use(
    analyzer: Analyzer, stem: str, words: str
) -> None:
    assert {analyzer.stem(word) for word in words.split()} == {stem}


def test_a_word_whose_root_nobody_uses_keeps_its_own_inflections_together(analyzer: Analyzer) -> None:
    assert {analyzer.stem(word) for word in ("kalangan", "kalangannya", "kalangan-kalangan")} == {"kalangan"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("penduduk", "duduk"), ("pengalaman", "alam"), ("penghargaan", "harga"), ("mobilitas", "mobil")),
        *(("undang-undang", "undangan"), ("hati-hati", "hatinya"), ("oleh-oleh", "oleh")),
        *(("profesor", "profesi"), ("reseptor", "resepsi"), ("prosesor", "proses")),
        *(("organisasi", "organ"), ("perubahan", "rubah"), ("menari", "nari"), ("perbankan", "perban")),
    ],
)
def test_words_that_left_their_root_stand_apart(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.stem(one) != analyzer.stem(other)


def test_a_day_with_or_without_a_leading_zero_has_one_stem(analyzer: Analyzer) -> None:
    assert analyzer.stem("06") == analyzer.stem("6") == "6"
    assert analyzer.stem("000") == "000"


@pytest.mark.parametrize(
    "form", ["é", "漢", "ꦗ", "👍🏽", "at&t", "4g", "1⁄2", "ß", "a-b", "ku", "-", "nya", "x" * 64]
)
def test_a_stem_is_never_empty(analyzer: Analyzer, form: str) -> None:
    assert analyzer.stem(form)


def test_a_stem_says_which_rule_decided_it_and_which_affixes_went() -> None:
    stemmer = Stemmer(load_lexicon())
    found = {word: stemmer.stem(word) for word in WHY}
    assert {word: (stem.rule, stem.affixes, stem.family) for word, stem in found.items()} == WHY
    assert found["balangan"].origin is not None
    assert found["balangan"].origin.file == "places.txt"


WHY = {
    "pengawasan": (Rule.ROOT, ("peng-", "-an"), ""),
    "dipertanyakannyalah": (Rule.ROOT, ("di-", "per-", "-kan", "-nya", "-lah"), ""),
    "balangan": (Rule.PROTECTED, (), ""),
    "balangannya": (Rule.PROTECTED, ("-nya",), ""),
    "perizinan": (Rule.ROOT, ("per-", "-an"), ""),
    "perijinan": (Rule.FIXED, ("per-", "-an"), ""),
    "netralitas": (Rule.ROOT, (), "-itas"),
    "dua": (Rule.ROOT, (), ""),
    "06": (Rule.NUMBER, (), ""),
    "anak2": (Rule.REDUPLICATED, (), ""),
    "anak-anak": (Rule.HYPHENATED, (), ""),
    "meeting": (Rule.UNKNOWN, (), ""),
    "4g": (Rule.AS_WRITTEN, (), ""),
}


def test_a_word_that_stands_for_itself_is_explained_by_its_use(
    analyzer: Analyzer,
) -> None:
    explained = [token.stem for token in analyzer.explain("siapa yang mengawasi ASN")]
    assert [stem.rule for stem in explained] == [
        Rule.QUESTION_WORD,
        Rule.STOP_WORD,
        Rule.ROOT,
        Rule.ACRONYM,
    ]
    assert [stem.origin.file for stem in explained if stem.origin] == [
        "stopwords.txt",
        "stopwords.txt",
        "acronyms.txt",
    ]


def test_the_owners_lexicon_decides_first() -> None:
    lexicon = with_entries(
        load_lexicon(), "[akar]\npengawasan = kontrol\n[lindungi]\nberlari\n[kata dasar]\nkepo", "x"
    )
    analyzer = Analyzer(lexicon)
    assert [analyzer.stem(word) for word in ("pengawasan", "berlari", "mengepoi")] == [
        "kontrol",
        "berlari",
        "kepo",
    ]


def test_every_fixed_stem_is_a_stem_itself() -> None:
    lexicon = load_lexicon()
    analyzer = Analyzer(lexicon)
    assert [(word, stem) for word, stem in lexicon.stems.items() if analyzer.stem(stem) != stem] == []
