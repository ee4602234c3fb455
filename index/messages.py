"""What people read: the Indonesian texts of the code in any language of the catalogue, numbers and dates.

The Indonesian text is the key of the catalogue; ``{name}`` marks where a value goes. Owners are told
everything in the language of the setting ``language``, with :func:`_`; visitors in their own, with the
:class:`Translator` of their request. The locale of a server says how its operating system was installed,
seldom what its owner reads.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path

SOURCE_LANGUAGE = "id"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
CATALOGUES = Path(__file__).parent / "translations"

_SEPARATORS = {"id": str.maketrans(",.", ".,"), "en": {}}
"""What a language writes between thousands and before decimals, in place of the comma and point of Python."""


class Message(str):
    """A text in the owner's language that any translator can tell anew in its own.

    It stays one through ``str()``, so that an exception made of it can be told anew too. Pickled it is plain
    text: its values may be anything.
    """

    source: str
    values: Mapping[str, object]

    def __new__(cls, text: str, source: str, values: Mapping[str, object]) -> Message:
        """Join a text to what it was made of."""
        message = super().__new__(cls, text)
        message.source = source
        # Not an exception itself: with it, all that its traceback refers to would be held.
        message.values = {
            name: str(value) if isinstance(value, Exception) else value for name, value in values.items()
        }
        return message

    def __str__(self) -> str:
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (super().__str__(),)


class Translator:
    """Texts, numbers and dates in one language. Its catalogue is read when the first text is asked for.

    :param language: one of :data:`LANGUAGES`.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    @cached_property
    def catalogue(self) -> Mapping[str, tuple[str, ...]]:
        """Source text -> its translation; for a text with a number, that for one and that for many.

        :raises FileNotFoundError: if it is missing from the installation.
        """
        if self.language == SOURCE_LANGUAGE:
            return {}
        from babel.messages.pofile import read_po  # takes as long as a fifth of all other imports of reindex

        with (CATALOGUES / self.language / "LC_MESSAGES" / "messages.po").open("rb") as file:
            entries = [entry for entry in read_po(file, locale=self.language) if entry.id and not entry.fuzzy]
        found: dict[str, tuple[str, ...]] = {}
        for entry in entries:
            source, *_plural = [entry.id] if isinstance(entry.id, str) else entry.id
            forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))
            if all(forms):
                found[source] = forms
        return found

    def form(self, message: str, plural: str = "", number: int = 1) -> str:
        """The translation of a message, its values still to be filled in; the message if there is none.

        :param plural: the message for other numbers than one.
        """
        forms = self.catalogue.get(message, (message, plural))
        return forms[0] if number == 1 else forms[-1]

    def gettext(self, message: str, /, **values: object) -> str:
        """The text of a message.

        :param values: what is filled in, by name; without any, the text is taken as it stands.
        """
        if isinstance(message, Message):
            return self.gettext(message.source, **message.values)
        text = self.form(message)
        return text.format(**self.told(values)) if values else text

    def ngettext(self, singular: str, plural: str, number: int, /, **values: object) -> str:
        """Like :meth:`gettext`, in the form for a number; ``{num}`` is the number as readers write it."""
        return self.form(singular, plural, number).format(num=self.number(number), **self.told(values))

    def told(self, values: Mapping[str, object]) -> dict[str, object]:
        """Values with the messages among them told in this language."""
        return {
            name: self.gettext(value) if isinstance(value, Message) else value
            for name, value in values.items()
        }

    def number(self, value: float, digits: int = 0) -> str:
        """A number as readers of the language write it: ``12.345`` in Indonesian, ``12,345`` in English.

        :param digits: decimals.
        """
        return _number(value, digits, self.language)

    def day(self, day: date, pattern: str = "d MMMM y") -> str:
        """A day in words: ``6 Februari 2024``.

        :param pattern: date pattern of Unicode Technical Standard 35.
        """
        return _day(day, pattern, self.language)

    def warm_up(self) -> None:
        """Load what the first texts and days would wait for."""
        self.form("")
        self.day(date.min)


# A page of results shows the same counts and days over and over.
@lru_cache(4096)
def _number(value: float, digits: int, language: str) -> str:
    return f"{value:,.{digits}f}".translate(_SEPARATORS[language])


@lru_cache(4096)
def _day(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date  # reindex writes no dates

    return format_date(day, format=pattern, locale=language)


@cache
def translator(language: str) -> Translator:
    """The translator of a language.

    :raises KeyError: if there is no such language.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return Translator(language)


_owner = translator(SOURCE_LANGUAGE)


def owner() -> Translator:
    """The translator for the owner of the archive."""
    return _owner


def use_language(language: str) -> None:
    """Tell the owner everything in a language from now on, in this process.

    :param language: the setting ``language``; one that is unknown is told of in Indonesian.
    """
    global _owner
    _owner = translator(language if language in LANGUAGES else SOURCE_LANGUAGE)


def _(message: str, /, **values: object) -> str:
    """A :class:`Message` for the owner; the parameters are those of :meth:`Translator.gettext`."""
    return Message(_owner.gettext(message, **values), message, values)


def N_(message: str) -> str:  # noqa: N802 - the customary name of a mark for extraction
    """Mark a text for translation that is translated later, where it is shown."""
    return message


def number(value: float, digits: int = 0) -> str:
    """A number for the owner, see :meth:`Translator.number`."""
    return _owner.number(value, digits)


_REASONS = {
    errno.ENOENT: N_("tidak ada"),
    errno.EACCES: N_("tidak ada izin"),
    errno.EPERM: N_("tidak ada izin"),
    errno.EISDIR: N_("berupa folder"),
    errno.ENOTDIR: N_("bukan folder"),
    errno.EEXIST: N_("sudah ada"),
    errno.ENOSPC: N_("tempat penyimpanan penuh"),
    errno.EROFS: N_("hanya dapat dibaca"),
    errno.EMFILE: N_("terlalu banyak berkas terbuka"),
}


def system_reason(error: OSError) -> str:
    """Why the system did not do something with a file, for the owner; what is rare, in its own words."""
    reason = _REASONS.get(error.errno or 0)
    return _(reason) if reason else error.strerror or str(error)
