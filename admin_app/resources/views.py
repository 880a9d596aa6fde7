"""What the pages of the office and of the trainer share."""

from flask import current_app, request
from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.pages import download, go, invalid, keep, or_404, render
from admin_app.core.storage import store
from admin_app.core.uploads import read_upload
from admin_app.resources import operations, queries
from admin_app.resources.forms import ACCEPT, KINDS, ResourceForm
from admin_app.resources.models import ResourceFile

Reply = str | Response | tuple[str, int]


def index_page(cohort: Cohort, layout: str, actor: str) -> Reply:
    """The files of a cohort, and the form that adds one."""
    form = ResourceForm()
    if form.is_sent:
        done = keep(form, lambda: _add(cohort, form))
        if done is not None:
            message = f"« {done.title} » est ajouté. Il reste à le remettre aux stagiaires."
            return go(f"resources_{actor}.index", message, cohort_id=cohort.id)
    found = queries.files(cohort.id)
    shown = invalid if request.method == "POST" else render
    return shown(
        "resources/index.html",
        layout=layout,
        actor=actor,
        cohort=cohort,
        form=form,
        files=found,
        waiting=sum(not one.file.shared_at and not one.file.withdrawn_at for one in found),
        accept=ACCEPT,
        most=current_app.config["SETTINGS"].max_upload_mb,
    )


def share(cohort: Cohort, actor: str) -> Response:
    """Hand over what was added."""
    files = [one.file for one in queries.files(cohort.id)]
    try:
        told = operations.share_files(cohort, files, by=current_actor(), at=clock.now())
        message = (
            f"Ressources remises : {plural(told, 'stagiaire prévenu', 'stagiaires prévenus')}."
        )
    except Refused as refused:
        message = refused.message
    return go(f"resources_{actor}.index", message, cohort_id=cohort.id)


def withdraw(cohort: Cohort, file_id: int, actor: str) -> Response:
    """Offer a file no more."""
    file = or_404(queries.file_of(cohort.id, file_id))
    try:
        operations.withdraw_file(file, cohort, by=current_actor(), at=clock.now())
        message = f"« {file.title} » n’est plus proposé."
    except Refused as refused:
        message = refused.message
    return go(f"resources_{actor}.index", message, cohort_id=cohort.id)


def send(file: ResourceFile) -> Response:
    """The file itself."""
    return download(store.get(file.sha256), file.name, file.mime)


def _add(cohort: Cohort, form: ResourceForm) -> ResourceFile:
    upload = read_upload(form.file.data, kinds=KINDS, field="file")
    return operations.add_file(
        cohort, upload, title=form.title.data or "", by=current_actor(), at=clock.now()
    )
