"""The measures that a new organisation chooses before it has any result."""

from dataclasses import dataclass
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.models import Provider
from admin_app.results.figures import MEASURES
from admin_app.results.models import PlannedResults

PIECE = "planned-results"
LABELS = {one.key: one.label for one in MEASURES}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDetails:
    """What is chosen. `measures` are keys of `LABELS`; `method` how they will be gathered."""

    chosen_on: date
    measures: tuple[str, ...]
    method: str
    first_publication_on: date


@act
def plan_results(
    provider: Provider, details: PlannedDetails, *, by: Actor, at: datetime
) -> PlannedResults:
    """Keep the choice; leaves `planned-results` for the organisation.

    Raises:
        Problems: no measure is chosen, the method is missing, or the days do not hold.
    """
    refuse_if_any(_problems(details))
    row = PlannedResults(
        chosen_on=details.chosen_on,
        measures=[key for key in LABELS if key in details.measures],
        method=details.method.strip(),
        first_publication_on=details.first_publication_on,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    evidence.record(
        PIECE,
        scope=("provider", provider.id),
        label="Indicateurs de résultats choisis d’avance",
        occurred_on=row.chosen_on,
        by=by,
        at=at,
        source=(PIECE, row.id),
        facts={
            "measures": [LABELS[key] for key in row.measures],
            "method": row.method,
            "first_publication_on": row.first_publication_on.isoformat(),
        },
    )
    summary = f"Indicateurs de résultats choisis d’avance : {len(row.measures)}."
    record("results.planned", by=by, at=at, subject=("provider", provider.id), summary=summary)
    return row


def _problems(details: PlannedDetails) -> list[Refused]:
    found = []
    if details.chosen_on > clock.today():
        found.append(Refused("Ce jour n’est pas encore venu.", "chosen_on"))
    if not details.measures:
        found.append(Refused("Choisissez au moins un indicateur.", "measures"))
    elif not set(details.measures) <= LABELS.keys():
        found.append(Refused("Choisissez dans la liste.", "measures"))
    if not details.method.strip():
        found.append(Refused("Écrivez comment ils seront recueillis.", "method"))
    if details.first_publication_on < details.chosen_on:
        found.append(Refused("La publication vient après le choix.", "first_publication_on"))
    return found
