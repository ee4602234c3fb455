"""`telusur check` compares the index with the settings of now."""

from __future__ import annotations

from typing import Any

from index.messages import use_language
from index.settings import Settings
from search.cli.checking import Check, run_checks


def up_to_date(settings: Settings) -> Check:
    use_language("id")
    (check,) = [check for check in run_checks(settings) if check.name == "mutakhir"]
    return check


def test_an_index_made_with_other_aliases_is_out_of_date(make_archive: Any) -> None:
    archive = make_archive()
    archive.write({"id": "a", "title": "Banjir", "body": "Air naik.", "source": "Okezone"})
    assert up_to_date(archive.settings).ok

    check = up_to_date(archive.settings.replace(source_aliases={"Okezone": "okezone.com"}))

    assert (check.ok, check.detail) == (False, "daftar nama lain berubah; jalankan `reindex`")
