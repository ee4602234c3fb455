"""Paragraphs of plain text, whatever way its lines were broken."""

from __future__ import annotations

import re

from index.sources.encoding import unusual

_BULLET = re.compile(r"(?:[-*•·–]|\d{1,3}[.)]|[a-z][.)])\s")
_SENTENCE_END = tuple(".!?:;\"”’')]»…")
_CONTINUES = tuple(",.;:!?)”’%")


def tidy(line: str) -> str:
    """A line with single plain spaces and none around it."""
    return " ".join(line.split())


def tidy_lines(text: str) -> list[str]:
    """The lines of a text, each tidy.

    :param text: clean, see :func:`index.sources.encoding.clean`: of ASCII it has no controls but tabs.
    """
    text = text.replace("\u00a0", " ").replace("\t", " ")
    lines = text.split("\n")
    if not text.isascii() and not unusual(text).isprintable():
        return [tidy(line) for line in lines]
    # No blank but the plain one is printable: in most lines there is nothing to change but the edges.
    if "  " in text:
        return [tidy(line) if "  " in line else line.strip(" ") for line in lines]
    return [line.strip(" ") for line in lines]


def join_lines(lines: list[str]) -> list[str]:
    """Paragraphs from tidy lines; blank lines part them.

    Where blank lines part blocks, a block of evenly long lines was wrapped by a machine and becomes one
    paragraph; otherwise each line is a paragraph, except where a page was cut at its tags in mid-sentence.
    """
    paragraphs: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if line:
            block.append(line)
        elif block:
            if len(block) == 1:
                paragraphs.append(block[0])
            else:
                paragraphs.extend([" ".join(block)] if _is_wrapped(block) else _mend(block))
            block = []
    return paragraphs


def _is_wrapped(block: list[str]) -> bool:
    full = block[:-1]
    if len(block[-1]) > 120 or not all(45 <= len(line) <= 120 for line in full):
        return False
    if sum(line.endswith(_SENTENCE_END) for line in full) > len(full) / 3:
        return False
    return not any(_BULLET.match(line) for line in block)


def _mend(block: list[str]) -> list[str]:
    """Join lines that a sentence runs across: a link's text often stands on a line of its own."""
    paragraphs: list[list[str]] = []
    for number, line in enumerate(block):
        previous = block[number - 1] if number else ""
        following = block[number + 1] if number + 1 < len(block) else ""
        if previous and line.startswith(_CONTINUES) and not line.startswith("..."):
            paragraphs[-1].append(line if line[0] in ",.;:!?)%" else f" {line}")
        elif (
            previous
            and not previous.endswith(_SENTENCE_END)
            and (line[0].islower() or (len(line) < 80 and _continued(following)))
            and not _BULLET.match(line)
        ):
            paragraphs[-1].append(f" {line}")
        else:
            paragraphs.append([line])
    return ["".join(parts) for parts in paragraphs]


def _continued(line: str) -> bool:
    return bool(line) and (line[0].islower() or line.startswith(_CONTINUES)) and not _BULLET.match(line)
