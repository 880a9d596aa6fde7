"""A mail server that the office sets from a page: opening it, trying it, saying what fails."""

import smtplib
import socket
import ssl
from dataclasses import dataclass
from typing import Any

from flask_mailman import EmailMessage
from flask_mailman.backends.smtp import EmailBackend

from admin_app.core.errors import Refused

SECURITIES = {
    "starttls": "STARTTLS (port 587)",
    "ssl": "TLS (port 465)",
    "none": "sans chiffrement (serveur de la même machine)",
}
SECONDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """How to reach a mail server. `security` is a key of `SECURITIES`."""

    host: str
    port: int
    security: str
    username: str = ""
    password: str = ""

    def connection(self) -> Any:
        """A connection that flask-mailman can send through; opened when the first mail leaves."""
        return EmailBackend(
            host=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.security == "starttls",
            use_ssl=self.security == "ssl",
            timeout=SECONDS,
        )


def send_trial(server: SmtpServer, *, sender: str, to: str, subject: str, text: str) -> None:
    """Send one message at once, through that server.

    Raises:
        Refused: it did not leave; the message says why and names the form field to look at.
    """
    try:
        EmailMessage(subject, text, sender, [to], connection=server.connection()).send()
    except Exception as error:
        raise explained(error) from error


def explained(error: Exception) -> Refused:
    """What a failure of the post means, for whoever sets the server."""
    for kinds, message, field in REASONS:
        if isinstance(error, kinds):
            return Refused(message, field)
    said = f"{type(error).__name__} : {error}"[:200]
    return Refused(f"Le message n’est pas parti. Réponse du serveur : {said}", None)


REASONS: tuple[tuple[tuple[type[Exception], ...], str, str | None], ...] = (
    ((socket.gaierror,), "Aucun serveur ne porte ce nom.", "host"),
    (
        (ssl.SSLError,),
        "La liaison chiffrée n’a pas pu s’établir : vérifiez le chiffrement et le port.",
        "security",
    ),
    (
        (TimeoutError, socket.timeout),
        "Le serveur ne répond pas : vérifiez son nom et le port.",
        "port",
    ),
    ((ConnectionRefusedError,), "Le serveur refuse la connexion sur ce port.", "port"),
    (
        (smtplib.SMTPAuthenticationError,),
        "Le serveur refuse ce nom d’utilisateur ou ce mot de passe.",
        "username",
    ),
    (
        (smtplib.SMTPNotSupportedError,),
        "Ce serveur ne propose pas ce chiffrement, ou n’attend pas de mot de passe.",
        "security",
    ),
    ((smtplib.SMTPSenderRefused,), "Le serveur refuse l’adresse d’expédition.", "sender"),
    ((smtplib.SMTPRecipientsRefused,), "Le serveur refuse le destinataire.", "trial_to"),
    (
        (smtplib.SMTPServerDisconnected,),
        "Le serveur a coupé la liaison : vérifiez le chiffrement et le port.",
        "security",
    ),
)
