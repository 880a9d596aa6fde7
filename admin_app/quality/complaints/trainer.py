"""A trainer tells of an incident from the room: a projector, a strike, an evacuation."""

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import half_days, is_taught_by
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, origin
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.pages import go, invalid, keep, or_404, render
from admin_app.quality.complaints import forms, operations

pages = Pages("complaints", "trainer", "/mes-sessions/<int:cohort_id>/alea")


@pages.form("", allow=Permission.TRAINER_SPACE)
def tell(cohort_id: int) -> str | tuple[str, int] | Response:
    """Say what happened, what was done, and which half-days it touched."""
    found = _own(cohort_id)
    form = forms.IncidentForm(data={"topic": "premises"})
    form.offer(half_days(cohort_id, with_cancelled=True))
    if form.is_sent:
        received = forms.received_now(
            form,
            clock.today(),
            kind="incident",
            author_kind="trainer",
            author_name=current_user.name,
            author_email=current_user.email,
            cohort_id=found.id,
        )
        made = keep(
            form,
            lambda: operations.tell_incident(
                received,
                solution=form.solution.data or "",
                half_day_ids=form.half_days.data or (),
                by=Actor(ActorKind.TRAINER, current_user.name, current_user.id),
                at=clock.now(),
                origin=origin(),
            ),
        )
        if made is not None:
            words = f"Aléa transmis au bureau ({made.reference})."
            return go("attendance_trainer.cohort", words, cohort_id=cohort_id)
    shown = invalid if request.method == "POST" else render
    return shown("quality/complaints/trainer_tell.html", form=form, cohort=found)


def _own(cohort_id: int) -> Cohort:
    mine = is_taught_by(cohort_id, current_user.trainer_id)
    return or_404(cohort_by_id(cohort_id) if mine else None)
