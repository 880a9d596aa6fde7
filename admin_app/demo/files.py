"""Reading the texts and the people of the demonstration (folder `files/`)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from admin_app.core.uploads import Upload

FOLDER = Path(__file__).parent / "files"


@cache
def read(name: str) -> dict[str, Any]:
    """What a data file of the demonstration says."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def pdf(name: str) -> Upload:
    """A file as someone would send it."""
    return Upload(name, "pdf", (FOLDER / name).read_bytes())


def section(name: str, table: str, key: str, value: str) -> dict[str, Any]:
    """The entry of a list of tables whose `key` has that value.

    Raises:
        KeyError: there is none.
    """
    found: dict[str, Any]
    for found in read(name)[table]:
        if found[key] == value:
            return found
    raise KeyError(f"{name}.toml, [[{table}]] {key} = {value}")
