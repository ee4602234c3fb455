"""``python -m bench.cluster.serve [SOURCES]``: a cluster of its own and a server on it, to try, until Ctrl+C.

Nothing of it stays. What ``telusur.toml`` and the environment say holds, but for the index and its engine.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import NoReturn

from bench.cluster.cluster import start
from bench.cluster.java import MissingError
from bench.cluster.node import NodeError

_CHECKOUT = Path(__file__).parents[2]
_REINDEX = "from index.cli import reindex; reindex()"
_SERVE = "from search.cli.commands import telusur; telusur()"
_DRAIN_SECONDS = 20.0


def main() -> int:
    """Start nodes, index the sources, serve them; end all of it when told to.

    :returns: the exit code of what ended by itself, 0 after Ctrl+C.
    """
    parser = argparse.ArgumentParser(prog="python -m bench.cluster.serve", description=__doc__)
    parser.add_argument("sources", nargs="*", default=[str(_CHECKOUT / "seeds")], help="what reindex reads")
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--host", default="127.0.0.1", help="of the server; nodes stay on this machine")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="telusur-cluster-")))
            print(f"starting {options.nodes} nodes in {folder} ...", flush=True)
            cluster = stack.enter_context(start(folder, options.nodes))
            environment = {
                **os.environ,
                "TELUSUR_ENGINE": "opensearch",
                "TELUSUR_INDEX": str(folder / "index"),
                "TELUSUR_OPENSEARCH_URLS": ",".join(cluster.urls),
                "TELUSUR_OPENSEARCH_REPLICAS": str(min(1, options.nodes - 1)),
            }
            code = _run(_REINDEX, options.sources, environment)
            if code == 0:
                for node in cluster.nodes:
                    print(f"{node.folder.name}: {node.url}, log {node.folder / 'log'}", flush=True)
                serve = ["serve", "--host", options.host, "--port", str(options.port)]
                code = _run(_SERVE, serve, environment)
            return code
    except (MissingError, NodeError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _run(code: str, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command of ours; if this process is interrupted, wait for it to end first, as it is too."""
    with subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait(_DRAIN_SECONDS)
            raise


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
