"""The first days: the organisation, its accounts, its places, its documents."""

import re
from datetime import date, datetime

from admin_app.accounts.operations import NewAccount, accept, invite
from admin_app.accounts.queries import user_of_email
from admin_app.core import links
from admin_app.core.access import Role
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.links import Purpose
from admin_app.demo.files import read, section
from admin_app.demo.world import World, from_desk
from admin_app.organisation.operations import (
    PlaceDetails,
    ProviderDetails,
    add_place,
    publish,
    set_up,
)
from admin_app.organisation.queries import text_to_start_from

PASSWORD = "Tournesol!Bleu42"  # noqa: S105 - a demonstration's own, printed by `flask demo show`
TO_ADAPT = re.compile(r"\[À (?:adapter|vérifier)[^\]]*\]", re.IGNORECASE)
YEARS_OLD = 6
CERTIFIED_AGO = 550  # days: a surveillance audit falls between the 14th and the 22nd month
AUDIT_IN = 24  # days from today to the audit, or a little more


def plan(world: World, first_day: date) -> None:
    """Note the acts by which the house opens, on that day and the next ones."""
    note = world.agenda.note
    note(first_day, "09:04", _set_up, world)
    for rank, account in enumerate(read("organisation")["account"]):
        if account["key"] == "administrator" or account["role"] in ("trainer", "client"):
            continue
        note(first_day, f"09:{20 + rank}", invite_and_accept, world, account)
    for rank, place in enumerate(read("organisation")["place"]):
        note(first_day, f"09:{40 + rank}", _place, world, place)
    for rank, kind in enumerate(read("house")):
        note(first_day, f"10:{10 + 9 * rank}", _document, world, kind)


def _set_up(world: World, at: datetime) -> None:
    known = section("organisation", "account", "key", "administrator")
    details = ProviderDetails(
        **read("organisation")["provider"],
        certified_on=world.days.ago(CERTIFIED_AGO),
        next_audit_on=world.days.ahead(AUDIT_IN),
        in_business_since=_years_before(world.today, YEARS_OLD),
    )
    account = NewAccount(
        name=known["name"], email=known["email"], roles=frozenset({Role.ADMINISTRATOR})
    )
    origin = from_desk(known["name"])
    _, user = set_up(details, account, password=PASSWORD, at=at, origin=origin)
    world.users["administrator"] = Actor(ActorKind.USER, user.name, user.id)


def invite_and_accept(world: World, known: dict[str, str], at: datetime) -> None:
    """Invite someone, who chooses their password by the link of the message."""
    account = NewAccount(
        name=known["name"],
        email=known["email"],
        roles=frozenset({Role(known["role"])}),
        trainer_id=world.trainers.get(known.get("trainer", "")),
        client_id=world.clients.get(known.get("client", "")),
    )
    link = invite(account, by=world.users["administrator"], at=at)
    user = accept(link, PASSWORD, at=at, origin=from_desk(known["name"]))
    world.users[known["key"]] = Actor(ActorKind.USER, user.name, user.id)


def accept_invitation(email: str, at: datetime) -> Actor:
    """Someone invited earlier chooses their password.

    Raises:
        LookupError: nobody of that address was invited.
    """
    user = user_of_email(email)
    link = links.current(Purpose.INVITATION, ("user", user.id), at) if user else None
    if user is None or link is None:
        raise LookupError(f"nobody invited {email}")
    accept(link, PASSWORD, at=at, origin=from_desk(user.name))
    return Actor(ActorKind.USER, user.name, user.id)


def _place(world: World, known: dict[str, str], at: datetime) -> None:
    values = {name: value for name, value in known.items() if name != "key"}
    place = add_place(PlaceDetails(**values), by=world.office, at=at)  # type: ignore[arg-type]
    world.places[known["key"]] = place.id


def _document(world: World, kind: str, at: datetime) -> None:
    """The starting text, each passage to adapt replaced by what the house has to say."""
    words = iter(read("house")[kind])
    text = TO_ADAPT.sub(lambda _: next(words), text_to_start_from(kind))
    by = world.users["administrator"]
    publish(kind, text, in_force_from=at.date(), by=by, at=at)


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))
