"""What else is shown in a half-day: adaptations to apply, measures agreed for a trainee.

Rooms above register theirs in `app.extensions["liasse.half_day_panels"]`.
"""

from typing import Any, NamedTuple

from flask import current_app, render_template
from markupsafe import Markup

from admin_app.adaptations.queries.accommodations import measures_for
from admin_app.adaptations.queries.requests import adaptations_of
from admin_app.attendance.queries import Scene


class Panel(NamedTuple):
    """A piece of page: its template, and what it shows."""

    template: str
    context: dict[str, Any]

    @property
    def shown(self) -> Markup:
        """The piece itself."""
        return Markup(render_template(self.template, **self.context))  # noqa: S704 - a template's own


def panels_of(scene: Scene) -> list[Panel]:
    """The pieces that other rooms have for this half-day."""
    found = (
        provide(scene.half_day.id, scene.cohort.id)
        for provide in current_app.extensions.get("liasse.half_day_panels", ())
    )
    return [Panel(*one) for one in found if one is not None]


def notes_of(panels: list[Panel]) -> dict[int, str]:
    """What to show beside each name, by key of enrolment (« mesure convenue : … »)."""
    notes: dict[int, str] = {}
    for panel in panels:
        for key, words in (panel.context.get("notes") or {}).items():
            notes[key] = f"{notes[key]} ; {words}" if key in notes else words
    return notes


def adaptations_panel(half_day_id: int, cohort_id: int) -> tuple[str, dict[str, Any]] | None:
    """What was promised to the clients, to say applied; the measures agreed, beside each name."""
    promised, measures = adaptations_of(cohort_id), measures_for(cohort_id)
    if not promised and not measures:
        return None
    notes = {one.enrolment_id: f"mesure convenue : {one.measures}" for one in measures}
    context = {"promised": promised, "notes": notes, "half_day_id": half_day_id}
    return "attendance/adaptations.html", context
