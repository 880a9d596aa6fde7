"""Resources, for the office."""

from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404
from admin_app.resources import queries, views
from admin_app.resources.views import Reply

pages = Pages("resources", "office", "/sessions/<int:cohort_id>/ressources")
OFFICE = "layouts/office.html"


@pages.get("", allow=Permission.COHORTS_READ)
def index(cohort_id: int) -> Reply:
    """The files of a cohort, and who fetched them."""
    return views.index_page(_cohort(cohort_id), OFFICE, "office")


@pages.post("", allow=Permission.COHORTS_MANAGE)
def add(cohort_id: int) -> Reply:
    """Add a file."""
    return views.index_page(_cohort(cohort_id), OFFICE, "office")


@pages.post("/remettre", allow=Permission.COHORTS_MANAGE)
def share(cohort_id: int) -> Response:
    """Hand over what was added."""
    return views.share(_cohort(cohort_id), "office")


@pages.post("/<int:file_id>/retirer", allow=Permission.COHORTS_MANAGE)
def withdraw(cohort_id: int, file_id: int) -> Response:
    """Offer a file no more."""
    return views.withdraw(_cohort(cohort_id), file_id, "office")


@pages.get("/<int:file_id>", allow=Permission.COHORTS_READ)
def fetch(cohort_id: int, file_id: int) -> Response:
    """One file."""
    return views.send(or_404(queries.file_of(cohort_id, file_id)))


def _cohort(cohort_id: int) -> Cohort:
    return or_404(cohort_by_id(cohort_id))
