"""Trainers with what shows their skills, clients with whom to write to, and their accounts."""

from datetime import date, datetime

from admin_app.demo.days import before
from admin_app.demo.files import pdf, read
from admin_app.demo.story.house import invite_and_accept
from admin_app.demo.world import World
from admin_app.people.models import Trainer
from admin_app.people.operations import (
    ClientDetails,
    ContactDetails,
    SkillDetails,
    TrainerDetails,
    add_skill,
    create_client,
    create_trainer,
    put_cv,
)

DETAILS = ("first_name", "last_name", "email", "phone", "status", "titles", "bio")


def plan(world: World, day: date) -> None:
    """Note the acts by which people are entered, on that day and the next one."""
    note = world.agenda.note
    for rank, known in enumerate(read("organisation")["trainer"]):
        note(day, f"09:{10 + 12 * rank}", _trainer, world, known)
    for rank, known in enumerate(read("organisation")["client"]):
        note(day, f"14:{5 + 7 * rank:02}", _client, world, known)
    later = [one for one in read("organisation")["account"] if one["role"] in ("trainer", "client")]
    for rank, known in enumerate(later):
        note(day, f"16:{10 + rank}", invite_and_accept, world, known)


def _trainer(world: World, known: dict[str, object], at: datetime) -> None:
    values = {name: str(known.get(name, "")) for name in DETAILS}
    trainer = create_trainer(TrainerDetails(**values), by=world.office, at=at)
    world.trainers[str(known["key"])] = trainer.id
    if "cv" in known:
        put_cv(trainer, pdf(str(known["cv"])), by=world.office, at=at)
    _skills(world, trainer, known["skills"], at)


def _skills(world: World, trainer: Trainer, skills: object, at: datetime) -> None:
    checked_on = before(at.date())
    for skill, shown_by in skills:  # type: ignore[attr-defined]
        details = SkillDetails(skill=skill, shown_by=shown_by, checked_on=checked_on)
        add_skill(trainer, details, by=world.office, at=at)


def _client(world: World, known: dict[str, str], at: datetime) -> None:
    details = ClientDetails(
        **{name: known[name] for name in ("name", "kind", "siret", "address", "postcode", "city")}
    )
    contact = ContactDetails(
        name=known["contact"],
        quality=known["quality"],
        email=address_of(known["contact"], known["domain"]),
        signs=bool(known["signs"]),
    )
    client = create_client(details, contact=contact, by=world.office, at=at)
    world.clients[known["key"]] = client.id
    world.contacts[known["key"]] = client.contacts[0].id


def address_of(name: str, domain: str) -> str:
    """« fanny.roussel@… », without accents."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return f"{'.'.join(plain.replace('’', '').split())}@{domain}"
