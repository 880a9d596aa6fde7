"""A programme adapted for a client, told from the request to the half-days where it was applied."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from admin_app.adaptations.models import Adaptation, AdaptationRequest
from admin_app.adaptations.operations import (
    Asked,
    acknowledge,
    attach_client,
    decide,
    make_adapted,
    mark_applied,
    note_called,
    record_needs_analysis,
    request_adaptation,
)
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.demo import days
from admin_app.demo.files import section
from admin_app.demo.story import after, before, during, opening
from admin_app.demo.story.people import address_of
from admin_app.demo.story.session import Session
from admin_app.demo.world import World, from_desk
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.operations import publish, save_draft
from admin_app.programmes.text import Part, text_of

VISITOR = Actor(ActorKind.PUBLIC, "visiteur")
PROMISES = (
    "Études de cas tirées des quatre conventions du Val-de-Lège",
    "Une séquence sur le partenariat entre la CAF et les élus, le premier après-midi",
    "Plan d’action commun aux conseillers techniques et aux chargés de coopération",
)
APPLIED = (0, 1, 3)  # the half-day of each promise
REASON = (
    "La demande porte sur les exemples et sur l’ordre des séquences ; les objectifs et la durée "
    "sont gardés. L’adaptation est faisable pour les dates souhaitées."
)


def plan(world: World) -> None:
    """Note the whole story of the CAF's request and of its cohort."""
    training = world.days.in_a_row(world.today - timedelta(days=45), 2)
    session = Session(world, "CTG-VAL", training)
    kept: dict[str, int] = {}
    _plan_request(session, kept)
    session.opened = session.day_before(62)
    opening.plan(session, analysed=False)  # the request joins it, being its programme's
    before.plan(session)
    during.plan(session)
    for promise, rank in enumerate(APPLIED):
        day, hour = session.training[rank // 2], ("12:41", "17:42")[rank % 2]
        session.note(day, hour, _apply, session, kept, promise, rank)
    after.plan(session)


def _plan_request(session: Session, kept: dict[str, int]) -> None:
    asked = session.day_before(82)
    session.note(asked, "14:27", _ask, session.world, kept)
    heard = days.after(asked)
    session.note(heard, "09:18", _acknowledge, session.world, kept)
    analysed = days.after(heard)
    session.note(analysed, "15:05", _called, session.world, kept)
    session.note(analysed, "16:30", _analyse, session, kept)
    session.note(days.after(analysed), "11:15", _decide, session.world, kept)
    written = session.day_before(68)
    session.note(written, "10:02", _make, session.world, kept)
    session.note(written, "15:50", _publish, session.world, kept)


def _request(kept: dict[str, int]) -> AdaptationRequest:
    return db.session.get_one(AdaptationRequest, kept["request"])


def _ask(world: World, kept: dict[str, int], at: datetime) -> None:
    known = section("organisation", "client", "key", "caf")
    asked = Asked(
        organisation=known["name"],
        contact_name=known["contact"],
        contact_quality=known["quality"],
        email=address_of(known["contact"], known["domain"]),
        phone="05 49 00 17 20",
        context="Quatre conventions sont signées dans notre ressort. Nos conseillers techniques et "
        "les chargés de coopération travaillent ensemble sans repères communs.",
        audience="Deux conseillers techniques de la CAF et deux chargés de coopération.",
        headcount=4,
        wished_dates="Deux jours de suite, dans les trois mois.",
        wished_place="À notre siège.",
        wished_changes="Travailler sur nos propres conventions, et donner une place au lien entre "
        "la CAF et les élus.",
        particular_needs=True,
    )
    version = db.session.get_one(ProgrammeVersion, world.versions["CTG"])
    found = request_adaptation(
        version, asked, by=VISITOR, at=at, origin=from_desk(known["contact"])
    )
    kept["request"] = found.id


def _acknowledge(world: World, kept: dict[str, int], at: datetime) -> None:
    request = _request(kept)
    attach_client(request, world.clients["caf"], by=world.office, at=at)
    message = "Je vous appelle demain pour préciser votre besoin."
    acknowledge(request, message=message, by=world.office, at=at)


def _called(world: World, kept: dict[str, int], at: datetime) -> None:
    note_called(_request(kept), by=world.users["disability"], at=at)


def _analyse(session: Session, kept: dict[str, int], at: datetime) -> None:
    text = opening.analysis_text(session.known["client"][0], at.date())
    record_needs_analysis(_request(kept), text, by=session.world.office, at=at)


def _decide(world: World, kept: dict[str, int], at: datetime) -> None:
    decide(_request(kept), accepted=True, reason=REASON, promises=PROMISES, by=world.office, at=at)


def _make(world: World, kept: dict[str, int], at: datetime) -> None:
    draft = make_adapted(_request(kept), by=world.office, at=at)
    text = text_of(draft)
    contents = (
        text.contents[0],
        Part(1, "La CAF, les élus et la coopération", ("Qui décide de quoi", "Préparer ensemble")),
        *text.contents[1:],
    )
    text = replace(
        text,
        audience="Conseillers techniques de la CAF et chargés de coopération du Val-de-Lège.",
        contents=contents,
        methods=f"{text.methods} Les études de cas viennent des conventions du Val-de-Lège.",
    )
    trainers = [one.trainer_id for one in draft.trainers]
    note = "Études de cas du Val-de-Lège et séquence sur le lien entre la CAF et les élus."
    save_draft(draft, text, trainers=trainers, change_note=note, by=world.office, at=at)
    kept["version"] = draft.id


def _publish(world: World, kept: dict[str, int], at: datetime) -> None:
    draft = db.session.get_one(ProgrammeVersion, kept["version"])
    publish(draft, in_force_from=at.date(), by=world.users["quality"], at=at)
    world.versions["CTG-VAL"] = draft.id


def _apply(session: Session, kept: dict[str, int], promise: int, rank: int, at: datetime) -> None:
    promises = db.session.scalars(
        select(Adaptation).where(Adaptation.request_id == kept["request"]).order_by(Adaptation.id)
    ).all()
    half_day = session.half_day(rank)
    mark_applied(promises[promise], half_day, by=session.trainer(), at=at)
