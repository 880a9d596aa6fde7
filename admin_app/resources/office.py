"""Resources, for the office: what was handed over, and who fetched it."""

from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404
from admin_app.resources.desk import Desk, Reply

pages = Pages("resources", "office", prefix="/sessions/<int:cohort_id>/ressources")
READ, MANAGE = Permission.COHORTS_READ, Permission.COHORTS_MANAGE
desk = Desk("resources_office", "cohorts/_page.html")


@pages.get("", allow=READ)
def index(cohort_id: int) -> str:
    """The resources of a cohort."""
    return desk.index(_cohort(cohort_id))


@pages.post("", allow=MANAGE)
def add(cohort_id: int) -> Reply:
    """Add a file."""
    return desk.add(_cohort(cohort_id))


@pages.post("/remettre", allow=MANAGE)
def share(cohort_id: int) -> Reply:
    """Share what is not yet, and write to each trainee."""
    return desk.share(_cohort(cohort_id))


@pages.post("/relancer", allow=MANAGE)
def remind(cohort_id: int) -> Reply:
    """Write again to those who have not fetched everything."""
    return desk.remind(_cohort(cohort_id))


@pages.get("/<int:resource_id>", allow=READ)
def show(cohort_id: int, resource_id: int) -> str:
    """Who fetched one resource, and when."""
    return desk.show(_cohort(cohort_id), resource_id)


@pages.form("/<int:resource_id>/retirer", allow=MANAGE)
def withdraw(cohort_id: int, resource_id: int) -> Reply:
    """Take a resource back."""
    return desk.withdraw(_cohort(cohort_id), resource_id)


@pages.get("/<int:resource_id>/fichier", allow=READ)
def fetch(cohort_id: int, resource_id: int) -> Response:
    """The file itself."""
    return desk.fetch(_cohort(cohort_id), resource_id)


def _cohort(cohort_id: int) -> Cohort:
    return or_404(cohort_by_id(cohort_id))
