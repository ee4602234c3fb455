"""Branding: what makes the pages the owner's: logo, accent, texts, and a folder that wins over ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field

from index.config.values import Colour, parse_colour
from index.messages import _
from index.settings import SettingError, Settings
from search.web.images import Picture, picture_of

OURS = Path(__file__).parent / "templates"
"""Our own templates."""

ORIGINAL = "bawaan"
"""What stands before the name of one of our templates where the owner's extends it."""

LARGEST_LOGO = 256 << 10
"""Bytes: every visitor loads it before anything else."""


class Branding(Struct, frozen=True):
    """How one installation looks.

    :param logo: picture beside the name of the site.
    :param logo_only: whether it stands there instead of the name.
    :param accent: colour of links and buttons.
    :param footer: text at the foot of every page; ``about`` that of a page of its own.
    :param folder: holds ``templates`` and ``static``, which win over ours.
    :param sources: name of a template of the owner -> its text, as it was when it was read: what is changed
        later comes into force with everything else, and not with a worker that happens to be replaced.
    """

    logo: Picture | None = None
    logo_only: bool = False
    accent: Colour | None = None
    footer: str = ""
    about: str = ""
    folder: Path | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Settings) -> Branding:
        """Read what the settings name.

        :raises SettingError: if a file or folder cannot be used.
        """
        folder = _folder(settings.text("site_dir"))
        return cls(
            logo=_logo(settings.text("logo")),
            logo_only=settings.flag("logo_only") and bool(settings.text("logo")),
            accent=parse_colour(settings.text("accent")),
            footer=settings.text("footer").strip(),
            about=settings.text("about").strip(),
            folder=folder,
            sources=dict(_sources(folder / "templates")) if folder else {},
        )

    @property
    def templates(self) -> Path | None:
        """The folder of templates that win over ours."""
        return self.folder / "templates" if self.folder else None

    def file(self, name: str) -> Path | None:
        """The owner's own file of a name, if there is one among the static ones."""
        path = self.folder / "static" / name if self.folder else None
        return path if path and path.is_file() else None


def broken_templates(folder: Path) -> Iterator[str]:
    """One line for each template in a folder that cannot be read as one."""
    from jinja2 import Environment, TemplateSyntaxError

    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            yield _("{path} baris {line}: {why}", path=path, line=error.lineno, why=error.message)
        except (OSError, UnicodeDecodeError) as error:
            yield _("{path}: tidak dapat dibaca ({error})", path=path, error=error)


def _sources(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with suppress(OSError, UnicodeDecodeError):  # told by broken_templates
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def _logo(name: str) -> Picture | None:
    if not name:
        return None
    path = Path(name)
    try:
        if path.stat().st_size > LARGEST_LOGO:
            raise SettingError(
                _("logo: {path} lebih besar dari {limit} KiB", path=path, limit=LARGEST_LOGO >> 10)
            )
        picture = picture_of(path.read_bytes())
    except OSError as error:
        raise SettingError(_("logo: {path} tidak dapat dibaca ({error})", path=path, error=error)) from error
    if picture is None:
        raise SettingError(_("logo: {path} bukan gambar SVG, PNG, WebP atau JPEG yang utuh", path=path))
    return picture


def _folder(name: str) -> Path | None:
    if not name:
        return None
    folder = Path(name).absolute()
    if not folder.is_dir():
        raise SettingError(_("site_dir: tidak ada folder {path}", path=folder))
    return folder
