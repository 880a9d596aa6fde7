"""The texts that an installation adds as data: `instance/referentiel/*.toml`.

Read once when the process starts. A file that is wrong is left out and told by `flask doctor`,
`flask referentiel check` and the page of texts: see docs/decisions/0020-added-texts.md.
"""

from pathlib import Path

import structlog
from flask import Flask, current_app

from compliance.additions import use
from compliance.additions.trial import Tried, tried

FOLDER = "referentiel"
_EXTENSION = "liasse.added_texts"


def folder_of(app: Flask) -> Path:
    """Where this installation keeps the texts that it adds."""
    instance: Path = app.config["SETTINGS"].instance
    return instance / FOLDER


def read_added(app: Flask) -> Tried:
    """Read the folder, and have the rules use what holds from now on."""
    found = tried(folder_of(app))
    app.extensions[_EXTENSION] = found
    use(found.accepted)
    for problem in found.refused:
        structlog.get_logger().warning(
            "referentiel.refused", file=problem.file, key=problem.key, remedy=problem.remedy
        )
    return found


def read_when_started() -> Tried:
    """What this process read: the texts in use, and those refused."""
    found: Tried = current_app.extensions[_EXTENSION]
    return found


def read_now() -> Tried:
    """What the folder holds now, tried again without using it."""
    return tried(folder_of(current_app))
