"""Whether a trainer holds, on the days of a cohort, the skills that its programme requires."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries.cohorts import Teaching
from admin_app.core.database import db
from admin_app.people.matching import lacking
from admin_app.people.models import TrainerSkill
from admin_app.programmes.models import ProgrammeVersion


def missing_skills(
    required: Iterable[str], trainer_id: int, first_day: date, last_day: date
) -> list[str]:
    """The required skills that nothing shows for that trainer on all those days (inclusive)."""
    found = missing_of_each(required, [trainer_id], first_day, last_day)
    return found[trainer_id]


def missing_of_each(
    required: Iterable[str], trainer_ids: Collection[int], first_day: date, last_day: date
) -> dict[int, list[str]]:
    """The same for several trainers at once (one statement; none when nothing is required)."""
    wanted = list(required)
    held: dict[int, list[TrainerSkill]] = {key: [] for key in trainer_ids}
    if wanted and held:
        statement = select(TrainerSkill).where(TrainerSkill.trainer_id.in_(list(held)))
        for one in db.session.scalars(statement):
            held[one.trainer_id].append(one)
    return {key: lacking(wanted, skills, first_day, last_day) for key, skills in held.items()}


def lacking_of(cohort: Cohort, teachings: Sequence[Teaching]) -> dict[int, list[str]]:
    """The required skills that each of these trainers of a cohort does not show on its days."""
    required = db.session.get_one(ProgrammeVersion, cohort.version_id).required_skills
    keys = [one.trainer.id for one in teachings]
    return missing_of_each(required, keys, cohort.starts_on, cohort.ends_on)
