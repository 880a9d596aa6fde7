"""The assistance of a cohort taught remotely: written once, told by the joining instructions.

C. trav., D. 6313-3-1: appropriate technical and pedagogical assistance, information on remote
activities and their average duration, assessments along the way or at the end.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.evidence.models import Evidence
from admin_app.joining.models import RemoteAssistance
from admin_app.journal import operations as journal
from compliance.vocabulary import Modality

PIECE = "remote-assistance"
REMOTE = (Modality.REMOTE.value, Modality.BLENDED.value)


@dataclass(frozen=True, slots=True)
class Assistance:
    """Whom to turn to, how fast they answer, what is done at a distance."""

    technical: str
    teaching: str
    answer_within: str
    activities: str


def is_remote(cohort: Cohort) -> bool:
    """Whether a part of the cohort is taught remotely."""
    return cohort.modality in REMOTE


def assistance_of(cohort: Cohort) -> RemoteAssistance | None:
    """What is written for a cohort taught remotely; nothing is read for any other."""
    if not is_remote(cohort):
        return None
    return db.session.scalars(
        select(RemoteAssistance).where(RemoteAssistance.cohort_id == cohort.id)
    ).first()


def told(row: RemoteAssistance) -> dict[str, str]:
    """The same, as the joining instructions say it."""
    return asdict(Assistance(row.technical, row.teaching, row.answer_within, row.activities))


@act
def write_assistance(
    cohort: Cohort, written: Assistance, *, by: Actor, at: datetime, origin: Origin | None = None
) -> RemoteAssistance:
    """Write the assistance that the next joining instructions will tell.

    What was told before stays proved: it was told in time, whatever is written since.

    Raises:
        Refused: the cohort is cancelled, or is not taught remotely.
    """
    if cohort.cancelled_at is not None:
        raise Refused("Cette session est annulée.")
    if not is_remote(cohort):
        raise Refused("Cette session ne se déroule pas à distance.")
    row = assistance_of(cohort) or RemoteAssistance(cohort_id=cohort.id)
    for name, text in asdict(written).items():
        setattr(row, name, text)
    row.changed_at, row.changed_by = at, by.label
    db.session.add(row)
    journal.record(
        "joining.assistance",
        by=by,
        at=at,
        summary=f"Assistance à distance indiquée pour la session {cohort.reference}.",
        subject=("cohort", cohort.id),
        cohort_id=cohort.id,
        origin=origin,
    )
    return row


def prove_told(
    cohort: Cohort,
    said: dict[str, Any],
    *,
    document_id: int,
    source: tuple[str, int],
    by: Actor,
    at: datetime,
) -> None:
    """Once the instructions that tell it have left: proved once for each thing told."""
    known = db.session.scalars(
        select(Evidence.facts).where(
            Evidence.piece == PIECE,
            Evidence.scope_kind == "cohort",
            Evidence.scope_id == cohort.id,
            Evidence.withdrawn_at.is_(None),
        )
    )
    if any(facts.get("assistance") == said for facts in known):
        return
    evidence.record(
        PIECE,
        scope=("cohort", cohort.id),
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=source,
        cohort_id=cohort.id,
        label=f"Assistance à distance indiquée par la convocation, session {cohort.reference}",
        facts={"assistance": said},
        document_id=document_id,
    )
