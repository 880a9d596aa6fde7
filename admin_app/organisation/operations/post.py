"""The mail server of the organisation, when the settings of the installation name none.

Its password is not in the database, so that neither a copy of it nor an export carries it: it is a
file of the instance that its owner alone can read.
"""

import os
from datetime import datetime
from pathlib import Path

from admin_app.core.actor import Actor, Origin
from admin_app.core.addresses import clean_email
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.smtp import SECURITIES, SmtpServer
from admin_app.core.transaction import act, after_commit, locked
from admin_app.journal.operations import record
from admin_app.organisation.models import Provider
from admin_app.organisation.queries import forget_provider, smtp_password_file, the_provider


@act
def change_mail_server(
    server: SmtpServer,
    *,
    sender: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Provider:
    """Send the post through that server from now on.

    Args:
        sender: the address that messages come from; the organisation's own when empty.

    Raises:
        Problems: something cannot be; each with its field.
    """
    check_server(server, sender)
    row = locked(the_provider())
    row.mail_settings = {
        "host": server.host.strip(),
        "port": server.port,
        "security": server.security,
        "username": server.username.strip(),
        "sender": clean_email(sender, "sender") if sender.strip() else "",
    }
    path, password = smtp_password_file(), server.password
    after_commit(lambda: _write_secret(path, password))
    _note("Serveur de messagerie réglé.", row, by, at, origin)
    return row


@act
def forget_mail_server(*, by: Actor, at: datetime, origin: Origin | None = None) -> Provider:
    """Send through no server any more: messages are put in the outbox of the instance."""
    row = locked(the_provider())
    row.mail_settings = {}
    path = smtp_password_file()
    after_commit(lambda: path.unlink(missing_ok=True))
    _note("Serveur de messagerie retiré.", row, by, at, origin)
    return row


def check_server(server: SmtpServer, sender: str) -> None:
    """Refuse what no server could be.

    Raises:
        Problems: each with its field.
    """
    problems = []
    if not server.host.strip() or " " in server.host.strip():
        problems.append(Refused("Indiquez le nom du serveur, par exemple smtp.exemple.fr.", "host"))
    if not 1 <= server.port <= 65535:
        problems.append(Refused("Un port va de 1 à 65535 ; souvent 587 ou 465.", "port"))
    if server.security not in SECURITIES:
        problems.append(Refused("Choisissez le chiffrement.", "security"))
    if server.password and not server.username.strip():
        problems.append(Refused("Indiquez le nom d’utilisateur.", "username"))
    if sender.strip():
        try:
            clean_email(sender, "sender")
        except Refused as refused:
            problems.append(refused)
    refuse_if_any(problems)


def _write_secret(path: Path, password: str) -> None:
    forget_provider()
    if not password:
        path.unlink(missing_ok=True)
        return
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(password)
    beside.replace(path)


def _note(summary: str, row: Provider, by: Actor, at: datetime, origin: Origin | None) -> None:
    record(
        "organisation.mail-server",
        by=by,
        at=at,
        summary=summary,
        subject=("provider", row.id),
        origin=origin,
    )
