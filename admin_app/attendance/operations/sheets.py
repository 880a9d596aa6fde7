"""The attendance sheet of a cohort as an issued document: made by a job, never within a signature.

Rendering takes a third of a second and SQLite has one writer: a room that signs must not wait.
"""

from datetime import datetime

from sqlalchemy import update

from admin_app.attendance.queries.sheet import KIND, closed_half_days, gather
from admin_app.cohorts.models import Cohort
from admin_app.core import jobs
from admin_app.core.actor import SYSTEM, Actor
from admin_app.core.database import db
from admin_app.core.transaction import act
from admin_app.documents import operations as documents
from admin_app.documents import queries as issued
from admin_app.documents.kinds import Gathered
from admin_app.documents.models import Document
from admin_app.evidence.models import Evidence


@act
def ask_for_sheet(cohort: Cohort, *, by: Actor, at: datetime, only_again: bool = False) -> None:
    """Have the sheet made once this act is written.

    Args:
        only_again: make it anew if one was issued, else leave it to the end of the day.
    """
    jobs.start(
        KIND,
        label=f"Feuille d’émargement, session {cohort.reference}",
        by=by,
        at=at,
        cohort_id=cohort.id,
        asked_at=at.isoformat(),
        only_again=only_again,
    )


@jobs.kind(KIND)
def make_sheet(
    _progress: jobs.Progress, cohort_id: int, asked_at: str, only_again: bool = False
) -> None:
    """The work of that job; done twice, it changes nothing."""
    if only_again and issued.latest(KIND, ("cohort", cohort_id)) is None:
        return
    issue_sheet(cohort_id, by=SYSTEM, at=datetime.fromisoformat(asked_at))


def issue_sheet(cohort_id: int, *, by: Actor, at: datetime) -> Document | None:
    """Issue the sheet of all that is closed, one page a day; the same again gives the same one.

    Dated of `at` (UTC), or of the last thing that it shows when that is later. Call it outside
    an act: it renders between two short transactions. When nothing is closed any more, the sheet
    in force is withdrawn.

    Returns:
        The document; None when nothing is closed.

    Raises:
        Problems: mentions are missing (the organisation's number, a place…).
    """
    found = gather(cohort_id)
    if not found:
        _withdraw(cohort_id, by, at)
        return None
    return issue_gathered(found[0], by, at)


def issue_gathered(sheet: Gathered, by: Actor, at: datetime) -> Document:
    """Issue a sheet that was gathered, and have the evidence of its half-days lead to it.

    Raises:
        Problems: mentions are missing.
    """
    cohort_id = sheet.subject[1]
    return documents.issue(
        KIND,
        subject=sheet.subject,
        cohort_id=cohort_id,
        data=sheet.data,
        by=by,
        at=max(at, sheet.data["as_of"]),
        along=lambda document: _lead_to(document, closed_half_days(cohort_id)),
    )


def _withdraw(cohort_id: int, by: Actor, at: datetime) -> None:
    document = issued.latest(KIND, ("cohort", cohort_id))
    if document is not None:
        why = "Plus aucune demi-journée n’est close."
        documents.withdraw(document, why=why, by=by, at=at)


@act
def _lead_to(document: Document, half_day_ids: list[int]) -> None:
    """Have the evidence of these half-days open this document."""
    db.session.execute(
        update(Evidence)
        .where(
            Evidence.piece == "attendance-half-day",
            Evidence.scope_kind == "half-day",
            Evidence.scope_id.in_(half_day_ids),
            Evidence.withdrawn_at.is_(None),
        )
        .values(document_id=document.id)
    )
