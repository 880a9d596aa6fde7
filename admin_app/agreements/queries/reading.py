"""Reading agreements."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, or_, select

from admin_app.agreements.models import LIVE, Agreement, State
from admin_app.cohorts import queries as cohorts
from admin_app.cohorts.models import Cohort, CohortClient, Enrolment
from admin_app.cohorts.queries import Enrolled, Sponsor
from admin_app.core.database import db
from admin_app.core.pages.listing import Page, Prepared, paginate, prepared
from admin_app.evidence.models import Evidence
from admin_app.people.models import Client, Trainee


class Listed(NamedTuple):
    """An agreement in a list: its cohort, and with whom."""

    agreement: Agreement
    cohort: Cohort
    client: Client | None
    trainee: Trainee | None

    @property
    def party(self) -> str:
        """With whom it is."""
        if self.client is not None:
            return self.client.name
        return self.trainee.name if self.trainee else ""

    @property
    def is_live(self) -> bool:
        """Whether it is in hand or concluded."""
        return self.agreement.status in LIVE


class Due(NamedTuple):
    """Someone in a cohort with whom an agreement is due, and the one in hand, if any."""

    name: str
    row_id: int
    agreement: Agreement | None


_LISTED: Any = (
    select(Agreement, Cohort, Client, Trainee)
    .join(Cohort, Cohort.id == Agreement.cohort_id)
    .outerjoin(Client, Client.id == Agreement.client_id)
    .outerjoin(Enrolment, Enrolment.id == Agreement.enrolment_id)
    .outerjoin(Trainee, Trainee.id == Enrolment.trainee_id)
)


def agreement(agreement_id: int) -> Agreement | None:
    """The agreement of that key."""
    return db.session.get(Agreement, agreement_id)


def listed(agreement_id: int) -> Listed | None:
    """One agreement with its cohort and with whom it is."""
    row = db.session.execute(_LISTED.where(Agreement.id == agreement_id)).first()
    return None if row is None else Listed(*row)


def agreements(*, state: str = "", kind: str = "", text: str = "", page: int = 1) -> Page[Listed]:
    """A page of agreements, the latest first, in that state and whose names hold that text."""
    if not (state or kind or text.strip()):
        return paginate(_all(), page).map(lambda row: Listed(*row))
    statement = _LISTED.order_by(Agreement.id.desc())
    if state:
        statement = statement.where(Agreement.state == state)
    if kind:
        statement = statement.where(Agreement.kind == kind)
    if text.strip():
        statement = statement.where(_holds(text))
    return paginate(statement, page).map(lambda row: Listed(*row))


@cache
def _all() -> Prepared:
    return prepared(_LISTED.order_by(Agreement.id.desc()))


def to_countersign(most: int) -> list[Listed]:
    """Those that the other side has signed and that await our signature, the first to start
    first, `most` at most."""
    return [Listed(*row) for row in db.session.execute(_awaiting_us(), {"most": most})]


@cache
def _awaiting_us() -> Any:
    return (
        _LISTED.where(Agreement.state == State.SIGNED.value, Cohort.cancelled_at.is_(None))
        .order_by(Cohort.starts_on, Agreement.id)
        .limit(bindparam("most", type_=Integer))
    )


def of_cohort(cohort_id: int) -> list[Listed]:
    """The agreements of a cohort, the latest first."""
    statement = _LISTED.where(Agreement.cohort_id == cohort_id).order_by(Agreement.id.desc())
    return [Listed(*row) for row in db.session.execute(statement)]


def of_client(client_id: int) -> list[Listed]:
    """The agreements of a client, the latest first."""
    statement = _LISTED.where(Agreement.client_id == client_id).order_by(Agreement.id.desc())
    return [Listed(*row) for row in db.session.execute(statement)]


def clients_due(cohort_id: int, found: Sequence[Listed]) -> list[Due]:
    """The organisations of a cohort: a convention is due with each."""
    live = {one.agreement.client_id: one.agreement for one in reversed(found) if one.is_live}
    return [
        Due(one.client.name, one.row.id, live.get(one.client.id))
        for one in cohorts.clients_of(cohort_id)
        if one.client.is_organisation
    ]


def people_due(cohort_id: int, found: Sequence[Listed]) -> list[Due]:
    """The trainees of a cohort who pay for themselves: a contract is due with each."""
    live = {one.agreement.enrolment_id: one.agreement for one in reversed(found) if one.is_live}
    return [
        Due(one.trainee.name, one.enrolment.id, live.get(one.enrolment.id))
        for one in cohorts.roster(cohort_id, active_only=True)
        if one.enrolment.pays_personally
    ]


def live_with(
    cohort_id: int, *, client_id: int | None, enrolment_id: int | None
) -> Agreement | None:
    """The agreement in hand or concluded with that client or that trainee."""
    return db.session.scalars(
        select(Agreement)
        .where(
            Agreement.cohort_id == cohort_id,
            Agreement.client_id.is_(None)
            if client_id is None
            else Agreement.client_id == client_id,
            Agreement.enrolment_id.is_(None)
            if enrolment_id is None
            else Agreement.enrolment_id == enrolment_id,
            Agreement.state.in_([state.value for state in LIVE]),
        )
        .order_by(Agreement.id.desc())
        .limit(1)
    ).first()


def sponsor(cohort_client_id: int) -> Sponsor | None:
    """A client of a cohort by the row that says so, with its contact for this cohort."""
    row = db.session.get(CohortClient, cohort_client_id)
    if row is None:
        return None
    return next(one for one in cohorts.clients_of(row.cohort_id) if one.row.id == row.id)


def sponsor_row(cohort_id: int, client_id: int | None) -> CohortClient | None:
    """The row that says that this client is of this cohort."""
    return db.session.scalar(
        select(CohortClient).where(
            CohortClient.cohort_id == cohort_id, CohortClient.client_id == client_id
        )
    )


def enrolled(enrolment_id: int) -> Enrolled | None:
    """A trainee's place in a cohort."""
    return cohorts.enrolled(enrolment_id)


def replaced_by(agreement_id: int) -> Agreement | None:
    """The agreement that replaces or is meant to replace this one."""
    return db.session.scalar(
        select(Agreement)
        .where(Agreement.supersedes_id == agreement_id)
        .order_by(Agreement.id.desc())
        .limit(1)
    )


def _holds(text: str) -> Any:
    columns = (
        Agreement.reference,
        Cohort.reference,
        Cohort.title,
        Client.name,
        Trainee.last_name,
    )
    return or_(*(column.icontains(text.strip(), autoescape=True) for column in columns))


def proofs(agreement_id: int) -> list[Evidence]:
    """The evidence that this agreement left and that still holds."""
    return list(
        db.session.scalars(
            select(Evidence).where(
                Evidence.source_kind == "agreement",
                Evidence.source_id == agreement_id,
                Evidence.withdrawn_at.is_(None),
            )
        )
    )
