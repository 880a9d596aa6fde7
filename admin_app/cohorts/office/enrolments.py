"""Enrolling one by one: finding someone who is known, or a new person."""

from flask import request

from admin_app.cohorts import forms, operations, queries
from admin_app.cohorts.late import proposed_first_day
from admin_app.cohorts.office.pages import MANAGE, Reply, answer, pages, the_cohort
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, keep, or_404, render
from admin_app.people.operations import TraineeDetails
from admin_app.people.queries import trainee as trainee_by_key


@pages.get("/<int:cohort_id>/stagiaires/inscrire", allow=MANAGE)
def find(cohort_id: int) -> str:
    """Find someone by e-mail address or name."""
    cohort, text = the_cohort(cohort_id), request.args.get("q", "").strip()
    found = queries.trainees_found(text)
    return render(
        "cohorts/find.html",
        cohort=cohort,
        text=text,
        found=found,
        most=queries.MOST_FOUND,
        there=queries.enrolled_among(cohort_id, [one.id for one in found]),
    )


@pages.form("/<int:cohort_id>/stagiaires/inscrire/<int:trainee_id>", allow=MANAGE)
def enrol(cohort_id: int, trainee_id: int) -> Reply:
    """Enrol someone who is known."""
    cohort, trainee = the_cohort(cohort_id), or_404(trainee_by_key(trainee_id))
    first = proposed_first_day(cohort, clock.today())
    form = forms.PayerForm(takes_part_from=first)
    form.offer(queries.clients_of(cohort_id), cohort.starts_on, first)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.enrol(
                cohort,
                trainee_id=trainee.id,
                **form.payment(),
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            words = f"{trainee.name} : inscription faite."
            return go("cohorts_office.trainees", words, cohort_id=cohort_id)
    return answer("cohorts/enrol.html", form=form, cohort=cohort, trainee=trainee)


@pages.form("/<int:cohort_id>/stagiaires/nouveau", allow=MANAGE)
def enrol_new(cohort_id: int) -> Reply:
    """Enrol someone who is not known yet."""
    cohort = the_cohort(cohort_id)
    first = proposed_first_day(cohort, clock.today())
    form = forms.EnrolForm(email=request.args.get("email", ""), takes_part_from=first)
    form.offer(queries.clients_of(cohort_id), cohort.starts_on, first)
    if form.is_sent:
        person = TraineeDetails(**form.person())
        done = keep(
            form,
            lambda: operations.enrol_person(
                cohort, person, **form.payment(), by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return go(
                "cohorts_office.trainees",
                f"{person.first_name} {person.last_name} inscrit.",
                cohort_id=cohort_id,
            )
    return answer("cohorts/enrol_new.html", form=form, cohort=cohort)
