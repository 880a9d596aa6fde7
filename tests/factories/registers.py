"""Registers of quality: items of the watch, actions, risks, made by their own acts."""

from datetime import UTC, date, datetime
from typing import Any

from admin_app.core.actor import Actor, ActorKind
from admin_app.quality.improvements import operations as improvements
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.risks import operations as risks
from admin_app.quality.risks.models import Risk
from admin_app.quality.watch import operations as watch
from admin_app.quality.watch.models import WatchNote
from tests.factories import ProviderFactory

QUALITY = Actor(ActorKind.USER, "Nora Lenoir", 1)
TODAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def found(**changes: Any) -> WatchNote:
    """An item of the legal watch, found on 20 November 2026."""
    ProviderFactory()
    typed: dict[str, Any] = {
        "topic": "legal",
        "title": "Décret n° 2026-728 : le référentiel change",
        "source": "Journal officiel",
        "published_on": date(2026, 8, 4),
        "found_on": date(2026, 11, 20),
    }
    return watch.enter(watch.Found(**(typed | changes)), by=QUALITY, at=TODAY)


def planned(**changes: Any) -> Improvement:
    """An action decided on 1 October 2026, to be done by 30 November."""
    ProviderFactory()
    typed: dict[str, Any] = {
        "title": "Envoyer le lien de connexion la veille",
        "kind": "corrective",
        "origin_kind": "idea",
        "origin_words": "Réunion d’équipe de septembre",
        "action": "Un message part la veille à 17 h.",
        "owner_name": "Claire Vasseur",
        "created_on": date(2026, 10, 1),
        "due_on": date(2026, 11, 30),
    }
    return improvements.open_action(improvements.Plan(**(typed | changes)), by=QUALITY, at=TODAY)


def written(
    likelihood: int = 3, impact: int = 2, on: date = date(2026, 11, 2), **changes: Any
) -> Risk:
    """A risk of the staff, watched by Claire Vasseur."""
    ProviderFactory()
    typed: dict[str, Any] = {
        "title": "Le formateur prévu n’est plus disponible",
        "domain": "staff",
        "owner_name": "Claire Vasseur",
    }
    rated = risks.Rated(on=on, likelihood=likelihood, impact=impact, why="Deux fois cette année.")
    return risks.write_down(risks.Described(**(typed | changes)), rated, by=QUALITY, at=TODAY)
