"""Articles that files of JSON are made of."""

from __future__ import annotations

from typing import Any

import pytest

TEXTS = (
    "Warga Kampung Cempaka membersihkan selokan sejak pagi. Ketua RT mengajak semua keluarga ikut serta.",
    "Nelayan di pesisir utara kembali melaut setelah ombak reda. Hasil tangkapan dijual di pelelangan.",
    "Petani kopi di lereng gunung memetik panen pertama tahun ini. Harga biji kering naik sedikit.",
)


@pytest.fixture
def articles() -> list[dict[str, Any]]:
    """Three articles without anything nested."""
    return [
        {"judul": f"Berita ke-{number}", "isi": text, "tanggal": f"2024-02-{number:02}"}
        for number, text in enumerate(TEXTS, start=1)
    ]
