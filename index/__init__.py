"""Articles -> index. Knows no HTTP and never imports search/."""

__all__ = [
    "analysis",
    "cli",
    "commands",
    "documents",
    "engines",
    "errors",
    "messages",
    "processes",
    "query",
    "reindex",
    "settings",
    "sources",
    "store",
    "translations",
]
