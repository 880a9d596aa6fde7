"""What a trainer does to keep their skills up: trainings, watch, practice among peers."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.storage import store
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.people.models import Trainer, TrainerDevelopment
from admin_app.people.operations.checks import gathered, tidy_name
from admin_app.people.operations.removal import mark_removed
from admin_app.people.words import DEVELOPMENT_KINDS

PIECE = "trainer-development"
MOST_MINUTES = 2000 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentDetails:
    """What was done. `kind` is a key of `DEVELOPMENT_KINDS`; `done_on` its last day; `minutes`
    how long it took, None if unknown; `effect` what it changes in the way they teach."""

    kind: str
    title: str
    done_on: date
    effect: str
    minutes: int | None = None


@act
def record_development(
    trainer: Trainer,
    details: DevelopmentDetails,
    *,
    file: Upload | None = None,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerDevelopment:
    """Keep it; it leaves the evidence `trainer-development`.

    Args:
        file: what shows it (certificate, notes), if there is something.

    Raises:
        Problems: the day is to come, or something is missing.
    """
    clean = _checked(details)
    row = TrainerDevelopment(
        trainer_id=trainer.id,
        kind=clean.kind,
        title=clean.title,
        done_on=clean.done_on,
        minutes=clean.minutes,
        effect=clean.effect,
        recorded_at=at,
        recorded_by=by.label,
    )
    if file is not None:
        row.file_sha256, row.file_name, row.file_kind = store.put(file.data), file.name, file.kind
    db.session.add(row)
    db.session.flush()
    _leave_evidence(trainer, row, by=by, at=at)
    _note("people.development", "Développement consigné", trainer, row, by, at, origin)
    return row


@act
def remove_development(
    trainer: Trainer,
    row: TrainerDevelopment,
    *,
    why: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerDevelopment:
    """Set it aside (entered by mistake); it stays readable, its evidence is withdrawn.

    Raises:
        Refused: no reason is given, or it is set aside already.
    """
    mark_removed(row, why, by=by, at=at)
    evidence.withdraw_from(("trainer-development", row.id), why=row.removed_why, by=by, at=at)
    _note("people.development-removed", "Développement écarté", trainer, row, by, at, origin)
    return row


def _leave_evidence(trainer: Trainer, row: TrainerDevelopment, *, by: Actor, at: datetime) -> None:
    evidence.record(
        PIECE,
        scope=("trainer", trainer.id),
        label=f"{trainer.name} – {DEVELOPMENT_KINDS[row.kind]} : {row.title}",
        occurred_on=row.done_on,
        by=by,
        at=at,
        source=("trainer-development", row.id),
        facts={
            "kind": row.kind,
            "title": row.title,
            "minutes": row.minutes,
            "effect": row.effect,
            "file": row.file_sha256,
        },
    )


def _checked(details: DevelopmentDetails) -> DevelopmentDetails:
    with gathered() as attempt:
        attempt(lambda: _check_kind(details.kind))
        title = attempt(lambda: tidy_name(details.title, "title", "l’intitulé", 200))
        attempt(lambda: _check_day(details.done_on))
        attempt(lambda: _check_minutes(details.minutes))
        effect = attempt(lambda: _effect(details.effect))
    return replace(details, title=title, effect=effect)


def _check_kind(kind: str) -> None:
    if kind not in DEVELOPMENT_KINDS:
        raise Refused("Choisissez de quoi il s’agit.", "kind")


def _check_day(on: date) -> None:
    if on > clock.today():
        raise Refused("Ce jour n’est pas encore venu : on consigne ce qui est fait.", "done_on")


def _check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        raise Refused("Cette durée paraît fausse.", "hours")


def _effect(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused("Écrivez ce que cela change dans sa façon de former.", "effect")
    if len(text) > 4000:
        raise Refused("4000 caractères au plus.", "effect")
    return text


def _note(
    action: str,
    words: str,
    trainer: Trainer,
    row: TrainerDevelopment,
    by: Actor,
    at: datetime,
    origin: Origin | None,
) -> None:
    record(
        action,
        by=by,
        at=at,
        summary=f"{trainer.name} – {words} : {row.title}.",
        subject=("trainer", trainer.id),
        origin=origin,
    )
