"""The special follow-up of a cohort: what its facts call for, and what is noted of it."""

from flask import request

from admin_app.cohorts import forms, operations, queries
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.office.pages import MANAGE, READ, Reply, answer, pages, the_cohort
from admin_app.cohorts.particulars import KINDS, Particular, is_threshold_awaited
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, keep, or_404, render

BASE = "/<int:cohort_id>/suivi-particulier"


@pages.get(BASE, allow=READ)
def particulars(cohort_id: int) -> Reply:
    """What applies, what is noted, what is missing."""
    cohort, today = the_cohort(cohort_id), clock.today()
    return render(
        "cohorts/particulars.html",
        cohort=cohort,
        lines=queries.particular_lines(cohort, today),
        notes=queries.particular_notes(cohort_id),
        kinds=KINDS,
        is_awaited=is_threshold_awaited(today),
    )


@pages.form(f"{BASE}/<kind_key>/consigner", allow=MANAGE)
def note_particular(cohort_id: int, kind_key: str) -> Reply:
    """Keep a note, for the cohort or for those who are ticked."""
    cohort, kind = the_cohort(cohort_id), or_404(KINDS.get(kind_key))
    form = _form(cohort, kind)
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.note_particular(
                cohort, form.details(kind), by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            return go("cohorts_office.particulars", "C’est consigné.", cohort_id=cohort_id)
    return answer("cohorts/particular.html", form=form, cohort=cohort, kind=kind)


@pages.form(f"{BASE}/notes/<int:note_id>/ecarter", allow=MANAGE)
def withdraw_particular(cohort_id: int, note_id: int) -> Reply:
    """Set a note aside, with the reason."""
    cohort, found = the_cohort(cohort_id), or_404(queries.particular(note_id))
    or_404(found if found.note.cohort_id == cohort_id else None)
    form = forms.WhyForm()
    if form.is_sent:
        why = form.why.data or ""
        done = keep(
            form,
            lambda: operations.withdraw_particular(
                found.note, why=why, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go("cohorts_office.particulars", "La note est écartée.", cohort_id=cohort_id)
    kind = KINDS[found.note.kind]
    context = {"cohort": cohort, "one": found, "kind": kind}
    return answer("cohorts/particular_withdraw.html", form=form, **context)


def _form(cohort: Cohort, kind: Particular) -> forms.ParticularForm:
    form = forms.ParticularForm()
    people = queries.roster(cohort.id, active_only=True) if kind.each else []
    form.about(kind, [(one.enrolment.id, one.trainee.name) for one in people])
    if request.method != "POST":
        form.happened_on.data = clock.today()
        if kind.each:
            form.enrolments.data = [one.enrolment.id for one in people]
    return form
