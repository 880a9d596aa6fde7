"""The checks of `flask doctor`: each says in a sentence what it saw, and what to do."""

import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import current_app
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from admin_app.accounts.queries import has_administrator
from admin_app.core import clock, jobs
from admin_app.core.assets import BUILT
from admin_app.core.config import SHORTEST_KEY, UNSAFE_KEYS, Settings
from admin_app.core.database import db
from admin_app.core.jobs import STALE_AFTER, Job, JobState
from admin_app.core.mail import MailMessage, MailState
from admin_app.core.storage import store
from admin_app.organisation import installation_code
from admin_app.organisation.queries import mail_server, provider

LEAST_ROOM_MB = 500
HOME = frozenset({"localhost", "127.0.0.1", "::1", ""})


@dataclass(frozen=True, slots=True)
class Check:
    """What one check saw. `ok` is False only for what must be mended."""

    name: str
    ok: bool
    message: str

    def as_json(self) -> dict[str, object]:
        """The same, for programs."""
        return asdict(self)


def checks(*, deep: bool) -> list[Check]:
    """Every check, in order; `deep` ones try things out and take a few seconds."""
    found = [check() for check in (instance, secret_key, room, front_end)]
    reachable = database()
    found.append(reachable)
    if reachable.ok:
        found.append(migrations())
        if found[-1].ok:
            found += [one() for one in (organisation, administrator, time_zone, mail, worker)]
    found += [one() for one in (files, pdf, wkhtmltopdf, public_url, queue)]
    if deep:
        found += [
            one() for one in (deep_pdf, *((deep_database, deep_mail) if reachable.ok else ()))
        ]
    return found


def instance() -> Check:
    """The folder of the installation can be written, and is not open to everybody."""
    folder = _settings().instance
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
    settings = _settings()
    if settings.secret_key in UNSAFE_KEYS or len(settings.secret_key) < SHORTEST_KEY:
        return Check(
            "secret-key",
            False,
            "La clé secrète est celle d’un exemple ou trop courte : n’importe qui pourrait se "
            "faire passer pour vous. Retirez LIASSE_SECRET_KEY, une clé sûre sera faite, ou "
            f"donnez-en une d’au moins {SHORTEST_KEY} signes tirés au hasard.",
        )
    kept = settings.instance / "secret_key"
    if kept.exists() and kept.stat().st_mode & 0o077:
        return Check("secret-key", False, f"D’autres peuvent lire {kept} : chmod 600 {kept}.")
    return Check("secret-key", True, "La clé secrète est sûre.")


def room() -> Check:
    """There is room left on the disk of the installation."""
    free = shutil.disk_usage(_settings().instance).free // 1_000_000
    return Check("disk", free >= LEAST_ROOM_MB, f"Place libre sur le disque : {free} Mo.")


def front_end() -> Check:
    """The files of the front end were built."""
    built = (BUILT / "manifest.json").is_file()
    if built:
        return Check("front-end", True, "Les fichiers de l’interface sont construits.")
    return Check("front-end", False, "L’interface n’est pas construite : lancez script/bootstrap.")


def database() -> Check:
    """The database answers."""
    name = "PostgreSQL" if db.engine.dialect.name == "postgresql" else "SQLite"
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0][:200]
        return Check("database", False, f"La base {name} ne répond pas : {reason}.")
    return Check("database", True, f"La base {name} répond.")


def migrations() -> Check:
    """The database is at the version of the code."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    folder = Path(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    wanted = set(ScriptDirectory(str(folder)).get_heads()) if folder.is_dir() else set()
    if present == wanted and (wanted or inspect(db.engine).has_table("provider")):
        return Check("migrations", True, "La base est à jour.")
    return Check("migrations", False, "La base n’est pas à jour : lancez « flask db upgrade ».")


def organisation() -> Check:
    """The first run was done; else where, and with which code."""
    row = provider()
    if row is not None:
        return Check("organisation", True, f"Organisme installé : {row.name}.")
    address = f"{current_app.config['PUBLIC_URL'].rstrip('/')}/installation"
    code = installation_code.current()
    return Check("organisation", True, f"Reste à installer : {address}?code={code} (code {code}).")


def administrator() -> Check:
    """Someone can administer."""
    if provider() is None:
        return Check("administrator", True, "La première personne à administrer reste à créer.")
    if has_administrator(clock.now()):
        return Check("administrator", True, "Quelqu’un peut administrer les accès.")
    return Check(
        "administrator",
        False,
        "Personne ne peut administrer : « flask user create --role administrator … ».",
    )


def time_zone() -> Check:
    """The organisation's clock exists on this machine."""
    row = provider()
    name = row.time_zone if row else clock.DEFAULT_ZONE
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return Check("time-zone", False, f"Fuseau horaire inconnu de cette machine : {name}.")
    return Check("time-zone", True, f"Fuseau horaire : {name}.")


def mail() -> Check:
    """Messages leave, or are put in the outbox; those that failed are said."""
    failed = db.session.scalar(
        select(func.count(MailMessage.id)).where(MailMessage.state == MailState.FAILED.value)
    )
    if failed:
        words = f"{failed} message(s) n’ont pas pu partir : voyez la page Messages."
        return Check("mail", False, words)
    if _settings().smtp_url:
        return Check("mail", True, "Les messages partent par LIASSE_SMTP_URL.")
    if mail_server() is not None:
        return Check("mail", True, "Les messages partent par le serveur réglé dans l’organisme.")
    folder = _settings().instance / "outbox"
    return Check("mail", True, f"Aucun serveur de messagerie : les messages restent dans {folder}.")


def worker() -> Check:
    """Nothing has waited for the worker longer than it would leave it."""
    before = clock.now() - STALE_AFTER - timedelta(minutes=2)
    late = db.session.scalar(
        select(func.count(Job.id)).where(Job.state == JobState.QUEUED.value, Job.beat_at < before)
    )
    unsent = db.session.scalar(
        select(func.count(MailMessage.id)).where(
            MailMessage.state == MailState.WAITING.value,
            MailMessage.tries == 0,
            MailMessage.created_at < before,
        )
    )
    if late or unsent:
        return Check(
            "worker",
            False,
            f"Le travailleur ne tourne pas : {late} travaux et {unsent} messages attendent. "
            "Lancez script/server, ou « flask worker ».",
        )
    return Check("worker", True, "Rien n’attend le travailleur depuis longtemps.")


def files() -> Check:
    """The store of evidence and documents can be written."""
    try:
        store.check()
    except Exception as error:  # each kind of store has its own errors
        reason = str(error).splitlines()[0][:200]
        return Check("store", False, f"Le magasin des preuves ne peut pas être écrit : {reason}.")
    return Check("store", True, "Le magasin des preuves peut être écrit.")


def pdf() -> Check:
    """WeasyPrint and its libraries are there."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        reason = str(error).splitlines()[0][:200]
        return Check(
            "pdf",
            False,
            f"Les documents ne peuvent pas être faits : {reason}. Lancez script/bootstrap, qui "
            "installe Pango.",
        )
    return Check("pdf", True, f"WeasyPrint {weasyprint.__version__} fait les documents.")


def wkhtmltopdf() -> Check:
    """Present or not, both are fine."""
    if shutil.which("wkhtmltopdf"):
        return Check("wkhtmltopdf", True, "wkhtmltopdf est là : il fait les papiers de travail.")
    return Check(
        "wkhtmltopdf", True, "wkhtmltopdf n’est pas là : WeasyPrint fait aussi bien, rien à faire."
    )


def public_url() -> Check:
    """The address in messages is one that people can open, without being overheard."""
    address = current_app.config["PUBLIC_URL"]
    parts = urlsplit(address)
    at_home = (parts.hostname or "") in HOME
    if parts.scheme != "https" and not at_home:
        return Check(
            "public-url",
            False,
            f"{address} n’est pas chiffrée : mots de passe et liens passeraient en clair. Mettez "
            "un serveur web avec certificat devant Liasse, et une adresse en https.",
        )
    if at_home and (_settings().smtp_url or (_provider_is_readable() and mail_server())):
        return Check(
            "public-url",
            False,
            f"Les liens des messages mèneraient à {address}, que personne d’autre ne peut ouvrir : "
            "donnez LIASSE_PUBLIC_URL.",
        )
    return Check("public-url", True, f"Adresse de Liasse : {address}.")


def _provider_is_readable() -> bool:
    """Whether the organisation's table can be read at all."""
    try:
        provider()
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True


def queue() -> Check:
    """The queue of the worker answers."""
    try:
        waiting = jobs.queue().pending_count()
    except Exception as error:  # SQLite and Redis have their own errors
        reason = str(error).splitlines()[0][:200]
        return Check("queue", False, f"La file des travaux ne répond pas : {reason}.")
    return Check("queue", True, f"La file des travaux répond ({waiting} en attente).")


def deep_pdf() -> Check:
    """A page with accents becomes a PDF, in our typeface."""
    from admin_app.documents.rendering import plain_pdf

    return _tried(
        "pdf-trial",
        lambda: plain_pdf("<!doctype html><meta charset=utf-8><p>Élève, œuvre, 2 400,50 €"),
        "Un PDF d’essai est sorti.",
        "Le PDF d’essai n’est pas sorti",
    )


def deep_database() -> Check:
    """The file of an embedded database is sound."""
    if db.engine.dialect.name != "sqlite":
        return Check("database-file", True, "La base n’est pas un fichier de cette machine.")
    said = db.session.scalar(text("PRAGMA quick_check"))
    fine = said == "ok"
    words = (
        "Le fichier de la base est sain." if fine else f"Le fichier de la base est abîmé : {said}"
    )
    return Check("database-file", fine, words)


def deep_mail() -> Check:
    """The mail server opens its door; no message is sent."""
    chosen = None if _settings().smtp_url or not _provider_is_readable() else mail_server()
    if chosen is None and not _settings().smtp_url:
        return Check("mail-trial", True, "Aucun serveur de messagerie à essayer.")
    connection = (
        chosen.connection() if chosen else current_app.extensions["mailman"].get_connection()
    )
    return _tried(
        "mail-trial",
        lambda: (connection.open(), connection.close()),
        "Le serveur de messagerie répond.",
        "Le serveur de messagerie ne répond pas",
    )


def _tried(name: str, act: Callable[[], object], fine: str, wrong: str) -> Check:
    try:
        act()
    except Exception as error:  # whatever the outside world answers is what the reader needs
        return Check(name, False, f"{wrong} : {type(error).__name__}, {str(error)[:200]}.")
    return Check(name, True, fine)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
