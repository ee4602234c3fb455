"""``python -m bench.cluster``: builds what nodes run, so that the first test need not."""

from __future__ import annotations

import sys

from bench.cluster.java import MissingError
from bench.cluster.warming import prepare

if __name__ == "__main__":
    try:
        print(prepare().folder)
    except MissingError as error:
        sys.exit(str(error))
