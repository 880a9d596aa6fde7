"""What the office and a trainer do with the resources of a cohort: the same, at two desks."""

from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.formatting import plural
from admin_app.core.pages import download, go, invalid, keep, or_404, page_number, render
from admin_app.core.storage import store
from admin_app.core.uploads import WORDS, read_upload
from admin_app.resources import operations, queries
from admin_app.resources.forms import AddForm, WithdrawForm
from admin_app.resources.models import ResourceFile

Reply = str | tuple[str, int] | Response
ORDER = ("pdf", "docx", "pptx", "odt", "zip", "jpeg", "png")
ACCEPTED = ", ".join(WORDS[kind] for kind in ORDER)


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose pages they are: the start of their endpoints, and the frame they are drawn in."""

    room: str
    frame: str

    def index(self, cohort: Cohort) -> str:
        """Every resource, and room to add one."""
        return render("resources/index.html", **self._page(cohort, AddForm()))

    def add(self, cohort: Cohort) -> Reply:
        """Add a file."""
        form = AddForm()
        if form.is_sent and keep(form, lambda: _add(cohort, form)) is not None:
            return self._go(cohort, "Fichier ajouté : il reste à le remettre aux stagiaires.")
        return invalid("resources/index.html", **self._page(cohort, form))

    def share(self, cohort: Cohort) -> Reply:
        """Share what is not yet, and write to each trainee."""
        form = AddForm(formdata=None)
        by, at = current_actor(), clock.now()
        done = keep(form, lambda: operations.share(cohort, by=by, at=at))
        if done is None:
            return invalid("resources/index.html", **self._page(cohort, form))
        return self._go(cohort, f"{plural(len(done), 'fichier remis', 'fichiers remis')}.")

    def remind(self, cohort: Cohort) -> Reply:
        """Write again to those who have not fetched everything."""
        form = AddForm(formdata=None)
        by, at = current_actor(), clock.now()
        count = keep(form, lambda: operations.remind(cohort, by=by, at=at))
        if count is None:
            return invalid("resources/index.html", **self._page(cohort, form))
        return self._go(cohort, f"Lien renvoyé à {plural(count, 'stagiaire')}.")

    def show(self, cohort: Cohort, resource_id: int) -> str:
        """One resource: who fetched it, and when."""
        row = _row(cohort, resource_id)
        readers = queries.readers(row, page_number())
        return render("resources/show.html", **self._frame(cohort), row=row, page=readers)

    def withdraw(self, cohort: Cohort, resource_id: int) -> Reply:
        """Take a resource back, with the reason."""
        row, form = _row(cohort, resource_id), WithdrawForm()
        by, at = current_actor(), clock.now()
        if form.is_sent:
            why = form.why.data or ""
            if keep(form, lambda: operations.withdraw(row, why=why, by=by, at=at)) is not None:
                return self._go(cohort, "Fichier retiré.")
        page = {**self._frame(cohort), "row": row, "form": form}
        if form.is_submitted():
            return invalid("resources/withdraw.html", **page)
        return render("resources/withdraw.html", **page)

    def fetch(self, cohort: Cohort, resource_id: int) -> Response:
        """The file itself."""
        return hand_out(_row(cohort, resource_id))

    def _go(self, cohort: Cohort, message: str) -> Response:
        return go(f"{self.room}.index", message, cohort_id=cohort.id)

    def _frame(self, cohort: Cohort) -> dict[str, Any]:
        return {"cohort": cohort, "room": self.room, "frame": self.frame}

    def _page(self, cohort: Cohort, form: AddForm) -> dict[str, Any]:
        lines = queries.lines(cohort.id)
        return self._frame(cohort) | {
            "form": form,
            "lines": lines,
            "waiting": sum(one.resource.is_waiting for one in lines),
            "shared": sum(one.resource.is_open for one in lines),
            "trainees": queries.trainees_count(cohort.id),
            "accepted": ACCEPTED,
        }


def hand_out(row: ResourceFile) -> Response:
    """The file, always to be kept: never opened by the browser within our pages."""
    return download(store.get(row.sha256), row.name, row.mime)


def _row(cohort: Cohort, resource_id: int) -> ResourceFile:
    return or_404(queries.resource(cohort.id, resource_id))


def _add(cohort: Cohort, form: AddForm) -> ResourceFile:
    upload = read_upload(form.file.data, kinds=operations.KINDS, field="file")
    title = form.title.data or ""
    return operations.add_resource(cohort, upload, title=title, by=current_actor(), at=clock.now())
