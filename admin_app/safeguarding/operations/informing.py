"""Trainers are told how violence is prevented and handled, and whom to talk to."""

from datetime import datetime

from flask import current_app

from admin_app.cohorts.models import Assignment, Cohort
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.mail import Attachment, post
from admin_app.core.transaction import act
from admin_app.documents.models import Document
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.models import HouseDocument
from admin_app.organisation.queries import house_document_on
from admin_app.people.models import Trainer
from admin_app.safeguarding import queries

PIECE, PROCEDURE = "safeguarding-told-trainer", "safeguarding-procedure"


@act
def tell_trainers(cohort: Cohort, *, again: bool = False, by: Actor, at: datetime) -> list[str]:
    """Send the procedure in force to the trainers of a cohort who have not had it for it yet.

    Args:
        again: to all of them, those who had it included.

    Returns:
        The names of those it was sent to.

    Raises:
        Refused: no procedure is in force, the cohort is cancelled, or nobody is left to tell.
    """
    if cohort.cancelled_at is not None:
        raise Refused("Cette session est annulée.")
    procedure = house_document_on(PROCEDURE, clock.day_of(at))
    if procedure is None:
        raise Refused("Publiez d’abord la procédure : aucune n’est en vigueur.")
    teaching = queries.teaching(cohort.id)
    wanted = [one for one in teaching if again or one.told_on is None]
    if not wanted:
        raise Refused(
            "Aucun formateur n’est affecté." if not teaching else "Chacun l’a déjà reçue."
        )
    for one in wanted:
        _tell(cohort, one.assignment, one.trainer, procedure, by=by, at=at)
    return [one.trainer.name for one in wanted]


def tell_newcomers(cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Follow an assignment: who has just been assigned receives the procedure, if there is one."""
    if cohort.cancelled_at is not None or cohort.ends_on < clock.day_of(at):
        return
    newcomers = [one for one in queries.teaching(cohort.id) if one.told_on is None]
    procedure = house_document_on(PROCEDURE, clock.day_of(at)) if newcomers else None
    if procedure is None:
        return
    for one in newcomers:
        _tell(cohort, one.assignment, one.trainer, procedure, by=by, at=at)


def _tell(
    cohort: Cohort,
    assignment: Assignment,
    trainer: Trainer,
    procedure: HouseDocument,
    *,
    by: Actor,
    at: datetime,
) -> None:
    _send(cohort, trainer, procedure, at)
    record(
        "safeguarding.tell-trainer",
        by=by,
        at=at,
        subject=("assignment", assignment.id),
        cohort_id=cohort.id,
        summary=f"{procedure.title}, version {procedure.version} : envoyée à {trainer.name}.",
    )
    evidence.record(
        PIECE,
        scope=("trainer-in-cohort", assignment.id),
        label=f"{procedure.title}, version {procedure.version}, remise à {trainer.name}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("house-document", procedure.id),
        facts={"version": procedure.version},
        cohort_id=cohort.id,
        document_id=procedure.document_id,
    )


def _send(cohort: Cohort, trainer: Trainer, procedure: HouseDocument, at: datetime) -> None:
    document = db.session.get(Document, procedure.document_id) if procedure.document_id else None
    files = (Attachment(f"{document.number}.pdf", document.sha256),) if document else ()
    post(
        "safeguarding-trainer",
        to=(trainer.name, trainer.email),
        subject=f"Avant la session {cohort.reference} : prévenir les violences, et à qui parler",
        about=("cohort", cohort.id),
        at=at,
        cohort_id=cohort.id,
        attachments=files,
        cohort=cohort,
        procedure=procedure,
        contacts=queries.contacts(),
        url=str(current_app.config["PUBLIC_URL"]).rstrip("/") + "/signaler",
    )
