"""The days, hours and themes of a cohort."""

from flask import request

from admin_app.cohorts import forms, operations, queries
from admin_app.cohorts.forms.schedule import row_of
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.office.pages import (
    MANAGE,
    Reply,
    act_or_tell,
    answer,
    pages,
    the_cohort,
    the_half_day,
)
from admin_app.cohorts.views import half_day_label
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, keep, render
from admin_app.programmes.queries import version


@pages.form("/<int:cohort_id>/demi-journees", allow=MANAGE)
def half_days(cohort_id: int) -> Reply:
    """Every half-day with its hours and its theme. The buttons arrange without saving."""
    cohort = the_cohort(cohort_id)
    form = _form(cohort)
    if form.arrange(request.form.get("arrange", "")):
        return render("cohorts/half_days.html", **_page(cohort, form))
    if form.is_sent:
        plans = form.plans
        done = keep(
            form,
            lambda: operations.set_half_days(cohort, plans, by=current_actor(), at=clock.now()),
        )
        if done is not None:
            return go("cohorts_office.show", "Dates et déroulé enregistrés.", cohort_id=cohort_id)
    return answer("cohorts/half_days.html", **_page(cohort, form))


@pages.form("/<int:cohort_id>/demi-journees/<int:half_day_id>/annuler", allow=MANAGE)
def cancel_half_day(cohort_id: int, half_day_id: int) -> Reply:
    """Say that a half-day does not take place, and why."""
    cohort, half_day = the_cohort(cohort_id), the_half_day(cohort_id, half_day_id)
    form = forms.WhyForm()
    if form.is_sent:
        why = form.why.data or ""
        done = keep(
            form,
            lambda: operations.cancel_half_day(
                half_day, why=why, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go("cohorts_office.half_days", "Demi-journée annulée.", cohort_id=cohort_id)
    label = half_day_label(half_day)
    return answer("cohorts/cancel_half_day.html", form=form, cohort=cohort, label=label)


@pages.post("/<int:cohort_id>/demi-journees/<int:half_day_id>/retablir", allow=MANAGE)
def restore_half_day(cohort_id: int, half_day_id: int) -> Reply:
    """Take the cancellation of a half-day back."""
    half_day = the_half_day(cohort_id, half_day_id)
    return act_or_tell(
        lambda: operations.restore_half_day(half_day, by=current_actor(), at=clock.now()),
        "Demi-journée rétablie.",
        "cohorts_office.half_days",
        cohort_id=cohort_id,
    )


def _form(cohort: Cohort) -> forms.ScheduleForm:
    form = forms.ScheduleForm()
    held = queries.half_days(cohort.id)
    form.offer_places(queries.place_choices(*(one.place_id for one in held)))
    if request.method != "POST":
        form.fill([row_of(one) for one in held])
    return form


def _page(cohort: Cohort, form: forms.ScheduleForm) -> dict[str, object]:
    rows = queries.half_days(cohort.id, with_cancelled=True)
    return {
        "cohort": cohort,
        "form": form,
        "version": version(cohort.version_id),
        "proved": queries.proved_half_days([one.id for one in rows]),
        "cancelled": [one for one in rows if one.cancelled_at is not None],
    }
