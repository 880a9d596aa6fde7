"""Meetings of the team, and the plan of the year."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from admin_app.core.actor import Actor
from admin_app.core.checks import gathered, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.queries import the_provider
from admin_app.staff.models import DevelopmentPlan, TeamMeeting

MEETING, PLAN = "team-meeting", "development-plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetails:
    """A meeting as it was held."""

    held_on: date | None
    present: str
    points: str
    decisions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDetails:
    """What is planned for a year, and the day it was decided."""

    year: int | None
    decided_on: date | None
    needs: str
    actions: str


@act
def record_meeting(details: MeetingDetails, *, by: Actor, at: datetime) -> TeamMeeting:
    """Keep a meeting: the evidence `team-meeting` follows.

    Raises:
        Problems: a day to come, nobody present, nothing said or decided.
    """
    clean = _checked_meeting(details, at)
    row = TeamMeeting(**asdict(clean), recorded_at=at, recorded_by=by.label)
    db.session.add(row)
    db.session.flush()
    evidence.record(
        MEETING,
        scope=("provider", the_provider().id),
        label=f"Réunion d’équipe du {day(row.held_on)}",
        occurred_on=row.held_on,
        by=by,
        at=at,
        source=(MEETING, row.id),
        facts={"present": row.present, "points": row.points, "decisions": row.decisions},
    )
    summary = f"Réunion d’équipe du {day(row.held_on)} consignée."
    record("staff.meeting", by=by, at=at, subject=(MEETING, row.id), summary=summary)
    return row


@act
def decide_plan(details: PlanDetails, *, by: Actor, at: datetime) -> DevelopmentPlan:
    """Keep the plan of a year: the evidence `development-plan` follows.

    Raises:
        Problems: a day to come, a year far from it, nothing needed or planned.
    """
    with gathered() as attempt:
        on = attempt(lambda: past_day(details.decided_on, at, "decided_on"))
        attempt(lambda: _check_year(details))
        needs = attempt(lambda: needed(details.needs, "Écrivez les besoins vus.", "needs"))
        actions = attempt(lambda: needed(details.actions, "Écrivez ce qui est prévu.", "actions"))
    clean = replace(details, decided_on=on, needs=needs, actions=actions)
    row = DevelopmentPlan(**asdict(clean), recorded_at=at, recorded_by=by.label)
    db.session.add(row)
    db.session.flush()
    evidence.record(
        PLAN,
        scope=("provider", the_provider().id),
        label=f"Plan de développement des compétences {row.year}",
        occurred_on=row.decided_on,
        by=by,
        at=at,
        source=(PLAN, row.id),
        facts={"year": row.year, "needs": row.needs, "actions": row.actions},
    )
    summary = f"Plan de développement des compétences {row.year} arrêté."
    record("staff.plan", by=by, at=at, subject=(PLAN, row.id), summary=summary)
    return row


def _checked_meeting(details: MeetingDetails, at: datetime) -> MeetingDetails:
    with gathered() as attempt:
        on = attempt(lambda: past_day(details.held_on, at, "held_on"))
        present = attempt(lambda: needed(details.present, "Dites qui était là.", "present", 500))
        points = attempt(lambda: needed(details.points, "Écrivez ce qui a été abordé.", "points"))
        decided = attempt(
            lambda: needed(details.decisions, "Écrivez ce qui a été décidé.", "decisions")
        )
    return replace(details, held_on=on, present=present, points=points, decisions=decided)


def _check_year(details: PlanDetails) -> None:
    if details.year is None:
        raise Refused("Indiquez l’année.", "year")
    if details.decided_on is not None and not -1 <= details.year - details.decided_on.year <= 1:
        raise Refused("Un plan se décide pour l’année en cours ou la suivante.", "year")
