"""Opening the reading room for an audit, closing it, and noting every look."""

from datetime import date, datetime, time

from admin_app.audits.models import Audit, AuditReader
from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.journal.operations import record

KINDS = {
    "initial": "audit initial",
    "surveillance": "audit de surveillance",
    "renewal": "audit de renouvellement",
}
LONGEST_ACCESS = 30  # days: what a reading room needs, no more


@act
def open_audit(
    *,
    kind: str,
    audit_on: date,
    body: str,
    period_from: date,
    period_to: date,
    access_until: date,
    by: Actor,
    at: datetime,
) -> Audit:
    """Prepare a reading room.

    Args:
        kind: initial, surveillance or renewal.
        audit_on: the day of the audit; it decides the edition of the référentiel.
        period_from, period_to: first and last start days of the cohorts to draw from, included.
        access_until: last day of access, included, at most thirty days from now.

    Raises:
        Problems: days in the wrong order, or an access that is too long.
    """
    today = clock.day_of(at)
    problems = []
    if kind not in KINDS:
        problems.append(Refused("Choisissez la nature de l’audit.", "kind"))
    if period_from > period_to:
        problems.append(Refused("La période finit avant de commencer.", "period_to"))
    if access_until < max(today, audit_on):
        problems.append(
            Refused("L’accès doit durer au moins jusqu’au jour de l’audit.", "access_until")
        )
    if (access_until - max(today, audit_on)).days > LONGEST_ACCESS:
        problems.append(
            Refused(f"L’accès dure au plus {LONGEST_ACCESS} jours après l’audit.", "access_until")
        )
    refuse_if_any(problems)
    audit = Audit(
        kind=kind,
        audit_on=audit_on,
        body=body,
        period_from=period_from,
        period_to=period_to,
        opened_at=at,
        opened_by=by.label,
        closes_at=clock.at(access_until, time(23, 59, 59)),
        closed_by="",
    )
    db.session.add(audit)
    db.session.flush()
    record(
        "audit.opened",
        by=by,
        at=at,
        subject=("audit", audit.id),
        summary=f"Salle de lecture ouverte : {KINDS[kind]} du {day(audit_on)}, {body}.",
    )
    return audit


def said_to_reader(audit: Audit) -> list[str]:
    """What an invitation says of an audit: which one, which sessions, until when."""
    first, last = day(audit.period_from), day(audit.period_to)
    by = f", mené par {audit.body}" if audit.body else ""
    return [
        f"Il s’agit de l’{KINDS[audit.kind]} du {day(audit.audit_on)}{by}.",
        f"Vous y lirez les sessions commencées du {first} au {last}, et leurs pièces, sans rien "
        "pouvoir changer ; chaque consultation est inscrite au journal.",
        f"L’accès est ouvert jusqu’au {day(clock.day_of(audit.closes_at))} inclus.",
    ]


@act
def add_reader(audit: Audit, *, user_id: int, name: str, by: Actor, at: datetime) -> None:
    """Let an auditor's account read this audit."""
    db.session.add(AuditReader(audit_id=audit.id, user_id=user_id))
    record(
        "audit.reader-added",
        by=by,
        at=at,
        subject=("audit", audit.id),
        summary=f"Accès en lecture donné à {name} pour l’audit du {day(audit.audit_on)}.",
    )


@act
def close_audit(audit: Audit, *, by: Actor, at: datetime) -> None:
    """End every access to this audit, now.

    Raises:
        Refused: it is closed already.
    """
    if audit.closed_at is not None:
        raise Refused("Cette salle de lecture est déjà fermée.")
    audit.closed_at, audit.closed_by = at, by.label
    record(
        "audit.closed",
        by=by,
        at=at,
        subject=("audit", audit.id),
        summary=f"Salle de lecture de l’audit du {day(audit.audit_on)} fermée.",
    )


@act
def note_look(
    what: str,
    *,
    subject: tuple[str, int],
    cohort_id: int | None,
    by: Actor,
    at: datetime,
    origin: Origin,
) -> None:
    """Write that an auditor looked at something, before showing it."""
    record(
        "audit.looked",
        by=by,
        at=at,
        subject=subject,
        cohort_id=cohort_id,
        summary=f"Consulté pendant l’audit : {what}",
        origin=origin,
    )
