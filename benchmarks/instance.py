"""A measured installation: its own folder, its own database, nothing of the real one."""

import gc
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from flask import Flask

from admin_app import create_app
from admin_app.core.config import ROOT, Settings
from admin_app.core.database import db
from benchmarks.data import Targets, make
from benchmarks.data.story import PARIS
from benchmarks.figures import say
from benchmarks.sizes import SEED, Size

KEY = "a-key-for-measures-only-that-no-office-ever-uses"
PAPER = b"%PDF-1.4\n% the one file that every document of a measured organisation shares\n"
BYTES_A_COHORT = 350_000
NOTE = "bench.json"


@dataclass(frozen=True, slots=True)
class Instance:
    """A folder with everything of an installation, and what to look at in it."""

    folder: Path
    database_url: str
    size: Size
    targets: Targets
    rows: dict[str, int]

    @property
    def environment(self) -> dict[str, str]:
        """What its processes read their settings from."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("LIASSE_")},
            "LIASSE_INSTANCE": str(self.folder),
            "LIASSE_DATABASE_URL": self.database_url,
            "LIASSE_SECRET_KEY": KEY,
            "LIASSE_LOG_LEVEL": "ERROR",
        }

    def application(self) -> Flask:
        """The application on this installation, in this process."""
        return _application(self.folder, self.database_url)


class NoRoom(Exception):
    """The disk cannot hold what was asked for."""


@contextmanager
def instance(size: Size, database: str, keep: Path | None = None) -> Iterator[Instance]:
    """An installation of that size, erased at the end unless it has a folder to be kept in.

    Args:
        database: sqlite or postgresql (a server of its own, stopped at the end).
        keep: a folder where it is made once, and found again by the next run of the same day.

    Raises:
        NoRoom: the disk is too full.
    """
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="liasse-mesures-")))
        if database == "postgresql":
            from benchmarks.postgres import server

            yield _made(root, stack.enter_context(server(root)), size)
            return
        if keep is None:
            yield _made(root, "", size)
            return
        folder = keep / f"{size.name}-{database}"
        yield _found(folder, size) or _made(_emptied(folder), "", size)


def today() -> date:
    """The day around which the measured organisation lives."""
    return datetime.now(PARIS).date()


def _application(folder: Path, database_url: str) -> Flask:
    settings = Settings(
        instance=folder, secret_key=KEY, database_url=database_url, log_level="ERROR"
    )
    return create_app(settings)


def _made(folder: Path, database_url: str, size: Size) -> Instance:
    needed = size.cohorts * BYTES_A_COHORT
    if shutil.disk_usage(folder).free < needed:
        raise NoRoom(
            f"il faut {needed / 1e9:.0f} Go libres dans {folder} pour la taille « {size.name} »."
        )
    start = time.monotonic()
    say(f"données « {size.name} » : {size.cohorts} sessions, {size.trainees} stagiaires…")
    app = _application(folder, database_url)
    with app.app_context():
        db.create_all()
        paper = app.extensions["liasse.store"].put(PAPER)
        targets, rows = make(db.engine, db.metadata, size, today(), paper)
        db.engine.dispose()
    gc.collect()
    took = time.monotonic() - start
    say(f"données faites en {took:.0f} s : {sum(rows.values())} lignes, {rows['mark']} pointages.")
    made = Instance(folder, database_url, size, targets, rows)
    (folder / NOTE).write_text(
        json.dumps({"made_from": _made_from(size), "targets": asdict(targets), "rows": rows}),
        encoding="utf-8",
    )
    return made


def _found(folder: Path, size: Size) -> Instance | None:
    """What an earlier run made of the same sources, the same day."""
    try:
        note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if note["made_from"] != _made_from(size):
        return None
    say(f"données « {size.name} » reprises de {folder}.")
    return Instance(folder, "", size, Targets(**note["targets"]), note["rows"])


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _made_from(size: Size) -> str:
    """What the data depend on: the day, the seed, the makers, the rows and the rules."""
    sources = [
        *(ROOT / "benchmarks").rglob("*.py"),
        *(ROOT / "admin_app").rglob("models.py"),
        *(ROOT / "compliance").rglob("*.toml"),
    ]
    digest = hashlib.sha256(f"{today()} {SEED} {asdict(size)}".encode())
    for path in sorted(sources):
        if path.parent.name != "benchmarks" or path.name == "sizes.py":
            digest.update(path.read_bytes())
    return digest.hexdigest()
