"""The yearly review of a trainer: their skills are looked at again, with what was decided."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day, of_name
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.people.figures import TrainerFigure, as_data
from admin_app.people.models import Trainer, TrainerReview
from admin_app.people.operations.checks import gathered, tidy_name
from admin_app.people.operations.removal import mark_removed
from admin_app.people.words import REVIEW_MATERIALS

PIECE = "trainer-review"
LONGEST = 6000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDetails:
    """What a review says. `looked_at` are keys of `REVIEW_MATERIALS`; `held_by` who held it."""

    held_on: date
    held_by: str
    looked_at: tuple[str, ...]
    observations: str
    decisions: str
    needs: str = ""


@act
def record_review(
    trainer: Trainer,
    details: ReviewDetails,
    *,
    figures: list[TrainerFigure],
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerReview:
    """Keep a review; it leaves the evidence `trainer-review`, which says nothing of the person.

    Args:
        figures: the feedback of their cohorts that was shown, kept as it was.

    Raises:
        Problems: the day is to come, nothing was looked at, or a text is missing.
    """
    clean = _checked(details)
    row = TrainerReview(
        trainer_id=trainer.id,
        held_on=clean.held_on,
        held_by=clean.held_by,
        looked_at=list(clean.looked_at),
        observations=clean.observations,
        decisions=clean.decisions,
        needs=clean.needs,
        figures=as_data(figures),
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    _leave_evidence(trainer, row, by=by, at=at)
    words = f"Entretien annuel {of_name(trainer.name)} tenu le {day(row.held_on)}."
    _note("people.review", words, trainer, by, at, origin)
    return row


@act
def remove_review(
    trainer: Trainer,
    row: TrainerReview,
    *,
    why: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerReview:
    """Set a review aside (entered by mistake); it stays readable, its evidence is withdrawn.

    Raises:
        Refused: no reason is given, or it is set aside already.
    """
    mark_removed(row, why, by=by, at=at)
    evidence.withdraw_from(("trainer-review", row.id), why=row.removed_why, by=by, at=at)
    words = f"Entretien annuel {of_name(trainer.name)} du {day(row.held_on)} écarté."
    _note("people.review-removed", words, trainer, by, at, origin)
    return row


def _leave_evidence(trainer: Trainer, row: TrainerReview, *, by: Actor, at: datetime) -> None:
    evidence.record(
        PIECE,
        scope=("trainer", trainer.id),
        label=f"Entretien annuel {of_name(trainer.name)}",
        occurred_on=row.held_on,
        by=by,
        at=at,
        source=("trainer-review", row.id),
        facts={
            "held_by": row.held_by,
            "looked_at": row.looked_at,
            "figures": row.figures,
            "decisions": row.decisions,
            "needs": row.needs,
        },
    )


def _checked(details: ReviewDetails) -> ReviewDetails:
    with gathered() as attempt:
        attempt(lambda: _check_day(details.held_on))
        by = attempt(lambda: tidy_name(details.held_by, "held_by", "qui a tenu l’entretien", 150))
        attempt(lambda: _check_materials(details.looked_at))
        seen = attempt(lambda: _text(details.observations, "observations", "ce qui a été constaté"))
        decided = attempt(lambda: _text(details.decisions, "decisions", "ce qui a été décidé"))
    return replace(
        details,
        held_by=by,
        observations=seen,
        decisions=decided,
        needs=details.needs.strip()[:LONGEST],
    )


def _check_day(on: date) -> None:
    if on > clock.today():
        raise Refused("Ce jour n’est pas encore venu : on consigne un entretien tenu.", "held_on")


def _check_materials(looked_at: tuple[str, ...]) -> None:
    if not looked_at:
        raise Refused("Cochez au moins une chose qui a été regardée.", "looked_at")
    if not set(looked_at) <= REVIEW_MATERIALS.keys():
        raise Refused("Choisissez dans la liste.", "looked_at")


def _text(text: str, field: str, word: str) -> str:
    text = text.strip()
    if not text:
        raise Refused(f"Écrivez {word}.", field)
    if len(text) > LONGEST:
        raise Refused(f"{LONGEST} caractères au plus.", field)
    return text


def _note(
    action: str, words: str, trainer: Trainer, by: Actor, at: datetime, origin: Origin | None
) -> None:
    record(action, by=by, at=at, summary=words, subject=("trainer", trainer.id), origin=origin)
