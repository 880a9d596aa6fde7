"""Who is known already, for a whole list at once."""

from collections.abc import Collection

from sqlalchemy import select

from admin_app.cohorts.models import Enrolment
from admin_app.core.database import db
from admin_app.people.models import Trainee

AT_ONCE = 1_000


def holders_of(emails: Collection[str]) -> dict[str, list[Trainee]]:
    """The known trainees of these addresses (lower case, as they are kept), oldest first."""
    wanted = sorted(emails)
    found: dict[str, list[Trainee]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        statement = (
            select(Trainee)
            .where(Trainee.email.in_(wanted[start : start + AT_ONCE]))
            .order_by(Trainee.id)
        )
        for trainee in db.session.scalars(statement):
            found.setdefault(trainee.email.lower(), []).append(trainee)
    return found


def taking_part(cohort_id: int) -> dict[int, bool]:
    """The trainees of a cohort: True for those who take part, False for those who left."""
    statement = select(Enrolment.trainee_id, Enrolment.departure).where(
        Enrolment.cohort_id == cohort_id
    )
    return {key: not departure for key, departure in db.session.execute(statement)}
