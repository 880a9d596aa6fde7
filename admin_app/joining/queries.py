"""Reading joining instructions: who was sent what, when it left, when it was opened."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select

from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.core.database import db
from admin_app.core.mail import MailMessage
from admin_app.core.pages.listing import Page, paginate
from admin_app.documents.models import Document
from admin_app.documents.packing import unpack
from admin_app.joining.gathering import essentials
from admin_app.joining.models import JoiningInstructions
from admin_app.people.models import Trainee
from admin_app.programmes.models import ProgrammeVersion


class Sent(NamedTuple):
    """A trainee, and the instructions last sent to them, if any."""

    enrolment: Enrolment
    trainee: Trainee
    row: JoiningInstructions | None
    message: MailMessage | None
    document: Document | None
    sent: int  # how many trainees of the cohort were sent instructions

    def is_outdated(self, action: dict[str, Any]) -> bool:
        """Whether days, hours or place have changed since they were sent."""
        if self.document is None:
            return False
        told = unpack(self.document.data)["action"]
        return essentials(told) != essentials(action)


def cohort_with_programme(cohort_id: int) -> Cohort | None:
    """The cohort of that key, its programme version read along."""
    row = db.session.execute(
        select(Cohort, ProgrammeVersion)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .where(Cohort.id == cohort_id)
    ).first()
    return None if row is None else row[0]


def sent_page(cohort_id: int, number: int) -> Page[Sent]:
    """The trainees of a cohort by name, with what they were last sent."""
    sent = func.count(JoiningInstructions.id).over()
    statement: Any = (
        select(Enrolment, Trainee, JoiningInstructions, MailMessage, Document, sent)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .outerjoin(
            JoiningInstructions,
            and_(
                JoiningInstructions.enrolment_id == Enrolment.id,
                JoiningInstructions.superseded_at.is_(None),
            ),
        )
        .outerjoin(MailMessage, MailMessage.id == JoiningInstructions.message_id)
        .outerjoin(Document, Document.id == JoiningInstructions.document_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.departure == "")
        .order_by(Trainee.search, Enrolment.id)
    )
    return paginate(statement, number).map(lambda row: Sent(*row))


def current_of(enrolment_id: int) -> JoiningInstructions | None:
    """The instructions last sent to a trainee."""
    return db.session.scalars(
        select(JoiningInstructions)
        .where(
            JoiningInstructions.enrolment_id == enrolment_id,
            JoiningInstructions.superseded_at.is_(None),
        )
        .order_by(JoiningInstructions.id.desc())
        .limit(1)
    ).first()


def current_in(cohort_id: int) -> dict[int, JoiningInstructions]:
    """The instructions last sent to each trainee of a cohort, by enrolment."""
    rows = db.session.scalars(
        select(JoiningInstructions)
        .join(Enrolment, Enrolment.id == JoiningInstructions.enrolment_id)
        .where(Enrolment.cohort_id == cohort_id, JoiningInstructions.superseded_at.is_(None))
        .order_by(JoiningInstructions.id)
    )
    return {row.enrolment_id: row for row in rows}


def document_of(row: JoiningInstructions) -> Document:
    """The instructions themselves."""
    return db.session.get_one(Document, row.document_id)


def documents_of(rows: Sequence[JoiningInstructions]) -> dict[int, Document]:
    """The instructions themselves, for many at once."""
    found = db.session.scalars(
        select(Document).where(Document.id.in_([row.document_id for row in rows]))
    )
    return {one.id: one for one in found}


def enclosed_document(row: JoiningInstructions, kind: str) -> Document | None:
    """A house document that was enclosed with these instructions."""
    key = next((one["document_id"] for one in row.enclosed if one["kind"] == kind), None)
    return db.session.get(Document, key) if key else None
