"""The first run, and changing who the organisation is."""

from dataclasses import asdict, fields
from datetime import datetime

from admin_app.accounts.models import User
from admin_app.accounts.operations import NewAccount, create_user
from admin_app.core import clock
from admin_app.core.actor import SYSTEM, Actor, ActorKind, Origin
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.core.formatting import of_name
from admin_app.core.storage import store
from admin_app.core.transaction import act, touch_provider
from admin_app.core.uploads import Upload
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.details import ProviderDetails, checked
from admin_app.organisation.models import Provider
from admin_app.organisation.queries import forget_provider, provider

LOGO_KINDS = frozenset({"png", "jpeg"})
LOGO_MB = 1


@act
def set_up(
    details: ProviderDetails,
    administrator: NewAccount,
    *,
    password: str,
    at: datetime,
    logo: Upload | None = None,
    by: Actor = SYSTEM,
    origin: Origin | None = None,
) -> tuple[Provider, User]:
    """Begin: the organisation and its first administrator, once in the life of an installation.

    Args:
        administrator: must hold the role of administrator; its fields are refused under the names
            `admin_name` and `admin_email`, the password under `password`.
        at: UTC instant.
        by: who does it when it is not the administrator (the demonstration).

    Raises:
        Refused: it was done already, or something typed is wrong: all is said at once.
    """
    if provider() is not None:
        raise Refused("L’organisme est déjà installé.")
    clean, user = None, None
    problems: list[Refused] = []
    try:
        clean = checked(details)
    except Refused as refused:
        problems += refused.problems
    try:
        user = create_user(administrator, by=by, at=at, password=password, origin=origin)
    except Refused as refused:
        problems += [_renamed(problem) for problem in refused.problems]
    if clean is None or user is None:
        raise Problems(problems)
    row = _written(clean, logo, at)
    forget_provider()
    who = by if by is not SYSTEM else Actor(ActorKind.USER, user.name, user.id)
    record(
        "organisation.set-up",
        by=who,
        at=at,
        summary=f"Installation {of_name(row.name)}.",
        subject=("provider", row.id),
        origin=origin,
    )
    _officer_named(row, "", by=who, at=at)
    touch_provider()
    return row, user


@act
def change_identity(
    details: ProviderDetails, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Provider:
    """Change who the organisation is. Documents issued before keep what they said.

    Naming another disability officer is evidence of its own; the former one is marked replaced.

    Raises:
        Problems: all that is wrong, each with its field.
    """
    row = _there()
    clean = checked(details, audit_known=row.next_audit_on)
    former = row.disability_officer
    changed = [
        field.name
        for field in fields(clean)
        if getattr(row, field.name) != getattr(clean, field.name)
    ]
    for name in changed:
        setattr(row, name, getattr(clean, name))
    if changed:
        record(
            "organisation.changed",
            by=by,
            at=at,
            summary="Identité de l’organisme modifiée.",
            subject=("provider", row.id),
            origin=origin,
            details={"fields": changed},
        )
        _officer_named(row, former, by=by, at=at)
        touch_provider()
    return row


@act
def change_logo(
    logo: Upload | None, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Provider:
    """Put another logo on what is issued from now on; None takes it away."""
    row = _there()
    row.logo_sha256 = store.put(logo.data) if logo else ""
    row.logo_mime = logo.mime if logo else ""
    record(
        "organisation.logo",
        by=by,
        at=at,
        summary="Logo de l’organisme changé." if logo else "Logo de l’organisme retiré.",
        subject=("provider", row.id),
        origin=origin,
    )
    return row


def _there() -> Provider:
    row = provider()
    if row is None:
        raise Refused("L’organisme n’est pas encore installé.")
    return row


def _written(clean: ProviderDetails, logo: Upload | None, at: datetime) -> Provider:
    row = Provider(**asdict(clean), mail_settings={}, created_at=at)
    row.logo_sha256 = store.put(logo.data) if logo else ""
    row.logo_mime = logo.mime if logo else ""
    db.session.add(row)
    db.session.flush()
    return row


def _officer_named(row: Provider, former: str, *, by: Actor, at: datetime) -> None:
    if row.disability_officer == former:
        return
    scope = ("provider", row.id)
    why = f"Remplacé par {row.disability_officer}." if row.disability_officer else "Plus personne."
    evidence.withdraw_all("disability-officer", scope=scope, why=why, by=by, at=at)
    if row.disability_officer:
        evidence.record(
            "disability-officer",
            scope=scope,
            label=f"Référent handicap désigné : {row.disability_officer}",
            occurred_on=clock.day_of(at),
            by=by,
            at=at,
            source=scope,
            facts={"name": row.disability_officer, "contact": row.disability_email},
        )


def _renamed(problem: Refused) -> Refused:
    names = {"name": "admin_name", "email": "admin_email", "roles": "admin_roles"}
    return Refused(problem.message, names.get(problem.field or "", problem.field))
