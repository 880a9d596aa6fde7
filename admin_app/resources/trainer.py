"""Resources, for a trainer: own cohorts, or nothing."""

from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import cohorts_of_trainer, is_taught_by
from admin_app.core import clock
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404, render
from admin_app.resources.desk import Desk, Reply

pages = Pages("resources", "trainer", prefix="/mes-sessions")
MINE = Permission.TRAINER_SPACE
SHOWN = 50
desk = Desk("resources_trainer", "resources/_trainer.html")


@pages.get("/ressources", allow=MINE)
def cohorts() -> str:
    """My cohorts, to come or under way first."""
    mine = cohorts_of_trainer(current_user.trainer_id or 0)
    today = clock.today()
    coming = [one for one in mine if one.ends_on >= today]
    past = [one for one in reversed(mine) if one.ends_on < today]
    return render("resources/cohorts.html", coming=coming[:SHOWN], past=past[:SHOWN])


@pages.get("/<int:cohort_id>/ressources", allow=MINE)
def index(cohort_id: int) -> str:
    """The resources of one of my cohorts."""
    return desk.index(_own(cohort_id))


@pages.post("/<int:cohort_id>/ressources", allow=MINE)
def add(cohort_id: int) -> Reply:
    """Add a file."""
    return desk.add(_own(cohort_id))


@pages.post("/<int:cohort_id>/ressources/remettre", allow=MINE)
def share(cohort_id: int) -> Reply:
    """Share what is not yet, and write to each trainee."""
    return desk.share(_own(cohort_id))


@pages.post("/<int:cohort_id>/ressources/relancer", allow=MINE)
def remind(cohort_id: int) -> Reply:
    """Write again to those who have not fetched everything."""
    return desk.remind(_own(cohort_id))


@pages.get("/<int:cohort_id>/ressources/<int:resource_id>", allow=MINE)
def show(cohort_id: int, resource_id: int) -> str:
    """Who fetched one resource, and when."""
    return desk.show(_own(cohort_id), resource_id)


@pages.form("/<int:cohort_id>/ressources/<int:resource_id>/retirer", allow=MINE)
def withdraw(cohort_id: int, resource_id: int) -> Reply:
    """Take a resource back."""
    return desk.withdraw(_own(cohort_id), resource_id)


@pages.get("/<int:cohort_id>/ressources/<int:resource_id>/fichier", allow=MINE)
def fetch(cohort_id: int, resource_id: int) -> Response:
    """The file itself."""
    return desk.fetch(_own(cohort_id), resource_id)


def _own(cohort_id: int) -> Cohort:
    """One of my cohorts, or the page « introuvable »."""
    found = cohort_by_id(cohort_id) if is_taught_by(cohort_id, current_user.trainer_id) else None
    return or_404(found)
