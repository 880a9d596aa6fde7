"""Resources, for the trainer: own cohorts only."""

from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import is_taught_by
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404
from admin_app.resources import queries, views
from admin_app.resources.views import Reply

pages = Pages("resources", "trainer", "/mes-sessions/<int:cohort_id>/ressources")
SPACE = Permission.TRAINER_SPACE


@pages.form("", allow=SPACE)
def index(cohort_id: int) -> Reply:
    """The files of one of my cohorts; adding one."""
    return views.index_page(_own(cohort_id), "layouts/trainer.html", "trainer")


@pages.post("/remettre", allow=SPACE)
def share(cohort_id: int) -> Response:
    """Hand over what was added."""
    return views.share(_own(cohort_id), "trainer")


@pages.post("/<int:file_id>/retirer", allow=SPACE)
def withdraw(cohort_id: int, file_id: int) -> Response:
    """Offer a file no more."""
    return views.withdraw(_own(cohort_id), file_id, "trainer")


@pages.get("/<int:file_id>", allow=SPACE)
def fetch(cohort_id: int, file_id: int) -> Response:
    """One file."""
    return views.send(or_404(queries.file_of(_own(cohort_id).id, file_id)))


def _own(cohort_id: int) -> Cohort:
    mine = is_taught_by(cohort_id, current_user.trainer_id)
    return or_404(cohort_by_id(cohort_id) if mine else None)
