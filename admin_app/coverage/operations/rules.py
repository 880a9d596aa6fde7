"""Which rules the rows of expectations were worked out with: a mark that changes with them."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from admin_app.organisation.queries import provider
from compliance.additions import in_use

READ = (".py", ".toml")


def rules_in_use() -> str:
    """The SHA-256 of all that decides what is expected, in hexadecimal.

    That is: the rules and the data that came with Liasse, how facts are read, the texts added, and
    what the organisation chose for itself.
    """
    house = provider()
    own = {
        "added": [[one.file, dict(one.content)] for one in in_use()],
        "practices": (house.practices or {}) if house is not None else {},
    }
    said = json.dumps(own, sort_keys=True, default=str)
    return hashlib.sha256(f"{_shipped()} {said}".encode()).hexdigest()


@cache
def _shipped() -> str:
    found = hashlib.sha256()
    for package in ("compliance", "admin_app.coverage"):
        for name, content in _files(files(package), package):
            found.update(name.encode())
            found.update(content)
    return found.hexdigest()


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        where = f"{name}/{one.name}"
        if one.is_dir():
            yield from _files(one, where)
        elif one.name.endswith(READ):
            yield where, one.read_bytes()
