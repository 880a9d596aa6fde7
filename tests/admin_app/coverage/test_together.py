"""Two acts on one cohort at once: each is seen by what is written last."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations import refreshing
from admin_app.evidence.operations import record
from tests.factories import ProviderFactory, cohort_with


def test_evidence_of_two_acts_at_once_is_never_lost(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProviderFactory()
    cohort = cohort_with(trainees=3)
    keys = [one.id for one in cohort.enrolments][:2]
    cohort_id = cohort.id
    db.session.rollback()
    assessed, both = refreshing._assessed, Barrier(2)

    def slowly(*args: Any, **more: Any) -> Any:
        """As if both had read before either writes, where the database lets them."""
        found = assessed(*args, **more)
        try:
            both.wait(timeout=0.5)
        except BrokenBarrierError:  # the other waits for our lock: what is wanted
            both.reset()
        return found

    monkeypatch.setattr(refreshing, "_assessed", slowly)

    def prove(key: int) -> None:
        with app.app_context():
            try:
                record(
                    "positioning",
                    scope=("enrolment", key),
                    label="Positionnement",
                    occurred_on=clock.today(),
                    by=SYSTEM,
                    at=clock.now(),
                    source=("enrolment", key),
                    cohort_id=cohort_id,
                )
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(prove, keys))
    proved = db.session.scalars(
        select(Expectation.scope_id).where(
            Expectation.piece == "positioning", Expectation.outcome == "obtained"
        )
    )
    assert sorted(proved) == sorted(keys)
