"""What a programme rests on: conditions, required skills and who holds them, resources."""

from flask import request
from flask_login import current_user

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, keep, or_404, render
from admin_app.programmes import forms, operations, queries
from admin_app.programmes.office.pages import UPKEEP, Reply, answer, pages


@pages.form("/<int:programme_id>/conditions", allow=UPKEEP)
def conditions(programme_id: int) -> Reply:
    """What its cohorts are by default."""
    found = or_404(queries.programme(programme_id))
    form = forms.ConditionsForm(obj=found)
    if form.is_sent:
        operations.set_conditions(
            found,
            is_alternance=form.is_alternance.data,
            has_work_placement=form.has_work_placement.data,
            by=current_actor(),
            at=clock.now(),
        )
        words = "Enregistré : les prochaines sessions partent de là."
        return go("programmes_office.conditions", words, programme_id=programme_id)
    return answer("programmes/conditions.html", form=form, programme=found)


@pages.get("/<int:programme_id>/competences", allow=UPKEEP)
def skills(programme_id: int) -> Reply:
    """Which skills it asked of trainers on a day, and who held them."""
    found, form = or_404(queries.programme(programme_id)), forms.OnDayForm(request.args)
    form.validate()
    on = form.jour.data or clock.today()
    if not form.errors:
        form.jour.data, form.jour.raw_data = on, None
    version = queries.in_force(programme_id, on)
    required = list(version.required_skills) if version else []
    return render(
        "programmes/skills.html",
        programme=found,
        form=form,
        on=on,
        version=version,
        required=required,
        holders=queries.holders(required, on),
    )


@pages.form("/<int:programme_id>/ressources", allow=UPKEEP)
def resources(programme_id: int) -> Reply:
    """The resources, each time they were looked at."""
    found, form = or_404(queries.programme(programme_id)), forms.ResourcesForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.review_resources(
                found, form.details(), by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            words = "La revue des ressources est consignée."
            return go("programmes_office.resources", words, programme_id=programme_id)
    if request.method != "POST":
        form.reviewed_on.data, form.reviewed_by.data = clock.today(), current_user.name
    reviews = queries.resources_reviews(programme_id)
    return answer("programmes/resources.html", form=form, programme=found, reviews=reviews)
