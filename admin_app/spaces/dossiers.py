"""What a client sees of its own dossiers: where each stands, who has the ball, the next date."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, or_, select

from admin_app.agreements.models import Agreement
from admin_app.attendance.queries import hours
from admin_app.certificates.models import Certificate
from admin_app.cohorts.models import Cohort, CohortClient, Enrolment
from admin_app.core.database import Rows, db
from admin_app.core.formatting import day
from admin_app.core.pages.listing import Page, paginate
from admin_app.documents.models import Document
from admin_app.people.models import Trainee
from compliance.vocabulary import Departure

SIGNED = frozenset({"signed", "concluded"})


@dataclass(frozen=True, slots=True)
class Dossier:
    """One cohort of a client. `state` is a state of `components/state.html`."""

    cohort: Cohort
    agreement: Agreement | None
    state: str
    words: str
    ball: str
    next_date: str


@dataclass(frozen=True, slots=True)
class Person:
    """One of the client's trainees: minutes attended (None when not known), certificates.

    `departure` says, in words, how and when they left; empty while they take part.
    """

    enrolment: Enrolment
    trainee: Trainee
    departure: str
    attended: int | None
    planned: int
    documents: list[Document]


def dossiers(client_id: int, today: date, number: int) -> Page[Dossier]:
    """The cohorts of a client, newest first, with the agreement that stands."""
    page = paginate(
        select(Cohort)
        .where(_of_client(client_id))
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc()),
        number,
    )
    agreements = _agreements(client_id, [one.id for one in page.items])
    return page.map(lambda one: dossier(one, agreements.get(one.id), today))


def dossier(cohort: Cohort, agreement: Agreement | None, today: date) -> Dossier:
    """Where one cohort stands, for its client."""
    if cohort.cancelled_at is not None:
        return Dossier(cohort, agreement, "not-applicable", "annulée", "personne", "")
    starts = f"premier jour le {day(cohort.starts_on)}"
    if agreement is None or agreement.state in {"draft", "issued"}:
        return Dossier(
            cohort, agreement, "info", "convention en préparation", "l’organisme", starts
        )
    if agreement.state == "sent":
        return Dossier(cohort, agreement, "warn", "convention à signer", "vous", starts)
    if agreement.state == "signed":
        return Dossier(cohort, agreement, "info", "à contresigner", "l’organisme", starts)
    if today < cohort.starts_on:
        return Dossier(cohort, agreement, "ok", "convention conclue", "l’organisme", starts)
    if today <= cohort.ends_on:
        ends = f"dernier jour le {day(cohort.ends_on)}"
        return Dossier(cohort, agreement, "ok", "formation en cours", "les formateurs", ends)
    return Dossier(cohort, agreement, "ok", "formation terminée", "personne", "")


def cohort_of(client_id: int, cohort_id: int) -> Cohort | None:
    """The cohort, when it is one of this client's."""
    return db.session.scalars(
        select(Cohort).where(Cohort.id == cohort_id, _of_client(client_id))
    ).first()


def agreement_of(client_id: int, cohort_id: int) -> Agreement | None:
    """The agreement that stands between this client and us for that cohort."""
    return _agreements(client_id, [cohort_id]).get(cohort_id)


def people_of(client_id: int, cohort_id: int) -> list[Person]:
    """The client's own trainees in a cohort, by name."""
    rows = db.session.execute(
        select(Enrolment, Trainee)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.client_id == client_id)
        .order_by(Trainee.last_name, Trainee.first_name)
    ).all()
    minutes = {one.enrolment_key: one for one in hours(cohort_id).trainees}
    documents = _certificates([enrolment.id for enrolment, _ in rows])
    return [
        Person(
            enrolment,
            trainee,
            _departure(enrolment),
            minutes[enrolment.id].attended if enrolment.id in minutes else None,
            minutes[enrolment.id].planned if enrolment.id in minutes else 0,
            documents.get(enrolment.id, []),
        )
        for enrolment, trainee in rows
    ]


def _departure(enrolment: Enrolment) -> str:
    if not enrolment.departure or enrolment.left_on is None:
        return ""
    return f"{Departure(enrolment.departure).label}, le {day(enrolment.left_on)}"


def document_of(client_id: int, document_id: int) -> Document | None:
    """The document, when it is this client's: its agreements, its trainees' certificates."""
    of_agreement = exists().where(
        Agreement.client_id == client_id,
        or_(Agreement.document_id == Document.id, Agreement.signed_document_id == Document.id),
        Agreement.state != "draft",
    )
    of_trainee = exists().where(
        Certificate.document_id == Document.id,
        Enrolment.id == Certificate.enrolment_id,
        Enrolment.client_id == client_id,
    )
    return db.session.scalars(
        select(Document).where(Document.id == document_id, or_(of_agreement, of_trainee))
    ).first()


def _of_client(client_id: int) -> Any:
    return exists().where(
        and_(CohortClient.cohort_id == Cohort.id, CohortClient.client_id == client_id)
    )


def _agreements(client_id: int, cohort_ids: list[int]) -> dict[int, Agreement]:
    statement: Rows = (
        select(Agreement)
        .where(
            Agreement.client_id == client_id,
            Agreement.cohort_id.in_(cohort_ids),
            Agreement.state.not_in(("cancelled", "refused", "superseded")),
        )
        .order_by(Agreement.id)
    )
    return {row.cohort_id: row for row in db.session.scalars(statement)}


def _certificates(enrolment_ids: list[int]) -> dict[int, list[Document]]:
    rows = db.session.execute(
        select(Certificate.enrolment_id, Document)
        .join(Document, Document.id == Certificate.document_id)
        .where(Certificate.enrolment_id.in_(enrolment_ids), Certificate.superseded_at.is_(None))
        .order_by(Certificate.kind)
    )
    found: dict[int, list[Document]] = {}
    for key, document in rows:
        found.setdefault(key, []).append(document)
    return found
