"""Results of each programme and of the house: worked out, published, planned."""

from datetime import date, timedelta
from typing import Any

from flask import request

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.organisation.queries import provider
from admin_app.programmes.models import Programme
from admin_app.results import forms, operations, queries, views
from admin_app.results.models import PublishedResults
from admin_app.results.office.pages import MANAGE, Reply, answer, pages, the_programme
from admin_app.results.operations.planned import LABELS


@pages.get("/", allow=MANAGE)
def index() -> Reply:
    """The programmes of the catalogue, and when the results of each were published."""
    chosen = {name: request.args.get(name, "") for name in ("q", "state")}
    return render(
        "results/index.html",
        page=queries.lines(today=clock.today(), number=page_number(), **chosen),
        states=list(queries.STATES.items()),
        is_filtered=any(chosen.values()),
        house=queries.shown_to_public(None),
    )


@pages.get("/organisme", allow=MANAGE)
def house() -> Reply:
    """The figures of the whole house over a period."""
    return _worked_out(None)


@pages.post("/organisme", allow=MANAGE)
def publish_house() -> Reply:
    """Publish the figures of the whole house."""
    return _publish(None)


@pages.get("/formations/<int:programme_id>", allow=MANAGE)
def programme(programme_id: int) -> Reply:
    """The figures of a programme over a period."""
    return _worked_out(the_programme(programme_id))


@pages.post("/formations/<int:programme_id>", allow=MANAGE)
def publish(programme_id: int) -> Reply:
    """Publish the figures of a programme."""
    return _publish(the_programme(programme_id))


@pages.get("/publications/<int:publication_id>", allow=MANAGE)
def publication(publication_id: int) -> Reply:
    """A publication as it was frozen."""
    row = or_404(queries.publication(publication_id))
    return render("results/publication.html", **views.publication_page(row))


@pages.form("/publications/<int:publication_id>/retirer", allow=MANAGE)
def withdraw(publication_id: int) -> Reply:
    """Show a publication to the public no more."""
    row, form = or_404(queries.publication(publication_id)), forms.WhyForm()
    if form.is_sent:
        why = form.why.data or ""
        act = keep(
            form,
            lambda: operations.withdraw_results(row, why=why, by=current_actor(), at=clock.now()),
        )
        if act is not None:
            return _back(row)
    return answer("results/withdraw.html", form=form, **views.publication_page(row))


@pages.form("/choisis-d-avance", allow=MANAGE)
def planned() -> Reply:
    """The measures that a new organisation chooses before it has results."""
    form, house = forms.PlannedForm(), or_404(provider())
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.plan_results(
                house, form.details(), by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            return go("results_office.planned", "Le choix est consigné.")
    if request.method != "POST":
        form.chosen_on.data = clock.today()
        form.first_publication_on.data = clock.today() + timedelta(days=365)
    return answer("results/planned.html", form=form, rows=queries.planned(), labels=LABELS)


def _worked_out(found: Programme | None) -> Reply:
    period_form = forms.PeriodForm(request.args)
    first, last = period_form.period(clock.today())
    form = forms.PublishForm(formdata=None, data={"first": first, "last": last})
    return render("results/programme.html", **_page(found, first, last, period_form, form))


def _publish(found: Programme | None) -> Reply:
    form = forms.PublishForm()
    if form.is_sent:
        act = keep(
            form,
            lambda: operations.publish_results(
                found,
                first=form.first.data,
                last=form.last.data,
                comment=form.comment.data or "",
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if act is not None:
            return _back(act, "Les résultats sont publiés.")
    first, last = forms.last_twelve_months(clock.today())
    if form.first.data and form.last.data and form.first.data <= form.last.data:
        first, last = form.first.data, form.last.data
    period_form = forms.PeriodForm(formdata=None)
    return invalid("results/programme.html", **_page(found, first, last, period_form, form))


def _page(
    found: Programme | None,
    first: date,
    last: date,
    period_form: forms.PeriodForm,
    form: forms.PublishForm,
) -> dict[str, Any]:
    if not period_form.errors:
        period_form.show(first, last)
    return views.worked_out_page(found, first, last) | {"period_form": period_form, "form": form}


def _back(row: PublishedResults, words: str = "La publication est retirée.") -> Reply:
    if row.programme_id is None:
        return go("results_office.house", words)
    return go("results_office.programme", words, programme_id=row.programme_id)
