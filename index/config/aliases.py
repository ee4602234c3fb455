"""Other names of publishers, places and authors, as a setting says them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any


def other_names(value: Any) -> dict[str, str] | None:
    """Each other name with the name that counts in the end; ``None`` if that is not what the value says."""
    if isinstance(value, str):
        value = dict([part.partition("=")[::2] for part in value.split(os.pathsep) if part.strip()])
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value.values()):
        return None
    names = {" ".join(other.split()): " ".join(name.split()) for other, name in value.items()}
    next_name = {other.casefold(): name for other, name in names.items()}
    if not all(names) or not all(names.values()) or len(next_name) < len(value):
        return None
    for other, name in names.items():
        met = {other.casefold()}
        while (folded := name.casefold()) in next_name and next_name[folded].casefold() != folded:
            if folded in met:
                return None
            met.add(folded)
            name = next_name[folded]
        names[other] = next_name.get(folded, name)
    return names
