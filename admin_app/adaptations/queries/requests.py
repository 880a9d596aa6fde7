"""Reading requests for adaptation: lists, one whole file, what a cohort was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import selectinload

from admin_app.adaptations.models import Adaptation, AdaptationRequest
from admin_app.adaptations.words import OPEN, STATES
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.queries import cohorts_of_client
from admin_app.core.database import db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.journal.models import JournalEntry
from admin_app.journal.queries import of_subject
from admin_app.needs.models import NeedsAnalysis
from admin_app.needs.queries.analysis import of_request
from admin_app.people.models import Client
from admin_app.people.queries import clients_named, clients_of_email
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.queries import versions

MOST_FOUND = 20
AWAITING = select(AdaptationRequest.id).where(AdaptationRequest.state.in_(OPEN))
TO_CALL = select(AdaptationRequest.id).where(
    AdaptationRequest.particular_needs,
    AdaptationRequest.called_at.is_(None),
    AdaptationRequest.state != "withdrawn",
)


class Line(NamedTuple):
    """A request as lists show it."""

    request: AdaptationRequest
    title: str


class Located(NamedTuple):
    """A promised change, and the half-day where it was applied (None: not yet)."""

    adaptation: Adaptation
    half_day: HalfDay | None


class Promised(NamedTuple):
    """A promised change as whoever teaches the cohort reads it."""

    adaptation: Adaptation
    half_day: HalfDay | None
    reference: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one request."""

    request: AdaptationRequest
    version: ProgrammeVersion
    client: Client | None
    cohort: Cohort | None
    analysis: NeedsAnalysis | None
    promises: Sequence[Located]
    adapted: ProgrammeVersion | None

    @property
    def unlocated(self) -> int:
        """How many promised changes are located in no half-day."""
        return sum(1 for one in self.promises if one.half_day is None)

    @property
    def is_adapted(self) -> bool:
        """Whether the adapted programme is published."""
        return self.adapted is not None and not self.adapted.is_draft


def lines(*, number: int = 1, q: str = "", state: str = "") -> Page[Line]:
    """Requests; those that wait for an answer, most urgent first, unless a state is given.

    Args:
        state: a key of `STATES`, `all`, or empty for those that wait.
    """
    statement: Any = select(AdaptationRequest, ProgrammeVersion.title).join(
        ProgrammeVersion, ProgrammeVersion.id == AdaptationRequest.version_id
    )
    if state in STATES:
        statement = statement.where(AdaptationRequest.state == state)
    elif state != "all":
        statement = statement.where(AdaptationRequest.state.in_(OPEN))
    if state in {"", "received", "acknowledged", "analysed"}:
        order = (AdaptationRequest.answer_due_on, AdaptationRequest.id)
        statement = statement.order_by(*order)
    else:
        statement = statement.order_by(AdaptationRequest.id.desc())
    statement = matching(statement, q, AdaptationRequest.search)
    return paginate(statement, number).map(lambda row: Line(*row))


def of_client(client_id: int, number: int = 1) -> Page[Line]:
    """The requests of a client, newest first."""
    statement: Any = (
        select(AdaptationRequest, ProgrammeVersion.title)
        .join(ProgrammeVersion, ProgrammeVersion.id == AdaptationRequest.version_id)
        .where(AdaptationRequest.client_id == client_id)
        .order_by(AdaptationRequest.id.desc())
    )
    return paginate(statement, number).map(lambda row: Line(*row))


def awaiting(most: int) -> list[AdaptationRequest]:
    """The requests that wait for an answer, most urgent first, `most` at most."""
    return list(db.session.scalars(_awaiting(), {"most": most}))


@cache
def _awaiting() -> Select[AdaptationRequest]:
    return (
        select(AdaptationRequest)
        .where(AdaptationRequest.state.in_(OPEN))
        .order_by(AdaptationRequest.answer_due_on, AdaptationRequest.id)
        .limit(bindparam("most", type_=Integer))
    )


def has_any() -> bool:
    """Whether a request was ever received."""
    return db.session.scalar(select(AdaptationRequest.id).limit(1)) is not None


def request(request_id: int) -> AdaptationRequest | None:
    """The request of that key."""
    return db.session.get(AdaptationRequest, request_id)


def request_of_client(request_id: int, client_id: int | None) -> AdaptationRequest | None:
    """That request, when it is that client's."""
    found = request(request_id)
    return found if found is not None and client_id and found.client_id == client_id else None


def dossier(found: AdaptationRequest) -> Dossier:
    """The whole file of a request (at most six statements)."""
    adapted_id = found.adapted_version_id
    known = versions([found.version_id, *([adapted_id] if adapted_id else [])])
    return Dossier(
        request=found,
        version=known[found.version_id],
        client=db.session.get(Client, found.client_id) if found.client_id else None,
        cohort=db.session.get(Cohort, found.cohort_id) if found.cohort_id else None,
        analysis=of_request(found.id),
        promises=promises(found.id),
        adapted=known.get(adapted_id) if adapted_id else None,
    )


def promises(request_id: int) -> list[Located]:
    """What was promised, each with its half-day."""
    rows = db.session.execute(
        select(Adaptation, HalfDay)
        .outerjoin(HalfDay, HalfDay.id == Adaptation.half_day_id)
        .where(Adaptation.request_id == request_id)
        .order_by(Adaptation.id)
    )
    return [Located(*row) for row in rows]


def promise(request_id: int, adaptation_id: int) -> Adaptation | None:
    """That promised change, when it is of that request."""
    return db.session.scalar(
        select(Adaptation).where(
            Adaptation.id == adaptation_id, Adaptation.request_id == request_id
        )
    )


def adaptations_of(cohort_id: int) -> list[Promised]:
    """Every change promised to the clients of a cohort, for whoever teaches it (one statement)."""
    rows = db.session.execute(
        select(Adaptation, HalfDay, AdaptationRequest.reference, AdaptationRequest.organisation)
        .join(AdaptationRequest, AdaptationRequest.id == Adaptation.request_id)
        .outerjoin(HalfDay, HalfDay.id == Adaptation.half_day_id)
        .where(AdaptationRequest.cohort_id == cohort_id, AdaptationRequest.state == "accepted")
        .order_by(Adaptation.id)
    )
    return [Promised(*row) for row in rows]


def adaptation_in(cohort_id: int, adaptation_id: int) -> Adaptation | None:
    """That promised change, when it is of that cohort (for its trainers)."""
    return db.session.scalar(
        select(Adaptation)
        .join(AdaptationRequest, AdaptationRequest.id == Adaptation.request_id)
        .where(Adaptation.id == adaptation_id, AdaptationRequest.cohort_id == cohort_id)
    )


def story(request_id: int) -> Sequence[JournalEntry]:
    """What happened to a request, oldest first."""
    newest = db.session.scalars(of_subject("adaptation", request_id).limit(50)).all()
    return list(reversed(newest))


def cohort_choices(client_id: int) -> list[tuple[int, str]]:
    """The cohorts of a client that a request can belong to."""
    return [
        (one.id, f"{one.reference}, {one.title}")
        for one in cohorts_of_client(client_id)
        if one.cancelled_at is None
    ][:MOST_FOUND]


def client_choices(found: AdaptationRequest, words: str = "") -> Sequence[Client]:
    """Who the request may come from: same name, same address, or the words that are typed."""
    if words.strip():
        statement: Any = select(Client).where(Client.archived_at.is_(None))
        statement = matching(statement, words, Client.search)
    else:
        keys = {*clients_named(found.organisation), *clients_of_email(found.email)}
        if found.client_id:
            keys.add(found.client_id)
        statement = select(Client).where(Client.id.in_(keys))
    ordered = statement.order_by(Client.search, Client.id).limit(MOST_FOUND)
    result: Sequence[Client] = db.session.scalars(
        ordered.options(selectinload(Client.contacts))
    ).all()
    return result


def calls_awaited() -> Sequence[AdaptationRequest]:
    """Requests whose author waits for a call of the disability officer, oldest first."""
    return db.session.scalars(
        select(AdaptationRequest)
        .where(AdaptationRequest.id.in_(TO_CALL))
        .order_by(AdaptationRequest.id)
        .limit(50)
    ).all()
