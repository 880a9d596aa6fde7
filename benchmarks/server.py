"""Gunicorn, as `script/server` runs it."""

import os
import re
import select
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from admin_app.cli import serve
from admin_app.core.config import ROOT

THREADS = 4
LONGEST_START = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    address: tuple[str, int]
    pid: int
    started_in: float  # seconds from the order to the first answer

    def workers(self) -> list[int]:
        """The processes that answer."""
        path = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [int(child) for child in path.read_text(encoding="ascii").split()]

    def memory_mb(self) -> float:
        """The resident memory of the largest worker."""
        return max(_resident_mb(worker) for worker in self.workers())

    def processor_seconds(self) -> float:
        """The processor time that the workers have used so far."""
        return sum(_processor_seconds(worker) for worker in self.workers())


@contextmanager
def served(
    environment: Mapping[str, str], *, application: str = "wsgi:app", path: str, workers: int = 2
) -> Iterator[Server]:
    """The application behind gunicorn, with the very command of the supervisor.

    Args:
        path: the page whose first answer ends the start.
    """
    listener = serve.listening("127.0.0.1", 0)
    part = serve.web(listener, workers, THREADS)
    command = [application if word == "wsgi:app" else word for word in part.command]
    address = listener.getsockname()[:2]
    start = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**serve.LEAN, **environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        pass_fds=part.keeps,
        start_new_session=True,
    )
    try:
        _wait_for(process, address, path)
        yield Server(address, process.pid, time.monotonic() - start)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=40)
        listener.close()


def _wait_for(process: "subprocess.Popen[bytes]", address: tuple[str, int], path: str) -> None:
    """Ask once: the socket is ours, so that the question waits for the server."""
    with socket.create_connection(address, timeout=LONGEST_START) as caller:
        caller.sendall(f"GET {path} HTTP/1.0\r\nHost: {address[0]}\r\n\r\n".encode())
        deadline = time.monotonic() + LONGEST_START
        while not select.select([caller], [], [], 0.02)[0]:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("gunicorn ne démarre pas : la raison est écrite plus haut")
        first = caller.recv(32)
    if not re.match(rb"HTTP/1\.[01] [23]", first):
        raise RuntimeError(f"{path} : {first.decode('latin-1')}")


def _processor_seconds(pid: int) -> float:
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(one.read_text(encoding="ascii").split()[0]) for one in threads) / 1e9


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0
