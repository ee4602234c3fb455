"""The log: lines for people, or one JSON object a line for programs. Nothing in it tells who asked what."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from index.settings import Settings

ACCESS = logging.getLogger("telusur.access")
"""One line for each request, where the owner wants them."""

FIELDS = "fields"
"""What a line holds besides its text: a mapping that is given as ``extra``."""

OURS = ("index", "search", "telusur")
"""First names of our own loggers."""


class JsonFormatter(logging.Formatter):
    """Writes a line as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC), level, logger and text; what the line holds besides; a traceback if there is one."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, FIELDS, {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(told, default=str).decode()


def server_configuration(settings: Settings) -> dict[str, Any] | None:
    """How the server of ``telusur serve`` is to log, for :mod:`logging.config`; ``None`` for its own way."""
    if settings.text("log_format") != "json":
        return None
    return {
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}
        },
        "loggers": {"_granian": {"handlers": ["console"], "propagate": False}},
        "root": {"handlers": ["console"]},
    }


def set_up(settings: Settings, plain: logging.Handler) -> None:
    """Give our loggers a handler where nobody else set up logging.

    :param plain: for lines that people read.
    """
    handler = plain
    if settings.text("log_format") == "json":
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(JsonFormatter())
        logging.captureWarnings(True)
    for name in OURS:
        logger = logging.getLogger(name)
        if not _is_heard(logger):
            logger.addHandler(handler)
    ACCESS.setLevel(logging.INFO)


def _is_heard(logger: logging.Logger) -> bool:
    """Whether a line of its goes anywhere, whatever its level."""
    return logger.hasHandlers()
