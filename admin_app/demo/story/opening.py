"""Opening a cohort: its days, who teaches it, who buys it, and the need they told."""

from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import Any

from admin_app.cohorts.operations import (
    HalfDayPlan,
    add_client,
    assign_trainer,
    change_client,
    create_cohort,
)
from admin_app.cohorts.starting import themes_of
from admin_app.core.database import db
from admin_app.demo.files import read, section
from admin_app.demo.story.session import Session
from admin_app.needs.operations.analysis import AnalysisText, record_needs_analysis
from admin_app.programmes.models import ProgrammeVersion
from compliance.vocabulary import Modality

MORNING, AFTERNOON = (time(9), time(12, 30)), (time(14), time(17, 30))
REMOTE = (time(9), time(12))
OUTSIDE = "Consultant appelé pour l’étude de cas ; ses justificatifs sont demandés."


def plan(session: Session, *, analysed: bool = True) -> None:
    """Note how the cohort is opened and, two days later, the need analysed with each client."""
    day = session.opened or session.day_before(60)
    session.note(day, "10:12", _create, session)
    session.note(day, "10:20", _staff, session)
    session.note(day, "10:31", _clients, session)
    if "guests" in session.known:
        session.note(session.day_before(20), "16:02", _invite_guests, session)
    if analysed and session.known.get("client"):
        session.note(session.day_before(52), "15:40", _analyse, session)


def _create(session: Session, at: datetime) -> None:
    known, world = session.known, session.world
    version = db.session.get_one(
        ProgrammeVersion, world.versions[known.get("version", known["programme"])]
    )
    cohort = create_cohort(
        reference=session.reference,
        version_id=version.id,
        half_days=half_day_plans(session.training, version),
        place_id=world.places.get(known.get("place", "")),
        remote_url=known.get("remote_url", ""),
        practical_info=known.get("practical_info", ""),
        has_subcontracting=_is_subcontracted(session),
        by=world.office,
        at=at,
    )
    world.cohorts[session.reference] = cohort.id


def half_day_plans(training: tuple[date, ...], version: ProgrammeVersion) -> list[HalfDayPlan]:
    """Two half-days a day with their themes; mornings alone when it is remote."""
    is_remote = version.modality == Modality.REMOTE
    hours = (REMOTE,) if is_remote else (MORNING, AFTERNOON)
    themes = themes_of(version)[:: 2 if is_remote else 1]
    slots = chain.from_iterable(((day, *pair) for pair in hours) for day in training)
    return [
        HalfDayPlan(day, starts, ends, theme=themes[rank % len(themes)], is_remote=is_remote)
        for rank, (day, starts, ends) in enumerate(slots)
    ]


def _is_subcontracted(session: Session) -> bool:
    statuses = {one["key"]: one["status"] for one in read("organisation")["trainer"]}
    keys = [*session.known["trainers"], *session.known.get("guests", ())]
    return any(statuses[key] == "subcontractor" for key in keys)


def _staff(session: Session, at: datetime) -> None:
    for key in session.known["trainers"]:
        trainer_id = session.world.trainers[key]
        assign_trainer(session.cohort(), trainer_id, by=session.world.office, at=at)


def _invite_guests(session: Session, at: datetime) -> None:
    for key in session.known["guests"]:
        trainer_id, by = session.world.trainers[key], session.world.office
        assign_trainer(session.cohort(), trainer_id, reason=OUTSIDE, by=by, at=at)


def _clients(session: Session, at: datetime) -> None:
    cohort, world = session.cohort(), session.world
    there = {one.client_id: one for one in cohort.clients}
    for known in session.known.get("client", ()):
        client_id, contact_id = world.clients[known["key"]], world.contacts[known["key"]]
        price, row = Decimal(known["price"]), there.get(client_id)
        if row is not None:  # whoever asked for the adapted programme is there already
            change_client(row, price=price, contact_id=contact_id, by=world.office, at=at)
            continue
        add_client(cohort, client_id, price=price, contact_id=contact_id, by=world.office, at=at)


def _analyse(session: Session, at: datetime) -> None:
    for known in session.known["client"]:
        record_needs_analysis(
            analysis_text(known, at.date()),
            client_id=session.world.clients[known["key"]],
            cohort_id=session.cohort().id,
            by=session.world.office,
            at=at,
        )


def analysis_text(known: dict[str, Any], held_on: date) -> AnalysisText:
    """What was said with the contact of that client, for that session."""
    about = section("organisation", "client", "key", known["key"])
    return AnalysisText(
        held_on=held_on,
        with_whom=f"{about['contact']}, {about['quality']}",
        led_by="Bastien Ferrand",
        **known["analysis"],
    )
