"""The functional chart: who does what, who stands in, and the day it was approved."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from admin_app.core.actor import Actor
from admin_app.core.checks import chosen, gathered, limited, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.queries import the_provider
from admin_app.people.operations.checks import tidy_name
from admin_app.people.operations.removal import mark_removed
from admin_app.staff.models import ChartApproval, ChartRole, StaffMember
from admin_app.staff.words import ROLES

PIECE = SOURCE = "functional-chart"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDetails:
    """A role: `kind` is a key of `ROLES`; its holder is one of the team, or a name."""

    kind: str
    title: str = ""
    missions: str
    member_id: int | None = None
    holder: str = ""
    stand_in: str = ""
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDetails:
    """Who approved the chart, on which day."""

    approved_on: date | None
    approved_by: str
    note: str = ""


@act
def give_role(details: RoleDetails, *, by: Actor, at: datetime) -> ChartRole:
    """Say who holds a role; the chart is then to be approved again.

    Raises:
        Problems: no such role, nobody to hold it, no missions, or a day to come.
    """
    row = ChartRole(**asdict(_checked(details, at)), recorded_at=at, recorded_by=by.label)
    db.session.add(row)
    db.session.flush()
    record(
        "staff.role-given",
        by=by,
        at=at,
        subject=("chart-role", row.id),
        summary=f"{row.title} : {row.holder}.",
    )
    return row


@act
def end_role(row: ChartRole, why: str, *, by: Actor, at: datetime) -> ChartRole:
    """End a role, with the reason; approved charts keep it as it was.

    Raises:
        Refused: it has ended already, or no reason is given.
    """
    mark_removed(row, why, by=by, at=at)
    record(
        "staff.role-ended",
        by=by,
        at=at,
        subject=("chart-role", row.id),
        summary=f"{row.title} – {row.holder} : rôle terminé.",
    )
    return row


@act
def approve_chart(details: ApprovalDetails, *, by: Actor, at: datetime) -> ChartApproval:
    """Approve the chart as it stands: the evidence `functional-chart` follows.

    Raises:
        Problems: no role is given yet, a day to come, or nobody who approves.
    """
    roles = current_roles()
    with gathered() as attempt:
        on = attempt(lambda: past_day(details.approved_on, at, "approved_on"))
        who = attempt(lambda: tidy_name(details.approved_by, "approved_by", "qui l’approuve", 120))
        note = attempt(lambda: limited(details.note, "note"))
        attempt(lambda: _check_roles(roles))
    row = ChartApproval(
        approved_on=on,
        approved_by=who,
        note=note,
        roles=[_as_kept(one) for one in roles],
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    evidence.record(
        PIECE,
        scope=("provider", the_provider().id),
        label=f"Organigramme fonctionnel approuvé par {row.approved_by}",
        occurred_on=row.approved_on,
        by=by,
        at=at,
        source=(SOURCE, row.id),
        facts={"approved_by": row.approved_by, "roles": row.roles},
    )
    summary = f"Organigramme fonctionnel approuvé par {row.approved_by}."
    record("staff.chart-approved", by=by, at=at, subject=(SOURCE, row.id), summary=summary)
    return row


def current_roles() -> list[ChartRole]:
    """The roles held now, in order of entry."""
    statement = select(ChartRole).where(ChartRole.removed_at.is_(None)).order_by(ChartRole.id)
    return list(db.session.scalars(statement))


def _checked(details: RoleDetails, at: datetime) -> RoleDetails:
    with gathered() as attempt:
        attempt(lambda: chosen(details.kind, ROLES, "kind"))
        holder = attempt(lambda: _holder(details))
        missions = attempt(lambda: needed(details.missions, "Écrivez les missions.", "missions"))
        stand_in = attempt(lambda: limited(details.stand_in, "stand_in", 120))
        attempt(lambda: past_day(details.since, at, "since"))
        title = attempt(lambda: _title(details))
    return replace(
        details,
        title=title,
        holder=holder,
        missions=missions,
        stand_in=stand_in,
        member_id=details.member_id or None,
    )


def _title(details: RoleDetails) -> str:
    if details.kind == "other" or details.title.strip():
        return tidy_name(details.title, "title", "le nom de ce rôle", 150)
    return ROLES.get(details.kind, "").capitalize()


def _holder(details: RoleDetails) -> str:
    if not details.member_id:
        return tidy_name(details.holder, "holder", "qui tient ce rôle", 120)
    member = db.session.get(StaffMember, details.member_id)
    if member is None or member.left_on is not None:
        raise Refused("Choisissez une personne de l’équipe.", "member_id")
    return member.name


def _check_roles(roles: list[ChartRole]) -> None:
    if not roles:
        raise Refused("Aucun rôle n’est attribué : dites d’abord qui fait quoi.", "approved_on")


def _as_kept(row: ChartRole) -> dict[str, str]:
    names = ("kind", "title", "missions", "holder", "stand_in")
    return {name: getattr(row, name) for name in names} | {"since": row.since.isoformat()}
