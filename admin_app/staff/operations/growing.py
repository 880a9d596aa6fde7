"""Someone's professional reviews, and what keeps their skills up."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from admin_app.core.actor import Actor
from admin_app.core.checks import chosen, gathered, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.people.kept import keep_file
from admin_app.people.operations.checks import tidy_name
from admin_app.people.words import DEVELOPMENT_KINDS
from admin_app.staff.models import StaffDevelopment, StaffMember, StaffReview
from admin_app.staff.operations.members import SUBJECT

REVIEW, DEVELOPMENT = "staff-review", "staff-development"
MOST_MINUTES = 2000 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDetails:
    """A review as it was held. What was exchanged stays inside: the evidence does not say it."""

    held_on: date | None
    held_by: str
    exchanged: str
    decisions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentDetails:
    """What was done: `kind` is a key of `DEVELOPMENT_KINDS`, `done_on` its last day, `minutes`
    how long it took (None: unknown), `effect` what it changes in their work."""

    kind: str
    title: str
    done_on: date | None
    effect: str
    minutes: int | None = None


@act
def hold_review(
    member: StaffMember, details: ReviewDetails, *, by: Actor, at: datetime
) -> StaffReview:
    """Keep a professional review: the evidence `staff-review` follows.

    Raises:
        Problems: a day to come or before they came, or something is missing.
    """
    with gathered() as attempt:
        on = attempt(lambda: past_day(details.held_on, at, "held_on", since=member.since))
        who = attempt(lambda: tidy_name(details.held_by, "held_by", "qui l’a mené", 120))
        said = attempt(
            lambda: needed(details.exchanged, "Écrivez ce qui a été échangé.", "exchanged")
        )
        decided = attempt(
            lambda: needed(details.decisions, "Écrivez ce qui est décidé.", "decisions")
        )
    clean = replace(details, held_on=on, held_by=who, exchanged=said, decisions=decided)
    row = StaffReview(member_id=member.id, **asdict(clean), recorded_at=at, recorded_by=by.label)
    db.session.add(row)
    db.session.flush()
    label = f"{member.name} – entretien professionnel"
    _prove(REVIEW, member, row.id, row.held_on, label, {"held_by": row.held_by}, by=by, at=at)
    _told("review", member, f"entretien du {day(row.held_on)} consigné", by=by, at=at)
    return row


@act
def record_development(
    member: StaffMember,
    details: DevelopmentDetails,
    *,
    file: Upload | None = None,
    by: Actor,
    at: datetime,
) -> StaffDevelopment:
    """Keep what was done: the evidence `staff-development` follows.

    Args:
        file: what shows it, if there is something.

    Raises:
        Problems: a day to come, or something is missing.
    """
    clean = _checked(details, at)
    row = StaffDevelopment(
        member_id=member.id, **asdict(clean), recorded_at=at, recorded_by=by.label
    )
    keep_file(row, file)
    db.session.add(row)
    db.session.flush()
    label = f"{member.name} – {DEVELOPMENT_KINDS[row.kind]} : {row.title}"
    facts: dict[str, object] = {
        "kind": row.kind,
        "title": row.title,
        "minutes": row.minutes,
        "effect": row.effect,
        "file": row.file_sha256,
    }
    _prove(DEVELOPMENT, member, row.id, row.done_on, label, facts, by=by, at=at)
    _told("development", member, f"développement consigné : {row.title}", by=by, at=at)
    return row


def _checked(details: DevelopmentDetails, at: datetime) -> DevelopmentDetails:
    with gathered() as attempt:
        attempt(lambda: chosen(details.kind, DEVELOPMENT_KINDS, "kind"))
        title = attempt(lambda: tidy_name(details.title, "title", "l’intitulé", 200))
        on = attempt(lambda: past_day(details.done_on, at, "done_on"))
        effect = attempt(lambda: needed(details.effect, "Écrivez ce que cela change.", "effect"))
        attempt(lambda: _check_minutes(details.minutes))
    return replace(details, title=title, done_on=on, effect=effect, minutes=details.minutes)


def _check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 < minutes <= MOST_MINUTES:
        raise Refused("Cette durée paraît fausse.", "minutes")


def _prove(
    piece: str,
    member: StaffMember,
    key: int,
    on: date,
    label: str,
    facts: dict[str, object],
    *,
    by: Actor,
    at: datetime,
) -> None:
    evidence.record(
        piece,
        scope=(SUBJECT, member.id),
        label=label,
        occurred_on=on,
        by=by,
        at=at,
        source=(piece, key),
        facts=facts,
    )


def _told(action: str, member: StaffMember, words: str, *, by: Actor, at: datetime) -> None:
    summary = f"{member.name} – {words}."
    record(f"staff.{action}", by=by, at=at, subject=(SUBJECT, member.id), summary=summary)
