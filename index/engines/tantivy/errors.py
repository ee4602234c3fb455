"""Tantivy's errors as ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from index.engines.base import EngineError, broken
from index.messages import _


def _is_panic(error: BaseException) -> bool:
    # A Rust panic reaches Python as pyo3_runtime.PanicException, a BaseException that cannot be imported.
    return type(error).__name__ == "PanicException"


class reading:  # noqa: N801  # like the managers of contextlib, whose every use costs ten times as much
    """Turns what is raised while an index is read into :class:`IndexBrokenError`.

    Tantivy compares no checksums: of a damaged file it may give values that nobody wrote, which are then no
    key of ours or no number at all.
    """

    __slots__ = ("_directory",)

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, EngineError):
            return
        if isinstance(error, (ValueError, OSError, LookupError, TypeError)) or _is_panic(error):
            raise broken(self._directory, _("tidak dapat dibaca ({error})", error=error)) from error


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
                _(
                    "{path} tidak dapat ditulis ({error}); yang terakhir disimpan tetap utuh",
                    path=directory,
                    # What a thread of Tantivy's met when it ended is not told.
                    error=_("diska penuh atau rusak") if "writer was killed" in str(error) else error,
                )
            ) from error
        raise
