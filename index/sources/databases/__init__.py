"""Databases as sources: their rows are fetched into a mirror beside the index, and read from there.

The mirror holds what was read last, so that a server that is away, or asked only for what has changed, costs
no article. It keeps rows in buckets; a bucket is to ``reindex`` what a file is: known by its digest, and not
read again while no row in it has changed.
"""

__all__ = ["connecting", "description", "mirror"]
