"""Names of months and of days of the week, as Indonesian and English writers spell and misspell them."""

from __future__ import annotations

from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug agust",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Names of months as people write them, in lower case -> 1 to 12."""

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin monday sen mon",
            "selasa tuesday sel tue",
            "rabu wednesday rab wed",
            "kamis thursday kam thu",
            "jumat jum'at jum’at friday jum fri",
            "sabtu saturday sab sat",
            "minggu ahad sunday min sun",
        )
    )
    for name in names.split()
}
"""Names of days of the week, in lower case -> 0 (Monday) to 6."""

# The spellings before 1947 and before 1972, Malay, and abbreviations that running text means otherwise.
_RARE = {
    name: number
    for number, names in enumerate(
        (
            "djanuari djan djanoeari",
            "pebr",
            "mrt maart mac",
            "apl",
            "mai mey",
            "djuni djun djoeni",
            "djuli djul djoeli julai",
            "agoestoes ag agts agst ogos ogo agus",
            "septembar",
            "oktobre",
            "nof",
            "disember dis desbr",
        ),
        start=1,
    )
    for name in names.split()
}
_LONG = {name: number for name, number in MONTHS.items() if len(name) >= 5}
_SHORTEST_PREFIX, _SHORTEST_MISSPELT = 3, 5


@lru_cache(1024)
def month_of(word: str) -> int | None:
    """The month that a word of a date means: by name, by a beginning of one, by one with a letter wrong.

    :param word: letters, in any case.
    :returns: 1 to 12, or ``None``.
    """
    name = word.lower().rstrip(".").replace("0", "o").replace("1", "l")
    if found := MONTHS.get(name) or _RARE.get(name):
        return found
    if len(name) >= _SHORTEST_PREFIX:
        begun = {number for full, number in _LONG.items() if full.startswith(name)}
        if len(begun) == 1:
            return begun.pop()
    if len(name) >= _SHORTEST_MISSPELT:
        near = {number for full, number in _LONG.items() if _is_one_slip_away(name, full)}
        if len(near) == 1:
            return near.pop()
    return None


def _is_one_slip_away(name: str, full: str) -> bool:
    """Whether one letter was left out, doubled, put in, changed or exchanged with the next."""
    if abs(len(name) - len(full)) > 1:
        return False
    start = 0
    while start < min(len(name), len(full)) and name[start] == full[start]:
        start += 1
    left, right = name[start:], full[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


def weekday_in(text: str) -> int | None:
    """The day of the week named at the start of a date or right behind it, 0 (Monday) to 6, or ``None``."""
    for word in text.lower().replace(",", " ").replace(".", " ").split()[:4]:
        if (found := WEEKDAYS.get(word.strip("()|-–"))) is not None:
            return found
    return None
