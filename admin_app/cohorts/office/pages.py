"""Where the office's pages about cohorts are declared, and what they share."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from admin_app.cohorts import queries
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.core.access import Pages, Permission
from admin_app.core.errors import Refused
from admin_app.core.pages import go, invalid, or_404, render

pages = Pages("cohorts", "office", prefix="/sessions")
READ, MANAGE = Permission.COHORTS_READ, Permission.COHORTS_MANAGE
Reply = str | tuple[str, int] | Response


def the_cohort(cohort_id: int) -> Cohort:
    """The cohort of the address, or the page « introuvable »."""
    return or_404(queries.cohort(cohort_id))


def the_half_day(cohort_id: int, half_day_id: int) -> HalfDay:
    """The half-day of that cohort, or the page « introuvable »."""
    found = queries.half_days(cohort_id, with_cancelled=True)
    return or_404(next((one for one in found if one.id == half_day_id), None))


def the_teaching(cohort_id: int, assignment_id: int) -> queries.Teaching:
    """That assignment of that cohort, or the page « introuvable »."""
    found = queries.trainers_of(cohort_id, with_ended=True)
    return or_404(next((one for one in found if one.assignment.id == assignment_id), None))


def the_sponsor(cohort_id: int, client_id: int) -> queries.Sponsor:
    """That client of that cohort, or the page « introuvable »."""
    found = queries.clients_of(cohort_id)
    return or_404(next((one for one in found if one.client.id == client_id), None))


def answer(template: str, **context: object) -> Reply:
    """The page of a form: 422 when it was sent and something is wrong."""
    return (invalid if request.method == "POST" else render)(template, **context)


def act_or_tell(act: Callable[[], object], message: str, endpoint: str, **values: Any) -> Reply:
    """Do what a lone button asks, and go back saying that it is done, or why it is not."""
    try:
        act()
    except Refused as refused:
        flash(refused.message, "danger")
        return redirect(url_for(endpoint, **values), code=303)
    return go(endpoint, message, **values)


def the_enrolled(cohort_id: int, enrolment_id: int) -> queries.Enrolled:
    """That enrolment of that cohort, or the page « introuvable »."""
    found = queries.enrolled(enrolment_id)
    return or_404(found if found and found.enrolment.cohort_id == cohort_id else None)
