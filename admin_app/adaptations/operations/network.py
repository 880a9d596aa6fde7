"""The network of partners for disability: the list, its checks, contacts made, the officer's
training. Nobody who is accompanied is named, and nothing is said of anyone's health."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from admin_app.adaptations.models import (
    NetworkCheck,
    NetworkContact,
    NetworkPartner,
    OfficerTraining,
)
from admin_app.adaptations.network_words import HOW, KINDS, TOPICS
from admin_app.adaptations.queries import network as queries
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.checks import chosen, gathered, limited, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.identifiers import clean_website
from admin_app.organisation.queries import the_provider

Event = queries.Event
SUBJECTS: dict[type[Event], str] = {
    NetworkCheck: "network-check",
    NetworkContact: "network-contact",
    OfficerTraining: "officer-training",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner: who it is, whom to ask there, what it can do. `kind`: `network_words.KINDS`."""

    name: str
    kind: str
    purpose: str
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A contact that was made. `on` is never to come; `words` name nobody, and are said so."""

    on: date | None
    who: str
    how: str
    topic: str
    answered: bool
    with_whom: str = ""
    words: str = ""
    is_anonymous: bool = False


@act
def add_partner(details: Partner, *, by: Actor, at: datetime) -> NetworkPartner:
    """Add a partner to the list. The list counts once it has been checked (`check_network`).

    Raises:
        Problems: no name, no purpose, an address that is none, or a partner of that name.
    """
    row = NetworkPartner(added_on=clock.day_of(at), **_partner(details, None))
    db.session.add(row)
    db.session.flush()
    _note("partner-added", f"partenaire ajouté, {row.name}", ("network-partner", row.id), by, at)
    return row


@act
def change_partner(
    row: NetworkPartner, details: Partner, *, by: Actor, at: datetime
) -> NetworkPartner:
    """Change what is known of a partner.

    Raises:
        Problems: as for `add_partner`.
    """
    for name, value in _partner(details, row).items():
        setattr(row, name, value)
    _note("partner-changed", f"partenaire modifié, {row.name}", ("network-partner", row.id), by, at)
    return row


@act
def archive_partner(row: NetworkPartner, *, by: Actor, at: datetime) -> None:
    """Take a partner off the list; contacts made with it stay.

    Raises:
        Refused: it is off already.
    """
    if row.archived_at is not None:
        raise Refused("Ce partenaire est déjà archivé.")
    row.archived_at = at
    _note(
        "partner-archived", f"partenaire archivé, {row.name}", ("network-partner", row.id), by, at
    )


@act
def restore_partner(row: NetworkPartner, *, by: Actor, at: datetime) -> None:
    """Put a partner back on the list.

    Raises:
        Refused: it is on it, or another one has its name.
    """
    if row.archived_at is None:
        raise Refused("Ce partenaire est déjà dans la liste.")
    if queries.partner_of_name(row.name) is not None:
        raise Refused(f"Un partenaire s’appelle déjà « {row.name} ».")
    row.archived_at = None
    _note("partner-restored", f"partenaire repris, {row.name}", ("network-partner", row.id), by, at)


@act
def check_network(
    on: date | None, who: str, words: str, *, by: Actor, at: datetime
) -> NetworkCheck:
    """Say that the list was gone through: the evidence `disability-network` follows.

    Raises:
        Refused: the list is empty.
        Problems: a day to come, or nobody.
    """
    names = queries.names()
    if not names:
        raise Refused("La liste est vide : ajoutez d’abord un partenaire.")
    with gathered() as attempt:
        day = attempt(lambda: past_day(on, at, "on"))
        name = attempt(lambda: needed(who, "Dites qui a vérifié.", "who", 120))
        text = attempt(lambda: _anonymous(limited(words, "words", 2_000)))
    row = NetworkCheck(checked_on=day, checked_by=name, words=text, partners=names, **_when(by, at))
    db.session.add(row)
    db.session.flush()
    count = "1 partenaire" if len(names) == 1 else f"{len(names)} partenaires"
    _prove(
        row,
        "disability-network",
        f"Réseau handicap vérifié par {name} : {count}",
        day,
        {"checked_on": day.isoformat(), "partners": names},
        by=by,
        at=at,
    )
    _note("checked", f"liste vérifiée, {count}", ("network-check", row.id), by, at)
    return row


@act
def note_contact(partner: NetworkPartner, made: Made, *, by: Actor, at: datetime) -> NetworkContact:
    """Note a contact with a partner: the evidence `disability-contact` follows.

    One that stayed without an answer counts as tried. The free words go nowhere else.

    Raises:
        Refused: the partner is off the list.
        Problems: a day to come, nobody, an unknown topic, or words that name somebody.
    """
    if partner.archived_at is not None:
        raise Refused("Ce partenaire est archivé : reprenez-le d’abord.")
    row = NetworkContact(partner_id=partner.id, answered=made.answered, **_when(by, at))
    for name, value in _made(made, at).items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    facts = {
        "partner": partner.name,
        "kind": KINDS[partner.kind],
        "made_on": row.made_on.isoformat(),
        "how": HOW[row.how],
        "topic": TOPICS[row.topic],
    }
    words = f"{partner.name}, {HOW[row.how]} : {TOPICS[row.topic]}"
    _prove(row, "disability-contact", words, row.made_on, facts, by=by, at=at)
    _note("contact", f"contact, {words}", ("network-contact", row.id), by, at)
    return row


@act
def note_training(
    on: date | None,
    officer: str,
    title: str,
    organiser: str,
    proof: str,
    *,
    by: Actor,
    at: datetime,
) -> OfficerTraining:
    """Note what the officer followed: the evidence `disability-officer-training`.

    Args:
        on: its last day, never to come.
        proof: where the certificate is kept, if there is one.

    Raises:
        Problems: a day to come, or one of officer, title and organiser is not said.
    """
    with gathered() as attempt:
        row = OfficerTraining(
            ended_on=attempt(lambda: past_day(on, at, "on")),
            officer=attempt(lambda: needed(officer, "Dites qui l’a suivie.", "officer", 120)),
            title=attempt(lambda: needed(title, "Donnez son titre.", "title", 200)),
            organiser=attempt(lambda: needed(organiser, "Dites par qui.", "organiser", 200)),
            proof=attempt(lambda: limited(proof, "proof", 300)),
            **_when(by, at),
        )
    db.session.add(row)
    db.session.flush()
    words = f"{row.officer} : {row.title} ({row.organiser})"
    facts = {"title": row.title, "organiser": row.organiser, "ended_on": row.ended_on.isoformat()}
    _prove(row, "disability-officer-training", words, row.ended_on, facts, by=by, at=at)
    _note("training", f"formation du référent, {words}", ("officer-training", row.id), by, at)
    return row


@act
def remove_event(row: Event, why: str, *, by: Actor, at: datetime) -> Event:
    """Take away what was entered by mistake: it stays readable and proves nothing more.

    Raises:
        Refused: no reason, or it was taken away already.
    """
    if row.removed_at is not None:
        raise Refused("C’est déjà retiré.")
    row.removed_why = _anonymous(needed(why, "Dites pourquoi.", "why", 500), "why")
    row.removed_at, row.removed_by = at, by.label
    subject = (SUBJECTS[type(row)], row.id)
    # the reason stays here: the evidence is read by others
    evidence.withdraw_from(subject, why="Entrée par erreur.", by=by, at=at)
    _note("removed", "une entrée retirée", subject, by, at)
    return row


def _partner(details: Partner, row: NetworkPartner | None) -> dict[str, str]:
    with gathered() as attempt:
        return asdict(details) | {
            "name": attempt(lambda: _name(details.name, row)),
            "kind": attempt(lambda: chosen(details.kind, KINDS, "kind")),
            "purpose": attempt(
                lambda: _anonymous(
                    needed(details.purpose, "Dites pour quoi.", "purpose"), "purpose"
                )
            ),
            "contact_name": attempt(lambda: limited(details.contact_name, "contact_name", 120)),
            "email": attempt(lambda: clean_email(details.email) if details.email.strip() else ""),
            "phone": attempt(lambda: clean_phone(details.phone) if details.phone.strip() else ""),
            "website": attempt(lambda: limited(clean_website(details.website), "website", 200)),
        }


def _name(text: str, row: NetworkPartner | None) -> str:
    name = needed(" ".join(text.split()), "Donnez le nom du partenaire.", "name", 200)
    same = queries.partner_of_name(name)
    if same is not None and (row is None or same.id != row.id):
        raise Refused(f"Un partenaire s’appelle déjà « {name} ».", "name")
    return name


def _made(made: Made, at: datetime) -> dict[str, object]:
    with gathered() as attempt:
        values: dict[str, object] = {
            "made_on": attempt(lambda: past_day(made.on, at, "on")),
            "made_by": attempt(lambda: needed(made.who, "Dites qui l’a pris.", "who", 120)),
            "with_whom": attempt(lambda: limited(made.with_whom, "with_whom", 120)),
            "how": attempt(lambda: chosen(made.how, HOW, "how")),
            "topic": attempt(lambda: chosen(made.topic, TOPICS, "topic")),
            "words": attempt(lambda: _anonymous(limited(made.words, "words", 2_000))),
        }
        if made.words.strip() and not made.is_anonymous:
            attempt(_say_so)
    return values


def _say_so() -> None:
    raise Refused(
        "Relisez ce texte : il ne doit nommer personne ni parler de santé.", "is_anonymous"
    )


def _anonymous(text: str, field: str = "words") -> str:
    """The text, unless it names someone who asked for an accommodation."""
    if text:
        for name in queries.accompanied_names():
            written = f"{re.escape(name)}|{re.escape(name.upper())}"
            if re.search(rf"(?<!\w)(?:{written})(?!\w)", text):
                raise Refused("Ce texte nomme une personne accompagnée : retirez son nom.", field)
    return text


def _prove(
    row: Event,
    piece: str,
    label: str,
    on: date,
    facts: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> None:
    tried = isinstance(row, NetworkContact) and not row.answered
    evidence.record(
        piece,
        scope=("provider", the_provider().id),
        label=label,
        occurred_on=on,
        by=by,
        at=at,
        source=(SUBJECTS[type(row)], row.id),
        facts=facts,
        outcome="tried" if tried else "obtained",
    )


def _when(by: Actor, at: datetime) -> dict[str, object]:
    return {"recorded_at": at, "recorded_by": by.label}


def _note(action: str, words: str, subject: tuple[str, int], by: Actor, at: datetime) -> None:
    record(
        f"network.{action}", by=by, at=at, summary=f"Réseau handicap : {words}.", subject=subject
    )
