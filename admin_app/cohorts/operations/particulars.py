"""The special follow-up of a cohort: alternance, work placement, certification, referent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from admin_app.cohorts.models import Cohort, Enrolment, ParticularNote
from admin_app.cohorts.operations.common import needed, refuse_if_cancelled, told
from admin_app.cohorts.particulars import KINDS, Particular
from admin_app.cohorts.queries import enrolments_of
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act, locked
from admin_app.evidence import operations as evidence
from admin_app.people.models import Trainee


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularDetails:
    """What is noted. `kind` is a key of `particulars.KINDS`; `who` a tutor, a partner…

    `enrolments` are the keys of those it is about, for the kinds that are about each trainee.
    """

    kind: str
    happened_on: date
    who: str
    detail: str
    enrolments: tuple[int, ...] = ()


@act
def note_particular(
    cohort: Cohort, details: ParticularDetails, *, by: Actor, at: datetime
) -> list[ParticularNote]:
    """Keep a note for the cohort, or one for each trainee; each leaves its evidence.

    Raises:
        Refused: the cohort is cancelled.
        Problems: the kind is unknown, the day is to come, a text is missing, nobody is chosen, or
            someone chosen is not of this cohort.
    """
    refuse_if_cancelled(cohort)
    kind = KINDS.get(details.kind)
    if kind is None:
        raise Refused("Choisissez ce que vous consignez.", "kind")
    chosen = enrolments_of(cohort.id, details.enrolments) if kind.each else []
    refuse_if_any(_problems(kind, details, chosen))
    who = needed(details.who, f"{kind.who} : à indiquer.", "who", 200)
    detail = needed(details.detail, f"{kind.detail} : à écrire.", "detail", 4000)
    about: Sequence[Enrolment | None] = chosen if kind.each else [None]
    rows = [_row(cohort, kind, details.happened_on, who, detail, one, by, at) for one in about]
    db.session.add_all(rows)
    db.session.flush()
    for row in rows:
        _leave_evidence(cohort, kind, row, by=by, at=at)
    words = f"Session {cohort.reference} – {kind.title} : consigné"
    words += f" pour {len(rows)} stagiaire(s)." if kind.each else "."
    told(cohort, "particular", words, by=by, at=at)
    return rows


@act
def withdraw_particular(
    note: ParticularNote, *, why: str, by: Actor, at: datetime
) -> ParticularNote:
    """Set a note aside (entered by mistake); it stays readable, its evidence is withdrawn.

    Raises:
        Refused: it is set aside already, or no reason is given.
    """
    cohort = locked(db.session.get_one(Cohort, note.cohort_id))
    reason = needed(why, "Indiquez pourquoi.", "why", 300)
    if note.withdrawn_at is not None:
        raise Refused("Cette note est déjà écartée.")
    note.withdrawn_at, note.withdrawn_by, note.withdrawn_why = at, by.label, reason
    evidence.withdraw_from(("particular-note", note.id), why=reason, by=by, at=at)
    words = f"Session {cohort.reference} – {KINDS[note.kind].title} : note écartée."
    told(cohort, "particular-withdrawn", words, by=by, at=at)
    return note


def _problems(
    kind: Particular, details: ParticularDetails, chosen: list[Enrolment]
) -> list[Refused]:
    found = []
    if details.happened_on > clock.today():
        found.append(Refused("Ce jour n’est pas encore venu.", "happened_on"))
    if kind.each and not details.enrolments:
        found.append(Refused("Choisissez au moins une personne.", "enrolments"))
    elif kind.each and len(chosen) != len(set(details.enrolments)):
        found.append(Refused("Choisissez parmi les stagiaires de la session.", "enrolments"))
    if not details.who.strip():
        found.append(Refused(f"{kind.who} : à indiquer.", "who"))
    if not details.detail.strip():
        found.append(Refused(f"{kind.detail} : à écrire.", "detail"))
    return found


def _row(
    cohort: Cohort,
    kind: Particular,
    on: date,
    who: str,
    detail: str,
    enrolment: Enrolment | None,
    by: Actor,
    at: datetime,
) -> ParticularNote:
    return ParticularNote(
        cohort_id=cohort.id,
        enrolment_id=enrolment.id if enrolment else None,
        kind=kind.key,
        happened_on=on,
        who=who,
        detail=detail,
        recorded_at=at,
        recorded_by=by.label,
    )


def _leave_evidence(
    cohort: Cohort, kind: Particular, row: ParticularNote, *, by: Actor, at: datetime
) -> None:
    label = kind.title
    if row.enrolment_id is not None:
        enrolment = db.session.get_one(Enrolment, row.enrolment_id)
        label += f" – {db.session.get_one(Trainee, enrolment.trainee_id).name}"
    evidence.record(
        kind.key,
        scope=("enrolment", row.enrolment_id) if row.enrolment_id else ("cohort", cohort.id),
        label=label,
        occurred_on=row.happened_on,
        by=by,
        at=at,
        source=("particular-note", row.id),
        facts={"who": row.who, "detail": row.detail},
        cohort_id=cohort.id,
    )
