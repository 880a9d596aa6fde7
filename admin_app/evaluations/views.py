"""What the pages of the office and of the trainer share."""

from flask import request
from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.formatting import of_name
from admin_app.core.pages import go, invalid, keep, or_404, render
from admin_app.evaluations import operations, queries
from admin_app.evaluations.forms import assessment_form

Reply = str | Response | tuple[str, int]


def list_page(cohort: Cohort, layout: str, form_endpoint: str) -> str:
    """Everyone to be assessed, and who has been."""
    return render(
        "evaluations/assessments.html",
        layout=layout,
        cohort=cohort,
        people=queries.assessed(cohort.id),
        objectives=queries.objectives_of(cohort),
        words={one.value: one.label for one in operations.Result},
        form_endpoint=form_endpoint,
    )


def assess_page(cohort: Cohort, enrolment_id: int, layout: str, list_endpoint: str) -> Reply:
    """The form of one trainee's assessment."""
    people = {one.enrolment.id: one for one in queries.assessed(cohort.id)}
    one = or_404(people.get(enrolment_id))
    objectives = queries.objectives_of(cohort)
    former = one.assessment
    form = assessment_form(
        objectives,
        assessed_on=former.assessed_on if former else min(cohort.ends_on, clock.today()),
        method=former.method if former else "",
        comment=former.comment if former else "",
        **{f"objective_{rank}": result for rank, result in one.results.items()},
    )
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.assess(
                cohort,
                enrolment_id,
                results=form.results,
                method=form.method.data or "",
                comment=form.comment.data or "",
                assessed_on=form.assessed_on.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            message = f"Acquis {of_name(one.trainee.name)} enregistrés."
            return go(list_endpoint, message, cohort_id=cohort.id)
    shown = invalid if request.method == "POST" else render
    return shown(
        "evaluations/assess.html",
        layout=layout,
        cohort=cohort,
        one=one,
        form=form,
        list_endpoint=list_endpoint,
    )
