"""Before the first day: enrolments, conventions and contracts, positioning, joining."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import current_app

from admin_app.agreements.models import Agreement
from admin_app.agreements.operations import (
    Signing,
    Terms,
    countersign,
    draft_contract,
    draft_convention,
    edit_agreement,
    issue_agreement,
    send_agreement,
    sign_as_client,
)
from admin_app.agreements.operations.signing import document_of
from admin_app.core.database import db
from admin_app.demo import days
from admin_app.demo.answers import answers_to
from admin_app.demo.files import read
from admin_app.demo.ink import chance, ink_for
from admin_app.demo.story import enrolling
from admin_app.demo.story.session import Session
from admin_app.demo.world import client, from_desk, trainee
from admin_app.joining.jobs import send_to_all
from admin_app.joining.operations import note_opened
from admin_app.joining.queries import current_of
from admin_app.needs.operations.positioning import (
    finish,
    note_read,
    save_answers,
    send_positioning,
    send_positionings,
)
from admin_app.needs.queries.positioning import of_enrolment, questionnaire_of


def plan(session: Session) -> None:
    """Note all that is done for the cohort before it starts."""
    enrolling.plan(session)
    _plan_agreements(session)
    _plan_positioning(session)
    if session.names:
        _plan_joining(session)


def _plan_agreements(session: Session) -> None:
    parties = [("client", known) for known in session.known.get("client", ())]
    parties += [("individual", known) for known in session.known.get("individual", ())]
    for rank, (kind, known) in enumerate(parties):
        kept: dict[str, int] = {}
        send = _send_convention if kind == "client" else _send_contract
        session.note(
            session.day_before(44),
            f"11:{5 + 11 * rank:02}",
            send,
            session,
            known,
            kept,
        )
        if _party(kind, known) in session.twists.unsigned_agreements:
            continue
        signed, countersigned = _signing_days(session)
        hour = f"{16 + rank}:{21 + 7 * rank}"
        session.note(signed, hour, _sign, kept)
        session.note(
            countersigned,
            f"09:{12 + 6 * rank:02}",
            _countersign,
            session,
            kept,
        )


def _party(kind: str, known: dict[str, Any]) -> str:
    return str(known["key"]) if kind == "client" else " ".join(known["trainee"][:2])


def _signing_days(session: Session) -> tuple[date, date]:
    if session.twists.signed_after is not None:
        signed = days.since(session.start + timedelta(days=session.twists.signed_after))
        return signed, days.after(signed)
    signed = session.day_before(39)
    return signed, days.after(signed, 2)


def _send_convention(
    session: Session, known: dict[str, Any], kept: dict[str, int], at: datetime
) -> None:
    wanted = session.world.clients[known["key"]]
    row = next(one for one in session.cohort().clients if one.client_id == wanted)
    agreement = draft_convention(row.id, by=session.world.office, at=at)
    _issue_and_send(session, agreement, kept, at)


def _send_contract(
    session: Session, known: dict[str, Any], kept: dict[str, int], at: datetime
) -> None:
    first, last, _ = known["trainee"]
    key = session.enrolments[f"{first} {last}"]
    agreement = draft_contract(key, by=session.world.office, at=at)
    terms = Terms(**{one.name: getattr(agreement, one.name) for one in fields(Terms)})
    terms = replace(terms, address=known["address"], price=Decimal(known["price"]))
    edit_agreement(agreement, terms, by=session.world.office, at=at)
    _issue_and_send(session, agreement, kept, at)


def _issue_and_send(
    session: Session, agreement: Agreement, kept: dict[str, int], at: datetime
) -> None:
    issue_agreement(agreement, by=session.world.office, at=at)
    answer_by = at + timedelta(days=90)  # nobody is in a hurry here, not even whoever visits
    send_agreement(agreement, by=session.world.office, at=at, answer_by=answer_by)
    kept["agreement"] = agreement.id


def _sign(kept: dict[str, int], at: datetime) -> None:
    agreement = db.session.get_one(Agreement, kept["agreement"])
    name = agreement.signatory_name
    signing = Signing(name, agreement.signatory_quality, ink_for(name), consents=True)
    as_party = client if agreement.is_convention else trainee
    shown = document_of(agreement).sha256
    sign_as_client(
        agreement,
        signing,
        shown_sha256=shown,
        by=as_party(name, agreement.id),
        at=at,
        origin=from_desk(name),
    )


def _countersign(session: Session, kept: dict[str, int], at: datetime) -> None:
    agreement = db.session.get_one(Agreement, kept["agreement"])
    house = read("organisation")["provider"]
    name = house["representative"]
    signing = Signing(name, house["representative_quality"], ink_for(name), consents=True)
    by = session.world.users["administrator"]
    countersign(agreement, signing, by=by, at=at, origin=from_desk(name))


def _plan_positioning(session: Session) -> None:
    session.note(
        session.day_before(24),
        "08:50",
        send_questionnaires,
        session,
    )
    for name in session.names:
        if name not in session.twists.unpositioned:
            plan_answers(session, name)
        else:
            session.note(session.day_before(8), "09:10", _remind, session, name)
    session.note(session.day_before(2), "17:25", _read, session)


def _plan_joining(session: Session) -> None:
    day = session.day_before(13)
    session.note(day, "14:20", _send_joining, session)
    for name in session.names:
        luck = chance("opened", session.reference, name)
        if luck % 6:
            opened = day + timedelta(days=luck % 5)
            session.note(opened, f"{15 + luck % 6}:{luck % 60:02}", _open, session, name)


def _open(session: Session, name: str, at: datetime) -> None:
    cohort, key = session.cohort(), session.enrolments[name]
    row = current_of(key)
    if row is not None:
        note_opened(row, cohort.id, by=trainee(name, key), at=at)


def _send_joining(session: Session, at: datetime) -> None:
    with current_app.test_request_context():  # a long list becomes a job, which names its page
        send_to_all(session.cohort(), again=False, by=session.world.office, at=at)


def plan_answers(session: Session, name: str, first: int = 22, last: int = 5) -> None:
    """Note that a trainee answers the questionnaire, that many days before the start at most."""
    luck = chance("positioning", name)
    day = session.start - timedelta(days=first - luck % (first - last + 1))
    hour = f"{8 + luck % 13:02}:{luck % 60:02}"
    session.note(day, hour, _answer, session, name)


def send_questionnaires(session: Session, at: datetime) -> None:
    """Send the questionnaire of positioning to whoever has not had it."""
    send_positionings(session.cohort(), by=session.world.office, at=at)


def _read(session: Session, at: datetime) -> None:
    note_read(session.cohort(), at=at)


def _answer(session: Session, name: str, at: datetime) -> None:
    person, cohort = session.person(name), session.cohort()
    row = of_enrolment(person.enrolment.id)
    if row is None or person.enrolment.departure:
        return
    save_answers(row, answers_to(questionnaire_of(cohort), session.voice(name)), at=at)
    finish(row, person, cohort, by=trainee(name, person.enrolment.id), at=at)


def _remind(session: Session, name: str, at: datetime) -> None:
    person = session.person(name)
    if not person.enrolment.departure:
        send_positioning(session.cohort(), person, by=session.world.office, at=at)
