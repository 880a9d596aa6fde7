"""What a trainer's file proves: that their skills were determined and checked.

An auditor wants at least one skill, with the day it was checked and what shows it, and the
background behind it: a CV, or the list of diplomas and titles.
"""

from datetime import date, datetime

from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.formatting import of_name
from admin_app.core.transaction import act, all_locked
from admin_app.evidence import operations as evidence
from admin_app.evidence.models import Evidence
from admin_app.people.models import Trainer, TrainerSkill

PIECE = "trainer-skills"


def skills_that_hold(trainer: Trainer, day: date) -> list[TrainerSkill]:
    """The skills that something shows on that day: checked by then, and not expired."""
    return [
        skill
        for skill in trainer.skills
        if skill.checked_on <= day and (skill.valid_until is None or skill.valid_until >= day)
    ]


def what_is_missing(trainer: Trainer, day: date) -> list[str]:
    """What the file lacks to prove the trainer's skills on that day, in French; nothing if all."""
    missing = []
    if not skills_that_hold(trainer, day):
        expired = any(skill.checked_on <= day for skill in trainer.skills)
        missing.append(
            "une compétence encore valable (toutes ont expiré)"
            if expired
            else "une compétence vérifiée, avec ce qui la montre"
        )
    if not trainer.cv_sha256 and not trainer.titles.strip():
        missing.append("un CV, ou les diplômes et titres")
    return missing


def last_valid_day(trainer: Trainer, day: date) -> date | None:
    """The last day on which a skill that holds on `day` still holds; None when one has no end."""
    ends = [skill.valid_until for skill in skills_that_hold(trainer, day)]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


@act
def prove_skills(trainer: Trainer, *, by: Actor, at: datetime) -> None:
    """Bring the evidence of a trainer's skills up to what the file shows at that UTC instant.

    It is withdrawn when the file no longer shows them. A file that has grown gives new evidence;
    the older stays, since it held on its day. So does what has merely expired: it says itself
    until when it is good, and was so for the cohorts held by then.
    """
    day = clock.day_of(at)
    scope = ("trainer", trainer.id)
    missing = what_is_missing(trainer, day)
    if missing:
        why = f"La fiche ne montre plus : {' ; '.join(missing)}."
        for one in _no_longer_shown(trainer, day):
            evidence.withdraw(one, why=why, by=by, at=at)
        return
    facts = _facts(trainer, day)
    if facts == _last_facts(trainer):
        return
    evidence.record(
        PIECE,
        scope=scope,
        label=f"Compétences {of_name(trainer.name)} vérifiées",
        occurred_on=max(skill.checked_on for skill in skills_that_hold(trainer, day)),
        by=by,
        at=at,
        source=scope,
        facts=facts,
        valid_until=last_valid_day(trainer, day),
    )


def _no_longer_shown(trainer: Trainer, day: date) -> list[Evidence]:
    """What stands and is no longer true: all of it, but for what ended on the day that it says."""
    standing = select(Evidence).where(
        Evidence.piece == PIECE,
        Evidence.scope_kind == "trainer",
        Evidence.scope_id == trainer.id,
        Evidence.withdrawn_at.is_(None),
    )
    return [
        one
        for one in all_locked(standing.order_by(Evidence.id))
        if one.valid_until is None or what_is_missing(trainer, min(one.valid_until, day))
    ]


def _facts(trainer: Trainer, day: date) -> dict[str, object]:
    return {
        "skills": [
            {
                "skill": skill.skill,
                "shown_by": skill.shown_by,
                "checked_on": skill.checked_on.isoformat(),
                "valid_until": skill.valid_until.isoformat() if skill.valid_until else None,
            }
            for skill in skills_that_hold(trainer, day)
        ],
        "cv": trainer.cv_sha256,
        "titles": trainer.titles,
    }


def _last_facts(trainer: Trainer) -> dict[str, object] | None:
    return db.session.scalars(
        select(Evidence.facts)
        .where(
            Evidence.piece == PIECE,
            Evidence.scope_kind == "trainer",
            Evidence.scope_id == trainer.id,
            Evidence.withdrawn_at.is_(None),
        )
        .order_by(Evidence.id.desc())
        .limit(1)
    ).first()
