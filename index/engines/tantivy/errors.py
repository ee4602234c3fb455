"""Tantivy's errors as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.engines.base import EngineError, IndexBrokenError


def _is_panic(error: BaseException) -> bool:
    # A Rust panic reaches Python as pyo3_runtime.PanicException, a BaseException that cannot be imported.
    return type(error).__name__ == "PanicException"


@contextmanager
def reading(directory: Path) -> Iterator[None]:
    """Turns what Tantivy raises while it reads an index into :class:`IndexBrokenError`."""
    try:
        yield
    except EngineError:
        raise
    except BaseException as error:
        if isinstance(error, (ValueError, OSError)) or _is_panic(error):
            raise IndexBrokenError(
                f"{directory}: the index cannot be read ({error}); rebuild it: reindex --full"
            ) from error
        raise


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Turns what Tantivy raises while it writes an index into :class:`EngineError`."""
    try:
        yield
    except EngineError:
        raise
    except BaseException as error:
        if isinstance(error, (ValueError, OSError, RuntimeError)) or _is_panic(error):
            raise EngineError(
                f"{directory}: the index cannot be written ({error}); the last commit is intact"
            ) from error
        raise
