"""A cohort opened on an adapted programme is the one that was asked for: the request joins it."""

from datetime import datetime

from sqlalchemy import func, select

from admin_app.adaptations.models import AdaptationRequest
from admin_app.adaptations.operations.adapting import attach_to_cohort, is_free, request_of
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.operations import add_client
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.transaction import act
from admin_app.people.models import Client, ClientContact
from admin_app.programmes.models import ProgrammeVersion


@act
def follow_cohort(cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Attach the request whose adapted programme this cohort teaches, and its client with it.

    Called within the acts that change a cohort (`cohorts.listeners`). Nothing happens when that
    request has its cohort already, is not accepted, or does not say which client asked.
    """
    if cohort.cancelled_at is not None:
        return
    request = request_of(db.session.get_one(ProgrammeVersion, cohort.version_id).programme)
    if request is None or request.state != "accepted":
        return
    if request.client_id is None or not is_free(request):
        return
    client = db.session.get_one(Client, request.client_id)
    if client.id not in {one.client_id for one in cohort.clients}:
        if client.archived_at is not None:
            return
        contact_id = _contact(request)
        add_client(cohort, client.id, contact_id=contact_id, by=by, at=at)
    attach_to_cohort(request, cohort, by=by, at=at)


@act
def follow_client(request: AdaptationRequest, *, by: Actor, at: datetime) -> None:
    """Now that its client is known, attach the request to the cohort of its programme, if any."""
    if request.adapted_version_id is None:
        return
    adapted = db.session.get_one(ProgrammeVersion, request.adapted_version_id)
    cohort = db.session.scalar(
        select(Cohort)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .where(ProgrammeVersion.programme_id == adapted.programme_id, Cohort.cancelled_at.is_(None))
        .order_by(Cohort.id)
        .limit(1)
    )
    if cohort is not None:
        follow_cohort(cohort, by=by, at=at)


def _contact(request: AdaptationRequest) -> int | None:
    """Whoever asked, among the client's contacts."""
    return db.session.scalar(
        select(ClientContact.id)
        .where(
            ClientContact.client_id == request.client_id,
            func.lower(ClientContact.email) == request.email.lower(),
        )
        .order_by(ClientContact.id)
        .limit(1)
    )
