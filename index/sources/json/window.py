"""Window: a file of JSON seen a part at a time, and the values that stand in it, cut out as they are written.

Nothing is parsed here. An array of two gigabytes is cut element by element in the memory of one element, a
bad element does not keep the next from being read, and other processes parse what was cut. Parsers of events
(ijson) end at the first slip, and have made values of everything by then.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from index.messages import _
from index.settings import Settings
from index.sources.base import UnreadableError
from index.sources.encoding import LineDecoder, refuse_binary, wide_encoding
from index.sources.files import KIB, DamagedError

_CHUNK = 256 * KIB
_SAMPLE = 64 * KIB

_BLANK = re.compile(rb"[\s,\x1e\0]*+")  # 0x1e: before each value of an RFC 7464 text sequence
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_IN_STRING = re.compile(rb'[^"\\]*+')
_OUTSIDE = re.compile(rb'[^"{}\[\]]*+')
_DOUBLE, _SINGLE = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', rb"'[^'\\]*+(?:\\.[^'\\]*+)*+'"
_BEHIND = rb"(?=\s*+[:,}\])])"


def _patterns(strings: bytes, outside: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """What goes to the next bracket, and up to a text behind which stands what may not: a quotation mark is
    missing then, or one is too many.

    :param strings: the pattern of a text.
    :param outside: characters that no text and no bracket begins with.
    """
    passed = rb"(?:" + outside + rb"++|(?:" + strings + rb")" + _BEHIND + rb")*+"
    stray = passed + rb"(?:" + strings + rb")\s*+[^\s:,}\])]"
    return re.compile(passed + rb"([{}\[\]])", re.DOTALL), re.compile(stray, re.DOTALL)


_OF_JSON = _patterns(_DOUBLE, rb'[^"{}\[\]]')
_OF_SHELLS = _patterns(_DOUBLE + rb"|" + _SINGLE, rb"[^\"'{}\[\]]")
_JSON_KEY = re.compile(rb'[{,]\s*"[^"\n]{1,80}"\s*:')
_SHELL_TEXT = re.compile(rb"[{,]\s*(?:'[^'\n]{1,80}'|[A-Za-z_$][\w$]{0,80})\s*:\s*(?:\w{1,20}\()?'")

_WORD = re.compile(rb"[^\s,:\"{}\[\]]++")
_NEXT_ELEMENT = re.compile(rb'(?:[}\]]\s*,?\s*|\n[ \t]*)\{(?=\s*")')
_FIRST_KEY = re.compile(rb'\{\s*("[^"\\]{1,80}"\s*:)')
_NEXT_VALUE = re.compile(rb"[\[{]")
_OPENING = b"{["
_PAIRS = {b"}": ord("{"), b"]": ord("[")}
_LONGEST_KEY = 100
_QUOTE = ord('"')


class OpenError(Exception):
    """A value cannot be cut out: it does not end, it is no JSON, or it is longer than a value may be.

    :param length: bytes that were looked at.
    :param is_long: the last of these.
    """

    def __init__(self, length: int, *, is_long: bool) -> None:
        super().__init__()
        self.length = length
        self.is_long = is_long


class Window:
    """A part of a file of JSON, moved forward over it.

    :param file: opened by :func:`index.sources.files.open_input`.
    :param limit: bytes of the longest value that is cut out.
    :raises UnreadableError: if the file is empty or holds something that is not text.
    """

    def __init__(self, file: BinaryIO, settings: Settings) -> None:
        self.limit = int(settings.number("max_article_kb") * KIB)
        self.damage = ""
        """Why the file cannot be read to its end, once that is known."""
        self._file = file
        self._wide: codecs.IncrementalDecoder | None = None
        self._decoder = LineDecoder()
        self._data = b""
        self._position = 0
        self._lines = 0
        self._last = b""  # the beginning of the last object that was cut out
        self._counted = 0
        self._passed = 0
        self._is_over = False
        self._more()
        if not self._data:
            raise UnreadableError(self.damage or _("kosong"))
        refuse_binary(self._data[:_SAMPLE])
        if encoding := wide_encoding(self._data[:_SAMPLE]):
            self._wide = codecs.getincrementaldecoder(encoding)("replace")
            self._data = self._wide.decode(self._data).encode("utf-8", "replace")
        self._data = self._data.removeprefix(b"\xef\xbb\xbf")
        start = self._data[:_SAMPLE]
        is_of_shell = bool(_SHELL_TEXT.search(start)) and not _JSON_KEY.search(start)
        self._bracket, self._stray = _OF_SHELLS if is_of_shell else _OF_JSON
        if not self._data.strip(b"\0 \t\r\n"):
            self.peek()
            if not self._data[self._position :]:
                raise UnreadableError(self.damage or _("kosong"))

    @property
    def line(self) -> int:
        """Number of the line that the window begins at, from 1."""
        if self._position > self._counted:
            self._lines += self._data.count(b"\n", self._counted, self._position)
            self._counted = self._position
        return self._lines + 1

    @property
    def passed(self) -> int:
        """Bytes before the window."""
        return self._passed + self._position

    def decode(self, value: bytes) -> str:
        """A value that was cut out as text."""
        return self._decoder.decode(value)

    def peek(self) -> bytes:
        """The first byte of what comes next, ``b""`` at the end. Blanks and commas are passed over."""
        while True:
            match = _BLANK.match(self._data, self._position)
            assert match
            self._position = match.end()
            if self._position < len(self._data):
                return self._data[self._position : self._position + 1]
            if not self._more():
                return b""

    def step(self, count: int = 1) -> None:
        """Pass over some bytes, of those that were looked at."""
        self._position += count

    def value(self) -> bytes:
        """Cut out the value that begins here.

        :raises OpenError: if it does not end; nothing is passed over then.
        """
        first = self._data[self._position : self._position + 1]
        if first in (b"{", b"["):
            return self._container()
        return self._token(_STRING if first == b'"' else _WORD)

    def pass_over(self, depth: int = 0) -> bool:
        """Pass over the value that begins here, however long it is.

        :param depth: how many brackets are open already.
        :returns: whether it ends before the file does.
        """
        inside = False
        while True:
            match = (_IN_STRING if inside else _OUTSIDE).match(self._data, self._position)
            assert match
            self._position = match.end()
            if self._position + inside >= len(self._data):  # a backslash may be the last byte
                if not self._more():
                    self._position = len(self._data)
                    return False
                continue
            byte = self._data[self._position]
            if inside and byte != _QUOTE:
                self._position += 2
                continue
            self._position += 1
            if byte == _QUOTE:
                inside = not inside
            else:
                depth += 1 if byte in _OPENING else -1
            if depth <= 0 and not inside:
                return True

    def find_next(self) -> bool:
        """After a value that does not end: go to where the next seems to begin, if there is one in sight.

        The next is in sight if it begins within the longest value, by the first key of this one or of the
        last: what one program writes begins alike. Otherwise everything of that length is passed over.
        """
        while len(self._data) - self._position <= self.limit and self._more():
            pass
        start = self._position + 1
        keys = {m[1] for m in (_FIRST_KEY.match(self._data, start - 1), _FIRST_KEY.match(self._last)) if m}
        patterns = [re.compile(rb"\{\s*" + re.escape(key)) for key in keys]
        if not _FIRST_KEY.match(self._last):
            patterns.append(_NEXT_ELEMENT)
        found = [match for pattern in patterns if (match := pattern.search(self._data, start))]
        match = min(found, key=lambda each: each.end(), default=None) or _NEXT_ELEMENT.search(
            self._data, start
        )
        self._position = self._data.index(b"{", match.start()) if match else len(self._data)
        return match is not None

    def find_value(self) -> bytes:
        """Go to the next bracket that opens a value; what was passed over of it, at most 200 bytes."""
        passed = b""
        while True:
            match = _NEXT_VALUE.search(self._data, self._position)
            end = match.start() if match else len(self._data)
            passed = (passed + self._data[self._position : end])[:200]
            self._position = end
            if match or not self._more():
                return passed

    def sample(self, size: int) -> bytes:
        """What comes next, without passing over it."""
        while len(self._data) - self._position < size and self._more():
            pass
        return self._data[self._position : self._position + size]

    def _container(self) -> bytes:
        opened = bytearray()
        scanned = 0
        while True:
            while match := self._bracket.match(self._data, self._position + scanned):
                scanned = match.end() - self._position
                bracket = match[1]
                if bracket in _OPENING:
                    opened += bracket
                elif _PAIRS[bracket] != opened.pop():
                    raise OpenError(scanned, is_long=False)
                elif not opened:
                    value = self._cut(scanned)
                    if value[0] == _OPENING[0]:
                        self._last = value[:_LONGEST_KEY]
                    return value
                if scanned > self.limit:
                    raise OpenError(scanned, is_long=True)
            if self._stray.match(self._data, self._position + scanned):
                raise OpenError(scanned, is_long=False)
            self._more_of_value()

    def _token(self, pattern: re.Pattern[bytes]) -> bytes:
        while True:
            match = pattern.match(self._data, self._position)
            if match and (pattern is _STRING or match.end() < len(self._data) or self._is_over):
                return self._cut(match.end() - self._position)
            if match and not self._more():
                continue
            if not match:
                self._more_of_value()

    def _more_of_value(self) -> None:
        """Read some more of a value that does not end within what was read.

        :raises OpenError: if there is no more of it, or more than a value may have.
        """
        length = len(self._data) - self._position
        if length > self.limit or not self._more():
            raise OpenError(length, is_long=length > self.limit)

    def _cut(self, length: int) -> bytes:
        start = self._position
        self._position = start + length
        value = self._data[start : self._position]
        if len(value) > self.limit:
            self._position = start
            raise OpenError(length, is_long=True)
        return value

    def _more(self) -> bool:
        """Read some more; drop what was passed over."""
        if self._is_over:
            return False
        try:
            read = self._file.read1(_CHUNK)  # type: ignore[attr-defined]  # what open_input gives is buffered
        except DamagedError as error:
            self.damage = str(error)
            read = b""
        self._is_over = not read
        if self._wide:
            read = self._wide.decode(read, self._is_over).encode("utf-8", "replace")
        if self._position:
            self._passed += self._position
            self._lines += self._data.count(b"\n", self._counted, self._position)
            self._counted = 0
            self._data = self._data[self._position :]
            self._position = 0
        self._data += read
        return not self._is_over
