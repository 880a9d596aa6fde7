"""The machine: folder, key, disk, libraries, store, queue."""

import os
import shutil

from admin_app.cli.health.check import Check, reason, settings
from admin_app.core import jobs
from admin_app.core.assets import BUILT
from admin_app.core.config import SHORTEST_KEY, UNSAFE_KEYS
from admin_app.core.storage import store

LEAST_ROOM_MB = 500


def instance() -> Check:
    """The folder of the installation can be written, and is not open to everybody."""
    folder = settings().instance
    probe = folder / f".doctor-{os.getpid()}"
    try:
        probe.write_text("liasse", encoding="ascii")
        probe.unlink()
    except OSError as error:
        return Check(
            "instance", False, f"Le dossier {folder} ne peut pas être écrit ({error.strerror})."
        )
    return Check("instance", True, f"Le dossier de l’installation, {folder}, peut être écrit.")


def secret_key() -> Check:
    """The key that signs sessions and links is long, and nobody else can read it."""
    ours = settings()
    if ours.secret_key in UNSAFE_KEYS or len(ours.secret_key) < SHORTEST_KEY:
        return Check(
            "secret-key",
            False,
            "La clé secrète est celle d’un exemple ou trop courte : n’importe qui pourrait se "
            "faire passer pour vous. Retirez LIASSE_SECRET_KEY, une clé sûre sera faite, ou "
            f"donnez-en une d’au moins {SHORTEST_KEY} signes tirés au hasard.",
        )
    kept = ours.instance / "secret_key"
    if kept.exists() and kept.stat().st_mode & 0o077:
        return Check("secret-key", False, f"D’autres peuvent lire {kept} : chmod 600 {kept}.")
    return Check("secret-key", True, "La clé secrète est sûre.")


def room() -> Check:
    """There is room left on the disk of the installation."""
    free = shutil.disk_usage(settings().instance).free // 1_000_000
    return Check("disk", free >= LEAST_ROOM_MB, f"Place libre sur le disque : {free} Mo.")


def front_end() -> Check:
    """The files of the front end were built."""
    built = (BUILT / "manifest.json").is_file()
    if built:
        return Check("front-end", True, "Les fichiers de l’interface sont construits.")
    return Check("front-end", False, "L’interface n’est pas construite : lancez script/bootstrap.")


def files() -> Check:
    """The store of evidence and documents can be written."""
    try:
        store.check()
    except Exception as error:  # each kind of store has its own errors
        return Check(
            "store", False, f"Le magasin des preuves ne peut pas être écrit : {reason(error)}."
        )
    return Check("store", True, "Le magasin des preuves peut être écrit.")


def pdf() -> Check:
    """WeasyPrint and its libraries are there."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        return Check(
            "pdf",
            False,
            f"Les documents ne peuvent pas être faits : {reason(error)}. Lancez "
            "script/bootstrap, qui installe Pango.",
        )
    return Check("pdf", True, f"WeasyPrint {weasyprint.__version__} fait les documents.")


def wkhtmltopdf() -> Check:
    """Present or not, both are fine."""
    if shutil.which("wkhtmltopdf"):
        return Check("wkhtmltopdf", True, "wkhtmltopdf est là : il fait les papiers de travail.")
    return Check(
        "wkhtmltopdf", True, "wkhtmltopdf n’est pas là : WeasyPrint fait aussi bien, rien à faire."
    )


def queue() -> Check:
    """The queue of the worker answers."""
    try:
        waiting = jobs.queue().pending_count()
    except Exception as error:  # SQLite and Redis have their own errors
        return Check("queue", False, f"La file des travaux ne répond pas : {reason(error)}.")
    return Check("queue", True, f"La file des travaux répond ({waiting} en attente).")
