"""Days of national votes: what ``sebelum pemilu 2019`` means on a calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

# Set by the General Elections Commission (KPU) for each vote; where there were two rounds, both.
# Whoever writes "before the election" of a year means its day, so a year alone would be half wrong.
_GENERAL = {
    1955: (date(1955, 9, 29), date(1955, 12, 15)),
    1971: (date(1971, 7, 5),),
    1977: (date(1977, 5, 2),),
    1982: (date(1982, 5, 4),),
    1987: (date(1987, 4, 23),),
    1992: (date(1992, 6, 9),),
    1997: (date(1997, 5, 29),),
    1999: (date(1999, 6, 7),),
    2004: (date(2004, 4, 5),),
    2009: (date(2009, 4, 9),),
    2014: (date(2014, 4, 9),),
    2019: (date(2019, 4, 17),),
    2024: (date(2024, 2, 14),),
}
_PRESIDENTIAL = {
    2004: (date(2004, 7, 5), date(2004, 9, 20)),
    2009: (date(2009, 7, 8),),
    2014: (date(2014, 7, 9),),
    2019: _GENERAL[2019],
    2024: _GENERAL[2024],
}
_REGIONAL = {
    2015: (date(2015, 12, 9),),
    2017: (date(2017, 2, 15),),
    2018: (date(2018, 6, 27),),
    2020: (date(2020, 12, 9),),
    2024: (date(2024, 11, 27),),
}
_VOTES: dict[str, Mapping[int, tuple[date, ...]]] = {
    "pemilu": _GENERAL,
    "pileg": _GENERAL,
    "pemilihan umum": _GENERAL,
    "pemilihan legislatif": _GENERAL,
    "pilpres": _PRESIDENTIAL,
    "pemilihan presiden": _PRESIDENTIAL,
    "pilkada": _REGIONAL,
    "pilkada serentak": _REGIONAL,
}

NAMES = tuple(sorted(_VOTES, key=len, reverse=True))
"""What votes are called, the longest name first."""


def vote_days(name: str, year: int) -> tuple[date, date]:
    """First and last day of voting; those of the year if nobody voted by that name then.

    :param name: one of :data:`NAMES`.
    """
    days = _VOTES[name].get(year, (date(year, 1, 1), date(year, 12, 31)))
    return days[0], days[-1]
