"""Makes the icons of files that browsers ask for from the one that we draw, ``static/icon.svg``.

``python -m search.web.icons`` writes ``favicon.ico`` and ``apple-touch-icon.png`` beside it, with the
Chromium that the tests use. They are committed, so that nobody needs it but who changes the drawing.
"""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
FAVICON_SIZES = (16, 32, 48)
TOUCH_SIZE = 180


def main() -> None:
    """Write both files."""
    from playwright.sync_api import sync_playwright  # of the developer's environment

    drawing = (FOLDER / "icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )

        def drawn(size: int, svg: str) -> bytes:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px}}</style>{svg}")
            return page.screenshot(omit_background=True)

        icons = [(size, drawn(size, drawing)) for size in FAVICON_SIZES]
        (FOLDER / "favicon.ico").write_bytes(ico(icons))
        # Apple's devices cut the corners themselves and fill what is transparent with black.
        square = drawing.replace(' rx="8"', "")
        (FOLDER / "apple-touch-icon.png").write_bytes(drawn(TOUCH_SIZE, square))
        browser.close()


def ico(icons: Iterable[tuple[int, bytes]]) -> bytes:
    """The ICO file of pictures in PNG.

    :param icons: width and height of each, up to 255, and its content.
    """
    icons = list(icons)
    head = struct.pack("<HHH", 0, 1, len(icons))
    place, entries = len(head) + 16 * len(icons), b""
    for size, content in icons:
        entries += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(content), place)
        place += len(content)
    return head + entries + b"".join(content for _, content in icons)


if __name__ == "__main__":
    main()
