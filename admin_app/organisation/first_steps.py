"""The short list of what an office does first. Rooms above add their own steps."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy import Select, func, select

from admin_app.accounts.models import User, UserRole
from admin_app.core.access import Role, way_to
from admin_app.core.database import Rows, db
from admin_app.organisation import queries
from admin_app.organisation.house import KINDS, TRAINEES
from admin_app.organisation.models import HouseDocument, Place


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, the page where it is done, and how to know that it is.

    `done` is asked, or is a statement: then the step is done once it gives a row.
    """

    rank: int
    title: str
    text: str
    endpoint: str
    done: Callable[[], bool] | Rows


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as the page shows it."""

    title: str
    text: str
    url: str | None
    done: bool


def add_step(app: Flask, step: Step) -> None:
    """Add a step to the list (from a room's `init_room`)."""
    app.extensions.setdefault("liasse.first_steps", []).append(step)


def first_steps() -> list[StepShown]:
    """The steps, in order, each with whether it is done; no way to a page closed to the reader.

    Whatever the steps, their statements are sent as one.
    """
    steps: list[Step] = [*OWN, *current_app.extensions.get("liasse.first_steps", ())]
    steps.sort(key=lambda one: one.rank)
    found = _found([step.done for step in steps if isinstance(step.done, Select)])
    return [
        StepShown(
            step.title,
            step.text,
            way_to(step.endpoint),
            next(found) if isinstance(step.done, Select) else step.done(),
        )
        for step in steps
    ]


def steps_left() -> int:
    """How many steps remain (one statement)."""
    return sum(not step.done for step in first_steps())


def _found(which: Sequence[Rows]) -> Iterator[bool]:
    return map(bool, db.session.execute(select(*(one.exists() for one in which))).one())


def _post_leaves() -> bool:
    return bool(current_app.config["SETTINGS"].smtp_url) or queries.mail_server() is not None


_FOR_TRAINEES = [one.key for one in KINDS if one.group == TRAINEES]
_EVERY_HOUSE_DOCUMENT: Rows = (
    select(func.count())
    .where(HouseDocument.kind.in_(_FOR_TRAINEES))
    .having(func.count(HouseDocument.kind.distinct()) == len(_FOR_TRAINEES))
)
# who was invited and has not come yet has no access
_OFFICER_WITH_ACCESS: Rows = (
    select(User.id)
    .join(UserRole, UserRole.user_id == User.id)
    .where(
        UserRole.role == Role.DISABILITY_OFFICER.value,
        User.disabled_at.is_(None),
        User.password_set_at.is_not(None),
    )
)


def _officer_named() -> bool:
    return bool(queries.the_provider().disability_officer)


OWN = (
    Step(
        10,
        "Régler l’envoi des messages",
        "Sans serveur de messagerie, les messages sont gardés dans le dossier outbox de "
        "l’installation et ne partent pas.",
        "organisation_office.mail_server",
        _post_leaves,
    ),
    Step(
        20,
        "Publier le règlement intérieur, le livret d’accueil et la procédure de prévention",
        "Un texte de départ est proposé pour chacun : adaptez-le, puis publiez-le. Ils sont joints "
        "aux convocations.",
        "organisation_office.house_documents",
        _EVERY_HOUSE_DOCUMENT,
    ),
    Step(
        30,
        "Désigner le référent handicap",
        "Son nom figure au catalogue, dans le livret d’accueil et sur les convocations.",
        "organisation_office.identity",
        _officer_named,
    ),
    Step(
        35,
        "Ouvrir un accès au référent handicap",
        "Les demandes d’aménagement ne s’ouvrent qu’à lui, et à ceux qu’il nomme : invitez "
        "cette personne avec le rôle « référent handicap ». C’est fait une fois qu’elle est venue.",
        "accounts_office.index",
        _OFFICER_WITH_ACCESS,
    ),
    Step(
        40,
        "Ajouter vos lieux de formation",
        "Avec leur accessibilité : elle paraît sur les convocations.",
        "organisation_office.places",
        select(Place.id),
    ),
    Step(
        80,
        "Inviter vos collègues",
        "Secrétariat, responsable qualité, référent handicap, formateurs : chacun reçoit un lien.",
        "accounts_office.index",
        select(User.id).offset(1),  # somebody else than who installed Liasse
    ),
)
