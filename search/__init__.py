"""Question -> answer -> page."""

__all__ = [
    "answer",
    "answering",
    "api",
    "app",
    "cli",
    "http",
    "i18n",
    "opened",
    "params",
    "plan",
    "query",
    "similar",
    "snippets",
    "spelling",
    "web",
]
