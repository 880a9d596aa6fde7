"""What the tests of cohorts share: one office, one instant, one cohort to come."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.attendance.models import Mark
from admin_app.cohorts import operations
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from tests.factories import EnrolmentFactory, PlaceFactory, ProgrammeVersionFactory, committed

AT = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
FIRST = date(2026, 9, 17)
THEMES = ["Panorama", "Leviers", "Pistes", "Défis"]
OFFICE = Actor(ActorKind.USER, "Hélène Marchand", 1)


@pytest.fixture
def acts() -> dict[str, Any]:
    """Who acts, and when, months before the first day."""
    return {"by": OFFICE, "at": AT}


@pytest.fixture
def cohort(app: Flask, acts: dict[str, Any]) -> Cohort:
    """A cohort of two days in September, with its themes and its place."""
    return operations.create_cohort(
        reference="CTG-2026-90",
        version_id=ProgrammeVersionFactory().id,
        half_days=operations.usual_half_days(FIRST, 2, themes=THEMES),
        place_id=PlaceFactory(name="Salle Loire").id,
        **acts,
    )


def pieces(scope: tuple[str, int], piece: str) -> list[Evidence]:
    """Every piece of that key and scope, withdrawn ones too, oldest first."""
    statement = (
        select(Evidence)
        .where(
            Evidence.piece == piece,
            Evidence.scope_kind == scope[0],
            Evidence.scope_id == scope[1],
        )
        .order_by(Evidence.id)
    )
    return list(db.session.scalars(statement))


def valid(scope: tuple[str, int], piece: str) -> list[Evidence]:
    """The pieces that still count."""
    return [one for one in pieces(scope, piece) if one.withdrawn_at is None]


def marked(half_day: HalfDay) -> Mark:
    """A trainer noted someone present on that half-day."""
    with committed():
        mark = Mark(
            half_day_id=half_day.id,
            enrolment_id=EnrolmentFactory(cohort_id=half_day.cohort_id).id,
            state="present",
            marked_at=half_day.starts_at,
            marked_by="Claire Vasseur",
        )
        db.session.add(mark)
    return mark
