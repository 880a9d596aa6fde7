"""Programmes, cohorts, half-days, enrolments."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import factory

from admin_app.cohorts.models import Assignment, Cohort, CohortClient, Enrolment, HalfDay
from admin_app.core import clock
from admin_app.programmes.models import Programme, ProgrammeVersion
from tests.factories.base import A_DAY, Factory
from tests.factories.house import ClientFactory, PlaceFactory, TraineeFactory, TrainerFactory

PERIODS = {"morning": (time(9), time(12, 30)), "afternoon": (time(14), time(17, 30))}


class ProgrammeFactory(Factory):
    class Meta:
        model = Programme

    reference = factory.Sequence(lambda n: f"CTG{n}")
    slug = factory.Sequence(lambda n: f"reseau-cooperation-{n}")
    title = "Réseau départemental des chargés de coopération CTG"
    category = "AF"
    created_at = A_DAY


class ProgrammeVersionFactory(Factory):
    """A complete version, published; `published_at=None` for a draft."""

    class Meta:
        model = ProgrammeVersion

    programme_id = factory.LazyFunction(lambda: ProgrammeFactory().id)
    number = 1
    title = "Réseau départemental des chargés de coopération CTG"
    summary = "Deux jours pour faire communauté et préciser le métier."
    audience = "Chargés et chargées de coopération d’un département."
    prerequisites = "Aucun"
    objectives = factory.LazyFunction(
        lambda: [
            "Situer ses missions parmi celles de ses pairs",
            "Comparer trois pratiques et en choisir une à essayer",
            "Formuler un défi individuel et un défi collectif",
        ]
    )
    contents = factory.LazyFunction(
        lambda: [
            {"day": 1, "title": "Le métier aujourd’hui", "points": ["Panorama des missions"]},
            {"day": 2, "title": "Le métier demain", "points": ["Trois pistes d’évolution"]},
        ]
    )
    duration_minutes = 840
    days = 2
    modality = "in-person"
    methods = "Alternance d’apports et de mises en pratique."
    means = "Salle équipée, supports remis."
    assessment = "Étude de cas évaluée par la formatrice, objectif par objectif."
    monitoring = "Émargement par demi-journée."
    recognition = "attestation"
    price = Decimal("4800.00")
    price_details = "Exonéré de TVA."
    financing = "Budget de formation de la collectivité."
    access_delay = "Six semaines entre la demande et le premier jour."
    accessibility = "Locaux accessibles ; référent handicap à l’écoute."
    contact = "contact@atelier.example.org, 05 56 00 00 00"
    required_skills = factory.LazyFunction(lambda: ["Animation participative"])
    created_at = A_DAY
    created_by = "Hélène Marchand"
    published_at = A_DAY
    in_force_from = A_DAY.date()


class CohortFactory(Factory):
    class Meta:
        model = Cohort

    reference = factory.Sequence(lambda n: f"CTG-2026-{n:02d}")
    title = "Réseau départemental des chargés de coopération CTG"
    version_id = factory.LazyFunction(lambda: ProgrammeVersionFactory().id)
    standard_version_id = factory.SelfAttribute("version_id")
    starts_on = date(2026, 9, 17)
    ends_on = date(2026, 9, 18)
    modality = "in-person"
    place_id = factory.LazyFunction(lambda: PlaceFactory().id)
    created_at = A_DAY
    created_by = "Hélène Marchand"


class HalfDayFactory(Factory):
    class Meta:
        model = HalfDay

    day = date(2026, 9, 17)
    period = "morning"
    starts_at = factory.LazyAttribute(lambda o: clock.at(o.day, PERIODS[o.period][0]))
    ends_at = factory.LazyAttribute(lambda o: clock.at(o.day, PERIODS[o.period][1]))
    minutes = 210


class EnrolmentFactory(Factory):
    class Meta:
        model = Enrolment

    trainee_id = factory.LazyFunction(lambda: TraineeFactory().id)
    enrolled_at = A_DAY


class AssignmentFactory(Factory):
    class Meta:
        model = Assignment

    trainer_id = factory.LazyFunction(lambda: TrainerFactory().id)
    assigned_at = A_DAY


class CohortClientFactory(Factory):
    class Meta:
        model = CohortClient

    client_id = factory.LazyFunction(lambda: ClientFactory().id)
    price = Decimal("4800.00")
    added_at = A_DAY


def cohort_with(
    trainees: int = 3, *, starts_on: date = date(2026, 9, 17), days: int = 2, **cohort: Any
) -> Cohort:
    """A cohort with its half-days, a trainer, a client and that many trainees."""
    made = CohortFactory(
        starts_on=starts_on, ends_on=starts_on + timedelta(days=days - 1), **cohort
    )
    for rank in range(days):
        for period in PERIODS:
            HalfDayFactory(cohort_id=made.id, day=starts_on + timedelta(days=rank), period=period)
    AssignmentFactory(cohort_id=made.id)
    sponsor = CohortClientFactory(cohort_id=made.id)
    for _ in range(trainees):
        EnrolmentFactory(cohort_id=made.id, client_id=sponsor.client_id)
    return made
