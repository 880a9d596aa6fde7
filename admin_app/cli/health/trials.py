"""Trials, which take a few seconds: a PDF, the mail server, the file of the database."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy import text

from admin_app.cli.health.check import Check, settings
from admin_app.cli.health.post import chosen_server
from admin_app.core.database import db


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
    chosen = None if settings().smtp_url else chosen_server()
    if chosen is None and not settings().smtp_url:
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
