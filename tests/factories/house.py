"""The organisation, its people and its clients."""

import secrets
from datetime import date

import factory
from sqlalchemy import select

from admin_app.accounts.models import User, UserRole
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.transaction import transaction
from admin_app.organisation.models import HouseDocument, Place, Provider
from admin_app.people.models import Client, ClientContact, Trainee, Trainer
from tests.factories.base import A_DAY, Factory


class ProviderFactory(Factory):
    """The one organisation: made the first time, changed afterwards."""

    class Meta:
        model = Provider

    @classmethod
    def _create(cls, model_class, *args, **kwargs):  # type: ignore[no-untyped-def]
        there = db.session.scalar(select(Provider))
        if there is None:
            return super()._create(model_class, *args, **kwargs)
        with transaction():
            for name, value in kwargs.items():
                setattr(there, name, value)
        return there

    name = "Atelier des Territoires"
    legal_form = "SARL"
    siret = "73282932000074"
    activity_number = "75331234567"
    activity_region = "Nouvelle-Aquitaine"
    certificate_number = "FR-0001"
    certificate_body = "Certif Exemple"
    certified_on = date(2025, 3, 10)
    address = "12 rue des Tilleuls"
    postcode = "33000"
    city = "Bordeaux"
    email = "contact@atelier.example.org"
    phone = "0556000000"
    representative = "Hélène Marchand"
    representative_quality = "gérante"
    vat_status = "exempt-3511"
    time_zone = "Europe/Paris"
    disability_officer = "Paul Ribeiro"
    disability_email = "handicap@atelier.example.org"
    mail_settings = factory.LazyFunction(dict)
    created_at = A_DAY


class PlaceFactory(Factory):
    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Salle Loire {n}")
    address = "12 rue des Tilleuls, 33000 Bordeaux"


class HouseDocumentFactory(Factory):
    class Meta:
        model = HouseDocument

    kind = "house-rules"
    version = 1
    title = "Règlement intérieur"
    text = "Chacun respecte les lieux et les personnes."
    in_force_from = date(2026, 1, 1)
    created_at = A_DAY
    created_by = "Hélène Marchand"


class UserFactory(Factory):
    """A user; `roles=(Role.OFFICE,)`."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    name = factory.Sequence(lambda n: f"Personne {n}")
    stamp = factory.LazyFunction(lambda: secrets.token_hex(8))
    created_at = A_DAY

    @classmethod
    def _create(cls, model_class, *args, roles=(Role.OFFICE,), **kwargs):  # type: ignore[no-untyped-def]
        kwargs["role_rows"] = [UserRole(role=role.value) for role in roles]
        return super()._create(model_class, *args, **kwargs)


class TrainerFactory(Factory):
    class Meta:
        model = Trainer

    first_name = "Claire"
    last_name = factory.Sequence(lambda n: f"Vasseur{n or ''}")
    email = factory.Sequence(lambda n: f"formatrice{n}@example.org")
    status = "employee"


class ClientFactory(Factory):
    class Meta:
        model = Client

    name = factory.Sequence(lambda n: f"CAF de l’Aubrée {n}")
    kind = "public-body"
    siret = "73282932000074"
    address = "1 place de la République"
    postcode = "16000"
    city = "Angoulême"
    created_at = A_DAY


class ClientContactFactory(Factory):
    class Meta:
        model = ClientContact

    client_id = factory.LazyFunction(lambda: ClientFactory().id)
    name = "Sophie Delorme"
    quality = "directrice de l’action sociale"
    email = factory.Sequence(lambda n: f"contact{n}@caf.example.org")
    signs = True


class TraineeFactory(Factory):
    class Meta:
        model = Trainee

    first_name = "Nadia"
    last_name = factory.Sequence(lambda n: f"Benali{n or ''}")
    email = factory.Sequence(lambda n: f"stagiaire{n}@example.org")
    created_at = A_DAY
