"""Who teaches a cohort and who buys it."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from admin_app.cohorts.listeners import tell
from admin_app.cohorts.models import Assignment, Cohort, CohortClient, Enrolment
from admin_app.cohorts.operations.common import limited, needed, refuse_if_cancelled, told
from admin_app.cohorts.operations.proofs import refresh_proofs
from admin_app.cohorts.queries import missing_skills
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import of_name
from admin_app.core.transaction import act, locked
from admin_app.evidence.models import Evidence
from admin_app.people.models import Client, ClientContact, Trainer
from admin_app.programmes.models import ProgrammeVersion


@act
def assign_trainer(
    cohort: Cohort, trainer_id: int, *, reason: str = "", by: Actor, at: datetime
) -> Assignment:
    """Have a trainer teach the cohort.

    Args:
        reason: why this trainer although a required skill is not shown on the days of the cohort;
            needed in that case only, and then kept and shown.

    Raises:
        Refused: the trainer is unknown, archived or assigned already; a required skill is not
            shown and no reason is written (field `reason`).
    """
    refuse_if_cancelled(cohort)
    trainer = db.session.get(Trainer, trainer_id)
    if trainer is None or trainer.archived_at is not None:
        raise Refused("Choisissez un formateur en activité.", "trainer_id")
    row = _assignment(cohort.id, trainer_id)
    if row is not None and locked(row).ended_at is None:
        raise Refused(f"{trainer.name} intervient déjà dans cette session.", "trainer_id")
    reason = limited(reason, "reason", 500)
    lacking = _lacking(cohort, trainer_id)
    if lacking and not reason:
        raise Refused(_unshown(trainer, lacking), "reason")
    if row is None:
        row = Assignment(cohort_id=cohort.id, trainer_id=trainer_id)
        db.session.add(row)
    row.reason = reason if lacking else ""
    row.assigned_at, row.ended_at, row.ended_why = at, None, ""
    db.session.flush()
    summary = f"Affectation {of_name(trainer.name)} à la session {cohort.reference}"
    summary += ", compétence justifiée par un motif." if lacking else "."
    told(cohort, "assign", summary, by=by, at=at, subject=("assignment", row.id))
    refresh_proofs(cohort, by=by, at=at)
    return row


@act
def explain_assignment(
    assignment: Assignment, *, reason: str, by: Actor, at: datetime
) -> Assignment:
    """Write why a trainer teaches although a required skill is not, or no longer, shown.

    For when the days, the programme or the trainer's file changed after the assignment.

    Raises:
        Refused: every required skill is shown, the assignment is ended, or no reason is given.
    """
    cohort = locked(db.session.get_one(Cohort, assignment.cohort_id))
    refuse_if_cancelled(cohort)
    if assignment.ended_at is not None:
        raise Refused("Cette affectation a déjà pris fin.")
    if not _lacking(cohort, assignment.trainer_id):
        raise Refused("Chaque compétence demandée est établie : aucun motif n’est attendu.")
    trainer = db.session.get_one(Trainer, assignment.trainer_id)
    assignment.reason = needed(reason, "Indiquez pourquoi ce choix.", "reason", 500)
    summary = f"Session {cohort.reference} : choix de {trainer.name} motivé."
    told(cohort, "explain", summary, by=by, at=at, subject=("assignment", assignment.id))
    refresh_proofs(cohort, by=by, at=at)
    return assignment


@act
def unassign_trainer(assignment: Assignment, *, why: str, by: Actor, at: datetime) -> Assignment:
    """End an assignment; what the trainer did in the cohort stays.

    Raises:
        Refused: it is ended already, or no reason is given.
    """
    cohort = locked(db.session.get_one(Cohort, assignment.cohort_id))
    refuse_if_cancelled(cohort)
    reason = needed(why, "Indiquez pourquoi.", "why", 300)
    if assignment.ended_at is not None:
        raise Refused("Cette affectation a déjà pris fin.")
    trainer = db.session.get_one(Trainer, assignment.trainer_id)
    assignment.ended_at, assignment.ended_why = at, reason
    subject = ("assignment", assignment.id)
    summary = f"{trainer.name} n’intervient plus dans la session {cohort.reference}."
    told(cohort, "unassign", summary, by=by, at=at, subject=subject)
    refresh_proofs(cohort, by=by, at=at)
    return assignment


@act
def add_client(
    cohort: Cohort,
    client_id: int,
    *,
    price: Decimal | None = None,
    contact_id: int | None = None,
    by: Actor,
    at: datetime,
) -> CohortClient:
    """Say that a client buys the cohort, or sends trainees to it.

    Args:
        price: Decimal euros for this client, in the terms of the programme; None when not agreed.
        contact_id: whom to write to at that client's for this cohort.

    Raises:
        Refused: the client is unknown or archived, is there already, or the contact is not theirs.
    """
    refuse_if_cancelled(cohort)
    client = db.session.get(Client, client_id)
    if client is None or client.archived_at is not None:
        raise Refused("Choisissez un client en activité.", "client_id")
    if _sponsor(cohort.id, client_id) is not None:
        raise Refused(f"{client.name} est déjà client de cette session.", "client_id")
    _check_contact(client_id, contact_id)
    row = CohortClient(
        cohort_id=cohort.id, client_id=client_id, price=price, contact_id=contact_id, added_at=at
    )
    db.session.add(row)
    db.session.flush()
    summary = f"{client.name} : client de la session {cohort.reference}."
    told(cohort, "add-client", summary, by=by, at=at, subject=("client", client_id))
    db.session.expire(cohort, ["clients"])
    tell(cohort, by=by, at=at)
    return row


@act
def change_client(
    row: CohortClient, *, price: Decimal | None, contact_id: int | None, by: Actor, at: datetime
) -> CohortClient:
    """Change the price (Decimal euros) or the contact of a client of a cohort.

    Raises:
        Refused: the contact is not theirs.
    """
    cohort = locked(db.session.get_one(Cohort, row.cohort_id))
    refuse_if_cancelled(cohort)
    _check_contact(row.client_id, contact_id)
    row.price, row.contact_id = price, contact_id
    client = db.session.get_one(Client, row.client_id)
    summary = f"Session {cohort.reference} : prix ou contact de {client.name} modifié."
    told(cohort, "change-client", summary, by=by, at=at, subject=("client", client.id))
    return row


@act
def remove_client(row: CohortClient, *, by: Actor, at: datetime) -> None:
    """Take a client out of a cohort with which nothing has been done yet.

    Raises:
        Refused: trainees are enrolled through it, or pieces name it.
    """
    cohort = locked(db.session.get_one(Cohort, row.cohort_id))
    refuse_if_cancelled(cohort)
    client = db.session.get_one(Client, row.client_id)
    if _is_bound(row):
        raise Refused(
            f"{client.name} a des inscriptions ou des pièces dans cette session : il y reste."
        )
    summary = f"{client.name} n’est plus client de la session {cohort.reference}."
    told(cohort, "remove-client", summary, by=by, at=at, subject=("client", client.id))
    db.session.delete(row)


def _assignment(cohort_id: int, trainer_id: int) -> Assignment | None:
    statement = select(Assignment).where(
        Assignment.cohort_id == cohort_id, Assignment.trainer_id == trainer_id
    )
    return db.session.scalar(statement)


def _lacking(cohort: Cohort, trainer_id: int) -> list[str]:
    version = db.session.get_one(ProgrammeVersion, cohort.version_id)
    return missing_skills(version.required_skills, trainer_id, cohort.starts_on, cohort.ends_on)


def _unshown(trainer: Trainer, lacking: list[str]) -> str:
    skills = ", ".join(f"« {skill} »" for skill in lacking)
    return (
        f"Rien ne montre que {trainer.name} détient {skills} aux jours de la session :"
        " complétez sa fiche, ou écrivez pourquoi ce choix."
    )


def _sponsor(cohort_id: int, client_id: int) -> CohortClient | None:
    statement = select(CohortClient).where(
        CohortClient.cohort_id == cohort_id, CohortClient.client_id == client_id
    )
    return db.session.scalar(statement)


def _check_contact(client_id: int, contact_id: int | None) -> None:
    if contact_id is None:
        return
    contact = db.session.get(ClientContact, contact_id)
    if contact is None or contact.client_id != client_id:
        raise Refused("Ce contact n’est pas celui de ce client.", "contact_id")


def _is_bound(row: CohortClient) -> bool:
    enrolments = select(Enrolment.id).where(
        Enrolment.cohort_id == row.cohort_id, Enrolment.client_id == row.client_id
    )
    pieces = select(Evidence.id).where(Evidence.scope_kind == "client", Evidence.scope_id == row.id)
    return any(db.session.scalar(one.limit(1)) is not None for one in (enrolments, pieces))
