"""Long lists are enrolled by the worker, so that nobody waits in front of a page."""

from datetime import datetime
from typing import Any

from admin_app.cohorts import operations, queries
from admin_app.cohorts.imports import Preview
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.stored import Stored
from admin_app.core import clock, jobs
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.formatting import plural
from admin_app.core.jobs import Job, Progress

LONG = 200


def start_import(
    cohort: Cohort,
    stored: Stored,
    preview: Preview,
    *,
    tidy_names: bool = False,
    by: Actor,
    at: datetime,
) -> Job:
    """Have the worker enrol a list that was looked at."""
    people = plural(preview.accepted, "stagiaire")
    return jobs.start(
        "import-trainees",
        label=f"Inscription de {people} à la session {cohort.reference}",
        by=by,
        at=at,
        back_url=f"/sessions/{cohort.id}/stagiaires",  # no request is needed to start
        stored=stored.as_dict(),
        tidy_names=tidy_names,
        actor=[by.kind.value, by.label, by.id],
    )


@jobs.kind("import-trainees")
def import_trainees(
    progress: Progress, *, stored: dict[str, Any], actor: list[Any], tidy_names: bool = False
) -> None:
    """Enrol everyone of a stored list; when it was done already (a worker was lost), do nothing."""
    kept = Stored(**stored)
    cohort = queries.cohort(kept.cohort_id)
    if cohort is None:
        return
    preview = operations.preview_import(cohort, kept.data, kept.kind, at=clock.now())
    if preview.is_done:
        return
    progress.start(len(preview.listed))
    by = Actor(ActorKind(actor[0]), actor[1], actor[2])
    operations.import_trainees(
        cohort,
        kept.data,
        kept.kind,
        payer=kept.payer,
        takes_part_from=kept.first_day,
        name=kept.name,
        tidy_names=tidy_names,
        by=by,
        at=clock.now(),
    )
    progress.advance(len(preview.listed))
