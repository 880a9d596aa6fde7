"""The post and the worker: do messages leave, and where do their links lead."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from admin_app.cli.health.check import Check, settings
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.jobs import STALE_AFTER, Job, JobState
from admin_app.core.mail import MailMessage, MailState
from admin_app.core.smtp import SmtpServer
from admin_app.organisation.queries import mail_server

HOME = frozenset({"localhost", "127.0.0.1", "::1", ""})


def mail() -> Check:
    """Messages leave, or are put in the outbox; those that failed are said."""
    failed = db.session.scalar(
        select(func.count(MailMessage.id)).where(MailMessage.state == MailState.FAILED.value)
    )
    if failed:
        words = f"{failed} message(s) n’ont pas pu partir : voyez la page Messages."
        return Check("mail", False, words)
    if settings().smtp_url:
        return Check("mail", True, "Les messages partent par LIASSE_SMTP_URL.")
    if mail_server() is not None:
        return Check("mail", True, "Les messages partent par le serveur réglé dans l’organisme.")
    folder = settings().instance / "outbox"
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
            MailMessage.failed_at.is_(None),  # sent again: written long ago, waiting since today
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
    if at_home and (settings().smtp_url or chosen_server()):
        return Check(
            "public-url",
            False,
            f"Les liens des messages mèneraient à {address}, que personne d’autre ne peut ouvrir : "
            "donnez LIASSE_PUBLIC_URL.",
        )
    return Check("public-url", True, f"Adresse de Liasse : {address}.")


def chosen_server() -> SmtpServer | None:
    """The server set from a page; None too when the database cannot say."""
    try:
        return mail_server()
    except SQLAlchemyError:
        db.session.rollback()
        return None
