"""The closed room of the disability officer: every reading of a need is journaled first."""

from flask import request as asked
from werkzeug.wrappers import Response

from admin_app.adaptations import operations, views
from admin_app.adaptations.forms import accommodations as forms
from admin_app.adaptations.office.pages import DISABILITY, pages
from admin_app.adaptations.queries import accommodations as queries
from admin_app.adaptations.queries import requests
from admin_app.adaptations.queries.accommodations import Line
from admin_app.adaptations.words import ACCOMMODATION_STATES
from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.errors import Refused
from admin_app.core.pages import Form, go, invalid, keep, or_404, page_number, render

Reply = str | tuple[str, int] | Response


@pages.get("/amenagements", allow=DISABILITY)
def accommodations() -> str:
    """Who asked for an accommodation, and whom to call; no need is shown here."""
    state = asked.args.get("state", "")
    return render(
        "adaptations/accommodations.html",
        page=queries.lines(number=page_number(), state=state),
        calls=requests.calls_awaited(),
        states=ACCOMMODATION_STATES,
        is_filtered=bool(state),
        today=clock.today(),
    )


@pages.get("/amenagements/<int:accommodation_id>", allow=DISABILITY)
def accommodation(accommodation_id: int) -> str:
    """One request: its need, once the reading is written in the journal."""
    line = or_404(queries.line(accommodation_id))
    return render("adaptations/accommodation.html", **_page(line))


@pages.post("/amenagements/<int:accommodation_id>", allow=DISABILITY)
def decide_accommodation(accommodation_id: int) -> Reply:
    """Answer a request."""
    line = or_404(queries.line(accommodation_id))
    form = forms.answer_form(line.accommodation)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.decide_accommodation(
                line.accommodation, **form.answer, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return _back(line, "Réponse enregistrée.")
    return invalid("adaptations/accommodation.html", **_page(line, form=form))


@pages.post("/amenagements/<int:accommodation_id>/formateurs", allow=DISABILITY)
def tell_trainers(accommodation_id: int) -> Reply:
    """Have the trainers read the measures."""
    line = or_404(queries.line(accommodation_id))
    try:
        names = operations.tell_trainers(line.accommodation, by=current_actor(), at=clock.now())
    except Refused as refused:
        return invalid("adaptations/accommodation.html", refused=refused.message, **_page(line))
    return _back(line, f"Message envoyé à {', '.join(names)}.")


@pages.post("/amenagements/<int:accommodation_id>/suivi", allow=DISABILITY)
def note_accommodation(accommodation_id: int) -> Reply:
    """Keep a note of the follow-up."""
    line = or_404(queries.line(accommodation_id))
    form = forms.NoteForm()
    if form.is_sent and keep(form, lambda: _add_note(line, form)):
        return _back(line, "Note enregistrée.")
    return invalid("adaptations/accommodation.html", **_page(line, note_form=form))


@pages.post("/amenagements/<int:accommodation_id>/effacement", allow=DISABILITY)
def erase_date(accommodation_id: int) -> Reply:
    """Choose until when the texts are kept."""
    line = or_404(queries.line(accommodation_id))
    form = forms.EraseForm()
    if form.is_sent and keep(form, lambda: _set_date(line, form)):
        return _back(line, "Date d’effacement enregistrée.")
    return invalid("adaptations/accommodation.html", **_page(line, erase_form=form))


@pages.get("/amenagements/nouvelle", allow=DISABILITY)
def find_enrolment() -> str:
    """Find who asked, by phone or in person."""
    words = asked.args.get("q", "")
    found = queries.enrolments_found(words)
    return render("adaptations/find_enrolment.html", found=found, words=words)


@pages.form("/amenagements/nouvelle/<int:enrolment_id>", allow=DISABILITY)
def record_accommodation(enrolment_id: int) -> Reply:
    """Write down what a trainee asked the officer."""
    found = or_404(queries.enrolment(enrolment_id))
    form = forms.AskedForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.ask_accommodation(
                found.enrolment,
                need=form.need.data or "",
                contact=form.contact.data or "",
                consent=form.consent.data,
                by=current_actor(),
                at=clock.now(),
                origin=origin(),
            ),
        )
        if made is not None:
            return _open(made.id, "Demande enregistrée.")
    context = {"form": form, "found": found}
    if asked.method == "POST":
        return invalid("adaptations/record_accommodation.html", **context)
    return render("adaptations/record_accommodation.html", **context)


@pages.post("/amenagements/appels/<int:request_id>", allow=DISABILITY)
def called(request_id: int) -> Reply:
    """The officer has called whoever asked for a custom version."""
    found = or_404(requests.request(request_id))
    try:
        operations.note_called(found, by=current_actor(), at=clock.now())
    except Refused as refused:
        return go("adaptations_office.accommodations", refused.message)
    return go("adaptations_office.accommodations", f"Appel noté : {found.organisation}.")


def _page(line: Line, **forms_sent: Form) -> dict[str, object]:
    need = operations.read_need(
        line.accommodation.id, by=current_actor(), at=clock.now(), origin=origin()
    )
    return views.accommodation_page(line, need, **forms_sent)


def _add_note(line: Line, form: forms.NoteForm) -> bool:
    operations.add_note(
        line.accommodation, form.text.data or "", by=current_actor(), at=clock.now()
    )
    return True


def _set_date(line: Line, form: forms.EraseForm) -> bool:
    operations.set_erase_date(
        line.accommodation, form.erase_after.data, by=current_actor(), at=clock.now()
    )
    return True


def _back(line: Line, message: str) -> Response:
    return _open(line.accommodation.id, message)


def _open(accommodation_id: int, message: str) -> Response:
    return go("adaptations_office.accommodation", message, accommodation_id=accommodation_id)
