"""A trainer's diplomas, certifications and authorisations, with their last valid day."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.storage import store
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.journal.operations import record
from admin_app.people.models import Trainer, TrainerDiploma
from admin_app.people.operations.checks import gathered, tidy_name
from admin_app.people.operations.removal import mark_removed
from admin_app.people.operations.skills import SkillDetails, add_skill
from admin_app.people.words import DIPLOMA_KINDS

FILE_KINDS = frozenset({"pdf", "jpeg", "png"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DiplomaDetails:
    """What it is. `kind` is a key of `DIPLOMA_KINDS`; `obtained_on` the day it bears, if known;
    `valid_until` its last valid day, None for ever; `checked_on` the day someone looked at it."""

    kind: str
    title: str
    checked_on: date
    issuer: str = ""
    obtained_on: date | None = None
    valid_until: date | None = None


@act
def add_diploma(
    trainer: Trainer,
    details: DiplomaDetails,
    *,
    file: Upload | None = None,
    shows: str = "",
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerDiploma:
    """Add a diploma to a trainer's file.

    Args:
        file: a copy of it (PDF or picture), if there is one.
        shows: a skill that it shows: added to the file at once, with the same last valid day.

    Raises:
        Problems: something is missing, or the days do not hold.
    """
    clean = _checked(details)
    row = TrainerDiploma(trainer_id=trainer.id, recorded_at=at, recorded_by=by.label)
    _write(row, clean, file)
    db.session.add(row)
    db.session.flush()
    db.session.expire(trainer, ["diplomas"])
    _note("people.diploma-added", "ajouté", trainer, row, by, at, origin)
    if shows.strip():
        skill = SkillDetails(
            skill=shows,
            shown_by=f"{clean.title}, {clean.issuer}" if clean.issuer else clean.title,
            checked_on=clean.checked_on,
            valid_until=clean.valid_until,
        )
        add_skill(trainer, skill, by=by, at=at, origin=origin)
    return row


@act
def change_diploma(
    trainer: Trainer,
    row: TrainerDiploma,
    details: DiplomaDetails,
    *,
    file: Upload | None = None,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerDiploma:
    """Change a diploma: a renewal, most often. An earlier file stays in the store.

    Raises:
        Problems: as for `add_diploma`.
        Refused: it was taken away.
    """
    if row.removed_at is not None:
        raise Refused("Ce diplôme a été retiré de la fiche.")
    _write(row, _checked(details), file)
    db.session.flush()
    _note("people.diploma-changed", "revu", trainer, row, by, at, origin)
    return row


@act
def remove_diploma(
    trainer: Trainer,
    row: TrainerDiploma,
    *,
    why: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> TrainerDiploma:
    """Take a diploma away from the file; it stays readable with the reason.

    Raises:
        Refused: no reason is given, or it is taken away already.
    """
    mark_removed(row, why, by=by, at=at)
    db.session.flush()
    db.session.expire(trainer, ["diplomas"])
    _note("people.diploma-removed", "retiré", trainer, row, by, at, origin)
    return row


def _write(row: TrainerDiploma, details: DiplomaDetails, file: Upload | None) -> None:
    row.kind, row.title, row.issuer = details.kind, details.title, details.issuer
    row.obtained_on, row.valid_until = details.obtained_on, details.valid_until
    row.checked_on = details.checked_on
    if file is not None:
        row.file_sha256, row.file_name, row.file_kind = store.put(file.data), file.name, file.kind


def _checked(details: DiplomaDetails) -> DiplomaDetails:
    with gathered() as attempt:
        attempt(lambda: _check_kind(details.kind))
        title = attempt(lambda: tidy_name(details.title, "title", "l’intitulé", 200))
        attempt(lambda: _check_days(details))
        attempt(lambda: _check_end(details))
    issuer = " ".join(details.issuer.split())[:200]
    return replace(details, title=title, issuer=issuer)


def _check_kind(kind: str) -> None:
    if kind not in DIPLOMA_KINDS:
        raise Refused("Choisissez de quoi il s’agit.", "kind")


def _check_days(details: DiplomaDetails) -> None:
    today = clock.today()
    if details.checked_on > today:
        raise Refused("Ce jour n’est pas encore venu.", "checked_on")
    if details.obtained_on is not None and details.obtained_on > today:
        raise Refused("Ce jour n’est pas encore venu.", "obtained_on")


def _check_end(details: DiplomaDetails) -> None:
    start, end = details.obtained_on, details.valid_until
    if start is not None and end is not None and end < start:
        raise Refused("La fin de validité précède l’obtention.", "valid_until")


def _note(
    action: str,
    words: str,
    trainer: Trainer,
    row: TrainerDiploma,
    by: Actor,
    at: datetime,
    origin: Origin | None,
) -> None:
    record(
        action,
        by=by,
        at=at,
        summary=f"{trainer.name} – {DIPLOMA_KINDS[row.kind]} {words} : {row.title}.",
        subject=("trainer", trainer.id),
        origin=origin,
    )
