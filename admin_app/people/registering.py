"""What this room tells those below: which files accounts are tied to, and a first step."""

from flask import Flask
from sqlalchemy import select

from admin_app.accounts.attachments import Attachable, attach
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.organisation.first_steps import Step, add_step
from admin_app.people import queries
from admin_app.people.models import Trainer
from admin_app.people.operations import withdraw_expired_skills


def init_people(app: Flask) -> None:
    """Declare them."""
    attach(app, TRAINER_FILES)
    attach(app, CLIENTS)
    add_step(app, FIRST_TRAINERS)
    app.extensions.setdefault("liasse.rounds", []).append(_withdraw_what_has_expired)


def _withdraw_what_has_expired() -> None:
    withdraw_expired_skills(by=SYSTEM, at=clock.now())


def _trainer_name(key: int) -> str | None:
    found = queries.trainer(key)
    return found.name if found else None


def _client_name(key: int) -> str | None:
    found = queries.client(key)
    return found.name if found else None


def _trainers_of_email(email: str) -> list[int]:
    found = queries.trainer_of_email(email)
    return [found.id] if found else []


TRAINER_FILES = Attachable(
    role=Role.TRAINER,
    field="trainer",
    word="la fiche de formateur",
    label=_trainer_name,
    options=lambda limit: [(one.id, one.name) for one in queries.active_trainers(limit)],
    by_email=_trainers_of_email,
    by_name=queries.trainers_named,
)
CLIENTS = Attachable(
    role=Role.CLIENT,
    field="client",
    word="le client",
    label=_client_name,
    options=lambda limit: [(one.id, one.name) for one in queries.active_clients(limit)],
    by_email=queries.clients_of_email,
    by_name=queries.clients_named,
)
FIRST_TRAINERS = Step(
    50,
    "Créer les fiches de vos formateurs",
    "Avec leurs compétences et ce qui les montre : l’auditeur les demande.",
    "people_office.trainers",
    select(Trainer.id).where(Trainer.archived_at.is_(None)),
)
