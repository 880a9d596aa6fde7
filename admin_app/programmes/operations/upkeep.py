"""What a programme rests on: the conditions that it meets, the resources that it uses."""

from dataclasses import dataclass
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act, touch_scope
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.programmes.models import Programme, ResourcesReview

PIECE = "resources-reviewed"
LONGEST = 6000


@act
def set_conditions(
    programme: Programme,
    *,
    is_alternance: bool,
    has_work_placement: bool,
    by: Actor,
    at: datetime,
) -> Programme:
    """Say what the cohorts of a programme are by default; some indicators apply only then.

    Args:
        is_alternance: taught alternately at the centre and at work (contrat de
            professionnalisation…).
        has_work_placement: with a period at work: a placement, an AFEST.
    """
    programme.is_alternance = is_alternance
    programme.has_work_placement = has_work_placement
    words = [
        "en alternance" if is_alternance else "",
        "avec une période en entreprise" if has_work_placement else "",
    ]
    said = ", ".join(word for word in words if word) or "ni alternance ni période en entreprise"
    _note("conditions", f"Formation {programme.reference} : {said}.", programme, by, at)
    touch_scope("catalogue-entry", programme.id)
    return programme


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcesDetails:
    """A look at the resources: when, by whom, what was looked at, what is kept or changes."""

    reviewed_on: date
    reviewed_by: str
    looked_at: str
    decisions: str


@act
def review_resources(
    programme: Programme, details: ResourcesDetails, *, by: Actor, at: datetime
) -> ResourcesReview:
    """Keep that the teaching resources were looked at; leaves `resources-reviewed`.

    Raises:
        Problems: the day is to come, or a text is missing or too long.
    """
    refuse_if_any(_problems(details))
    row = ResourcesReview(
        programme_id=programme.id,
        reviewed_on=details.reviewed_on,
        reviewed_by=" ".join(details.reviewed_by.split()),
        looked_at=details.looked_at.strip(),
        decisions=details.decisions.strip(),
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    evidence.record(
        PIECE,
        scope=("catalogue-entry", programme.id),
        label=f"Ressources pédagogiques revues – {programme.title}",
        occurred_on=row.reviewed_on,
        by=by,
        at=at,
        source=("resources-review", row.id),
        facts={"by": row.reviewed_by, "looked_at": row.looked_at, "decisions": row.decisions},
    )
    _note("resources", f"Ressources de {programme.reference} revues.", programme, by, at)
    return row


def _problems(details: ResourcesDetails) -> list[Refused]:
    found = []
    if details.reviewed_on > clock.today():
        found.append(Refused("Ce jour n’est pas encore venu.", "reviewed_on"))
    if not details.reviewed_by.strip():
        found.append(Refused("Indiquez qui les a revues.", "reviewed_by"))
    for field, word in (("looked_at", "ce qui a été regardé"), ("decisions", "ce qui en sort")):
        text = getattr(details, field).strip()
        if not text:
            found.append(Refused(f"Écrivez {word}.", field))
        if len(text) > LONGEST:
            found.append(Refused(f"{LONGEST} caractères au plus.", field))
    return found


def _note(action: str, words: str, programme: Programme, by: Actor, at: datetime) -> None:
    record(
        f"programmes.{action}",
        by=by,
        at=at,
        subject=("programme", programme.id),
        summary=words,
    )
