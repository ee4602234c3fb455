"""Days of publication in words: whole months and years by their names, all else by its first and last day."""

from __future__ import annotations

from datetime import date, timedelta

from index.messages import Translator

_DAY = timedelta(days=1)


def describe_period(first: date | None, last: date | None, translator: Translator) -> str:
    """``Januari 2025``, ``tahun 2025``, ``sejak 1 Januari 2020``; ``""`` without either end."""
    if first and last:
        if first == last:
            return translator.day(first)
        if first.day == 1 and (last + _DAY).day == 1:
            if (first.year, first.month) == (last.year, last.month):
                return translator.day(first, "MMMM y")
            if first.month == 1 and last.month == 12:
                if first.year == last.year:
                    return translator.gettext("tahun {year}", year=str(first.year))
                return translator.gettext("{first} sampai {last}", first=str(first.year), last=str(last.year))
            return translator.gettext(
                "{first} sampai {last}",
                first=translator.day(first, "MMMM y"),
                last=translator.day(last, "MMMM y"),
            )
        same_month = (first.year, first.month) == (last.year, last.month)
        begin = "d" if same_month else "d MMMM" if first.year == last.year else "d MMMM y"
        return translator.gettext(
            "{first} sampai {last}", first=translator.day(first, begin), last=translator.day(last)
        )
    if first:
        return translator.gettext("sejak {first}", first=translator.day(first))
    return translator.gettext("sampai {last}", last=translator.day(last)) if last else ""
