"""What the columns of a table are taken for: by the owner's word, by name, by values."""

from __future__ import annotations

import csv
import io
import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index.documents import Document
from index.settings import SettingError, Settings, load_settings
from index.sources.base import InputFile, Piece, Skip
from index.sources.fields.columns import Columns
from index.sources.fields.survey import survey
from index.sources.reading import cut_input, read_input, read_piece

TEA = (
    "Pemetik teh di lereng selatan kembali bekerja setelah hujan reda, dan pabrik di kaki bukit menerima "
    "daun segar sejak pagi hari bersama para pengemudi truk."
)
FISH = (
    "Perahu kayu merapat di dermaga lama dengan ikan tongkol penuh, sehingga harga di pelelangan turun dan "
    "warga berdatangan membawa ember sampai sore hari."
)
ROWS = [
    ["1", "Pemetik Teh Kembali Bekerja", TEA, "5 Maret 2024", "https://kebun.example/teh", "Ani"],
    ["2", "Ikan Tongkol Penuhi Dermaga Lama", FISH, "7 Maret 2024", "https://kebun.example/ikan", "Ani"],
]


def table(heading: list[str], rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., list[Any]]:
    """``read(name, content, fields)`` -> documents and skips, under rules of the owner."""

    def read(name: str, content: str, fields: Any = None) -> list[Document | Skip]:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        settings = Settings({"fields": fields or {}})
        return list(read_input(InputFile(path, f"arsip/{name}", tmp_path), settings))

    return read


@pytest.fixture
def surveyed(tmp_path: Path) -> Callable[..., Any]:
    """``surveyed({name: content}, fields)`` -> the survey of such files."""

    def surveyed(files: dict[str, str], fields: Any = None) -> Any:
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        inputs = [InputFile(tmp_path / name, f"arsip/{name}", tmp_path) for name in files]
        return survey(inputs, Settings({"fields": fields or {}}))

    return surveyed


@pytest.mark.parametrize(
    "heading",
    [
        ["kolom1", "kolom2", "kolom3", "kolom4", "kolom5", "kolom6"],
        ["", "", "", "", "", ""],
        ["0", "1", "2", "3", "4", "5"],
        ["Unnamed: 0", "naslov", "besedilo", "dan", "naslov2", "oseba"],
    ],
)
def test_values_tell_what_names_do_not(read: Callable[..., list[Any]], heading: list[str]) -> None:
    first, second = read("a.csv", table(heading, ROWS))

    assert (first.title, first.body, first.url) == (ROWS[0][1], TEA, ROWS[0][4])
    assert (first.published, second.published) == (date(2024, 3, 5), date(2024, 3, 7))
    assert first.author == ""  # a name may be of anybody


def test_values_tell_it_of_json_too(read: Callable[..., list[Any]]) -> None:
    records = [dict(zip("nthdua", row, strict=True)) for row in ROWS]
    for name, content in (
        ("a.json", json.dumps(records)),
        ("a.jsonl", "\n".join(map(json.dumps, records))),
    ):
        assert [(found.title, found.body) for found in read(name, content)] == [
            (row[1], row[2]) for row in ROWS
        ]


def test_values_decide_nothing_that_a_name_has_decided() -> None:
    rows = [
        {"judul": "Teh", "isi": "Teh laku.", "kolom": TEA, "gambar": "https://kebun.example/a", "x": "id"}
    ]

    found = Columns.of(rows[0], rows, "a.csv", Settings())

    assert {name: found.meaning(name).field for name in rows[0]} == {
        "judul": "title", "isi": "body", "kolom": "", "gambar": "", "x": "lang",
    }  # fmt: skip


def test_of_two_silent_columns_of_days_the_earlier_is_taken_and_none_if_neither_is() -> None:
    def days(*pairs: tuple[str, str]) -> str:
        rows = [{"k1": late, "k2": early, "k3": TEA} for early, late in pairs]
        found = Columns.of(rows[0], rows, "a.csv", Settings())
        return next((name for name in rows[0] if found.meaning(name).field == "published"), "")

    assert days(("1 Mei 2024", "3 Mei 2024"), ("2 Mei 2024", "2 Mei 2024")) == "k2"
    assert days(("1 Mei 2024", "3 Mei 2024"), ("9 Mei 2024", "2 Mei 2024")) == ""


def test_pictures_sites_numbers_and_repeated_lines_are_no_field() -> None:
    rows = [
        {"a": f"https://x.example/{number}.jpg", "b": "https://x.example/", "c": str(1_700_000_000 + number),
         "d": "Kabupaten Hulu Sungai Utara", "e": TEA + str(number)}
        for number in range(6)
    ]  # fmt: skip

    found = Columns.of(rows[0], rows, "a.csv", Settings())

    assert [found.meaning(name).field for name in rows[0]] == ["", "", "", "", "body"]


def test_a_column_that_is_named_for_a_field_and_holds_none_is_no_hindrance(
    read: Callable[..., list[Any]],
) -> None:
    (found,) = read(
        "a.csv", table(["tanggal", "content", "k1", "k2"], [["Selasa", "17", TEA, "5 Maret 2024"]])
    )

    assert (found.body, found.published) == (TEA, date(2024, 3, 5))


def test_both_parts_of_an_article_of_joomla_are_its_text(read: Callable[..., list[Any]]) -> None:
    (found,) = read("a.csv", "title,introtext,fulltext\nTeh,<p>Satu.</p>,<p>Dua.</p>\n")

    assert found.body == "Satu.\n\nDua."


def test_numbered_columns_of_text_are_one_text(read: Callable[..., list[Any]]) -> None:
    (found,) = read("a.csv", "judul,paragraf_2,paragraf_1,paragraf_10\nTeh,Dua.,Satu.,Sepuluh.\n")

    assert found.body == "Satu.\n\nDua.\n\nSepuluh."


@pytest.mark.parametrize(
    "names", [["isi_clean", "isi_raw"], ["content", "content_html"], ["text", "raw_text"]]
)
def test_a_text_that_was_prepared_for_a_program_yields(
    read: Callable[..., list[Any]], names: list[str]
) -> None:
    prepared = " ".join(word.strip(".,").lower() for word in TEA.split())

    (found,) = read("a.csv", table(["judul", *names], [["Teh", prepared, TEA]]))
    (alone,) = read("a.csv", table(["judul", *names], [["Teh", prepared, ""]]))

    assert (found.body, alone.body) == (TEA, prepared)


@pytest.mark.parametrize("name", ["Name", "nama"])
def test_what_a_page_is_called_may_be_its_title_and_a_person_is_none(
    read: Callable[..., list[Any]], name: str
) -> None:
    titles = [row[1] for row in ROWS]

    found = read("a.csv", table([name, "isi"], [[titles[0], TEA], [titles[1], FISH]]))
    people = read("a.csv", table([name, "isi"], [["Ani Sari", TEA], ["Budi Wibowo", FISH]]))

    assert [each.title for each in found] == titles
    assert not {each.title for each in people} & {"Ani Sari", "Budi Wibowo"}


def test_when_an_article_was_first_seen_is_its_day_only_where_there_is_no_other() -> None:
    rows = [{"seendate": "20240305T101500Z", "tanggal": "4 Maret 2024", "isi": TEA}]

    found = Columns.of(rows[0], rows, "a.json", Settings()).values(rows[0])
    alone = Columns.of(["seendate"], rows, "a.json", Settings())

    assert found["published"][0] == "4 Maret 2024"
    assert alone.meaning("seendate").field == "published"


def test_columns_of_one_name_are_both_read(read: Callable[..., list[Any]]) -> None:
    (found,) = read("a.csv", f"judul,isi,judul\n,{FISH.replace(',', '')},Ikan\n")

    assert found.title == "Ikan"


def test_pieces_carry_the_decision_to_other_processes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table(["a", "b", "c", "d", "e", "f"], ROWS), encoding="utf-8")

    pieces = pickle.loads(pickle.dumps(list(cut_input(InputFile(path, "a.csv", tmp_path), Settings()))))

    assert all(isinstance(piece, Piece) for piece in pieces)
    assert [next(read_piece(piece, Settings())).title for piece in pieces] == [row[1] for row in ROWS]


class TestRules:
    def test_the_owner_names_columns_by_file(self, read: Callable[..., list[Any]]) -> None:
        content = table(["judul", "isi", "k", "tanggal"], [["Arsip 7", "Ringkas.", TEA, "2001-01-01"]])
        fields = {"a.csv": {"isi": "k", "judul": "ISI", "tempat": "isi", "ignore": ["tanggal"]}}

        (ruled,) = read("a.csv", content, fields)
        (other,) = read("b.csv", content, fields)

        assert (ruled.title, ruled.body, ruled.published) == ("Ringkas.", TEA, None)
        assert ruled.place == "Ringkas."
        assert (other.title, other.body, other.published) == ("Arsip 7", "Ringkas.", date(2001, 1, 1))

    def test_a_fixed_value_is_that_of_every_article(self, read: Callable[..., list[Any]]) -> None:
        content = f"judul,isi,media\nTeh,{FISH.replace(',', '')},Koran A\n"

        (fixed,) = read("a.csv", content, {"source": {"value": "Radar Lebak"}})
        (filled,) = read("a.csv", content, {"source": ["media", {"value": "Radar Lebak"}]})

        assert (fixed.source, filled.source) == ("Radar Lebak", "Koran A")

    def test_a_column_may_stand_inside_an_object_or_come_late(self, read: Callable[..., list[Any]]) -> None:
        records = [{"isi": TEA, "oleh_siapa": {"orang": [{"n": "Ani"}]}}] * 300 + [
            {"isi": FISH, "topik_utama": "Ikan"}
        ]
        fields = {"*.jsonl": {"penulis": "oleh_siapa.orang.n", "judul": "topik_utama"}}

        found = read("a.jsonl", "\n".join(map(json.dumps, records)), fields)

        assert (found[0].author, found[-1].title) == ("Ani", "Ikan")

    def test_a_rule_of_many_files_leaves_alone_those_without_its_column(
        self, read: Callable[..., list[Any]]
    ) -> None:
        (found,) = read("a.csv", f"judul,isi\nTeh,{FISH.replace(',', '')}\n", {"*.csv": {"title": "tajuk_x"}})

        assert found.title == "Teh"

    def test_what_is_named_in_vain_is_told(self, surveyed: Callable[..., Any]) -> None:
        content = table(["judul", "isi"], [["Teh", TEA]])
        fields = {"a.csv": {"judul": ["judul", "tajuk"]}, "*.csv": {"isi": "isi"}, "c.csv": {"isi": "isi"}}

        unmet = surveyed({"a.csv": content, "b.csv": content}, fields).unmet

        assert [line.partition("[fields] ")[2] for line in unmet] == [
            "a.csv: no file has a column tajuk",
            "c.csv: no table has that name",
        ]

    def test_rules_come_from_the_file_and_as_json_from_the_environment(self, tmp_path: Path) -> None:
        (tmp_path / "telusur.toml").write_text(
            '[fields]\nbahasa = { value = "id" }\n[fields."2024/*.csv"]\nisi = ["a", "b"]\nignore = "c"\n'
        )
        there = load_settings({}, tmp_path).tables("fields")
        as_json = json.dumps({"2024/*.csv": {"body": ["a", "b"], "ignore": "c"}})

        assert there["2024/*.csv"] == {"body": ["a", "b"], "ignore": ["c"]}
        assert there["*"] == {"lang": [{"value": "id"}]}
        environment = {"TELUSUR_FIELDS": as_json}
        assert load_settings(environment, tmp_path).tables("fields") == {"2024/*.csv": there["2024/*.csv"]}

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"a.csv": {"jdul": "x"}}, "did you mean .judul"),
            ({"a.csv": {"xyz": "x"}}, "there are"),
            ({"a.csv": {"judul": 7}}, "holds 7"),
            ({"a.csv": {"judul": []}}, "holds"),
            ({"a.csv": {"judul": "x", "title": "y"}}, "twice"),
            ({"a.csv": {"sumber": {"nilai": "x"}}}, "value ="),
            ({"port": 8000}, "setting"),
            ("bukan json", "JSON"),
        ],
    )
    def test_a_rule_that_says_nothing_is_refused(self, fields: Any, told: str) -> None:
        with pytest.raises(SettingError, match=told):
            Settings({"fields": fields})


class TestSurvey:
    def test_each_column_is_told_with_its_reason_and_an_example(self, surveyed: Callable[..., Any]) -> None:
        rows = [["-", TEA, "5/3/2024", "x", "6/3/2024"], ["Teh", FISH, "", "", ""]]
        content = table(["tajuk", "k", "tgl_muat", "url_foto", "tanggal"], rows)
        found = surveyed({"a.csv": content, "b.csv": content})

        (seen,) = found.tables
        assert seen.files == 2
        assert [(each.name, each.field, each.why, each.is_spare) for each in seen.columns] == [
            ("tajuk", "title", "name", False),
            ("k", "body", "values", False),
            ("tgl_muat", "published", "name", False),
            ("url_foto", "", None, False),
            ("tanggal", "published", "name", True),
        ]
        assert [each.example for each in seen.columns][0::2] == ["Teh", "2024-03-05", "2024-03-06"]
        assert found.to_dict()[0]["columns"][1]["field"] == "body"

    def test_examples_are_short_and_command_no_terminal(self, surveyed: Callable[..., Any]) -> None:
        found = surveyed({"a.json": json.dumps([{"judul\x1b[31m": "\x1b[2J\u202eTeh", "isi": TEA * 50}])})

        lines = "\n".join(found.lines())

        assert "\x1b" not in lines
        assert "\u202e" not in lines
        assert max(map(len, lines.split("\n"))) < 200

    def test_other_files_are_passed_over(self, surveyed: Callable[..., Any]) -> None:
        assert surveyed({"a.txt": TEA, "b.json": "{"}).tables == ()
