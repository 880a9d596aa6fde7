"""The trainer reads what was promised and the measures to take, and says what was applied."""

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.adaptations import operations, views
from admin_app.adaptations.forms.requests import AppliedForm
from admin_app.adaptations.queries import requests as queries
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import is_taught_by
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.pages import go, invalid, keep, or_404, render

pages = Pages("adaptations", "trainer", "/mes-sessions/<int:cohort_id>/adaptations")
SPACE = Permission.TRAINER_SPACE


@pages.get("", allow=SPACE)
def cohort(cohort_id: int) -> str:
    """What was promised to the clients, and the measures decided for some trainees."""
    found = _own(cohort_id)
    return render("adaptations/trainer_cohort.html", **views.trainer_page(found))


@pages.form("/<int:adaptation_id>", allow=SPACE)
def applied(cohort_id: int, adaptation_id: int) -> str | tuple[str, int] | Response:
    """Say in which half-day a promised change was applied."""
    found = _own(cohort_id)
    promise = or_404(queries.adaptation_in(cohort_id, adaptation_id))
    half_days = views.begun_half_days(cohort_id, clock.now())
    form = AppliedForm(data={"half_day_id": promise.half_day_id, "note": promise.note})
    form.offer(half_days)
    if form.is_sent:
        chosen = or_404(next((one for one in half_days if one.id == form.half_day_id.data), None))
        done = keep(
            form,
            lambda: operations.mark_applied(
                promise, chosen, note=form.note.data or "", by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go("adaptations_trainer.cohort", "C’est noté.", cohort_id=cohort_id)
    context = {"form": form, "promise": promise, "cohort": found}
    if request.method == "POST":
        return invalid("adaptations/trainer_applied.html", **context)
    return render("adaptations/trainer_applied.html", **context)


def _own(cohort_id: int) -> Cohort:
    mine = is_taught_by(cohort_id, current_user.trainer_id)
    return or_404(cohort_by_id(cohort_id) if mine else None)
