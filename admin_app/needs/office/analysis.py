"""The office analyses the need with each client of a cohort, and reads what was said."""

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import Permission, current_actor
from admin_app.core.pages import go, invalid, keep, or_404, render
from admin_app.needs.forms.analysis import analysis_form
from admin_app.needs.office.pages import pages
from admin_app.needs.operations.analysis import record_needs_analysis
from admin_app.needs.queries import analysis as queries
from admin_app.needs.views import analysis as views


@pages.get("/sessions/<int:cohort_id>/besoins", allow=Permission.COHORTS_MANAGE)
def cohort(cohort_id: int) -> str:
    """The clients of a cohort, each with the analysis of its need, or the way to make it."""
    found = or_404(cohort_by_id(cohort_id))
    return render("needs/cohort.html", **views.cohort_page(found))


@pages.form("/sessions/<int:cohort_id>/besoins/<int:client_id>", allow=Permission.COHORTS_MANAGE)
def analyse(cohort_id: int, client_id: int) -> str | tuple[str, int] | Response:
    """Write down what was said with a client of a cohort."""
    found = or_404(cohort_by_id(cohort_id))
    sponsor = or_404(views.sponsor(cohort_id, client_id))
    former = queries.of_cohort(cohort_id).get(client_id)
    form = analysis_form(former, led_by=current_user.name, with_whom=views.contact_name(sponsor))
    if form.is_sent:
        done = keep(
            form,
            lambda: record_needs_analysis(
                form.text,
                client_id=client_id,
                cohort_id=cohort_id,
                request_id=former.request_id if former else None,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return go("needs_office.cohort", "Analyse du besoin enregistrée.", cohort_id=cohort_id)
    context = {"form": form, "cohort": found, "client": sponsor.client, "former": former}
    if request.method == "POST":
        return invalid("needs/analyse.html", **context)
    return render("needs/analyse.html", **context)


@pages.get("/besoins/<int:analysis_id>", allow=Permission.COVERAGE_READ)
def show(analysis_id: int) -> str:
    """One analysis, and those it replaced."""
    found = or_404(queries.analysis(analysis_id))
    return render("needs/analysis.html", **views.analysis_page(found))
