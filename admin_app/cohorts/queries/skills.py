"""Whether a trainer holds, on the days of a cohort, the skills that its programme requires."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from admin_app.core.database import db
from admin_app.people.models import TrainerSkill


def missing_skills(
    required: Iterable[str], trainer_id: int, first_day: date, last_day: date
) -> list[str]:
    """The required skills that nothing shows for that trainer on all those days (inclusive)."""
    statement = select(TrainerSkill).where(TrainerSkill.trainer_id == trainer_id)
    return lacking(required, db.session.scalars(statement).all(), first_day, last_day)


def lacking(
    required: Iterable[str], skills: Sequence[TrainerSkill], first_day: date, last_day: date
) -> list[str]:
    """The required skills that none of these rows shows from the first day to the last."""
    held = {_plain(one.skill) for one in skills if _holds(one, first_day, last_day)}
    return [skill for skill in required if _plain(skill) not in held]


def _holds(skill: TrainerSkill, first_day: date, last_day: date) -> bool:
    is_checked = skill.checked_on <= first_day
    return is_checked and (skill.valid_until is None or skill.valid_until >= last_day)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
