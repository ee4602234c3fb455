"""Makes PDF files by hand: text where it is put, nothing that a program adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

Placed = tuple[float, float, float, str]
"""Left and bottom in points, size of the letters, and the text."""

MakePdf = Callable[..., bytes]


def _objects(pages: Sequence[Sequence[Placed] | bytes], info: dict[str, str]) -> list[bytes]:
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    entries = " ".join(f"/{name} ({value})" for name, value in info.items())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {entries} >>".encode(),
    ]
    for number, page in enumerate(pages):
        content = (
            page
            if isinstance(page, bytes)
            else b"\n".join(
                f"BT /F1 {size} Tf {left} {bottom} Td ({text}) Tj ET".encode("cp1252")
                for left, bottom, size, text in page
            )
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    return objects


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """``make_pdf(pages, info)``: each page is what is put where, or its content as PDF writes it."""

    def make(pages: Sequence[Sequence[Placed] | bytes], info: dict[str, str] | None = None) -> bytes:
        made = bytearray(b"%PDF-1.4\n")
        places = []
        objects = _objects(pages, info or {})
        for number, body in enumerate(objects, start=1):
            places.append(len(made))
            made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        start = len(made)
        made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        made += b"".join(b"%010d 00000 n \n" % place for place in places)
        made += b"trailer << /Size %d /Root 1 0 R /Info 4 0 R >>\n" % (len(objects) + 1)
        return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)

    return make
