"""A cohort opened on an adapted programme takes the request, its client and its pieces with it."""

from datetime import date, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.adaptations import operations
from admin_app.adaptations.models import AdaptationRequest
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.operations import (
    HalfDayPlan,
    add_client,
    cancel_cohort,
    create_cohort,
    set_half_days,
    use_version,
)
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.coverage.models import Expectation
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.people.models import Client
from admin_app.people.operations import archive_client
from admin_app.programmes import operations as programmes
from admin_app.programmes.models import ProgrammeVersion
from tests.factories.adaptations import accepted, received
from tests.factories.base import A_DAY
from tests.factories.house import ClientContactFactory
from tests.factories.programmes import OFFICE, full_text, published

BY = {"by": OFFICE, "at": A_DAY + timedelta(days=8)}
FIRST = date(2026, 9, 17)


def adapted_for(request: AdaptationRequest) -> ProgrammeVersion:
    version = operations.make_adapted(request, **BY)
    programmes.save_draft(version, full_text(audience="Élus."), **BY)
    return programmes.publish(version, in_force_from=BY["at"].date(), **BY)


def opened(version: ProgrammeVersion, reference: str = "CAF-2026") -> Cohort:
    plans = [HalfDayPlan(FIRST, time(9), time(12, 30), theme="Cas")]
    return create_cohort(reference=reference, version_id=version.id, half_days=plans, **BY)


def pieces_of(cohort: Cohort) -> set[str]:
    statement = select(Evidence.piece).where(
        Evidence.cohort_id == cohort.id, Evidence.withdrawn_at.is_(None)
    )
    return set(db.session.scalars(statement))


def expected_of(cohort: Cohort) -> dict[str, str | None]:
    statement = select(Expectation).where(Expectation.cohort_id == cohort.id)
    return {one.piece: one.outcome for one in db.session.scalars(statement)}


ASKED = {"needs-analysis", "adaptation-decision", "adapted-programme"}


def test_opening_the_cohort_attaches_the_request(app: Flask) -> None:
    request = accepted()
    cohort = opened(adapted_for(request))
    assert request.cohort_id == cohort.id
    assert [one.client_id for one in cohort.clients] == [request.client_id]
    assert pieces_of(cohort) >= ASKED
    found = expected_of(cohort)
    assert {piece: found.get(piece) for piece in ASKED} == dict.fromkeys(ASKED, "obtained")
    assert "adaptation-applied" in found


def test_whoever_asked_is_the_contact(app: Flask) -> None:
    request = accepted()
    ClientContactFactory(client_id=request.client_id, email="autre@caf.example.org")
    wanted = ClientContactFactory(client_id=request.client_id, email=request.email.upper())
    cohort = opened(adapted_for(request))
    assert cohort.clients[0].contact_id == wanted.id


def test_a_standard_programme_attaches_nothing(app: Flask) -> None:
    request = accepted()
    adapted_for(request)
    cohort = opened(db.session.get_one(ProgrammeVersion, request.version_id))
    assert request.cohort_id is None
    assert cohort.clients == []


def test_changing_to_the_adapted_programme_attaches_it_too(app: Flask) -> None:
    request = accepted()
    adapted = adapted_for(request)
    cohort = opened(db.session.get_one(ProgrammeVersion, request.version_id))
    use_version(cohort, adapted.id, **BY)
    assert request.cohort_id == cohort.id


def test_a_second_cohort_leaves_the_request_where_it_is(app: Flask) -> None:
    request = accepted()
    adapted = adapted_for(request)
    first = opened(adapted)
    second = opened(adapted, "CAF-2026-2")
    assert request.cohort_id == first.id
    assert second.clients == []
    set_half_days(second, [HalfDayPlan(FIRST, time(9), time(12))], **BY)
    assert request.cohort_id == first.id


def test_when_the_cohort_is_cancelled_the_next_one_takes_over(app: Flask) -> None:
    request = accepted()
    adapted = adapted_for(request)
    first = opened(adapted)
    cancel_cohort(first, why="Grève des transports.", **BY)
    second = opened(adapted, "CAF-2026-2")
    assert request.cohort_id == second.id
    assert pieces_of(second) >= ASKED
    assert not pieces_of(first) & ASKED
    assert expected_of(second)["adaptation-decision"] == "obtained"


def test_a_request_without_client_waits_for_it(app: Flask) -> None:
    request = received(version=published("CTG-SEUL", at=A_DAY))
    operations.decide(request, accepted=True, reason="Utile.", promises=["Cas local"], **BY)
    cohort = opened(adapted_for(request))
    assert request.cohort_id is None
    other = accepted()
    operations.attach_client(request, other.client_id, **BY)
    assert request.cohort_id == cohort.id
    assert [one.client_id for one in cohort.clients] == [other.client_id]


def test_an_archived_client_is_not_brought_back(app: Flask) -> None:
    request = accepted()
    adapted = adapted_for(request)
    archive_client(db.session.get_one(Client, request.client_id), **BY)
    cohort = opened(adapted)
    assert (request.cohort_id, cohort.clients) == (None, [])


def test_the_client_may_be_there_already(app: Flask) -> None:
    request = accepted()
    adapted = adapted_for(request)
    cohort = opened(db.session.get_one(ProgrammeVersion, request.version_id))
    row = add_client(cohort, request.client_id, **BY)
    use_version(cohort, adapted.id, **BY)
    assert [one.id for one in cohort.clients] == [row.id]
    assert request.cohort_id == cohort.id


def test_the_journal_says_it(app: Flask) -> None:
    request = accepted()
    cohort = opened(adapted_for(request))
    said = db.session.scalars(
        select(JournalEntry.summary).where(JournalEntry.cohort_id == cohort.id)
    ).all()
    assert f"Demande {request.reference} rattachée à la session {cohort.reference}." in said
    with pytest.raises(Refused, match="déjà client"):
        add_client(cohort, request.client_id, **BY)
