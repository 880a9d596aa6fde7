"""Programmes as tests want them: a complete text, drafts, published versions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from admin_app.core import clock
from admin_app.core.actor import Actor, ActorKind
from admin_app.programmes import operations
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.text import Part, ProgrammeText
from tests.factories.base import A_DAY

OFFICE = Actor(ActorKind.USER, "Hélène Marchand", 1)


def full_text(**changes: Any) -> ProgrammeText:
    """A text that lacks nothing."""
    values: dict[str, Any] = {
        "title": "Réseau départemental des chargés de coopération CTG",
        "summary": "Deux jours pour faire communauté et préciser le métier.",
        "audience": "Chargés et chargées de coopération d’un département.",
        "prerequisites": "Aucun",
        "objectives": (
            "Situer ses missions parmi celles de ses pairs",
            "Comparer trois pratiques et en choisir une à essayer",
        ),
        "contents": (
            Part(1, "Le métier aujourd’hui", ("Panorama des missions", "Les deux facettes")),
            Part(2, "Le métier demain", ("Trois pistes d’évolution",)),
        ),
        "duration_minutes": 840,
        "days": 2,
        "methods": "Alternance d’apports et de mises en pratique.",
        "means": "Salle équipée, supports remis.",
        "assessment": "Étude de cas évaluée objectif par objectif.",
        "monitoring": "Émargement par demi-journée.",
        "recognition": "attestation",
        "price": Decimal("4800.00"),
        "price_details": "Exonéré de TVA.",
        "financing": "Budget de formation de la collectivité.",
        "access_delay": "Six semaines entre la demande et le premier jour.",
        "access_terms": "Sur demande écrite, après un entretien.",
        "accessibility": "Locaux accessibles ; référent handicap à l’écoute.",
        "contact": "contact@atelier.example.org, 05 56 00 00 00",
        "required_skills": ("Animation participative",),
    }
    return ProgrammeText(**(values | changes))


def draft(reference: str = "CTG", *, at: datetime = A_DAY, **changes: Any) -> ProgrammeVersion:
    """A complete draft, made by the operation."""
    options = {name: changes.pop(name) for name in ("trainers", "is_public") if name in changes}
    return operations.create_programme(reference, full_text(**changes), by=OFFICE, at=at, **options)


def published(
    reference: str = "CTG",
    *,
    at: datetime = A_DAY,
    in_force_from: date | None = None,
    **changes: Any,
) -> ProgrammeVersion:
    """A published version, made by the operations."""
    made = draft(reference, at=at, **changes)
    return operations.publish(
        made, in_force_from=in_force_from or clock.day_of(at), by=OFFICE, at=at
    )
