"""Enrolling: one by one, or from the list that a client sent."""

import csv
import io
from datetime import datetime, time
from itertools import count
from typing import Any

from admin_app.cohorts.operations import Payer, enrol_person, import_trainees
from admin_app.cohorts.queries import roster
from admin_app.core import clock
from admin_app.demo.files import section
from admin_app.demo.ink import chance
from admin_app.demo.story.people import address_of
from admin_app.demo.story.session import Session, at_minute
from admin_app.people.operations import TraineeDetails

OWN_DOMAIN = "courriel.example.org"
TITLES = ("Nom", "Prénom", "Adresse e-mail", "Téléphone", "Fonction", "Employeur")


def plan(session: Session) -> None:
    """Note how everyone that each client sends is enrolled, then those who pay themselves."""
    start = clock.at(session.day_before(47), time(9, 35))
    minutes = count(step=2)
    note = session.world.agenda.note_at
    for known in session.known.get("client", ()):
        if known.get("sends_a_list"):
            note(at_minute(start, next(minutes)), _import_list, session, known)
            continue
        for person in known["trainees"]:
            note(at_minute(start, next(minutes)), _enrol, session, known["key"], person)
    for known in session.known.get("individual", ()):
        note(at_minute(start, next(minutes)), _enrol_who_pays, session, known["trainee"])


def details_of(person: list[str], domain: str) -> TraineeDetails:
    """A trainee of the data files, with the address that their employer gave them."""
    first, last, job = person
    return TraineeDetails(
        first_name=first,
        last_name=last,
        job=job,
        email=address_of(f"{first} {last}", domain),
        phone=f"06 39 98 {chance(first, last) % 90 + 10} {chance(last, first) % 90 + 10}",
    )


def _enrol(session: Session, client: str, person: list[str], at: datetime) -> None:
    about = section("organisation", "client", "key", client)
    enrolment = enrol_person(
        session.cohort(),
        details_of(person, about["domain"]),
        client_id=session.world.clients[client],
        employer=about["name"],
        by=session.world.office,
        at=at,
    )
    session.enrolments[" ".join(person[:2])] = enrolment.id


def _enrol_who_pays(session: Session, person: list[str], at: datetime) -> None:
    enrolment = enrol_person(
        session.cohort(),
        details_of(person, OWN_DOMAIN),
        pays_personally=True,
        by=session.world.office,
        at=at,
    )
    session.enrolments[" ".join(person[:2])] = enrolment.id


def _import_list(session: Session, known: dict[str, Any], at: datetime) -> None:
    about = section("organisation", "client", "key", known["key"])
    import_trainees(
        session.cohort(),
        listed(known["trainees"], about),
        "csv",
        payer=Payer(session.world.clients[known["key"]]),
        name="liste-des-participants.csv",
        by=session.world.office,
        at=at,
    )
    for one in roster(session.cohort().id):
        session.enrolments[one.trainee.name] = one.enrolment.id


def listed(people: list[list[str]], about: dict[str, Any]) -> bytes:
    """The list as the client's spreadsheet writes it."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter=";")
    lines.writerow(TITLES)
    for person in people:
        one = details_of(person, about["domain"])
        known = (one.last_name, one.first_name, one.email, one.phone, one.job, about["name"])
        lines.writerow(known)
    return text.getvalue().encode("utf-8-sig")
