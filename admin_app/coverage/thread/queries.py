"""Reading the stories of enrolments: seven statements, whatever their number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select

from admin_app.adaptations.models import Accommodation
from admin_app.attendance.models import Mark
from admin_app.cohorts.models import Cohort, CohortClient, Enrolment, HalfDay
from admin_app.core import clock
from admin_app.core.database import Rows, db
from admin_app.core.pages.listing import Page, paginate
from admin_app.coverage.models import Expectation
from admin_app.coverage.queries import row_status
from admin_app.coverage.review.queries import CLOSED
from admin_app.coverage.thread.model import Entry, Owed, Story
from admin_app.evidence.models import Evidence
from admin_app.practices.queries import book
from compliance.referentiel import Edition
from compliance.vocabulary import Departure, EvidenceFlag, MarkState, PieceStatus, ScopeKind

OWN = (ScopeKind.ENROLMENT.value, ScopeKind.MARK.value)
OF_COHORT = (
    ScopeKind.COHORT.value,
    ScopeKind.CLIENT.value,
    ScopeKind.HALF_DAY.value,
    ScopeKind.PROGRAMME.value,
)
OWED = (PieceStatus.LATE, PieceStatus.UPCOMING)
_SHARED = {
    ScopeKind.COHORT.value: "pour toute la session",
    ScopeKind.HALF_DAY.value: "pour toute la session",
    ScopeKind.CLIENT.value: "avec l’entreprise cliente",
    ScopeKind.PROGRAMME.value: "pour la formation",
}


@dataclass(frozen=True, slots=True)
class _Known:
    """What the entries of several enrolments are told from."""

    marks: Mapping[int, Mapping[int, Mark]]  # by enrolment, then half-day
    mark_owners: Mapping[int, int]
    askers: Mapping[int, int]  # enrolment, by request for an accommodation
    clients: Mapping[int, int]  # client, by the key of the cohort × client row
    days: Mapping[int, date]  # of half-days
    odd: Mapping[tuple[int | None, str, str, int], str]


def stories(
    rows: Sequence[tuple[Enrolment, Cohort]], edition: Edition, *, today: date, closed: bool
) -> list[Story]:
    """The story of each of these enrolments, in their order.

    `closed` shows what is about an accommodation too, to those who may read such requests.
    """
    if not rows:
        return []
    told = [Story(enrolment, cohort) for enrolment, cohort in rows]
    known = _known(rows)
    expected = _expected(rows, edition)
    odd = {
        (one.cohort_id, one.piece, one.scope_kind, one.scope_id): one.oddity
        for one in expected
        if row_status(one, today) is PieceStatus.REVIEW
    }
    known = replace(known, odd=odd)
    pieces = _pieces(rows)
    numbers = _numbers(edition)
    for story in told:
        own = [one for one in pieces if closed or one.piece != CLOSED]
        story.entries = sorted(
            [
                *_of_enrolment(story.enrolment),
                *(
                    _entry(one, story, known, numbers.get(one.piece, ()))
                    for one in own
                    if _concerns(one, story, known)
                ),
            ],
            key=lambda entry: (entry.day, entry.evidence_id or 0),
        )
        story.owed = [
            Owed(one, status)
            for one in expected
            if (status := row_status(one, today)) in OWED
            and (closed or one.piece != CLOSED)
            and one.cohort_id == story.cohort.id
            and _about(one, story, known)
        ]
    return told


def enrolments_of(trainee_id: int, number: int, per_page: int = 5) -> Page[Any]:
    """The enrolments of a person with their cohorts, latest first."""
    return paginate(
        select(Enrolment, Cohort)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.trainee_id == trainee_id)
        .order_by(Cohort.starts_on.desc(), Enrolment.id.desc()),
        number,
        per_page,
    )


def _known(rows: Sequence[tuple[Enrolment, Cohort]]) -> _Known:
    enrolment_ids, cohort_ids = _ids(rows)
    marks: dict[int, dict[int, Mark]] = defaultdict(dict)
    for mark in db.session.scalars(select(Mark).where(Mark.enrolment_id.in_(enrolment_ids))):
        marks[mark.enrolment_id][mark.half_day_id] = mark
    owners = {mark.id: key for key, found in marks.items() for mark in found.values()}
    clients = select(CohortClient.id, CohortClient.client_id).where(
        CohortClient.cohort_id.in_(cohort_ids)
    )
    days = select(HalfDay.id, HalfDay.day).where(HalfDay.cohort_id.in_(cohort_ids))
    askers = select(Accommodation.id, Accommodation.enrolment_id).where(
        Accommodation.enrolment_id.in_(enrolment_ids)
    )
    return _Known(marks, owners, _pairs(askers), _pairs(clients), _pairs(days), {})


def _pairs(statement: Any) -> dict[int, Any]:
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _pieces(rows: Sequence[tuple[Enrolment, Cohort]]) -> list[Evidence]:
    enrolment_ids, cohort_ids = _ids(rows)
    marks = select(Mark.id).where(Mark.enrolment_id.in_(enrolment_ids))
    asked = select(Accommodation.id).where(Accommodation.enrolment_id.in_(enrolment_ids))
    versions = {cohort.version_id for _, cohort in rows}
    versions |= {cohort.standard_version_id for _, cohort in rows}
    kind = Evidence.scope_kind
    statement = select(Evidence).where(
        or_(
            and_(kind == ScopeKind.ENROLMENT.value, Evidence.scope_id.in_(enrolment_ids)),
            and_(kind == ScopeKind.MARK.value, Evidence.scope_id.in_(marks)),
            and_(kind == ScopeKind.ACCOMMODATION.value, Evidence.scope_id.in_(asked)),
            and_(Evidence.cohort_id.in_(cohort_ids), kind.in_(OF_COHORT)),
            and_(kind == ScopeKind.PROGRAMME.value, Evidence.scope_id.in_(versions)),
        )
    )
    return list(db.session.scalars(statement))


def _expected(rows: Sequence[tuple[Enrolment, Cohort]], edition: Edition) -> list[Expectation]:
    enrolment_ids, cohort_ids = _ids(rows)
    marks = select(Mark.id).where(Mark.enrolment_id.in_(enrolment_ids))
    asked = select(Accommodation.id).where(Accommodation.enrolment_id.in_(enrolment_ids))
    kind = Expectation.scope_kind
    statement: Rows = (
        select(Expectation)
        .where(
            Expectation.cohort_id.in_(cohort_ids),
            Expectation.is_open,
            Expectation.editions.contains(f"|{edition.key}|"),
            or_(
                and_(kind == ScopeKind.ENROLMENT.value, Expectation.scope_id.in_(enrolment_ids)),
                and_(kind == ScopeKind.MARK.value, Expectation.scope_id.in_(marks)),
                and_(kind == ScopeKind.ACCOMMODATION.value, Expectation.scope_id.in_(asked)),
                kind.in_(OF_COHORT),
            ),
        )
        .order_by(Expectation.due_on, Expectation.id)
    )
    return list(db.session.scalars(statement))


def _ids(rows: Sequence[tuple[Enrolment, Cohort]]) -> tuple[list[int], list[int]]:
    return [one.id for one, _ in rows], sorted({cohort.id for _, cohort in rows})


def _numbers(edition: Edition) -> dict[str, tuple[int, ...]]:
    """The indicators that each kind of piece serves."""
    return {
        piece.key: tuple(
            one.number for one in edition.indicators if piece.serves(one.key, edition.key)
        )
        for piece in book().pieces
    }


def _concerns(piece: Evidence, story: Story, known: _Known) -> bool:
    if piece.scope_kind == ScopeKind.PROGRAMME.value:
        versions = (story.cohort.version_id, story.cohort.standard_version_id)
        return piece.scope_id in versions
    if piece.scope_kind in OF_COHORT and piece.cohort_id != story.cohort.id:
        return False
    return _about(piece, story, known)


def _about(one: Evidence | Expectation, story: Story, known: _Known) -> bool:
    """Whether something of the cohort is about this trainee, or about all."""
    enrolment = story.enrolment
    match one.scope_kind:
        case ScopeKind.ENROLMENT.value:
            return one.scope_id == enrolment.id
        case ScopeKind.MARK.value:
            return known.mark_owners.get(one.scope_id) == enrolment.id
        case ScopeKind.ACCOMMODATION.value:
            return known.askers.get(one.scope_id) == enrolment.id
        case ScopeKind.CLIENT.value:
            return known.clients.get(one.scope_id) == enrolment.client_id
        case ScopeKind.HALF_DAY.value:
            day = known.days.get(one.scope_id)
            return day is not None and (enrolment.left_on is None or day < enrolment.left_on)
    return True


def _of_enrolment(enrolment: Enrolment) -> list[Entry]:
    """What the enrolment itself tells: it began, and perhaps it ended early."""
    found = [Entry(clock.day_of(enrolment.enrolled_at), "Inscription à la session")]
    if enrolment.departure and enrolment.left_on is not None:
        words = _departure(enrolment.departure)
        found.append(Entry(enrolment.left_on, words, detail=enrolment.departure_reason))
    return found


def _departure(code: str) -> str:
    known = {one.value: one.label for one in Departure}
    label = known.get(code, "départ")
    return label[:1].upper() + label[1:]


def _entry(piece: Evidence, story: Story, known: _Known, numbers: tuple[int, ...]) -> Entry:
    oddity = (
        ""
        if piece.withdrawn_at
        else known.odd.get((story.cohort.id, piece.piece, piece.scope_kind, piece.scope_id), "")
    )
    return Entry(
        day=piece.occurred_on,
        text=piece.label,
        evidence_id=piece.id,
        detail=_detail(piece, story, known),
        shared=_SHARED.get(piece.scope_kind, ""),
        numbers=numbers,
        oddity=oddity,
        is_withdrawn=piece.withdrawn_at is not None,
    )


def _detail(piece: Evidence, story: Story, known: _Known) -> str:
    parts = []
    if piece.scope_kind == ScopeKind.HALF_DAY.value:
        parts.append(_attended(known.marks.get(story.enrolment.id, {}).get(piece.scope_id)))
    if EvidenceFlag.REGULARISED.value in piece.flags:
        parts.append("Une signature y a été régularisée après coup.")
    if piece.outcome == "tried":
        parts.append("Sollicité, sans réponse.")
    if piece.withdrawn_at is not None:
        parts.append(f"Pièce retirée : {piece.withdrawn_why}")
    return " ".join(part for part in parts if part)


def _attended(mark: Mark | None) -> str:
    """Where the trainee was on that half-day."""
    if mark is None:
        return "Rien n’y est noté pour cette personne."
    state = MarkState(mark.state)
    if state is MarkState.ABSENT:
        return f"Absence, motif consigné : {mark.reason}" if mark.reason else "Absence, sans motif."
    said = {
        MarkState.LATE: f"Présence, avec {mark.minutes_late} min de retard.",
        MarkState.LEFT_EARLY: f"Présence, départ {mark.minutes_early} min avant la fin.",
        MarkState.LATE_AND_LEFT_EARLY: (
            f"Présence, avec {mark.minutes_late} min de retard et un départ "
            f"{mark.minutes_early} min avant la fin."
        ),
    }
    return said.get(state, "Présence à toute la demi-journée.")
