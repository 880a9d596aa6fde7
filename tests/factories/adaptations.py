"""Requests for adaptation and accommodations, made by the operations."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from admin_app.adaptations import operations
from admin_app.adaptations.models import Accommodation, AdaptationRequest
from admin_app.adaptations.operations import Asked
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.needs.operations.analysis import AnalysisText
from admin_app.people.models import Client
from tests.factories.base import A_DAY
from tests.factories.house import ClientFactory
from tests.factories.programmes import OFFICE, published
from tests.factories.training import cohort_with

VISITOR = Actor(ActorKind.PUBLIC, "visiteur")
OFFICER = Actor(ActorKind.USER, "Paul Ribeiro", 2)
TRAINER = Actor(ActorKind.TRAINER, "Claire Vasseur", 3)
SECRET = "Je vis avec une sclérose en plaques"


def asked(**changes: Any) -> Asked:
    """What the CAF of Aubrée asks."""
    values: dict[str, Any] = {
        "organisation": "CAF de l’Aubrée",
        "contact_name": "Sophie Delorme",
        "contact_quality": "directrice de l’action sociale",
        "email": "sophie.delorme@caf.example.org",
        "phone": "05 45 00 00 00",
        "context": "Le deuxième conventionnement commence sur tout le département.",
        "audience": "Treize chargés de coopération, de un à quatre ans de métier.",
        "headcount": 13,
        "wished_dates": "Septembre 2026",
        "wished_place": "Angoulême",
        "wished_changes": "Étude de cas locale au jour 2\nOuvrir aux élus",
    }
    return Asked(**(values | changes))


def analysis(**changes: Any) -> AnalysisText:
    """The need as analysed with the CAF."""
    values: dict[str, Any] = {
        "held_on": date(2026, 6, 8),
        "with_whom": "Sophie Delorme, directrice de l’action sociale",
        "led_by": "Hélène Marchand",
        "context": "Deuxième conventionnement.",
        "sponsor_expectations": "Que les chargés de coopération fassent réseau.",
        "trainee_expectations": "Comparer leurs pratiques.",
        "constraints": "Deux jours, un seul lieu.",
        "level": "De un à quatre ans de métier.",
        "conclusions": "Une étude de cas locale remplace le cas général.",
    }
    return AnalysisText(**(values | changes))


def received(*, at: datetime = A_DAY, client_id: int | None = None, **changes: Any):
    """A request that has just come."""
    version = changes.pop("version", None) or published(f"CTG-{secrets.token_hex(4)}", at=at)
    return operations.request_adaptation(
        version, asked(**changes), client_id=client_id, by=VISITOR, at=at
    )


def analysed(*, at: datetime = A_DAY, **changes: Any) -> AdaptationRequest:
    """A request whose client is known and whose need is analysed, a week later."""
    request = received(at=at, **changes)
    client: Client = ClientFactory(name="CAF de l’Aubrée")
    operations.attach_client(request, client.id, by=OFFICE, at=at)
    later = at + timedelta(days=7)
    text = analysis(held_on=later.date())
    operations.record_needs_analysis(request, text, by=OFFICE, at=later)
    return request


def accepted(*, at: datetime = A_DAY, promises: tuple[str, ...] = (), **changes: Any):
    """A request that was accepted."""
    request = analysed(at=at, **changes)
    return operations.decide(
        request,
        accepted=True,
        reason="Le cas local sert le projet du département.",
        promises=promises or ("Étude de cas locale au jour 2", "Public ouvert aux élus"),
        by=OFFICE,
        at=at + timedelta(days=7),
    )


def cohort_for(request: AdaptationRequest, **options: Any) -> Cohort:
    """A cohort whose client is the one that asked."""
    cohort = cohort_with(version_id=request.version_id, **options)
    db.session.refresh(cohort)
    cohort.clients[0].client_id = request.client_id
    db.session.commit()
    return cohort


def accommodation(enrolment: Enrolment, *, at: datetime = A_DAY, **changes: Any) -> Accommodation:
    """What a trainee asked, in words that must never leave the room."""
    values: dict[str, Any] = {"need": SECRET, "contact": "le soir", "consent": True}
    return operations.ask_accommodation(
        enrolment,
        **(values | changes),
        by=Actor(ActorKind.TRAINEE, "Nadia Benali", enrolment.id),
        at=at,
    )
