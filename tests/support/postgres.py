"""A PostgreSQL server for one test run: Debian's, in a temporary folder, behind a Unix socket.

The processes of a run share it (pytest-xdist): the first starts it, the last stops it. Each holds a
shared lock while it needs the server; the kernel frees that of a process that dies, so whoever can
take the lock alone knows that nobody is left. What a killed run left behind is cleaned by the next.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.sql import SQL, Identifier

PREFIX = f"liasse-pg-{os.getuid()}-"
UNSAFE_AND_FAST = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "max_connections=60",
    "autovacuum=off",  # a test database is emptied every second, and vacuumed then
)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, reached through the socket in its folder."""

    folder: Path

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """The address of a new, empty database; it is dropped at the end."""
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._administer("CREATE DATABASE {} TEMPLATE template0", name)
        try:
            yield f"postgresql+psycopg://postgres@/{name}?host={self.folder}"
        finally:
            self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _administer(self, statement: str, name: str) -> None:
        with (
            _alone(self.folder.with_suffix(".lock")),
            psycopg.connect(
                host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
            ) as connection,
        ):
            connection.execute(SQL(statement).format(Identifier(name)))  # type: ignore[arg-type]


@contextmanager
def running_server(
    _folder: Path | None = None, settings: Sequence[str] = UNSAFE_AND_FAST
) -> Iterator[Server]:
    """The server of this test run, shared by its processes."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone{os.getpid()}")
    # Not below pytest's own folder: the path of a socket holds 107 characters at most.
    folder = Path(tempfile.gettempdir()) / f"{PREFIX}{run[:12]}"
    lock = folder.with_suffix(".lock")
    with folder.with_suffix(".users").open("w") as users:
        with _alone(lock):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not folder.exists():
                _clean_up_after_others(folder)
                _start(folder, settings)
        try:
            yield Server(folder)
        finally:
            with _alone(lock):
                if _is_last(users):
                    _stop(folder)


def _is_last(users: IO[Any]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(users, fcntl.LOCK_UN)
        return False
    return True


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _start(folder: Path, options: Sequence[str]) -> None:
    folder.mkdir(mode=0o700)
    if identity := _identity():
        shutil.chown(folder, identity["user"], identity["group"])
    data = folder / "data"
    _run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
         "--no-sync", log=folder / "initdb.log")  # fmt: skip
    settings = " ".join(f"-c {setting}" for setting in options)
    _run("pg_ctl", "start", "-w", "-s", "-D", data, "-l", folder / "server.log",
         "-o", f"{settings} -k {folder}", log=folder / "start.log")  # fmt: skip


def _stop(folder: Path) -> None:
    if (folder / "data" / "postmaster.pid").exists():
        with suppress(RuntimeError):  # it may have died: the folder goes anyhow
            _run("pg_ctl", "stop", "-s", "-m", "immediate", "-D", folder / "data",
                 log=folder / "stop.log")  # fmt: skip
    shutil.rmtree(folder, ignore_errors=True)
    for ending in (".users", ".lock"):
        folder.with_suffix(ending).unlink(missing_ok=True)


def _clean_up_after_others(own: Path) -> None:
    for folder in own.parent.glob(f"{PREFIX}*/"):
        users = folder.with_suffix(".users")
        if folder == own or not users.exists():
            continue
        with users.open("w") as handle:
            if _is_last(handle):
                _stop(folder)


def _run(program: str, *arguments: str | Path, log: Path) -> None:
    """Run one of PostgreSQL's own programs, which refuse to be root."""
    with log.open("w") as output:
        done = subprocess.run(
            [_binaries() / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            check=False,
            **_identity(),
        )
    if done.returncode:
        raise RuntimeError(f"{program}: {log.read_text()[-2000:]}")


def _identity() -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    group = pwd.getpwnam("postgres").pw_gid
    return {"user": "postgres", "group": group, "extra_groups": []}


def _binaries() -> Path:
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    if found is None:
        raise RuntimeError("PostgreSQL is not installed: run script/bootstrap --tests")
    return Path(found).parent
