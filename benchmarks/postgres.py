"""A PostgreSQL server for one measure, with the durability of a real one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.postgres import running_server

SETTINGS = ("listen_addresses=", "shared_buffers=1GB", "max_connections=60", "max_wal_size=4GB")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a new, empty database; the server ends with the measure."""
    with running_server(folder, SETTINGS) as running, running.database("liasse_bench") as url:
        yield url
