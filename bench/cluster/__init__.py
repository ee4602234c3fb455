"""Real OpenSearch nodes on this machine, from Maven: for tests, benchmarks and ``make serve-cluster``.

``start(folder, nodes=3)`` gives a running cluster on 127.0.0.1. What it is made of is built once and kept in
the user's cache folder. Owners take the distribution or its image instead (docs/kluster.md).
"""

__all__ = ["cluster", "java", "node", "shared"]
