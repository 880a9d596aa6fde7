"""The certification that a programme prepares for: figures, contents, authorisation."""

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import download, go, keep, or_404, render
from admin_app.core.uploads import MIME
from admin_app.programmes.queries import in_force
from admin_app.results import forms, operations, queries, views
from admin_app.results.models import CertificationAuthorisation
from admin_app.results.office.pages import UPKEEP, Reply, answer, pages, the_programme

BASE = "/formations/<int:programme_id>/certification"


@pages.get(BASE, allow=UPKEEP)
def certification(programme_id: int) -> Reply:
    """What is known of it."""
    found = the_programme(programme_id)
    return render("results/certification.html", **views.certification_page(found))


@pages.form(f"{BASE}/fiche", allow=UPKEEP)
def sheet(programme_id: int) -> Reply:
    """The figures of a period, and what the certification leads to."""
    found = the_programme(programme_id)
    form = forms.SheetForm(obj=queries.sheet(programme_id))
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.record_sheet(
                found, form.details(), by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            return _back(programme_id, "La fiche est publiée.")
    return answer("results/sheet.html", form=form, programme=found)


@pages.form(f"{BASE}/contenu", allow=UPKEEP)
def match(programme_id: int) -> Reply:
    """How the contents match what is demanded."""
    found, form = the_programme(programme_id), forms.MatchForm()
    version = or_404(in_force(programme_id, clock.today()))
    objectives = list(version.objectives)
    form.about(objectives)
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.record_match(
                found, version, form.details(objectives), by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            return _back(programme_id, "Le rapprochement est consigné.")
    if request.method != "POST":
        form.checked_on.data, form.checked_by.data = clock.today(), current_user.name
    return answer("results/match.html", form=form, programme=found, version=version)


@pages.form(f"{BASE}/habilitation", allow=UPKEEP)
def authorise(programme_id: int) -> Reply:
    """What allows us to prepare for it."""
    found, form = the_programme(programme_id), forms.AuthorisationForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.record_authorisation(
                found, form.details(), file=form.upload(), by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            return _back(programme_id, "L’habilitation est consignée.")
    return answer("results/authorise.html", form=form, programme=found)


@pages.form(f"{BASE}/habilitation/<int:authorisation_id>/retirer", allow=UPKEEP)
def remove_authorisation(programme_id: int, authorisation_id: int) -> Reply:
    """Set an authorisation aside."""
    found, row = the_programme(programme_id), _the_one(programme_id, authorisation_id)
    form = forms.WhyForm()
    if form.is_sent:
        why = form.why.data or ""
        act = keep(
            form,
            lambda: operations.remove_authorisation(
                found, row, why=why, by=current_actor(), at=clock.now()
            ),
        )
        if act is not None:
            return _back(programme_id, "L’habilitation ne compte plus.")
    return answer("results/remove_authorisation.html", form=form, programme=found, row=row)


@pages.get(f"{BASE}/habilitation/<int:authorisation_id>/copie", allow=UPKEEP)
def authorisation_file(programme_id: int, authorisation_id: int) -> Response:
    """The copy of an authorisation."""
    row = _the_one(programme_id, authorisation_id)
    data = or_404(queries.copy_of(row))
    return download(data, row.file_name, MIME[row.file_kind])


def _the_one(programme_id: int, authorisation_id: int) -> CertificationAuthorisation:
    return or_404(queries.authorisation(programme_id, authorisation_id))


def _back(programme_id: int, words: str) -> Reply:
    return go("results_office.certification", words, programme_id=programme_id)
