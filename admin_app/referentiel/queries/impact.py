"""What a change of edition means for this organisation, from its own rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager

from admin_app.core import clock
from admin_app.core.database import Rows, db
from admin_app.core.pages import Page, paginate
from admin_app.coverage.models import Expectation
from admin_app.evidence.models import Evidence
from admin_app.organisation.queries import provider
from admin_app.practices.queries import switched_off
from admin_app.programmes.models import Programme, ProgrammeVersion
from compliance import expectations as rules
from compliance.expectations import Piece
from compliance.mentions import MentionRule, rules_of
from compliance.referentiel import Edition

PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Register:
    """A piece of which the new edition alone asks: how many there are, how many remain to do."""

    piece: Piece
    there: int
    open: int
    first_due: date | None

    @property
    def status(self) -> str:
        """The state as people read it: nothing recorded and something due is late or upcoming."""
        if not self.open:
            return "covered" if self.there else "not-applicable"
        return "partial" if self.there else "late"


@dataclass(frozen=True, slots=True)
class Impact:
    """`still_counts`: pieces of evidence that serve both editions, by piece; `registers`: what the
    new one adds; `programmes`: how many published versions lack one of its mentions."""

    audit_on: date | None
    days_left: int | None
    still_counts: dict[str, int]
    registers: list[Register]
    programmes: int
    mentions: list[MentionRule]

    @property
    def total_still_counts(self) -> int:
        """All the evidence that serves both editions."""
        return sum(self.still_counts.values())


def impact(before: Edition, after: Edition) -> Impact:
    """What passing from an edition to the next one means today (four statements)."""
    there = _evidence_by_piece()
    row, today = provider(), clock.today()
    audit_on = row.next_audit_on if row is not None else None
    is_coming = audit_on is not None and audit_on >= today
    lacking = db.session.scalar(
        select(func.count()).select_from(_lacking(after).order_by(None).subquery())
    )
    return Impact(
        audit_on=audit_on if is_coming else None,
        days_left=(audit_on - today).days if audit_on is not None and is_coming else None,
        still_counts=_still_counts(before, after, there),
        registers=_registers(_added_by(before, after), after, there),
        programmes=lacking or 0,
        mentions=mentions_added(after),
    )


def programmes_to_review(after: Edition, number: int) -> Page[ProgrammeVersion]:
    """A page of the published versions in force that lack a mention which an edition adds."""
    return paginate(_lacking(after).options(contains_eager(ProgrammeVersion.programme)), number)


def mentions_added(edition: Edition) -> list[MentionRule]:
    """The mentions of a public programme that an edition was the first to ask for."""
    return [one for one in rules_of(PROGRAMME).mentions if one.since == edition.applies_from]


def lacking_words(version: ProgrammeVersion, edition: Edition) -> list[str]:
    """The mentions that a version lacks, as people read them."""
    return [
        one.label
        for one in mentions_added(edition)
        if not any(getattr(version, name, "") for name in _columns(one))
    ]


def _columns(mention: MentionRule) -> list[str]:
    prefix = f"{PROGRAMME}."
    return [path.removeprefix(prefix) for path in mention.paths if path.startswith(prefix)]


def _lacking(edition: Edition) -> Rows:
    columns = [
        getattr(ProgrammeVersion, name)
        for mention in mentions_added(edition)
        for name in _columns(mention)
        if hasattr(ProgrammeVersion, name)
    ]
    now = clock.now()
    return (
        select(ProgrammeVersion)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .where(
            Programme.archived_at.is_(None),
            Programme.is_public,
            ProgrammeVersion.published_at.is_not(None),
            ProgrammeVersion.in_force_from <= clock.today(),
            or_(ProgrammeVersion.superseded_at.is_(None), ProgrammeVersion.superseded_at > now),
            or_(*(column == "" for column in columns)) if columns else ProgrammeVersion.id < 0,
        )
        .order_by(ProgrammeVersion.search, ProgrammeVersion.id)
    )


def _evidence_by_piece() -> dict[str, int]:
    rows = db.session.execute(
        select(Evidence.piece, func.count().label("number"))
        .where(Evidence.withdrawn_at.is_(None))
        .group_by(Evidence.piece)
    )
    return {row.piece: row.number for row in rows}


def _still_counts(before: Edition, after: Edition, there: dict[str, int]) -> dict[str, int]:
    book = rules.catalogue()
    return {
        piece: count
        for piece, count in there.items()
        if piece in book
        and _serves(book.piece(piece), before)
        and _serves(book.piece(piece), after)
    }


def _serves(piece: Piece, edition: Edition) -> bool:
    return any(edition.has(key) and piece.serves(key, edition.key) for key in piece.requirements)


def _added_by(before: Edition, after: Edition) -> list[Piece]:
    off = switched_off()
    return [
        piece
        for piece in rules.catalogue().pieces
        if _serves(piece, after) and not _serves(piece, before) and piece.key not in off
    ]


def _registers(pieces: Iterable[Piece], after: Edition, there: dict[str, int]) -> list[Register]:
    pieces = list(pieces)
    rows: dict[str, Any] = {
        row.piece: row
        for row in db.session.execute(
            select(
                Expectation.piece,
                func.count().label("open"),
                func.min(Expectation.due_on).label("first_due"),
            )
            .where(
                and_(Expectation.is_open, Expectation.editions.contains(f"|{after.key}|")),
                Expectation.piece.in_([piece.key for piece in pieces]),
            )
            .group_by(Expectation.piece)
        )
    }
    return [
        Register(
            piece=piece,
            there=there.get(piece.key, 0),
            open=rows[piece.key].open if piece.key in rows else 0,
            first_due=rows[piece.key].first_due if piece.key in rows else None,
        )
        for piece in pieces
    ]
