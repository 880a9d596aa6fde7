"""What other rooms show in a half-day: adaptations to apply, measures agreed for a trainee.

They register in `app.extensions["liasse.half_day_panels"]`; this room knows nothing of them.
"""

from typing import Any, NamedTuple

from flask import current_app, render_template
from markupsafe import Markup

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
