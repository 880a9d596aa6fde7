"""The register: subcontractors, and the trainers that they send."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from admin_app.core.actor import Actor
from admin_app.core.checks import chosen, gathered, limited, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act, locked, touch_scope
from admin_app.organisation.identifiers import clean_activity_number, clean_siret
from admin_app.people.models import Trainer
from admin_app.people.operations.checks import tidy_name
from admin_app.subcontracting.models import Subcontractor
from admin_app.subcontracting.operations.common import told
from admin_app.subcontracting.words import KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class SubcontractorDetails:
    """Who it is: `kind` is a key of `KINDS`; `added_on` the day it was taken on."""

    name: str
    kind: str
    siret: str = ""
    activity_number: str = ""
    contact: str = ""
    added_on: date | None


@act
def add_subcontractor(details: SubcontractorDetails, *, by: Actor, at: datetime) -> Subcontractor:
    """Enter a subcontractor: contract, clauses and proofs are expected from then on.

    Raises:
        Problems: no name, a false SIRET or declaration number, a day to come.
    """
    row = Subcontractor(**asdict(_checked(details, at)))
    db.session.add(row)
    db.session.flush()
    told(row, "added", "entre au registre des sous-traitants", by=by, at=at)
    return row


@act
def change_subcontractor(
    row: Subcontractor, details: SubcontractorDetails, *, by: Actor, at: datetime
) -> Subcontractor:
    """Change what is said of a subcontractor.

    Raises:
        Problems: as for `add_subcontractor`.
    """
    for name, value in asdict(_checked(details, at)).items():
        setattr(row, name, value)
    told(row, "changed", "fiche modifiée", by=by, at=at)
    return row


@act
def archive(row: Subcontractor, *, by: Actor, at: datetime) -> Subcontractor:
    """Work with it no more; contracts and proofs stay readable.

    Raises:
        Refused: it is archived already.
    """
    if row.archived_at is not None:
        raise Refused("Cette fiche est déjà archivée.")
    row.archived_at = at
    told(row, "archived", "archivé", by=by, at=at)
    return row


@act
def restore(row: Subcontractor, *, by: Actor, at: datetime) -> Subcontractor:
    """Work with it again.

    Raises:
        Refused: it is not archived.
    """
    if row.archived_at is None:
        raise Refused("Cette fiche n’est pas archivée.")
    row.archived_at = None
    told(row, "restored", "repris", by=by, at=at)
    return row


@act
def link_trainer(row: Subcontractor, trainer_id: int, *, by: Actor, at: datetime) -> Trainer:
    """Say that it sends this trainer: what they teach are its missions.

    Raises:
        Refused: no such trainer, or another subcontractor sends them.
    """
    trainer = db.session.get(Trainer, trainer_id)
    if trainer is None or trainer.archived_at is not None:
        raise Refused("Choisissez dans la liste.", "trainer_id")
    locked(trainer)
    if trainer.subcontractor_id is not None:
        raise Refused("Cette personne est déjà rattachée à un sous-traitant.", "trainer_id")
    trainer.subcontractor_id = row.id
    touch_scope("trainer", trainer.id)
    told(row, "trainer-linked", f"envoie {trainer.name}", by=by, at=at)
    return trainer


@act
def unlink_trainer(row: Subcontractor, trainer: Trainer, *, by: Actor, at: datetime) -> Trainer:
    """Say that it no longer sends this trainer.

    Raises:
        Refused: it does not send them.
    """
    if trainer.subcontractor_id != row.id:
        raise Refused("Cette personne n’est pas rattachée à ce sous-traitant.")
    trainer.subcontractor_id = None
    touch_scope("trainer", trainer.id)
    told(row, "trainer-unlinked", f"n’envoie plus {trainer.name}", by=by, at=at)
    return trainer


def _checked(details: SubcontractorDetails, at: datetime) -> SubcontractorDetails:
    siret, number = details.siret.strip(), details.activity_number.strip()
    with gathered() as attempt:
        name = attempt(lambda: tidy_name(details.name, "name", "le nom", 200))
        attempt(lambda: chosen(details.kind, KINDS, "kind"))
        siret = attempt(lambda: clean_siret(siret) if siret else "")
        number = attempt(lambda: clean_activity_number(number) if number else "")
        contact = attempt(lambda: limited(details.contact, "contact", 200))
        attempt(lambda: past_day(details.added_on, at, "added_on"))
    return replace(details, name=name, siret=siret, activity_number=number, contact=contact)
