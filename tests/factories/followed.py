"""A cohort that took place: marks and closings written as attendance would."""

from datetime import timedelta

import factory

from admin_app.attendance.models import Closing, Mark
from admin_app.cohorts.models import Cohort
from tests.factories.base import Factory


class MarkFactory(Factory):
    class Meta:
        model = Mark

    state = "present"
    minutes_late = 0
    minutes_early = 0
    reason = ""
    marked_by = "Claire Vasseur"


class ClosingFactory(Factory):
    class Meta:
        model = Closing

    closed_by = "Claire Vasseur"
    incident = ""
    present = factory.LazyAttribute(lambda _: 0)
    absent = 0
    unsigned = 0


def held(cohort: Cohort, **states: str) -> Cohort:
    """Mark everyone on every half-day and close them; `states` maps `e<id>` to another state."""
    for half_day in cohort.half_days:
        for enrolment in cohort.enrolments:
            MarkFactory(
                half_day_id=half_day.id,
                enrolment_id=enrolment.id,
                state=states.get(f"e{enrolment.id}", "present"),
                marked_at=half_day.starts_at + timedelta(minutes=10),
            )
        ClosingFactory(
            half_day_id=half_day.id, closed_at=half_day.ends_at, present=len(cohort.enrolments)
        )
    return cohort
