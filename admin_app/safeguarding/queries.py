"""Reading safeguarding: lists never load what was told; see `operations.open_narrative`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select

from admin_app.accounts.models import User, UserRole
from admin_app.cohorts.models import Assignment, Cohort, Enrolment
from admin_app.core.access import GRANTS, Permission
from admin_app.core.database import Rows, db
from admin_app.core.pages import Page, paginate
from admin_app.evidence.models import Evidence
from admin_app.organisation.house import Block, laid_out
from admin_app.organisation.queries import house_document_on
from admin_app.people.models import Trainer
from admin_app.safeguarding.models import (
    NarrativeNote,
    NarrativeOpening,
    Report,
    ReportAction,
    SafeguardingContact,
    SafeguardingReader,
)

TOLD_TRAINER, TOLD_TRAINEE = "safeguarding-told-trainer", "safeguarding-information"
HANDLE_DAYS = 15
_IN_USE = Evidence.withdrawn_at.is_(None)


class Reader(NamedTuple):
    """Someone named, and the row that says so."""

    row: SafeguardingReader
    user: User


class Line(NamedTuple):
    """An entry of the register, its cohort's reference, and how many things were done."""

    report: Report
    cohort: str | None
    actions: int


class Teaching(NamedTuple):
    """A trainer of a cohort, and the last day they were told for it, if they were."""

    assignment: Assignment
    trainer: Trainer
    told_on: date | None


class Informed(NamedTuple):
    """A cohort, how many trainees and trainers it has, and how many of them were told."""

    cohort: Cohort
    trainees: int
    trainees_told: int
    trainers: int
    trainers_told: int


def is_reader(user_id: int | None, at: datetime) -> bool:
    """Whether that person is named, and still may be (one statement)."""
    return any(one.user.id == user_id for one in readers(at))


def readers(at: datetime) -> list[Reader]:
    """Those who are named and whose account is open, by name."""
    rows = db.session.execute(
        select(SafeguardingReader, User)
        .join(User, User.id == SafeguardingReader.user_id)
        .order_by(User.search, User.id)
    )
    found = [Reader(*row) for row in rows]
    return [
        one
        for one in found
        if one.user.is_open_at(at) and Permission.SAFEGUARDING_READ in one.user.permissions
    ]


def reader(reader_id: int) -> SafeguardingReader | None:
    """The row of someone named."""
    return db.session.get(SafeguardingReader, reader_id)


def may_be_named() -> list[tuple[int, str]]:
    """Those who may be named and are not yet: key and name."""
    roles = [role.value for role, held in GRANTS.items() if Permission.SAFEGUARDING_READ in held]
    holding = select(UserRole.user_id).where(UserRole.role.in_(roles))
    rows = db.session.execute(
        select(User.id, User.name)
        .where(
            User.id.in_(holding),
            User.id.not_in(select(SafeguardingReader.user_id)),
            User.disabled_at.is_(None),
        )
        .order_by(User.search, User.id)
        .limit(200)
    )
    return [(key, name) for key, name in rows]


def contacts() -> Sequence[SafeguardingContact]:
    """Whom to talk to now, the first named first."""
    return db.session.scalars(
        select(SafeguardingContact)
        .where(SafeguardingContact.ended_on.is_(None))
        .order_by(SafeguardingContact.since, SafeguardingContact.id)
    ).all()


def contact(contact_id: int) -> SafeguardingContact | None:
    """The contact of that key."""
    return db.session.get(SafeguardingContact, contact_id)


def former_contacts() -> Sequence[SafeguardingContact]:
    """Who was a contact, latest first."""
    return db.session.scalars(
        select(SafeguardingContact)
        .where(SafeguardingContact.ended_on.is_not(None))
        .order_by(SafeguardingContact.ended_on.desc(), SafeguardingContact.id.desc())
        .limit(20)
    ).all()


def lines(*, state: str = "open", category: str = "", number: int = 1) -> Page[Line]:
    """The register: open reports oldest first, else the newest."""
    done = (
        select(func.count())
        .where(ReportAction.report_id == Report.id)
        .correlate(Report)
        .scalar_subquery()
    )
    statement: Rows = select(Report, Cohort.reference, done).outerjoin(
        Cohort, Cohort.id == Report.cohort_id
    )
    if state in {"open", "closed"}:
        is_open = Report.closed_on.is_(None)
        statement = statement.where(is_open if state == "open" else ~is_open)
    if category:
        statement = statement.where(Report.category == category)
    order = Report.received_on if state == "open" else Report.received_on.desc()
    statement = statement.order_by(order, Report.id)
    return paginate(statement, number).map(lambda row: Line(*row))


def counts(today: date) -> tuple[int, int]:
    """How many reports are open, and how many of those have passed their delay."""
    late = Report.received_on < today - timedelta(days=HANDLE_DAYS)
    row = db.session.execute(
        select(func.count(), func.count().filter(late))
        .select_from(Report)
        .where(Report.closed_on.is_(None))
    ).one()
    return row[0], row[1]


def has_any() -> bool:
    """Whether a report was ever entered."""
    return db.session.scalar(select(Report.id).limit(1)) is not None


def report(report_id: int) -> Report | None:
    """The entry of that key."""
    return db.session.get(Report, report_id)


def actions(report_id: int) -> Sequence[ReportAction]:
    """What was done about it, in order of time."""
    return db.session.scalars(
        select(ReportAction)
        .where(ReportAction.report_id == report_id)
        .order_by(ReportAction.done_on, ReportAction.id)
    ).all()


def openings(report_id: int) -> Sequence[NarrativeOpening]:
    """Who opened what was told, latest first."""
    return db.session.scalars(
        select(NarrativeOpening)
        .where(NarrativeOpening.report_id == report_id)
        .order_by(NarrativeOpening.id.desc())
        .limit(50)
    ).all()


def note_count(report_id: int) -> int:
    """How many notes stand beside what was told."""
    statement = select(func.count()).where(NarrativeNote.report_id == report_id)
    return db.session.scalar(statement) or 0


def teaching(cohort_id: int) -> list[Teaching]:
    """The trainers of a cohort, each with the last day they were told (one statement)."""
    told = (
        select(func.max(Evidence.occurred_on))
        .where(
            Evidence.piece == TOLD_TRAINER,
            Evidence.scope_kind == "trainer-in-cohort",
            Evidence.scope_id == Assignment.id,
            _IN_USE,
        )
        .correlate(Assignment)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Assignment, Trainer, told)
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .where(Assignment.cohort_id == cohort_id, Assignment.ended_at.is_(None))
        .order_by(Assignment.assigned_at, Assignment.id)
    )
    return [Teaching(*row) for row in rows]


def informed(today: date, number: int) -> Page[Informed]:
    """The cohorts under way or to come, and who of them was told, soonest first."""
    statement: Rows = (
        select(
            Cohort,
            _number(Enrolment.id, Enrolment.cohort_id == Cohort.id, Enrolment.departure == ""),
            _told(TOLD_TRAINEE, Enrolment.id, Enrolment.cohort_id, Enrolment.departure == ""),
            _number(
                Assignment.id, Assignment.cohort_id == Cohort.id, Assignment.ended_at.is_(None)
            ),
            _told(TOLD_TRAINER, Assignment.id, Assignment.cohort_id, Assignment.ended_at.is_(None)),
        )
        .where(Cohort.cancelled_at.is_(None), Cohort.ends_on >= today)
        .order_by(Cohort.starts_on, Cohort.id)
    )
    return paginate(statement, number, 10).map(lambda row: Informed(*row))


def procedure_blocks(today: date) -> list[Block]:
    """The procedure in force, laid out; nothing when there is none."""
    found = house_document_on("safeguarding-procedure", today)
    return laid_out(found.text) if found is not None else []


def outside_help(blocks: Sequence[Block]) -> list[Block]:
    """What the procedure says of outside help: the text under its heading « aides »."""
    kept: list[Block] = []
    is_inside = False
    for block in blocks:
        if block.kind == "heading":
            is_inside = "aide" in block.text.casefold()
        elif is_inside:
            kept.append(block)
    return kept


def _number(key: Any, *where: Any) -> Any:
    return select(func.count(key)).where(*where).correlate(Cohort).scalar_subquery()


def _told(piece: str, key: Any, cohort_key: Any, is_there: Any) -> Any:
    return (
        select(func.count(func.distinct(key)))
        .join(Evidence, Evidence.scope_id == key)
        .where(
            Evidence.cohort_id == Cohort.id,
            Evidence.piece == piece,
            _IN_USE,
            cohort_key == Cohort.id,
            is_there,
        )
        .correlate(Cohort)
        .scalar_subquery()
    )
