"""A trainee complains from the personal link: who it is and about what training are known."""

from flask import g, request, url_for
from werkzeug.wrappers import Response

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import enrolled
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked, origin
from admin_app.core.pages import invalid, keep, or_404, render
from admin_app.quality.complaints import forms, operations, views

pages = Pages("complaints", "trainee")


@pages.form("/l/<token>/reclamation", allow=linked(Purpose.TRAINEE_FILE))
def ask(token: str) -> str | Response | tuple[str, int]:
    """Say what went wrong."""
    person = or_404(enrolled(g.link.subject_id))
    cohort = or_404(cohort_by_id(person.enrolment.cohort_id))
    form = forms.OwnForm()
    home_url = url_for("spaces_public.personal", token=token)
    if form.is_sent:
        received = forms.received_now(
            form,
            clock.today(),
            author_kind="trainee",
            author_name=person.trainee.name,
            author_email=person.trainee.email,
            cohort_id=cohort.id,
        )
        made = keep(
            form,
            lambda: operations.receive(
                received, by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            page = views.thanks_page(made) | {"cohort": cohort, "home_url": home_url}
            return render("quality/complaints/linked_thanks.html", **page)
    page = views.promise(clock.today()) | {"form": form, "cohort": cohort, "home_url": home_url}
    shown = invalid if request.method == "POST" else render
    return shown("quality/complaints/linked_ask.html", **page)
