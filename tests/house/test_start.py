"""The application starts, and its factories write."""

from flask import Flask

from admin_app.core.database import db
from tests.factories import cohort_with


def test_a_cohort_can_be_written_and_read_back(app: Flask) -> None:
    cohort = cohort_with(trainees=12)
    db.session.expire_all()
    assert len(cohort.half_days) == 4
    assert len(cohort.enrolments) == 12
    assert cohort.half_days[0].minutes == 210
