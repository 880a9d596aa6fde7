"""Prevention: contacts, the procedure, and who was told of it."""

from werkzeug.wrappers import Response

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import done, or_404, page_number, render
from admin_app.safeguarding import operations, views
from admin_app.safeguarding.office.pages import READ, pages


@pages.get("/", allow=READ)
def index() -> str:
    """Whom to talk to, what is in force, who was told."""
    return render("safeguarding/index.html", **views.home_page(page_number()))


@pages.get("/formateurs/<int:cohort_id>", allow=READ)
def trainers(cohort_id: int) -> str:
    """The trainers of a cohort, told or not."""
    cohort = or_404(cohort_by_id(cohort_id))
    return render("safeguarding/trainers.html", **views.trainers_page(cohort))


@pages.post("/formateurs/<int:cohort_id>", allow=READ)
def tell_trainers(cohort_id: int) -> Response:
    """Send the procedure to those who have not had it."""
    cohort = or_404(cohort_by_id(cohort_id))
    return done(
        lambda: operations.tell_trainers(cohort, by=current_actor(), at=clock.now()),
        "safeguarding_office.trainers",
        "Procédure envoyée.",
        cohort_id=cohort_id,
    )
