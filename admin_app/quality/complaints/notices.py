"""The messages of a complaint: to whoever complained, to whoever handles it."""

from datetime import datetime
from typing import Any

from flask import current_app

from admin_app.accounts.models import User
from admin_app.core.actor import Actor
from admin_app.core.mail import post
from admin_app.organisation.queries import provider
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.complaints.standing import steps
from admin_app.quality.complaints.words import FROM, KINDS


def receipt(row: Complaint, at: datetime) -> None:
    """To whoever complained by a page of ours: what happens next, and by when."""
    if row.is_incident or not row.author_email:
        return
    first, second, *_ = steps(row)
    _to_author(
        "complaint-received",
        "Votre réclamation est bien arrivée",
        row,
        at,
        acknowledge_by=first.due_on,
        answer_by=second.due_on,
    )


def acknowledged(row: Complaint, message: str, by: Actor, at: datetime) -> None:
    """Someone has read it, and says by when the answer comes."""
    answer_by = steps(row)[1].due_on
    subject = "Nous avons lu votre réclamation"
    _to_author(
        "complaint-acknowledged",
        subject,
        row,
        at,
        message=message,
        who=by.label,
        answer_by=answer_by,
    )


def answered(row: Complaint, by: Actor, at: datetime) -> None:
    """The answer."""
    _to_author("complaint-answered", "Notre réponse à votre réclamation", row, at, who=by.label)


def assigned(row: Complaint, user: User, at: datetime) -> None:
    """To who handles it from now on; the message says nothing of what was written."""
    subject = f"{KINDS[row.kind].capitalize()} {row.reference} : le suivi vous est confié"
    _inside("complaint-assigned", (user.name, user.email), subject, row, at)


def to_handle(row: Complaint, at: datetime) -> None:
    """To the organisation: something has come in."""
    known = provider()
    if known is None:
        return
    subject = f"{KINDS[row.kind].capitalize()} {row.reference} à traiter"
    _inside("complaint-to-handle", (known.name, known.email), subject, row, at)


def _to_author(template: str, subject: str, row: Complaint, at: datetime, **context: Any) -> None:
    post(
        template,
        to=(row.author_name, row.author_email),
        subject=f"{subject} ({row.reference})",
        about=("complaint", row.id),
        at=at,
        cohort_id=row.cohort_id,
        complaint=row,
        **context,
    )


def _inside(template: str, to: tuple[str, str], subject: str, row: Complaint, at: datetime) -> None:
    root = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    post(
        template,
        to=to,
        subject=subject,
        about=("complaint", row.id),
        at=at,
        cohort_id=row.cohort_id,
        complaint=row,
        kind=KINDS[row.kind],
        coming_from=FROM[row.author_kind],
        url=f"{root}/qualite/reclamations/{row.id}",
    )
