"""Trainers."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from admin_app.core.actor import Actor, Origin
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import of_name
from admin_app.core.transaction import act
from admin_app.journal.operations import record
from admin_app.people.models import Trainer
from admin_app.people.operations.checks import gathered, tidy_name
from admin_app.people.operations.proofs import prove_skills
from admin_app.people.queries import trainer_of_email
from admin_app.people.words import TRAINER_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerDetails:
    """Who a trainer is. `status` is a key of `people.words.TRAINER_STATUSES`; `titles` the
    diplomas and titles, one a line; `bio` a few sentences for clients and the public."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    status: str = "employee"
    titles: str = ""
    bio: str = ""


@act
def create_trainer(
    details: TrainerDetails, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Trainer:
    """Add a trainer.

    Raises:
        Problems: a name is missing, the address is wrong or another trainer's.
    """
    clean = _checked(details, None)
    trainer = Trainer(**{field.name: getattr(clean, field.name) for field in fields(clean)})
    db.session.add(trainer)
    db.session.flush()
    _note("people.trainer-created", "Fiche de formateur créée", trainer, by, at, origin)
    return trainer


@act
def change_trainer(
    trainer: Trainer,
    details: TrainerDetails,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Trainer:
    """Change a trainer's file; what it proves is looked at again.

    Raises:
        Problems: as for `create_trainer`.
    """
    clean = _checked(details, trainer)
    for field in fields(clean):
        setattr(trainer, field.name, getattr(clean, field.name))
    prove_skills(trainer, by=by, at=at)
    _note("people.trainer-changed", "Fiche de formateur modifiée", trainer, by, at, origin)
    return trainer


@act
def archive_trainer(
    trainer: Trainer, *, by: Actor, at: datetime, origin: Origin | None = None
) -> None:
    """Offer a trainer no more for new cohorts; everything about the past ones stays.

    Raises:
        Refused: it is archived already.
    """
    if trainer.archived_at is not None:
        raise Refused("Cette fiche est déjà archivée.")
    trainer.archived_at = at
    _note("people.trainer-archived", "Fiche de formateur archivée", trainer, by, at, origin)


@act
def restore_trainer(
    trainer: Trainer, *, by: Actor, at: datetime, origin: Origin | None = None
) -> None:
    """Offer an archived trainer again.

    Raises:
        Refused: it is not archived.
    """
    if trainer.archived_at is None:
        raise Refused("Cette fiche n’est pas archivée.")
    trainer.archived_at = None
    _note("people.trainer-restored", "Fiche de formateur reprise", trainer, by, at, origin)


def _checked(details: TrainerDetails, trainer: Trainer | None) -> TrainerDetails:
    with gathered() as attempt:
        first = attempt(lambda: tidy_name(details.first_name, "first_name", "le prénom"))
        last = attempt(lambda: tidy_name(details.last_name, "last_name", "le nom"))
        email = attempt(lambda: clean_email(details.email))
        phone = attempt(lambda: clean_phone(details.phone))
        attempt(lambda: _check_status(details.status))
        attempt(lambda: _check_free(email or "", trainer))
    return replace(
        details,
        first_name=first,
        last_name=last,
        email=email,
        phone=phone,
        titles=details.titles.strip(),
        bio=details.bio.strip(),
    )


def _check_status(status: str) -> None:
    if status not in TRAINER_STATUSES:
        raise Refused("Choisissez le statut.", "status")


def _check_free(email: str, trainer: Trainer | None) -> None:
    other = trainer_of_email(email) if email else None
    if other is not None and (trainer is None or other.id != trainer.id):
        raise Refused(f"Cette adresse est déjà celle {of_name(other.name)}.", "email")


def _note(
    action: str, words: str, trainer: Trainer, by: Actor, at: datetime, origin: Origin | None
) -> None:
    record(
        action,
        by=by,
        at=at,
        summary=f"{words} : {trainer.name}.",
        subject=("trainer", trainer.id),
        origin=origin,
    )
