"""What is proposed for a new cohort of a programme: its reference, its days, their themes."""

from datetime import date
from typing import Any

from admin_app.cohorts.forms import NewCohortForm
from admin_app.cohorts.forms.schedule import row_of_plan
from admin_app.cohorts.operations import propose_reference, usual_half_days
from admin_app.cohorts.queries import place_choices
from admin_app.programmes.models import ProgrammeVersion
from compliance.vocabulary import Modality


def proposed_form(version: ProgrammeVersion, first_day: date, days: int | None) -> NewCohortForm:
    """The form of a new cohort, filled with what its programme suggests."""
    wanted = days or version.days or 1
    is_remote = version.modality == Modality.REMOTE
    plans = usual_half_days(first_day, wanted, themes=themes_of(version), is_remote=is_remote)
    form = NewCohortForm(
        formdata=None,
        reference=propose_reference(version, first_day),
        title=version.title,
        modality=version.modality,
        is_alternance=version.programme.is_alternance,
        has_work_placement=version.programme.has_work_placement,
    )
    form.offer_places(place_choices())
    form.fill([row_of_plan(plan) for plan in plans])
    return form


def themes_of(version: ProgrammeVersion) -> list[str]:
    """A theme for each half-day, from the contents: the parts of a day share its two halves."""
    by_day: dict[int, list[dict[str, Any]]] = {}
    for part in version.contents:
        by_day.setdefault(int(part.get("day") or 1), []).append(part)
    themes: list[str] = []
    for day in sorted(by_day):
        parts = by_day[day]
        middle = -(-len(parts) // 2)
        halves = (parts[:middle], parts[middle:] or parts)
        themes += [" ; ".join(part["title"] for part in half)[:300] for half in halves]
    return themes
