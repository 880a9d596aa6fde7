"""The supervisor of script/server: gunicorn and a worker for jobs, started and stopped together.

It runs as a program of its own (`python -P admin_app/cli/serve.py`) and imports the standard
library alone: it stays small, and a mistake in the application cannot take it down. It owns the
listening socket, so that a visitor waits, and is not refused, while a crashed gunicorn comes back.
"""

import argparse
import ctypes
import errno
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
WATCHED = (*STOPPING, signal.SIGCHLD)
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds before a crashed part starts again
SETTLED_AFTER = 30.0  # seconds after which a crash is news, and no longer a failed start
FAILED_STARTS = 4  # in a row, before anything has settled: it will never work
GRACE = 30.0  # seconds to finish what is under way
PR_SET_PDEATHSIG = 1
# Threads that share two heaps leave fewer holes: ten megabytes less for each process (glibc).
LEAN = {"MALLOC_ARENA_MAX": "2"}


def say(words: str) -> None:
    """Tell whoever reads the console."""
    sys.stderr.write(f"Liasse : {words}\n")
    sys.stderr.flush()


@dataclass
class Part:
    """A process that must run, and what became of it."""

    name: str
    command: Sequence[str]
    keeps: Sequence[int] = ()  # file descriptors that it inherits
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    crashes: int = field(default=0)

    def start(self, now: float) -> None:
        """Start it in a process group of its own: the terminal's Ctrl+C reaches only us."""
        self.started_at = now
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command,
            cwd=ROOT,
            env=LEAN | os.environ,
            stdin=subprocess.DEVNULL,
            pass_fds=self.keeps,
            process_group=0,
            preexec_fn=_in_the_child,
        )

    def has_died(self) -> bool:
        """Whether it ended by itself since we last looked."""
        return self.process is not None and self.process.poll() is not None

    def bury(self, now: float) -> None:
        """Say that it ended, and plan its return, later and later while it keeps failing."""
        assert self.process is not None
        self.send(signal.SIGTERM)  # those it leaves behind
        code = self.process.returncode
        self.process = None
        self.crashes = 1 if now - self.started_at > SETTLED_AFTER else self.crashes + 1
        wait = min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** (self.crashes - 1))
        self.due_at = now + wait
        say(f"{self.name} s’est arrêté ({_ending(code)}) ; nouvel essai dans {wait:.1f} s.")

    def send(self, number: signal.Signals) -> None:
        """Send a signal to it and to all that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Keeps its parts running until it is told to stop."""

    def __init__(self, parts: Iterable[Part], when_ready: Callable[[], bool]) -> None:
        self.parts = list(parts)
        self.when_ready = when_ready
        self.ready = False
        self.settled = False

    def run(self) -> int:
        """Start the parts, watch them, stop them; the exit code."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        while True:
            now = time.monotonic()
            for part in self.parts:
                if part.has_died():
                    part.bury(now)
                if part.process is None and part.due_at <= now:
                    part.start(now)
            if self._will_never_work(now):
                self._stop()
                return 1
            self.ready = self.ready or self.when_ready()
            received = signal.sigtimedwait(WATCHED, 1.0 if self.ready else 0.1)
            if received and received.si_signo in STOPPING:
                return 0 if self._stop() else 1

    def _will_never_work(self, now: float) -> bool:
        if all(part.process and now - part.started_at > SETTLED_AFTER for part in self.parts):
            self.settled = True
        hopeless = [part for part in self.parts if part.crashes >= FAILED_STARTS]
        if self.settled or not hopeless:
            return False
        say(f"{hopeless[0].name} ne démarre pas : la raison est écrite plus haut. Arrêt.")
        return True

    def _stop(self) -> bool:
        """Let each part finish what it does; whether all of them did in time."""
        say("arrêt en cours…")
        for part in self.parts:
            part.send(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        hurried = False
        while waiting := [part for part in self.parts if part.process and not part.has_died()]:
            if hurried or time.monotonic() > deadline:
                names = " et ".join(part.name for part in waiting)
                say(f"{names} ne s’arrête pas : arrêt forcé.")
                for part in waiting:
                    part.send(signal.SIGKILL)
                return False
            received = signal.sigtimedwait(WATCHED, 0.5)
            hurried = bool(received and received.si_signo in STOPPING)  # asked a second time
        say("arrêté proprement.")
        return True


class Knock:
    """Asks the web server for a small file until it answers, without ever waiting for it."""

    def __init__(self, address: tuple[str, int], url: str) -> None:
        self.address, self.url = address, url
        self.began_at = time.monotonic()
        self.caller: socket.socket | None = None

    def __call__(self) -> bool:
        """Whether it has answered; says so the first time."""
        if self.caller is None:
            try:
                self.caller = socket.create_connection(self.address, timeout=1)
                self.caller.sendall(b"HEAD /static/dist/manifest.json HTTP/1.0\r\n\r\n")
            except OSError:
                return self._hang_up()
        if not select.select([self.caller], [], [], 0)[0]:
            return False
        try:
            answered = bool(self.caller.recv(16))
        except OSError:
            return self._hang_up()
        self._hang_up()
        if answered:
            say(f"prêt en {time.monotonic() - self.began_at:.1f} s sur {self.url}")
            say("Ctrl+C pour arrêter.")
        return answered

    def _hang_up(self) -> bool:
        if self.caller is not None:
            self.caller.close()
        self.caller = None
        return False


def web(listener: socket.socket, workers: int, threads: int) -> Part:
    """Gunicorn, on the socket that we hold."""
    command = [
        *(sys.executable, "-m", "gunicorn", "wsgi:app"),
        *("--bind", f"fd://{listener.fileno()}"),
        *("--workers", str(workers), "--worker-class", "gthread", "--threads", str(threads)),
        *("--timeout", "60", "--graceful-timeout", str(int(GRACE) - 5), "--keep-alive", "5"),
        # Imported once, then shared by the workers: half the start, and memory in common.
        *("--preload", "--log-level", "warning", "--no-control-socket"),
    ]
    return Part("le serveur web", command, keeps=(listener.fileno(),))


def jobs() -> Part:
    """The worker that does long work, sends the post and runs what is periodic."""
    return Part("le travailleur", [sys.executable, "-m", "flask", "--app", "wsgi", "worker"])


def listening(host: str, port: int) -> socket.socket:
    """The socket that visitors reach.

    Raises:
        OSError: it cannot be had; the message is for people.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"le port {port} est déjà occupé, peut-être par un autre Liasse. "
            f"Choisissez-en un autre : script/server --port {port + 1}",
            errno.EACCES: f"le port {port} est réservé à l’administrateur. "
            "Choisissez-en un au-dessus de 1024 : script/server --port 8000",
            errno.EADDRNOTAVAIL: f"cette machine n’a pas l’adresse {host}.",
        }
        raise OSError(reasons.get(error.errno or 0, f"{host}:{port} : {error.strerror}")) from error
    except OverflowError as error:
        raise OSError(f"le port {port} n’existe pas : de 1 à 65535.") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the options, then supervise."""
    parser = argparse.ArgumentParser(
        prog="serve", description="Sert Liasse et fait ses travaux longs."
    )
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute")
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute")
    parser.add_argument("--workers", type=int, default=2, help="processus web")
    parser.add_argument("--threads", type=int, default=4, help="fils par processus web")
    options = parser.parse_args(arguments)
    try:
        listener = listening(options.host, options.port)
    except OSError as error:
        say(str(error))
        return 1
    address = listener.getsockname()[:2]
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    parts = [web(listener, options.workers, options.threads), jobs()]
    return Supervisor(parts, Knock(address, f"http://{shown}:{address[1]}")).run()


def _in_the_child() -> None:
    """Hear signals again, and end when the supervisor is killed (Linux)."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _ending(code: int) -> str:
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"code {code}"


if __name__ == "__main__":
    raise SystemExit(main())
