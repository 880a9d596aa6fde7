"""The messages about the register. None says what is reported, by whom, or about whom."""

from datetime import datetime

from flask import current_app

from admin_app.accounts.models import User
from admin_app.core.actor import Actor
from admin_app.core.mail import post
from admin_app.organisation.queries import provider
from admin_app.safeguarding import queries
from admin_app.safeguarding.models import Report


def awaits(row: Report, at: datetime) -> None:
    """To those who are named, else to the contacts, else to the house: a report awaits them."""
    for name, email in _recipients(at):
        post(
            "report-awaits",
            to=(name, email),
            subject="Un signalement vous attend",
            about=("report", row.id),
            at=at,
            url=_url("/signalements/registre"),
        )


def readers_changed(user: User, words: str, by: Actor, at: datetime) -> None:
    """To everyone who is named: the list has changed."""
    post(
        "report-readers",
        to=(user.name, user.email),
        subject="Registre des signalements : la liste des personnes nommées a changé",
        about=("user", user.id),
        at=at,
        words=words,
        who=by.label,
        url=_url("/signalements/"),
    )


def _recipients(at: datetime) -> list[tuple[str, str]]:
    readers = [(one.user.name, one.user.email) for one in queries.readers(at)]
    contacts = [(one.name, one.email) for one in queries.contacts()]
    known = provider()
    house = [(known.name, known.email)] if known is not None else []
    return readers or contacts or house


def _url(path: str) -> str:
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path
