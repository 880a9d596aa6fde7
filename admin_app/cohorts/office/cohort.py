"""The list of cohorts; one cohort: opening, changing, cancelling it."""

from flask import request

from admin_app.cohorts import forms, operations, queries, views
from admin_app.cohorts.office.pages import (
    MANAGE,
    READ,
    Reply,
    act_or_tell,
    answer,
    pages,
    the_cohort,
)
from admin_app.cohorts.starting import proposed_form
from admin_app.cohorts.state import SHAPES, CohortState
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.programmes.queries import published_choices, version


@pages.get("/", allow=READ)
def index() -> str:
    """Every cohort, narrowed by what the address asks."""
    asked = {name: request.args.get(name, "") for name in ("state", "q", "year")}
    wanted = queries.Wanted(
        **asked,
        client=request.args.get("client", ""),
        trainer=request.args.get("formateur", ""),
    )
    return render(
        "cohorts/index.html",
        page=queries.lines(wanted, today=clock.today(), number=page_number()),
        states=[(one.value, one.label) for one in CohortState],
        years=[(year, year) for year in queries.years()],
        is_filtered=wanted.is_narrow,
        shapes=SHAPES,
    )


@pages.get("/nouvelle", allow=MANAGE)
def start() -> Reply:
    """Which programme, and from when."""
    form = forms.StartForm(request.args)
    form.version_id.offer(published_choices(clock.today()), "Choisir…")
    if not form.is_asked:
        was_sent = "starts_on" in request.args
        return (invalid if was_sent else render)("cohorts/start.html", form=form)
    chosen = or_404(version(form.version_id.data or 0))
    proposal = proposed_form(chosen, form.starts_on.data, form.days.data)
    return render("cohorts/create.html", form=proposal, version=chosen)


@pages.post("/nouvelle/<int:version_id>", allow=MANAGE)
def create(version_id: int) -> Reply:
    """Open the cohort. The buttons of the half-days arrange what is typed without saving it."""
    chosen = or_404(version(version_id))
    form = forms.NewCohortForm()
    form.offer_places(queries.place_choices())
    if form.arrange(request.form.get("arrange", "")):
        return render("cohorts/create.html", form=form, version=chosen)
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.create_cohort(
                reference=form.reference.data or "",
                version_id=chosen.id,
                half_days=form.plans,
                **form.values(),
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if made is not None:
            return go("cohorts_office.show", "Session créée.", cohort_id=made.id)
    return invalid("cohorts/create.html", form=form, version=chosen)


@pages.get("/<int:cohort_id>", allow=READ)
def show(cohort_id: int) -> str:
    """Where it stands, what remains to be done, who owes what."""
    found = or_404(queries.overview(cohort_id, clock.today()))
    return render("cohorts/show.html", **views.overview_page(found))


@pages.form("/<int:cohort_id>/modifier", allow=MANAGE)
def edit(cohort_id: int) -> Reply:
    """Its title, its place or link, what trainees must know."""
    cohort = the_cohort(cohort_id)
    form = forms.CohortForm(obj=cohort)
    form.place_id.offer(queries.place_choices(cohort.place_id), "aucun")
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.change_cohort(
                cohort, **form.values(), by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go("cohorts_office.show", "Session modifiée.", cohort_id=cohort_id)
    return answer("cohorts/edit.html", form=form, cohort=cohort)


@pages.form("/<int:cohort_id>/programme", allow=MANAGE)
def programme(cohort_id: int) -> Reply:
    """Teach another published version."""
    cohort = the_cohort(cohort_id)
    form = forms.VersionForm(version_id=cohort.version_id)
    form.version_id.offer(published_choices(clock.today()), "Choisir…")
    if form.is_sent:
        chosen = form.version_id.data or 0
        done = keep(
            form,
            lambda: operations.use_version(cohort, chosen, by=current_actor(), at=clock.now()),
        )
        if done is not None:
            return go("cohorts_office.show", "Programme changé.", cohort_id=cohort_id)
    return answer("cohorts/programme.html", form=form, cohort=cohort)


@pages.form("/<int:cohort_id>/annuler", allow=MANAGE)
def cancel(cohort_id: int) -> Reply:
    """Cancel the cohort, with a reason."""
    cohort = the_cohort(cohort_id)
    form = forms.WhyForm()
    if form.is_sent:
        why = form.why.data or ""
        done = keep(
            form,
            lambda: operations.cancel_cohort(cohort, why=why, by=current_actor(), at=clock.now()),
        )
        if done is not None:
            return go("cohorts_office.show", "Session annulée.", cohort_id=cohort_id)
    return answer("cohorts/cancel.html", form=form, cohort=cohort)


@pages.post("/<int:cohort_id>/retablir", allow=MANAGE)
def restore(cohort_id: int) -> Reply:
    """Take the cancellation back."""
    cohort = the_cohort(cohort_id)
    return act_or_tell(
        lambda: operations.restore_cohort(cohort, by=current_actor(), at=clock.now()),
        "Session rétablie.",
        "cohorts_office.show",
        cohort_id=cohort_id,
    )
