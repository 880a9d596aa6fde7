"""Reading programmes: the office's list, one programme and its versions, the public catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, and_, bindparam, or_, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from admin_app.core.database import db
from admin_app.core.pages import Page, paginate
from admin_app.core.pages.listing import Prepared, prepared
from admin_app.core.search import matching
from admin_app.people.matching import lacking
from admin_app.people.models import Trainer, TrainerSkill
from admin_app.programmes.models import (
    Programme,
    ProgrammeTrainer,
    ProgrammeVersion,
    ResourcesReview,
)

MOST_HOLDERS = 50
STATES = {
    "published": "en vigueur",
    "draft": "avec un brouillon",
    "never": "jamais publiées",
    "archived": "archivées",
}
KINDS = frozenset({"public", "adapted"})
# the table under another name, and its columns: put together once, before threads share them
_OTHER = ProgrammeVersion.__table__.alias("other").c
_DAY = bindparam("on", type_=Date)  # the day for which « in force » is meant


@dataclass(frozen=True, slots=True)
class Line:
    """A programme as the office's list shows it: what is in force, what is being written."""

    programme: Programme
    current: ProgrammeVersion | None
    latest: ProgrammeVersion

    @property
    def draft(self) -> ProgrammeVersion | None:
        """The version being written, if any."""
        return self.latest if self.latest.is_draft else None


def lines(*, on: date, number: int = 1, q: str = "", state: str = "", kind: str = "") -> Page[Line]:
    """The programmes by title.

    Args:
        on: the day for which « in force » is meant.
        number: the page.
        q: words of the title or of the reference.
        state: a key of `STATES`; archived programmes are shown only when asked for.
        kind: `public` (catalogue) or `adapted`.
    """
    state, kind = state if state in STATES else "", kind if kind in KINDS else ""
    found = matching(_listed(state, kind), q, Programme.search) if q else _all(state, kind)
    return paginate(found, number, on=on).map(lambda row: Line(*row))


@cache
def _all(state: str, kind: str) -> Prepared:
    return prepared(_listed(state, kind))


@cache
def _listed(state: str, kind: str) -> Any:
    current, latest = aliased(ProgrammeVersion), aliased(ProgrammeVersion)
    return (
        select(Programme, current, latest)
        .select_from(Programme)
        .outerjoin(current, current.id == _in_force_id())
        .join(latest, latest.id == _latest_id())
        .where(*_filters(current, latest, state, kind))
        .order_by(Programme.search, Programme.id)
    )


def _filters(current: Any, latest: Any, state: str, kind: str) -> list[Any]:
    found: list[Any] = [
        Programme.archived_at.is_not(None)
        if state == "archived"
        else Programme.archived_at.is_(None)
    ]
    if state == "published":
        found.append(current.id.is_not(None))
    if state == "draft":
        found.append(latest.published_at.is_(None))
    if state == "never":
        found.append(and_(latest.number == 1, latest.published_at.is_(None)))
    if kind:
        found.append(Programme.is_public.is_(kind == "public"))
    return found


def programme(programme_id: int) -> Programme | None:
    """One programme with its versions, oldest first (two statements)."""
    return db.session.get(Programme, programme_id, options=[selectinload(Programme.versions)])


def version(version_id: int) -> ProgrammeVersion | None:
    """One version with its programme and the keys of its trainers (two statements)."""
    return db.session.scalars(
        select(ProgrammeVersion)
        .join(ProgrammeVersion.programme)
        .where(ProgrammeVersion.id == version_id)
        .options(
            contains_eager(ProgrammeVersion.programme), selectinload(ProgrammeVersion.trainers)
        )
    ).first()


def versions(keys: Sequence[int]) -> dict[int, ProgrammeVersion]:
    """These versions by key, each as `version` gives it (two statements, whatever their number)."""
    found = db.session.scalars(
        select(ProgrammeVersion)
        .join(ProgrammeVersion.programme)
        .where(ProgrammeVersion.id.in_(keys))
        .options(
            contains_eager(ProgrammeVersion.programme), selectinload(ProgrammeVersion.trainers)
        )
    )
    return {one.id: one for one in found}


def version_numbered(programme_id: int, number: int) -> ProgrammeVersion | None:
    """That version of that programme."""
    return db.session.scalars(
        select(ProgrammeVersion).where(
            ProgrammeVersion.programme_id == programme_id, ProgrammeVersion.number == number
        )
    ).first()


def former_of(found: ProgrammeVersion) -> ProgrammeVersion | None:
    """What a version is compared with: the one before, or the standard one it was copied from."""
    if found.number > 1:
        return version_numbered(found.programme_id, found.number - 1)
    origin = found.programme.adapted_from_id
    return None if origin is None else version(origin)


def in_force(programme_id: int, on: date) -> ProgrammeVersion | None:
    """The version of a programme in force on that day."""
    return db.session.scalars(
        select(ProgrammeVersion)
        .where(
            ProgrammeVersion.programme_id == programme_id,
            ProgrammeVersion.published_at.is_not(None),
            ProgrammeVersion.in_force_from <= on,
        )
        .order_by(ProgrammeVersion.number.desc())
        .limit(1)
    ).first()


def published_choices(on: date) -> list[tuple[int, str]]:
    """Every version in force that day, adapted ones too, to choose from: key and words."""
    rows = db.session.execute(
        select(ProgrammeVersion.id, ProgrammeVersion.title, ProgrammeVersion.number, Programme)
        .join(Programme, ProgrammeVersion.id == _in_force_id())
        .where(Programme.archived_at.is_(None))
        .order_by(ProgrammeVersion.search, Programme.id),
        {"on": on},
    )
    return [
        (key, f"{title} ({one.reference}, version {number}{'' if one.is_public else ', adaptée'})")
        for key, title, number, one in rows
    ]


def catalogue(*, on: date, number: int = 1, q: str = "") -> Page[ProgrammeVersion]:
    """The public versions in force that day, by title."""
    found = matching(_sorted(), q, ProgrammeVersion.search) if q else _whole_catalogue()
    return paginate(found, number, on=on)


@cache
def _whole_catalogue() -> Prepared:
    return prepared(_sorted())


@cache
def _sorted() -> Any:
    return _public().order_by(ProgrammeVersion.search, ProgrammeVersion.id)


def public_version(slug: str, on: date) -> ProgrammeVersion | None:
    """The version in force that day of a programme of the catalogue."""
    found: ProgrammeVersion | None = db.session.scalars(
        _public().where(Programme.slug == slug), {"on": on}
    ).first()
    return found


def public_version_numbered(slug: str, number: int, on: date) -> ProgrammeVersion | None:
    """A version of a programme of the catalogue that is or was in force by that day."""
    return db.session.scalars(
        select(ProgrammeVersion)
        .join(ProgrammeVersion.programme)
        .where(
            Programme.slug == slug,
            Programme.is_public,
            Programme.archived_at.is_(None),
            ProgrammeVersion.number == number,
            ProgrammeVersion.published_at.is_not(None),
            ProgrammeVersion.in_force_from <= on,
        )
        .options(contains_eager(ProgrammeVersion.programme))
    ).first()


def public_numbers(programme_id: int, on: date) -> Sequence[ProgrammeVersion]:
    """The versions that are or were public by that day, newest first."""
    return db.session.scalars(
        select(ProgrammeVersion)
        .where(
            ProgrammeVersion.programme_id == programme_id,
            ProgrammeVersion.published_at.is_not(None),
            ProgrammeVersion.in_force_from <= on,
        )
        .order_by(ProgrammeVersion.number.desc())
    ).all()


def trainers_of(version_id: int) -> Sequence[Trainer]:
    """The trainers named on a version."""
    return db.session.scalars(
        select(Trainer)
        .join(ProgrammeTrainer, ProgrammeTrainer.trainer_id == Trainer.id)
        .where(ProgrammeTrainer.version_id == version_id)
        .order_by(Trainer.last_name, Trainer.first_name)
    ).all()


def trainer_names_of(version_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The names of the trainers of each of these versions (one statement)."""
    rows = db.session.execute(
        select(ProgrammeTrainer.version_id, Trainer)
        .join(Trainer, ProgrammeTrainer.trainer_id == Trainer.id)
        .where(ProgrammeTrainer.version_id.in_(version_ids))
        .order_by(Trainer.last_name, Trainer.first_name)
    )
    names: dict[int, list[str]] = {}
    for version_id, trainer in rows:
        names.setdefault(version_id, []).append(trainer.name)
    return {key: tuple(found) for key, found in names.items()}


def trainer_choices(named: Sequence[int] = ()) -> list[tuple[int, str]]:
    """The trainers who can be named: those in activity, and those who are named already."""
    rows = db.session.scalars(
        select(Trainer)
        .where(or_(Trainer.archived_at.is_(None), Trainer.id.in_(named)))
        .order_by(Trainer.last_name, Trainer.first_name)
    )
    return [(one.id, one.name) for one in rows]


def adapted_copies(programme_id: int) -> Sequence[Programme]:
    """The programmes adapted from any version of this one, newest first."""
    return db.session.scalars(
        select(Programme)
        .join(ProgrammeVersion, ProgrammeVersion.id == Programme.adapted_from_id)
        .where(ProgrammeVersion.programme_id == programme_id)
        .order_by(Programme.id.desc())
        .limit(50)
    ).all()


@dataclass(frozen=True, slots=True)
class Holder:
    """A trainer who holds some of the skills that a programme asks for, and what they lack."""

    trainer: Trainer
    lacking: list[str]


def holders(required: Sequence[str], on: date) -> list[Holder]:
    """The trainers in activity who hold at least one of these skills that day (two statements).

    Those who lack the least come first; the first `MOST_HOLDERS` only.
    """
    if not required:
        return []
    some = select(TrainerSkill.trainer_id).where(TrainerSkill.checked_on <= on)
    rows = db.session.scalars(
        select(Trainer)
        .where(Trainer.archived_at.is_(None), Trainer.id.in_(some))
        .options(selectinload(Trainer.skills))
        .order_by(Trainer.search, Trainer.id)
    )
    found = [Holder(one, lacking(required, one.skills, on, on)) for one in rows]
    useful = [one for one in found if len(one.lacking) < len(required)]
    return sorted(useful, key=lambda one: len(one.lacking))[:MOST_HOLDERS]


def resources_reviews(programme_id: int) -> Sequence[ResourcesReview]:
    """Each time the resources of a programme were looked at, latest first."""
    return db.session.scalars(
        select(ResourcesReview)
        .where(ResourcesReview.programme_id == programme_id)
        .order_by(ResourcesReview.reviewed_on.desc(), ResourcesReview.id.desc())
    ).all()


def resources_review(key: int) -> ResourcesReview | None:
    """That review."""
    return db.session.get(ResourcesReview, key)


@cache
def _public() -> Any:
    return (
        select(ProgrammeVersion)
        .join(Programme, ProgrammeVersion.id == _in_force_id())
        .where(Programme.is_public, Programme.archived_at.is_(None))
        .options(contains_eager(ProgrammeVersion.programme))
    )


@cache
def _in_force_id() -> Any:
    one = _OTHER
    return (
        select(one.id)
        .where(
            one.programme_id == Programme.id,
            one.published_at.is_not(None),
            one.in_force_from <= _DAY,
        )
        .order_by(one.number.desc())
        .limit(1)
        .correlate(Programme)
        .scalar_subquery()
    )


@cache
def _latest_id() -> Any:
    one = _OTHER
    return (
        select(one.id)
        .where(one.programme_id == Programme.id)
        .order_by(one.number.desc())
        .limit(1)
        .correlate(Programme)
        .scalar_subquery()
    )
