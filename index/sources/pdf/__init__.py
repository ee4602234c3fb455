"""PDF: pages of positioned lines -> paragraphs in reading order, without what pages repeat.

``pages`` runs in a process of its own, which ``reader`` starts and bounds; ``layout`` puts lines together.
"""

__all__ = ["layout", "reader"]
