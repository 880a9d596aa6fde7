"""Reading subcontractors: the register, and one of them whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from admin_app.core.database import Rows, db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.core.storage import store
from admin_app.people.models import Trainer
from admin_app.subcontracting.models import (
    ClauseCheck,
    Subcontract,
    Subcontractor,
    SubcontractorEvaluation,
    SubcontractorProof,
)
from admin_app.subcontracting.operations.following import MODELS, standing_proofs
from admin_app.subcontracting.words import ASKED

OFFERED = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A subcontractor of the list: what its file lacks today, its last evaluation."""

    row: Subcontractor
    has_contract: bool
    has_clauses: bool
    proofs: int
    evaluated_on: date | None

    @property
    def missing(self) -> list[str]:
        """What is lacking, in words."""
        found = [] if self.has_contract else ["un contrat en cours"]
        found += [] if self.has_clauses else ["la vérification des clauses"]
        return found + ([] if self.proofs >= len(ASKED) else ["des justificatifs à jour"])


@dataclass(frozen=True, slots=True)
class File:
    """A subcontractor whole, latest first, what was set aside too."""

    contracts: Sequence[Subcontract]
    checks: Sequence[ClauseCheck]
    proofs: Sequence[SubcontractorProof]
    evaluations: Sequence[SubcontractorEvaluation]
    trainers: Sequence[Trainer]
    held: dict[str, SubcontractorProof]

    def checks_of(self, contract_id: int) -> list[ClauseCheck]:
        """The checks of that contract."""
        return [one for one in self.checks if one.subcontract_id == contract_id]


def subcontractor(key: int) -> Subcontractor | None:
    """The subcontractor of that key."""
    return db.session.get(Subcontractor, key)


def has_any() -> bool:
    """Whether any was ever entered."""
    return db.session.scalar(select(Subcontractor.id).limit(1)) is not None


def subcontractors(number: int, today: date, *, text: str = "", state: str = "") -> Page[Line]:
    """A page of the register by name (two statements).

    Args:
        state: empty for those in use, `archived`, or `incomplete` for those in use whose file
            lacks something on that day.
    """
    statement: Rows = select(
        Subcontractor,
        _contract(today).label("contract"),
        _clauses(today).label("clauses"),
        _proofs(today).label("proofs"),
        _evaluated().label("evaluated"),
    ).order_by(Subcontractor.search, Subcontractor.id)
    gone = Subcontractor.archived_at.is_not(None)
    statement = statement.where(gone if state == "archived" else ~gone)
    if state == "incomplete":
        lacking = or_(~_contract(today), ~_clauses(today), _proofs(today) < len(ASKED))
        statement = statement.where(lacking)
    page: Page[Any] = paginate(matching(statement, text, Subcontractor.search), number)
    return page.map(lambda one: Line(one[0], one[1], one[2], one[3], one[4]))


def file_of(row: Subcontractor, today: date) -> File:
    """Everything about one (six statements)."""
    contracts = _all(Subcontract, Subcontract.signed_on, row.id)
    mine = select(Subcontract.id).where(Subcontract.subcontractor_id == row.id)
    checks = db.session.scalars(
        select(ClauseCheck)
        .where(ClauseCheck.subcontract_id.in_(mine))
        .order_by(ClauseCheck.id.desc())
    ).all()
    trainers = db.session.scalars(
        select(Trainer).where(Trainer.subcontractor_id == row.id).order_by(Trainer.search)
    ).all()
    return File(
        contracts=contracts,
        checks=checks,
        proofs=_all(SubcontractorProof, SubcontractorProof.obtained_on, row.id),
        evaluations=_all(SubcontractorEvaluation, SubcontractorEvaluation.held_on, row.id),
        trainers=trainers,
        held=standing_proofs(row.id, today),
    )


def contract(subcontractor_id: int, key: int) -> Subcontract | None:
    """That contract of that subcontractor."""
    found = db.session.get(Subcontract, key)
    return found if found is not None and found.subcontractor_id == subcontractor_id else None


def latest_contract(key: int) -> Subcontract | None:
    """The last contract that was not set aside."""
    return db.session.scalars(
        select(Subcontract)
        .where(Subcontract.subcontractor_id == key, Subcontract.removed_at.is_(None))
        .order_by(Subcontract.signed_on.desc(), Subcontract.id.desc())
        .limit(1)
    ).first()


def kept(subcontractor_id: int, kind: str, key: int) -> Any:
    """What may be set aside, by its word and its key, when it is that subcontractor's."""
    model = MODELS.get(kind)
    found = None if model is None else db.session.get(model, key)
    if isinstance(found, ClauseCheck):
        return found if contract(subcontractor_id, found.subcontract_id) else None
    return found if found and found.subcontractor_id == subcontractor_id else None


def stored(row: Subcontract | SubcontractorProof) -> bytes | None:
    """The scan, if there is one."""
    return store.get(row.file_sha256) if row.file_sha256 else None


def trainer_choices() -> list[tuple[int, str]]:
    """The trainers in use who come from outside and that nobody sends yet, by name."""
    rows = db.session.scalars(
        select(Trainer)
        .where(
            Trainer.archived_at.is_(None),
            Trainer.subcontractor_id.is_(None),
            Trainer.status.in_(("subcontractor", "umbrella")),
        )
        .order_by(Trainer.search)
        .limit(OFFERED)
    )
    return [(one.id, one.name) for one in rows]


def trainer_of(subcontractor_id: int, key: int) -> Trainer | None:
    """That trainer, when that subcontractor sends them."""
    found = db.session.get(Trainer, key)
    return found if found is not None and found.subcontractor_id == subcontractor_id else None


def _all(model: Any, on: Any, key: int) -> Sequence[Any]:
    statement = select(model).where(model.subcontractor_id == key)
    return db.session.scalars(statement.order_by(on.desc(), model.id.desc())).all()


def _running(today: date) -> ColumnElement[bool]:
    return and_(
        Subcontract.subcontractor_id == Subcontractor.id,
        Subcontract.removed_at.is_(None),
        or_(Subcontract.ends_on.is_(None), Subcontract.ends_on >= today),
    )


def _contract(today: date) -> ColumnElement[bool]:
    return select(Subcontract.id).where(_running(today)).exists()


def _clauses(today: date) -> ColumnElement[bool]:
    return (
        select(ClauseCheck.id)
        .join(Subcontract, Subcontract.id == ClauseCheck.subcontract_id)
        .where(_running(today), ClauseCheck.removed_at.is_(None), ClauseCheck.is_complete.is_(True))
        .exists()
    )


def _proofs(today: date) -> ColumnElement[int]:
    return (
        select(func.count(SubcontractorProof.kind.distinct()))
        .where(
            SubcontractorProof.subcontractor_id == Subcontractor.id,
            SubcontractorProof.kind.in_(ASKED),
            SubcontractorProof.removed_at.is_(None),
            or_(SubcontractorProof.valid_until.is_(None), SubcontractorProof.valid_until >= today),
        )
        .scalar_subquery()
    )


def _evaluated() -> ColumnElement[date]:
    return (
        select(func.max(SubcontractorEvaluation.held_on))
        .where(
            SubcontractorEvaluation.subcontractor_id == Subcontractor.id,
            SubcontractorEvaluation.removed_at.is_(None),
        )
        .scalar_subquery()
    )
