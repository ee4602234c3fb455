"""One node as a process of its own: started, stopped, killed and frozen."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from bench.cluster.distribution import MAIN, Distribution

HOST = "127.0.0.1"
START_SECONDS = 120.0
"""A node takes 4 to 10 s, and longer on a machine that is busy with other tests."""

STOP_SECONDS = 30.0
_TOLD_OF_LOG = 6000
_OPTIONS = (
    # Little work at the start counts for more than speed after minutes.
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
    "-Dlog4j2.level=INFO",
    "-Dlog4j2.disable.jmx=true",
    "-Djava.awt.headless=true",
)

Settings = Mapping[str, Any]
"""Settings of a node as its file ``opensearch.yml`` has them, by their full names."""


class NodeError(Exception):
    """A node did not do what it was asked; the message ends with the end of its log."""


class Node:
    """An OpenSearch node on 127.0.0.1, which ends when nobody holds it any longer.

    It ends when the process that launched it does, and all others that hold it (:func:`hold`), however they
    end. It keeps its ports and its data over :meth:`restart`.

    :param folder: its own; data, settings and ``log`` lie there.
    :param port: of HTTP.
    :param settings: in addition to those that make it a node on this machine alone.
    :param heap_mb: size that its heap may grow to, in MiB.
    :param options: of the Java runtime.
    """

    def __init__(
        self,
        distribution: Distribution,
        folder: Path,
        port: int,
        settings: Settings,
        *,
        heap_mb: int = 512,
        options: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder.absolute()
        self.port = port
        self.url = f"http://{HOST}:{port}"
        self.settings = dict(settings)
        self._distribution = distribution
        self._options = (f"-Xms{heap_mb // 2}m", f"-Xmx{heap_mb}m", *options)
        self._process: int | None = None  # a descriptor of it, which no other process is taken for
        self._held: int | None = None
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def pipe(self) -> Path:
        """What its standard input is; to be held (:func:`hold`) by whoever needs it."""
        return self.folder / "held"

    @property
    def running(self) -> bool:
        """Whether its process has not ended; a frozen one has not."""
        return self._process is not None and not _ended(self._process, 0)

    def launch(self) -> None:
        """Start its process, without waiting for answers (:meth:`wait`)."""
        self._write_settings()
        self.pipe.unlink(missing_ok=True)
        os.mkfifo(self.pipe, mode=0o600)
        read = os.open(self.pipe, os.O_RDONLY | os.O_NONBLOCK)
        self._held = hold(self.pipe)
        os.set_blocking(read, True)
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            # No child that is waited for: another process may be the last that holds it. A session of its
            # own, so that Ctrl+C at the terminal is for those who hold it.
            pid = os.posix_spawn(
                self._distribution.java.program,
                self._command(),
                os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, end, number) for end, number in ((read, 0), (log, 1), (log, 2))
                ],
                setsid=True,
            )
        finally:
            os.close(read)
            os.close(log)
        self._process = os.pidfd_open(pid)

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Wait until it answers.

        :raises NodeError: if it ends or does not answer in time.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.running:
            with suppress(OSError, HTTPException):
                if ask(self.url, "GET", "/", seconds=2)[0] == 200:
                    return
            time.sleep(0.1)
        raise self.error(
            "it did not start" if not self.running else f"it did not answer within {seconds:g} s"
        )

    def restart(self) -> None:
        """Stop it if it runs, start it again at the same address with the same data, and wait for answers."""
        self.stop()
        self.launch()
        self.wait()

    def stop(self) -> None:
        """Have it end as a node does that is shut down, and wait; it is killed if that takes too long."""
        self.thaw()
        if self._held is not None:
            os.close(self._held)
            self._held = None
        if self._process is not None and not _ended(self._process, STOP_SECONDS):
            self.kill()
        self._forget()

    def release(self) -> None:
        """Let go of it without stopping it: it ends when all others that hold it have let go, too."""
        self._forget()

    def kill(self) -> None:
        """Kill it (SIGKILL), also when frozen; its data stay for :meth:`restart`."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            _ended(self._process, STOP_SECONDS)
        self._forget()

    def freeze(self) -> None:
        """Stop its process without ending it (SIGSTOP): its connections stay open, and nobody answers.

        :raises NodeError: if it does not run, or does not stop in time.
        """
        if self._process is None or not self.running:
            raise self.error("it does not run")
        # A frozen process would not see that all who held it are gone: this one sees it, and wakes it.
        guard = f"cat >/dev/null; kill -CONT {self._pid} 2>/dev/null"
        self._guard = self._guard or subprocess.Popen(
            ["/bin/sh", "-c", guard], stdin=subprocess.PIPE, start_new_session=True
        )
        signal.pidfd_send_signal(self._process, signal.SIGSTOP)
        # Each of its threads goes on until the system comes by, which takes a while where all cores are busy.
        deadline = time.monotonic() + STOP_SECONDS
        while not self._stopped:
            if time.monotonic() > deadline:
                raise self.error(f"it did not stop within {STOP_SECONDS:g} s")
            time.sleep(0.001)

    def thaw(self) -> None:
        """Let a frozen process go on."""
        if self._guard is not None:
            self._guard.communicate()
            self._guard = None

    def error(self, what: str) -> NodeError:
        """An error of this node, which shows the end of its log."""
        said = self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""
        return NodeError(f"the node in {self.folder}: {what}\n{said[-_TOLD_OF_LOG:]}")

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    @property
    def _stopped(self) -> bool:
        states = set()
        for thread in Path(f"/proc/{self._pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):  # ended meanwhile
                states.add((thread / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0])
        return states == {"T"}

    @property
    def _pid(self) -> int:
        told = Path(f"/proc/self/fdinfo/{self._process}").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pid:"))

    def _write_settings(self) -> None:
        config = self.folder / "config"
        temporary = self.folder / "tmp"
        for folder in (config, temporary):
            folder.mkdir(parents=True, exist_ok=True)
        settings = {
            "network.host": HOST,
            "http.port": self.port,
            "node.name": self.folder.name,
            # Tests are no reason to be read-only because the machine's disk is rather full.
            "cluster.routing.allocation.disk.threshold_enabled": False,
            **self.settings,
        }
        # JSON is YAML.
        (config / "opensearch.yml").write_text(json.dumps(settings, indent=2), encoding="utf-8")

    def _command(self) -> list[str]:
        archive = self._distribution.archive
        shared = [f"-XX:SharedArchiveFile={archive}"] if archive.exists() and archive.stat().st_size else []
        places = [f"-Djava.io.tmpdir={self.folder / 'tmp'}", "-cp", self._distribution.class_path]
        java = [str(self._distribution.java.program), *_OPTIONS, *self._options, *shared]
        return [*java, *places, MAIN, str(self.folder)]

    def _forget(self) -> None:
        if self._guard is not None:
            self.thaw()
        for descriptor in (self._process, self._held):
            if descriptor is not None:
                os.close(descriptor)
        self._process = self._held = None


def hold(pipe: Path) -> int:
    """Keep a node from ending until the descriptor is closed, at the latest by the end of this process.

    :param pipe: :attr:`Node.pipe`.
    :returns: the descriptor.
    :raises OSError: if nobody holds it and so it has ended, or is about to.
    """
    return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)


def ask(url: str, method: str, path: str, body: Any = None, *, seconds: float = 30) -> tuple[int, Any]:
    """One request of a node, past proxies and without retries.

    :param url: of the node.
    :param body: an object that is sent as JSON, or lines of JSON as text.
    :param seconds: how long to wait for each part of the answer.
    :returns: the status and what was answered, read from JSON.
    :raises OSError: if it cannot be reached or does not answer in time.
    """
    host, port = url.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=seconds)
    try:
        text = body if isinstance(body, str) or body is None else json.dumps(body)
        kind = "application/x-ndjson" if isinstance(body, str) else "application/json"
        headers = {"Content-Type": kind} if text else {}
        connection.request(method, path, text.encode() if text else None, headers)
        answer = connection.getresponse()
        read = answer.read()
        return answer.status, json.loads(read) if read else None
    finally:
        connection.close()


def free_port() -> int:
    """A port of 127.0.0.1 that a node may bind to, and that nobody else is given meanwhile."""
    # For the minute that a closed connection lingers the system hands its port out to nobody.
    with socket.create_server((HOST, 0)) as listener:
        address = listener.getsockname()
        with socket.create_connection(address):
            listener.accept()[0].close()
    return int(address[1])


def _ended(process: int, seconds: float) -> bool:
    """Whether a process ends in time; leaves no zombie of it, if it is a child of this one."""
    poll = select.poll()
    poll.register(process, select.POLLIN)
    if not poll.poll(seconds * 1000):
        return False
    with suppress(ChildProcessError):
        os.waitid(os.P_PIDFD, process, os.WEXITED | os.WNOHANG)
    return True
