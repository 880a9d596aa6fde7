"""Reading audits: those prepared, and what an auditor may look at."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select

from admin_app.accounts.models import User
from admin_app.audits.models import Audit, AuditReader
from admin_app.cohorts.models import Assignment, Cohort, Enrolment
from admin_app.core.database import Rows, db
from admin_app.core.search import matching
from admin_app.coverage.facts import around
from admin_app.evidence.models import Evidence
from compliance.vocabulary import ScopeKind


def audits() -> Select[Audit]:
    """Every audit, newest first."""
    return select(Audit).order_by(Audit.audit_on.desc(), Audit.id.desc())


def audit(audit_id: int) -> Audit | None:
    """The audit of that key."""
    return db.session.get(Audit, audit_id)


def readers(audit_id: int) -> list[User]:
    """Those who read this audit."""
    return list(
        db.session.scalars(
            select(User)
            .join(AuditReader, AuditReader.user_id == User.id)
            .where(AuditReader.audit_id == audit_id)
            .order_by(User.name)
        )
    )


def open_for(user_id: int, at: datetime) -> list[Audit]:
    """The audits that this person may read at that instant."""
    return list(
        db.session.scalars(
            audits()
            .join(AuditReader, AuditReader.audit_id == Audit.id)
            .where(AuditReader.user_id == user_id, Audit.closed_at.is_(None), Audit.closes_at > at)
        )
    )


def audit_for(audit_id: int, user_id: int, at: datetime) -> Audit | None:
    """The audit, when this person may read it at that instant."""
    return db.session.scalars(
        select(Audit)
        .join(AuditReader, AuditReader.audit_id == Audit.id)
        .where(
            Audit.id == audit_id,
            AuditReader.user_id == user_id,
            Audit.closed_at.is_(None),
            Audit.closes_at > at,
        )
    ).first()


def cohorts_of(found: Audit, text: str = "") -> Rows:
    """The cohorts that an audit may draw from, newest first, with how many trainees each has.

    Counted for the rows of the page alone: the counting subquery is correlated.
    """
    trainees = (
        select(func.count(Enrolment.id))
        .where(Enrolment.cohort_id == Cohort.id, Enrolment.departure == "")
        .correlate(Cohort)
        .scalar_subquery()
    )
    statement = (
        select(Cohort, trainees.label("trainees"))
        .where(_within(found))
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    )
    return matching(statement, text, Cohort.search)


def cohort_in(found: Audit, cohort_id: int) -> Cohort | None:
    """The cohort, when the audit may look at it."""
    return db.session.scalars(select(Cohort).where(Cohort.id == cohort_id, _within(found))).first()


def piece_in(cohort: Cohort, evidence_id: int) -> Evidence | None:
    """The piece, when it serves this cohort: its own, the organisation’s, or about what it shares
    (its programme, its trainers, former ones included, its places, its subcontractors…)."""
    found = db.session.scalars(select(Evidence).where(Evidence.id == evidence_id)).first()
    if found is None or found.cohort_id == cohort.id:
        return found
    kind = ScopeKind(found.scope_kind)
    if kind is ScopeKind.PROVIDER or found.scope_id in around(cohort).shared.get(kind, ()):
        return found
    return found if kind is ScopeKind.TRAINER and _taught(cohort, found.scope_id) else None


def _taught(cohort: Cohort, trainer_id: int) -> bool:
    statement = select(Assignment.id).where(
        Assignment.cohort_id == cohort.id, Assignment.trainer_id == trainer_id
    )
    return db.session.scalars(statement.limit(1)).first() is not None


def _within(found: Audit) -> ColumnElement[bool]:
    return and_(Cohort.starts_on >= found.period_from, Cohort.starts_on <= found.period_to)
