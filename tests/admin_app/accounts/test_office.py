"""The administrator's pages: who has an access, and what it lets them do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.accounts.queries import home_endpoint, users_of_client
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.journal.models import JournalEntry
from tests.admin_app.accounts.people import user_with_password
from tests.factories import (
    ClientContactFactory,
    ClientFactory,
    TrainerFactory,
    UserFactory,
)
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def admin(sign_in: SignIn) -> FlaskClient:
    return sign_in(user=user_with_password(Role.ADMINISTRATOR, name="Hélène Marchand"))


def statements(client: FlaskClient, path: str) -> int:
    db.session.remove()  # as a new process would find it
    with counted() as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_a_list_of_any_length_costs_the_same(admin: FlaskClient) -> None:
    few = statements(admin, "/acces")
    for _ in range(30):
        UserFactory()
    assert statements(admin, "/acces") == few
    assert few <= 10
    second = admin.get("/acces?page=2")
    assert "26 à 31 sur 31" in second.text.replace("\u00a0", " ")


def test_a_list_is_filtered_by_its_address(admin: FlaskClient) -> None:
    UserFactory(name="Émile Œuvrard", roles=(Role.OFFICE,))
    UserFactory(name="Zoé", roles=(Role.QUALITY_MANAGER,), disabled_at=clock.now())
    assert "Émile" in admin.get("/acces?q=emile+oeuv").text
    assert "Zoé" not in admin.get("/acces?q=emile").text
    assert "Zoé" in admin.get("/acces?role=quality-manager").text
    assert "Émile" not in admin.get("/acces?role=quality-manager").text
    assert "Zoé" in admin.get("/acces?etat=closed").text
    assert "Émile" in admin.get("/acces?etat=invited").text
    assert "Personne ne répond" in admin.get("/acces?q=zzz").text
    assert admin.get("/acces?etat=x&role=y&page=abc").status_code == 200


def test_someone_is_invited(admin: FlaskClient, outbox: list) -> None:
    page = admin.get("/acces/inviter")
    assert "référent handicap" in page.text.lower()
    reply = admin.post(
        "/acces/inviter",
        data={
            "name": "Paul",
            "email": "paul@example.org",
            "roles": ["office", "disability-officer"],
        },
    )
    assert reply.status_code == 303
    user = db.session.scalars(select(User).where(User.email == "paul@example.org")).one()
    assert user.roles == {Role.OFFICE, Role.DISABILITY_OFFICER}
    assert len(outbox) == 1
    entry = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action == "accounts.invited")
    ).one()
    assert entry.actor_label == "Hélène Marchand"


def test_a_refused_invitation_keeps_what_was_typed(admin: FlaskClient, outbox: list) -> None:
    reply = admin.post(
        "/acces/inviter",
        data={"name": "Alix", "email": "alix@", "roles": ["auditor"], "access_until": "31/31/2026"},
    )
    assert reply.status_code == 422
    for kept in ('value="Alix"', 'value="alix@"', 'value="31/31/2026"', "checked"):
        assert kept in reply.text
    assert "Ce jour n’existe pas" in reply.text
    assert outbox == []
    unknown = admin.post("/acces/inviter", data={"name": "A", "email": "a@b.fr", "roles": ["king"]})
    assert unknown.status_code == 422


def test_a_trainer_is_tied_to_the_file_of_the_same_address(admin: FlaskClient) -> None:
    trainer = TrainerFactory()
    data = {"name": trainer.name, "email": trainer.email, "roles": ["trainer"]}
    assert admin.post("/acces/inviter", data=data).status_code == 303
    user = db.session.scalars(select(User).where(User.email == trainer.email)).one()
    assert user.trainer_id == trainer.id


@pytest.mark.parametrize("typed", ["{name} (n° {id})", "{name}", "{email}"])
def test_a_trainer_is_tied_to_the_file_that_was_chosen(admin: FlaskClient, typed: str) -> None:
    trainer = TrainerFactory(first_name="Zélie", last_name="Œuvre")
    chosen = typed.format(name=trainer.name, id=trainer.id, email=trainer.email)
    data = {"name": "Zélie", "email": "z@example.org", "roles": ["trainer"], "trainer": chosen}
    assert admin.post("/acces/inviter", data=data).status_code == 303
    user = db.session.scalars(select(User).where(User.email == "z@example.org")).one()
    assert user.trainer_id == trainer.id


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "aucune fiche ne porte cette adresse"),
        ("Inconnue", "Aucune fiche"),
        ("Double", "Plusieurs fiches"),
    ],
)
def test_a_trainer_without_file_is_refused(admin: FlaskClient, typed: str, why: str) -> None:
    for _ in range(2):
        TrainerFactory(first_name="", last_name="Double")
    data = {"name": "Z", "email": "z@example.org", "roles": ["trainer"], "trainer": typed}
    reply = admin.post("/acces/inviter", data=data)
    assert reply.status_code == 422
    assert why in reply.text


def test_a_client_is_tied_to_the_client_of_the_same_contact(admin: FlaskClient) -> None:
    contact = ClientContactFactory()
    data = {"name": contact.name, "email": contact.email, "roles": ["client"]}
    assert admin.post("/acces/inviter", data=data).status_code == 303
    assert [user.email for user in users_of_client(contact.client_id)] == [contact.email]


def test_a_link_from_a_file_fills_the_form(admin: FlaskClient) -> None:
    client = ClientFactory(name="CAF de l’Aubrée")
    page = admin.get(f"/acces/inviter?role=client&fiche={client.id}&nom=Sophie&adresse=s@caf.fr")
    assert f'value="CAF de l’Aubrée (n° {client.id})"' in page.text
    assert 'value="Sophie"' in page.text
    assert admin.get("/acces/inviter?role=client&fiche=x").status_code == 200


def test_roles_are_changed_and_the_journal_says_from_what_to_what(admin: FlaskClient) -> None:
    user = UserFactory(name="Paul", roles=(Role.OFFICE,))
    address = f"/acces/{user.id}"
    assert "checked" in admin.get(address).text
    reply = admin.post(
        address, data={"name": "Paul R.", "email": user.email, "roles": ["quality-manager"]}
    )
    assert reply.status_code == 303
    db.session.refresh(user)
    assert user.roles == {Role.QUALITY_MANAGER}
    entry = db.session.scalars(select(JournalEntry)).one()
    assert entry.details == {"before": ["office"], "after": ["quality-manager"]}
    assert admin.get("/acces/9999").status_code == 404


def test_the_end_of_an_access_includes_its_day(admin: FlaskClient) -> None:
    user = UserFactory(roles=(Role.OFFICE,))
    last = clock.today() + timedelta(days=3)
    data = {
        "name": "Paul",
        "email": user.email,
        "roles": ["auditor"],
        "access_until": last.isoformat(),
    }
    admin.post(f"/acces/{user.id}", data=data)
    db.session.refresh(user)
    assert user.last_day == last
    assert user.is_open_at(user.access_until - timedelta(seconds=1))
    assert not user.is_open_at(user.access_until)
    assert f'value="{last.isoformat()}"' in admin.get(f"/acces/{user.id}").text


def test_the_last_administrator_stays(admin: FlaskClient) -> None:
    me = db.session.scalars(select(User)).one()
    UserFactory(roles=(Role.ADMINISTRATOR,))  # has chosen no password yet: does not count
    data = {"name": me.name, "email": me.email, "roles": ["office"]}
    reply = admin.post(f"/acces/{me.id}", data=data)
    assert reply.status_code == 422
    assert "dernière personne qui peut administrer" in reply.text
    data |= {
        "roles": ["administrator"],
        "access_until": (clock.today() + timedelta(days=9)).isoformat(),
    }
    assert admin.post(f"/acces/{me.id}", data=data).status_code == 422
    user_with_password(Role.ADMINISTRATOR)
    data = {"name": me.name, "email": me.email, "roles": ["office"]}
    reply = admin.post(f"/acces/{me.id}", data=data)
    assert (reply.status_code, reply.location) == (303, "/mon-compte")  # no longer theirs to see


def test_an_access_is_closed_and_opened_again(admin: FlaskClient, sign_in: SignIn) -> None:
    user = user_with_password(Role.OFFICE, name="Paul")
    theirs = sign_in(user=user)
    assert theirs.get("/mon-compte").status_code == 200
    assert admin.post(f"/acces/{user.id}/fermer").status_code == 303
    assert theirs.get("/mon-compte").status_code == 303
    assert "fermé" in admin.get("/acces?q=paul").text
    admin.post(f"/acces/{user.id}/rouvrir")
    db.session.refresh(user)
    assert user.is_open_at(clock.now())


def test_one_cannot_close_ones_own_access(admin: FlaskClient) -> None:
    me = db.session.scalars(select(User)).one()
    reply = admin.post(f"/acces/{me.id}/fermer", follow_redirects=True)
    assert "votre propre accès" in reply.text
    assert db.session.get(User, me.id).disabled_at is None


def test_the_last_administrator_cannot_be_closed_by_someone_without_password(
    sign_in: SignIn,
) -> None:
    last = user_with_password(Role.ADMINISTRATOR)
    other = sign_in(user=UserFactory(roles=(Role.ADMINISTRATOR,)))
    reply = other.post(f"/acces/{last.id}/fermer", follow_redirects=True)
    assert "dernière personne" in reply.text


def test_someone_is_invited_again_until_they_answer(admin: FlaskClient, outbox: list) -> None:
    invited, present = UserFactory(), user_with_password()
    assert "Inviter de nouveau" in admin.get(f"/acces/{invited.id}").text
    admin.post(f"/acces/{invited.id}/inviter-de-nouveau")
    assert len(outbox) == 1
    reply = admin.post(f"/acces/{present.id}/inviter-de-nouveau", follow_redirects=True)
    assert "déjà choisi son mot de passe" in reply.text
    assert len(outbox) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_sees_these_pages(sign_in: SignIn, role: Role) -> None:
    someone = sign_in(role)
    user = UserFactory()
    for path in ("/acces", "/acces/inviter", f"/acces/{user.id}"):
        assert someone.get(path).status_code == 403
    assert someone.post(f"/acces/{user.id}/fermer").status_code == 403


def test_each_has_a_place_to_begin(sign_in: SignIn) -> None:
    app = sign_in(Role.OFFICE).application
    for role in Role:
        assert home_endpoint(UserFactory(roles=(role,))) in app.view_functions


def test_a_day_in_the_organisations_zone(admin: FlaskClient) -> None:
    from tests.factories import ProviderFactory

    ProviderFactory(time_zone="Indian/Reunion")
    user = UserFactory(roles=(Role.OFFICE,))
    with clock.frozen(datetime(2026, 6, 2, 10, 0, tzinfo=UTC)):
        data = {"name": "P", "email": user.email, "roles": ["office"], "access_until": "2026-06-10"}
        admin.post(f"/acces/{user.id}", data=data)
    db.session.refresh(user)
    assert user.access_until == datetime(2026, 6, 10, 20, 0, tzinfo=UTC)  # midnight there
    assert user.last_day == date(2026, 6, 10)
