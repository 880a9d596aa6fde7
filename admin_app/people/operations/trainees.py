"""Trainees."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from admin_app.core import clock, links
from admin_app.core.actor import Actor, Origin
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.search import plain
from admin_app.core.transaction import act, locked
from admin_app.journal.operations import record
from admin_app.people.models import Trainee
from admin_app.people.operations.checks import gathered, tidy_name
from admin_app.people.queries import trainees_of_email

YOUNGEST, OLDEST = 14, 110


@dataclass(frozen=True, slots=True, kw_only=True)
class TraineeDetails:
    """Who is trained. The address is needed: convocations and personal links go there."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    birth_date: date | None = None
    job: str = ""


@act
def create_trainee(
    details: TraineeDetails, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Trainee:
    """Add a trainee.

    Raises:
        Problems: something is missing or wrong, or this very person is there already.
    """
    clean = _checked(details)
    if _same_person(clean) is not None:
        raise Refused("Cette personne, à cette adresse, a déjà une fiche.", "email")
    return _created(clean, by=by, at=at, origin=origin)


@act
def find_or_create_trainee(
    details: TraineeDetails, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Trainee:
    """The trainee of that name and address, else a new one (enrolling, importing).

    A shared address is no identity: another name there is another person. What was unknown of a
    known person (phone, birth date, job) is filled in; nothing known is overwritten.

    Raises:
        Problems: something is missing or wrong.
    """
    clean = _checked(details)
    known = _same_person(clean)
    if known is None:
        return _created(clean, by=by, at=at, origin=origin)
    locked(known)
    for name in ("phone", "birth_date", "job"):
        if not getattr(known, name) and getattr(clean, name):
            setattr(known, name, getattr(clean, name))
    return known


@act
def change_trainee(
    trainee: Trainee,
    details: TraineeDetails,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Trainee:
    """Change a trainee's file. Documents issued before keep what they said.

    Links that went to an address which was not theirs open nothing any more.

    Raises:
        Problems: as for `create_trainee`.
    """
    clean = _checked(details)
    other = _same_person(clean)
    if other is not None and other.id != trainee.id:
        raise Refused("Une autre fiche porte déjà ce nom et cette adresse.", "email")
    if clean.email != trainee.email:
        links.revoke_address(trainee.email, trainee.name, at)
    for name, value in asdict(clean).items():
        setattr(trainee, name, value)
    _note("people.trainee-changed", "Fiche de stagiaire modifiée", trainee, by, at, origin)
    return trainee


def _checked(details: TraineeDetails) -> TraineeDetails:
    with gathered() as attempt:
        first = attempt(lambda: tidy_name(details.first_name, "first_name", "le prénom"))
        last = attempt(lambda: tidy_name(details.last_name, "last_name", "le nom"))
        email = attempt(lambda: clean_email(details.email))
        phone = attempt(lambda: clean_phone(details.phone))
        attempt(lambda: _check_birth(details.birth_date))
    job = " ".join(details.job.split())[:150]
    return replace(details, first_name=first, last_name=last, email=email, phone=phone, job=job)


def _check_birth(day: date | None) -> None:
    if day is None:
        return
    age = (clock.today() - day).days / 365.25
    if not YOUNGEST <= age <= OLDEST:
        raise Refused(f"Cette date paraît fausse : de {YOUNGEST} à {OLDEST} ans.", "birth_date")


def _same_person(details: TraineeDetails) -> Trainee | None:
    wanted = plain(f"{details.last_name} {details.first_name}")
    for other in trainees_of_email(details.email):
        if plain(f"{other.last_name} {other.first_name}") == wanted:
            return other
    return None


def _created(clean: TraineeDetails, *, by: Actor, at: datetime, origin: Origin | None) -> Trainee:
    trainee = Trainee(**asdict(clean), created_at=at)
    db.session.add(trainee)
    db.session.flush()
    _note("people.trainee-created", "Fiche de stagiaire créée", trainee, by, at, origin)
    return trainee


def _note(
    action: str, words: str, trainee: Trainee, by: Actor, at: datetime, origin: Origin | None
) -> None:
    record(
        action,
        by=by,
        at=at,
        summary=f"{words} : {trainee.name}.",
        subject=("trainee", trainee.id),
        origin=origin,
    )
