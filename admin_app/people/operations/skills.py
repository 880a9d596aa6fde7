"""A trainer's skills, what shows them, and the CV."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.storage import store
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.evidence.models import Evidence
from admin_app.journal.operations import record
from admin_app.people.listeners import tell_of_skills
from admin_app.people.models import Trainer, TrainerSkill
from admin_app.people.operations.checks import gathered, tidy_name
from admin_app.people.operations.proofs import PIECE, prove_skills, what_is_missing

CV_KINDS = frozenset({"pdf"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillDetails:
    """A skill: `shown_by` is what shows it (diploma, certificate, experience, observed session),
    `checked_on` the day someone looked at that, `valid_until` its last valid day, None for ever."""

    skill: str
    shown_by: str
    checked_on: date
    valid_until: date | None = None


@act
def add_skill(
    trainer: Trainer,
    details: SkillDetails,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerSkill:
    """Say that a trainer holds a skill, and what shows it.

    Raises:
        Problems: something is missing, or the days do not hold.
    """
    clean = _checked(details)
    skill = TrainerSkill(trainer_id=trainer.id, **asdict(clean))
    trainer.skills.append(skill)
    db.session.flush()
    _note("people.skill-added", f"Compétence vérifiée : {skill.skill}", trainer, by, at, origin)
    return skill


@act
def change_skill(
    trainer: Trainer,
    skill: TrainerSkill,
    details: SkillDetails,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerSkill:
    """Change a skill, or check it again.

    Raises:
        Problems: as for `add_skill`.
    """
    for name, value in asdict(_checked(details)).items():
        setattr(skill, name, value)
    _note("people.skill-changed", f"Compétence revue : {skill.skill}", trainer, by, at, origin)
    return skill


@act
def remove_skill(
    trainer: Trainer,
    skill: TrainerSkill,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> None:
    """Take a skill away; the journal and the evidence keep that it was there."""
    trainer.skills.remove(skill)
    db.session.delete(skill)
    db.session.flush()
    _note("people.skill-removed", f"Compétence retirée : {skill.skill}", trainer, by, at, origin)


@act
def put_cv(
    trainer: Trainer, cv: Upload, *, by: Actor, at: datetime, origin: Origin | None = None
) -> None:
    """Keep a trainer's CV (PDF); an earlier one stays in the store."""
    trainer.cv_sha256, trainer.cv_name = store.put(cv.data), cv.name
    _note("people.cv", "CV déposé", trainer, by, at, origin)


@act
def remove_cv(trainer: Trainer, *, by: Actor, at: datetime, origin: Origin | None = None) -> None:
    """Take the CV away from a trainer's file.

    Raises:
        Refused: there is none.
    """
    if not trainer.cv_sha256:
        raise Refused("Cette fiche n’a pas de CV.")
    trainer.cv_sha256, trainer.cv_name = "", ""
    _note("people.cv-removed", "CV retiré", trainer, by, at, origin)


@act
def withdraw_expired_skills(*, by: Actor, at: datetime) -> int:
    """Withdraw the evidence of every trainer whose skills have all expired (once a day).

    For what was written without its last good day; what says it ends by itself.

    Returns:
        How many trainers are concerned.
    """
    proved = select(Evidence.scope_id).where(
        Evidence.piece == PIECE,
        Evidence.scope_kind == "trainer",
        Evidence.withdrawn_at.is_(None),
        Evidence.valid_until.is_(None),
    )
    day, found = clock.day_of(at), 0
    expiring = select(TrainerSkill.trainer_id).where(TrainerSkill.valid_until < day)
    statement = select(Trainer).where(Trainer.id.in_(proved), Trainer.id.in_(expiring))
    for trainer in db.session.scalars(statement).all():
        if what_is_missing(trainer, day):
            prove_skills(trainer, by=by, at=at)
            found += 1
    return found


def _checked(details: SkillDetails) -> SkillDetails:
    with gathered() as attempt:
        skill = attempt(lambda: tidy_name(details.skill, "skill", "la compétence", 200))
        proof = attempt(lambda: tidy_name(details.shown_by, "shown_by", "ce qui la montre", 300))
        attempt(lambda: _check_days(details))
    return replace(details, skill=skill, shown_by=proof)


def _check_days(details: SkillDetails) -> None:
    if details.checked_on > clock.today():
        raise Refused("Ce jour n’est pas encore venu.", "checked_on")
    if details.valid_until is not None and details.valid_until < details.checked_on:
        raise Refused("La fin de validité précède le jour de la vérification.", "valid_until")


def _note(
    action: str, words: str, trainer: Trainer, by: Actor, at: datetime, origin: Origin | None
) -> None:
    prove_skills(trainer, by=by, at=at)
    tell_of_skills(trainer.id, by=by, at=at)
    record(
        action,
        by=by,
        at=at,
        summary=f"{trainer.name} – {words}.",
        subject=("trainer", trainer.id),
        origin=origin,
    )
