"""Sending each trainee the personal link by which they sign on their own phone."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from admin_app.attendance.operations.common import told
from admin_app.attendance.operations.settling import PIECE
from admin_app.attendance.queries.parts import Person, Scene
from admin_app.attendance.queries.scenes import scene
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.core import clock, links, mail
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.links import PersonalLink, Purpose
from admin_app.core.mail import MailMessage
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.people.models import Trainee

TEMPLATE = "signing-link"
OPEN_DAYS = 60  # after the last day: time to regularise, and no longer
AGAIN_AFTER = timedelta(minutes=2)


@act
def send_signing_links(
    half_day: HalfDay,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
    only: frozenset[int] | None = None,
) -> int:
    """Send their link to those who may still sign that half-day (not to those noted absent).

    One link a trainee and a cohort: it opens whichever half-day is to be signed, until some time
    after the last day. Sent again, it is the same link. Whoever was written to two minutes ago is
    left in peace. Once the half-day is closed, having asked is recorded as such.

    Args:
        only: keys of enrolments, to write to some of them.

    Returns:
        How many messages leave.

    Raises:
        Refused: nobody is left to sign, or the half-day is cancelled.
    """
    found = scene(half_day.id)
    if found is None or found.is_cancelled:
        raise Refused("Cette demi-journée est annulée.")
    waited = found.unsigned if found.closing is not None else found.to_sign
    waited = [one for one in waited if only is None or one.id in only]
    if not waited:
        raise Refused("Personne n’a plus à signer cette demi-journée.")
    recent = _just_written_to(waited, at)
    written_to = [one for one in waited if one.id not in recent]
    opened = _links(found, written_to, at)
    for person in written_to:
        _send(found, person, opened[person.id], at)
    if written_to:
        words = f"lien de signature envoyé à {plural(len(written_to), 'stagiaire')}."
        told(found, "send-links", words, by=by, at=at, origin=origin)
        _note_asked(found, by, at)
    return len(written_to)


@act
def signing_link(enrolment: Enrolment, *, at: datetime) -> PersonalLink:
    """The link by which that trainee signs, the one that is open already or a new one."""
    found = _open_links([enrolment.id], at).get(enrolment.id)
    if found is not None:
        return found
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    return _new_link(cohort, enrolment.id, trainee, at)


def _just_written_to(people: list[Person], at: datetime) -> set[int]:
    statement = select(MailMessage.about_id).where(
        MailMessage.template == TEMPLATE,
        MailMessage.about_kind == "enrolment",
        MailMessage.about_id.in_([one.id for one in people]),
        MailMessage.created_at > at - AGAIN_AFTER,
        MailMessage.created_at <= at,
    )
    return set(db.session.scalars(statement))


def _links(found: Scene, people: list[Person], at: datetime) -> dict[int, PersonalLink]:
    known = _open_links([one.id for one in people], at)
    for person in people:
        if person.id not in known:
            known[person.id] = _new_link(found.cohort, person.id, person.trainee, at)
    return known


def _open_links(enrolment_ids: list[int], at: datetime) -> dict[int, PersonalLink]:
    """The links that open already, in one statement, by enrolment."""
    statement = select(PersonalLink).where(
        PersonalLink.purpose == Purpose.SIGNING.value,
        PersonalLink.subject_kind == "enrolment",
        PersonalLink.subject_id.in_(enrolment_ids),
        PersonalLink.revoked_at.is_(None),
        PersonalLink.expires_at > at,
    )
    return {one.subject_id: one for one in db.session.scalars(statement)}


def _new_link(cohort: Cohort, enrolment_id: int, trainee: Trainee, at: datetime) -> PersonalLink:
    last_instant = clock.at(cohort.ends_on + timedelta(days=1), time())
    return links.create(
        Purpose.SIGNING,
        actor_kind=ActorKind.TRAINEE,
        subject=("enrolment", enrolment_id),
        label=trainee.name,
        email=trainee.email,
        at=at,
        expires_at=max(last_instant, at) + timedelta(days=OPEN_DAYS),
    )


def _send(found: Scene, person: Person, link: PersonalLink, at: datetime) -> None:
    is_late = found.closing is not None
    subject = "Votre signature manque" if is_late else "Votre émargement"
    mail.post(
        TEMPLATE,
        to=(person.name, person.trainee.email),
        subject=f"{subject} : {found.cohort.title}",
        about=("enrolment", person.id),
        at=at,
        cohort_id=found.cohort.id,
        url=links.url(link, f"/emargement?pour={found.half_day.id}"),
        title=found.cohort.title,
        half_day=found.half_day,
        label=found.label,
        is_late=is_late,
        expires_at=link.expires_at,
    )


def _note_asked(found: Scene, by: Actor, at: datetime) -> None:
    """Once closed, having asked for what is missing is worth recording, without being the thing."""
    if found.closing is None:
        return
    evidence.record(
        PIECE,
        scope=("half-day", found.half_day.id),
        label=f"Signatures demandées, {found.label}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("half-day", found.half_day.id),
        facts={"asked": len(found.unsigned)},
        cohort_id=found.cohort.id,
        outcome="tried",
    )
