"""The skills that a programme asks of its trainers: each published version says them anew."""

from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.formatting import plural
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.programmes.models import ProgrammeVersion

PIECE = "required-skills"


@act
def prove_required_skills(version: ProgrammeVersion, *, by: Actor, at: datetime) -> None:
    """Record `required-skills` for the programme (`catalogue-entry`) of a published version.

    Each version leaves its own piece, so that what was required on a day is known; a version that
    asks for none withdraws those before it.
    """
    scope = ("catalogue-entry", version.programme_id)
    if not version.required_skills:
        why = f"La version {version.number} ne demande plus de compétence aux formateurs."
        evidence.withdraw_all(PIECE, scope=scope, why=why, by=by, at=at)
        return
    count = plural(len(version.required_skills), "compétence demandée", "compétences demandées")
    evidence.record(
        PIECE,
        scope=scope,
        label=f"{version.title}, version {version.number} : {count} aux formateurs",
        occurred_on=_begins(version, at),
        by=by,
        at=at,
        source=("programme-version", version.id),
        facts={"version": version.number, "skills": list(version.required_skills)},
    )


def _begins(version: ProgrammeVersion, at: datetime) -> date:
    """The day on which the skills were set: that of the publication, never one to come."""
    return min(version.in_force_from or clock.day_of(at), clock.day_of(at))
