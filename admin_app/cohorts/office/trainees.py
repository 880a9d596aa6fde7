"""The trainees of a cohort: the list, one enrolment, leaving and replacing."""

from flask import request

from admin_app.cohorts import forms, operations, queries, views
from admin_app.cohorts.forms.enrolments import LATER, PERSONALLY
from admin_app.cohorts.office.pages import (
    MANAGE,
    READ,
    Reply,
    act_or_tell,
    answer,
    pages,
    the_cohort,
    the_enrolled,
)
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.formatting import of_name
from admin_app.core.pages import go, keep, page_number, render
from admin_app.people.operations import TraineeDetails


@pages.get("/<int:cohort_id>/stagiaires", allow=READ)
def trainees(cohort_id: int) -> str:
    """Who attends, who left and why, who came instead."""
    cohort = the_cohort(cohort_id)
    text = request.args.get("q", "")
    return render(
        "cohorts/trainees.html",
        cohort=cohort,
        page=queries.roster_page(cohort_id, text, page_number()),
        replaced=queries.replacements(cohort_id),
        is_filtered=bool(text),
        departure=views.departure_label,
        day_of=clock.day_of,
    )


@pages.form("/<int:cohort_id>/stagiaires/<int:enrolment_id>", allow=MANAGE)
def enrolment(cohort_id: int, enrolment_id: int) -> Reply:
    """Who pays, the employer, and what happened to this enrolment."""
    cohort, one = the_cohort(cohort_id), the_enrolled(cohort_id, enrolment_id)
    form = forms.PayerForm(
        payer=_payer(one),
        employer=one.enrolment.employer,
        takes_part_from=one.enrolment.takes_part_from,
    )
    form.offer(queries.clients_of(cohort_id))
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.change_enrolment(
                one.enrolment, **form.payment(), by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go("cohorts_office.trainees", "Inscription modifiée.", cohort_id=cohort_id)
    departure = views.departure_label(one.enrolment.departure)
    return answer("cohorts/enrolment.html", form=form, cohort=cohort, one=one, departure=departure)


@pages.form("/<int:cohort_id>/stagiaires/<int:enrolment_id>/depart", allow=MANAGE)
def leave(cohort_id: int, enrolment_id: int) -> Reply:
    """A withdrawal before the first day, a dropout from it on."""
    cohort, one = the_cohort(cohort_id), the_enrolled(cohort_id, enrolment_id)
    form = forms.LeaveForm(on=clock.today())
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.withdraw(
                one.enrolment,
                on=form.on.data,
                reason=form.reason.data or "",
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            words = f"Départ {of_name(one.trainee.name)} noté."
            return go("cohorts_office.trainees", words, cohort_id=cohort_id)
    return answer("cohorts/leave.html", form=form, cohort=cohort, one=one)


@pages.form("/<int:cohort_id>/stagiaires/<int:enrolment_id>/motif", allow=MANAGE)
def reason(cohort_id: int, enrolment_id: int) -> Reply:
    """Why a trainee dropped out, or how they were asked in vain."""
    cohort, one = the_cohort(cohort_id), the_enrolled(cohort_id, enrolment_id)
    form = forms.ReasonForm(reason=one.enrolment.departure_reason)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.note_departure_reason(
                one.enrolment,
                reason=form.reason.data or "",
                was_given=form.was_given.data == "yes",
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return go("cohorts_office.trainees", "Motif consigné.", cohort_id=cohort_id)
    return answer("cohorts/reason.html", form=form, cohort=cohort, one=one)


@pages.form("/<int:cohort_id>/stagiaires/<int:enrolment_id>/remplacer", allow=MANAGE)
def replace(cohort_id: int, enrolment_id: int) -> Reply:
    """Someone comes instead, before the first day."""
    cohort, one = the_cohort(cohort_id), the_enrolled(cohort_id, enrolment_id)
    form = forms.ReplaceForm(on=clock.today())
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.replace_by_person(
                one.enrolment,
                TraineeDetails(**form.person()),
                on=form.on.data,
                reason=form.reason.data or "",
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            words = f"Remplacement {of_name(one.trainee.name)} noté."
            return go("cohorts_office.trainees", words, cohort_id=cohort_id)
    return answer("cohorts/replace.html", form=form, cohort=cohort, one=one)


@pages.post("/<int:cohort_id>/stagiaires/<int:enrolment_id>/retablir", allow=MANAGE)
def reinstate(cohort_id: int, enrolment_id: int) -> Reply:
    """Take a departure back."""
    one = the_enrolled(cohort_id, enrolment_id)
    return act_or_tell(
        lambda: operations.reinstate(one.enrolment, by=current_actor(), at=clock.now()),
        f"Inscription {of_name(one.trainee.name)} rétablie.",
        "cohorts_office.trainees",
        cohort_id=cohort_id,
    )


def _payer(one: queries.Enrolled) -> str:
    if one.enrolment.pays_personally:
        return PERSONALLY
    return str(one.enrolment.client_id) if one.enrolment.client_id else LATER
