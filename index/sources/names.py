"""What the name of a file says of it: that it is no article, or of a kind that nothing reads."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from index.messages import _
from index.sources.base import printable
from index.sources.registry import known_endings

_PASSED_OVER = re.compile(
    r"""
    \. .*                                           # hidden
    | .* (?: ~ | \.(?:bak|orig|old|swp|swo|tmp|temp|part|crdownload) )     # backups, unfinished downloads
    | \# .* \#                                      # Emacs
    | readme (?: [._-] .* )?                        # about the folder, not an article
    | thumbs\.db | desktop\.ini
    | .* \. (?: css | m?js | map | json\.map | svg | ico | woff2? | ttf | eot     # parts of saved pages
        | jpe?g | png | gif | webp | avif | bmp | tiff? | mp3 | mp4 | m4a | webm | mov | avi )
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

_SAVED_AS = {
    **dict.fromkeys((".doc", ".rtf", ".dot", ".wps", ".wpd", ".pages", ".sxw"), ".docx, .odt"),
    **dict.fromkeys((".xls", ".xlsx", ".xlsb", ".ods", ".mdb", ".accdb"), ".csv"),
    **dict.fromkeys((".rar", ".7z", ".ace", ".cab"), ".zip"),
    **dict.fromkeys((".mobi", ".azw3"), ".epub"),
    ".msg": ".eml",
    ".djvu": ".pdf",
}


def is_passed_over(name: str) -> bool:
    """Whether a file of this name (without folders) is left out without a word."""
    return _PASSED_OVER.fullmatch(name) is not None


def why_of_no_kind(name: str) -> str:
    """Why a file is not read that no parser is for."""
    ending = PurePosixPath(name).suffix
    if other := _SAVED_AS.get(ending.lower()):
        return _(
            "berkas {ending} tidak dapat dibaca; simpanlah sebagai {other}",
            ending=printable(ending),
            other=other,
        )
    return _(
        "berkas {ending} tidak dapat dibaca; yang dapat: {known}",
        ending=printable(ending) or _("tanpa akhiran"),
        known=", ".join(known_endings()),
    )
