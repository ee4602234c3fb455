"""The lines of PDF files, read in a process of its own: a strange file harms nothing else.

Who wants the lines starts this file as a program and talks to it by lines of JSON: a request ``{"path",
"seconds", "megabytes", "pages", "characters"}``, then answers as :func:`answers` gives them, then ``{}``. It
imports nothing of ours, so that it starts soon.
"""

from __future__ import annotations

import ctypes
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

_HYPHENS = frozenset((0x02, 0xFFFE, 0xAD, 0x2010, 0x2D))
_LINE_ENDS = frozenset((0x0A, 0x0D))
_LOCKED = 4  # FPDF_ERR_PASSWORD
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_MOST_OBJECTS = 1000  # looked at, of a page without text


def answers(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is told of one file: ``{"error"}``, or its ``{"properties", "pages"}`` and then each page.

    A page is ``{"lines", "unknown", "image"}``: its lines ``[text, left, right, bottom, height, broken]`` in
    points from the lower left corner, how many characters have no meaning, and whether it shows a picture but
    no text. ``broken`` says that a hyphen stood at the line's end and was taken off.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(request["path"])
    except pypdfium2.PdfiumError as error:
        yield {"error": "locked" if getattr(error, "err_code", None) == _LOCKED else str(error)}
        return
    try:
        count = len(document)
        if count > request["pages"]:
            yield {"error": "pages"}
            return
        yield {"properties": document.get_metadata_dict(), "pages": count}
        left = request["characters"]
        for number in range(count):
            _allow(request["seconds"])
            page = _page(document, number, left)
            left -= sum(len(line[0]) for line in page["lines"])
            yield page
            if left <= 0:
                return
    finally:
        document.close()


def _page(document: Any, number: int, most: int) -> dict[str, Any]:
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return {"lines": [], "unknown": 0, "image": True}
    lines, unknown = _lines(text, most)
    image = not lines and any(
        kind.type == _IMAGE for kind, _ in zip(page.get_objects(), range(_MOST_OBJECTS), strict=False)
    )
    text.close()
    page.close()
    return {"lines": lines, "unknown": unknown, "image": image}


def _lines(text: Any, most: int) -> tuple[list[list[Any]], int]:
    from pypdfium2 import raw

    lines: list[list[Any]] = []
    held: list[str] = []
    first = last = -1
    unknown = 0
    count = min(raw.FPDFText_CountChars(text), most + 1)

    def end(broken: bool = False) -> None:
        nonlocal first
        if not broken and len(held) > 1 and ord(held[-1]) in _HYPHENS and held[-2].isalpha():
            held.pop()
            broken = True
        written = "".join(held)
        if written.strip() or broken:
            start, stop = _box(text, first), _box(text, last)
            height = max(start[3] - start[2], stop[3] - stop[2])
            values = [round(value, 1) for value in (start[0], stop[1], min(start[2], stop[2]), height)]
            lines.append([written, *values, broken])
        held.clear()
        first = -1

    for index in range(count):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in _LINE_ENDS:
            if held:
                end()
            continue
        if code in (0x02, 0xFFFE):
            last = index
            end(broken=True)
            continue
        if not code or 0xE000 <= code <= 0xF8FF or code == 0xFFFD or code > 0x10FFFF:
            unknown += 1
            continue
        if 0xD800 <= code <= 0xDFFF:
            continue
        if not raw.FPDFText_IsGenerated(text, index):
            last = index
            if first < 0:
                first = index
        held.append(chr(code))
    if held:
        end()
    return lines, unknown


def _box(text: Any, index: int) -> tuple[float, float, float, float]:
    """Left, right, bottom, top of a character's cell."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    if index < 0 or not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
        return (0.0, 0.0, 0.0, 0.0)
    return (box.left, box.right, box.bottom, box.top)


def _allow(seconds: int) -> None:
    """Let this process work so long from now on; then it is ended."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    """Answer requests until there are no more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        request = json.loads(line)
        size = request["megabytes"] << 20
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
        _allow(request["seconds"])
        for answer in answers(request):
            print(json.dumps(answer))
        print("{}", flush=True)


if __name__ == "__main__":
    main()
