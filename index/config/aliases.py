"""Other names of publishers, places, authors and topics, as a setting says them."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Mapping
from typing import Any

_Tell = Callable[..., str]


class OtherNamesError(ValueError):
    """A table of other names holds what is none; the message says which."""


def other_names(value: Any, settings: Container[str], _: _Tell) -> dict[str, str] | None:
    """Each other name with the name that counts in the end; ``None`` if the value is no table at all.

    :param settings: names of settings. A line that was added below the head of a table belongs to the table.
    :param _: makes a message of a text and values: nothing here knows the language of the owner.
    :raises OtherNamesError: if an entry names nothing, two are the same, or they go round.
    """
    if isinstance(value, str):
        value = dict([part.partition("=")[::2] for part in value.split(os.pathsep) if part.strip()])
    if not isinstance(value, Mapping):
        return None
    names: dict[str, str] = {}
    next_name: dict[str, str] = {}
    for other, name in value.items():
        tidy = _checked(other, name, settings, _)
        if tidy.casefold() in next_name:
            raise OtherNamesError(_("nama lain {name} ada dua kali", name=tidy))
        names[tidy] = next_name[tidy.casefold()] = " ".join(name.split())
    return {other: _last(other, next_name, _) for other in names}


def _checked(other: str, name: object, settings: Container[str], _: _Tell) -> str:
    """Another name with single spaces."""
    tidy = " ".join(other.split())
    if tidy in settings:
        raise OtherNamesError(
            _(
                "{name} adalah nama pengaturan, bukan nama lain; pindahkan barisnya ke atas tabel [...]",
                name=tidy,
            )
        )
    if not isinstance(name, str):
        raise OtherNamesError(
            _("nama lain {name} berisi {found}; isilah dengan satu nama", name=tidy, found=name)
        )
    if not tidy or not name.strip():
        raise OtherNamesError(_("nama lain {name} = {found} ada yang kosong", name=tidy, found=name))
    return tidy


def _last(other: str, next_name: Mapping[str, str], _: _Tell) -> str:
    """The name at the end of a chain of names."""
    chain = [other]
    while (folded := chain[-1].casefold()) in next_name and next_name[folded].casefold() != folded:
        chain.append(next_name[folded])
        if chain[-1].casefold() in {name.casefold() for name in chain[:-1]}:
            raise OtherNamesError(_("nama lain berputar: {names}", names=chain))
    return next_name.get(chain[-1].casefold(), chain[-1])
