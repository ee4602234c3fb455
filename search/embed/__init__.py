"""The search on pages of other sites: the component ``<telusur-search>`` and the gallery that shows it."""

__all__ = ["blueprint"]
