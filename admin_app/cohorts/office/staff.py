"""Who teaches a cohort and who buys it."""

from typing import Any

from flask import request

from admin_app.cohorts import forms, operations, queries
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.office.pages import (
    MANAGE,
    READ,
    Reply,
    act_or_tell,
    answer,
    pages,
    the_cohort,
    the_sponsor,
    the_teaching,
)
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, invalid, keep, or_404, render
from admin_app.core.pages.forms import choices
from admin_app.core.received import key_of
from admin_app.programmes.queries import version


@pages.get("/<int:cohort_id>/intervenants", allow=READ)
def trainers(cohort_id: int) -> str:
    """Who teaches, and who could."""
    return render("cohorts/trainers.html", **_trainers_page(the_cohort(cohort_id)))


@pages.post("/<int:cohort_id>/intervenants", allow=MANAGE)
def assign(cohort_id: int) -> Reply:
    """Have a trainer teach the cohort."""
    cohort = the_cohort(cohort_id)
    page = _trainers_page(cohort)
    form = page["form"]
    if form.is_sent:
        chosen, reason = form.trainer_id.data or 0, form.reason.data or ""
        done = keep(
            form,
            lambda: operations.assign_trainer(
                cohort, chosen, reason=reason, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go("cohorts_office.trainers", "Intervention enregistrée.", cohort_id=cohort_id)
    return invalid("cohorts/trainers.html", **page)


@pages.form("/<int:cohort_id>/intervenants/<int:assignment_id>/motif", allow=MANAGE)
def explain(cohort_id: int, assignment_id: int) -> Reply:
    """Write why someone teaches without a required skill."""
    cohort, teaching = the_cohort(cohort_id), the_teaching(cohort_id, assignment_id)
    form = forms.ExplainForm(obj=teaching.assignment)
    if form.is_sent:
        reason = form.reason.data or ""
        done = keep(
            form,
            lambda: operations.explain_assignment(
                teaching.assignment, reason=reason, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go("cohorts_office.trainers", "Le motif est consigné.", cohort_id=cohort_id)
    lacking = queries.lacking_of(cohort, [teaching])[teaching.trainer.id]
    context = {"cohort": cohort, "name": teaching.trainer.name, "lacking": lacking}
    return answer("cohorts/explain.html", form=form, **context)


@pages.form("/<int:cohort_id>/intervenants/<int:assignment_id>/retirer", allow=MANAGE)
def unassign(cohort_id: int, assignment_id: int) -> Reply:
    """End an assignment, with the reason."""
    cohort, teaching = the_cohort(cohort_id), the_teaching(cohort_id, assignment_id)
    form = forms.WhyForm()
    if form.is_sent:
        why = form.why.data or ""
        done = keep(
            form,
            lambda: operations.unassign_trainer(
                teaching.assignment, why=why, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go("cohorts_office.trainers", "Intervention terminée.", cohort_id=cohort_id)
    return answer("cohorts/unassign.html", form=form, cohort=cohort, name=teaching.trainer.name)


@pages.get("/<int:cohort_id>/clients", allow=MANAGE)
def clients(cohort_id: int) -> str:
    """Who buys, and finding another client by name."""
    cohort, text = the_cohort(cohort_id), request.args.get("q", "")
    return render(
        "cohorts/clients.html",
        cohort=cohort,
        sponsors=queries.clients_of(cohort_id),
        funders=queries.funder_names(cohort_id),
        found=queries.clients_named(text, cohort_id),
        text=text.strip(),
    )


@pages.post("/<int:cohort_id>/clients", allow=MANAGE)
def add_client(cohort_id: int) -> Reply:
    """Add a client; its price and contact come next."""
    cohort = the_cohort(cohort_id)
    client_id = key_of(request.form.get("client_id")) or 0
    return act_or_tell(
        lambda: operations.add_client(cohort, client_id, by=current_actor(), at=clock.now()),
        "Client ajouté : indiquez le prix convenu et le contact.",
        "cohorts_office.clients",
        cohort_id=cohort_id,
    )


@pages.form("/<int:cohort_id>/clients/<int:client_id>", allow=MANAGE)
def client(cohort_id: int, client_id: int) -> Reply:
    """The price agreed with a client, and whom to write to."""
    cohort, sponsor = the_cohort(cohort_id), the_sponsor(cohort_id, client_id)
    form = forms.SponsorForm(obj=sponsor.row)
    form.contact_id.offer(queries.contact_choices(client_id), "aucun")
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.change_client(
                sponsor.row,
                price=form.price.data,
                contact_id=form.contact_id.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return go("cohorts_office.clients", "Client modifié.", cohort_id=cohort_id)
    return answer("cohorts/client.html", form=form, cohort=cohort, client=sponsor.client)


@pages.post("/<int:cohort_id>/clients/<int:client_id>/retirer", allow=MANAGE)
def remove_client(cohort_id: int, client_id: int) -> Reply:
    """Take a client out while nothing was done with it."""
    sponsor = the_sponsor(cohort_id, client_id)
    return act_or_tell(
        lambda: operations.remove_client(sponsor.row, by=current_actor(), at=clock.now()),
        "Client retiré.",
        "cohorts_office.clients",
        cohort_id=cohort_id,
    )


@pages.form("/<int:cohort_id>/financeurs", allow=MANAGE)
def funders(cohort_id: int) -> Reply:
    """Who funds a part of the cohort."""
    cohort = the_cohort(cohort_id)
    form = forms.FundersForm(data={"funders": queries.funders_of(cohort_id)})
    form.funders.choices = choices(queries.funder_choices(cohort_id))
    if form.is_sent:
        chosen = form.funders.data or []
        done = keep(
            form,
            lambda: operations.set_funders(cohort, chosen, by=current_actor(), at=clock.now()),
        )
        if done is not None:
            return go("cohorts_office.clients", "Financeurs enregistrés.", cohort_id=cohort_id)
    return answer("cohorts/funders.html", form=form, cohort=cohort)


def _trainers_page(cohort: Cohort) -> dict[str, Any]:
    taught = or_404(version(cohort.version_id))
    candidates = queries.candidates(cohort, taught.required_skills)
    form = forms.AssignForm()
    form.trainer_id.offer([(one.trainer.id, _said(one)) for one in candidates], "Choisir…")
    teachings = queries.trainers_of(cohort.id, with_ended=True)
    return {
        "cohort": cohort,
        "form": form,
        "required": taught.required_skills,
        "teachings": teachings,
        "lacking": queries.lacking_of(cohort, teachings),
        "candidates": candidates,
    }


def _said(one: queries.Candidate) -> str:
    return f"{one.trainer.name} (à motiver)" if one.lacking else one.trainer.name
