"""A trainee asks for an accommodation, by personal link: read by the disability officer alone."""

from flask import g, request, url_for
from werkzeug.wrappers import Response

from admin_app.adaptations.forms.asking import AskForm
from admin_app.adaptations.operations import ask_accommodation
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import enrolled
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked, origin
from admin_app.core.pages import invalid, keep, or_404, render
from admin_app.organisation.queries import the_provider

pages = Pages("adaptations", "trainee")


@pages.form("/l/<token>/amenagement", allow=linked(Purpose.POSITIONING, Purpose.TRAINEE_FILE))
def accommodation(token: str) -> str | Response | tuple[str, int]:
    """Tell what one needs, in one's own words."""
    person = or_404(enrolled(g.link.subject_id))
    cohort = or_404(cohort_by_id(person.enrolment.cohort_id))
    form = AskForm()
    context = {
        "cohort": cohort,
        "officer": the_provider().disability_officer,
        "back_url": url_for("spaces_public.personal", token=token),
    }
    if form.is_sent:
        done = keep(
            form,
            lambda: ask_accommodation(
                person.enrolment,
                need=form.need.data or "",
                contact=form.contact.data or "",
                consent=bool(form.consent.data),
                by=current_actor(),
                at=clock.now(),
                origin=origin(),
            ),
        )
        if done is not None:
            return render("adaptations/accommodation_asked.html", **context)
    shown = invalid if request.method == "POST" else render
    return shown("adaptations/accommodation_ask.html", form=form, **context)
