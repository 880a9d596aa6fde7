"""The short list of what an office does first. Rooms above add their own steps."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, url_for

from admin_app.accounts import queries as accounts
from admin_app.organisation import queries
from admin_app.organisation.house import KINDS, TRAINEES


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, the page where it is done, and how to know that it is."""

    rank: int
    title: str
    text: str
    endpoint: str
    is_done: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as the page shows it."""

    title: str
    text: str
    url: str
    done: bool


def add_step(app: Flask, step: Step) -> None:
    """Add a step to the list (from a room's `init_room`)."""
    app.extensions.setdefault("liasse.first_steps", []).append(step)


def first_steps() -> list[StepShown]:
    """The steps whose pages exist, in order, each with whether it is done."""
    steps: list[Step] = [*OWN, *current_app.extensions.get("liasse.first_steps", ())]
    return [
        StepShown(step.title, step.text, url_for(step.endpoint), step.is_done())
        for step in sorted(steps, key=lambda one: one.rank)
        if step.endpoint in current_app.view_functions
    ]


def _post_leaves() -> bool:
    return bool(current_app.config["SETTINGS"].smtp_url) or queries.mail_server() is not None


def _house_documents_published() -> bool:
    return {one.key for one in KINDS if one.group == TRAINEES} <= set(queries.house_documents())


def _officer_named() -> bool:
    return bool(queries.the_provider().disability_officer)


def _someone_else_invited() -> bool:
    return accounts.count_users() > 1


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
        _house_documents_published,
    ),
    Step(
        30,
        "Désigner le référent handicap",
        "Son nom figure au catalogue, dans le livret d’accueil et sur les convocations.",
        "organisation_office.identity",
        _officer_named,
    ),
    Step(
        40,
        "Ajouter vos lieux de formation",
        "Avec leur accessibilité : elle paraît sur les convocations.",
        "organisation_office.places",
        queries.has_places,
    ),
    Step(
        80,
        "Inviter vos collègues",
        "Secrétariat, responsable qualité, référent handicap, formateurs : chacun reçoit un lien.",
        "accounts_office.index",
        _someone_else_invited,
    ),
)
