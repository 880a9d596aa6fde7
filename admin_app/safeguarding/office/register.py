"""The closed register. What was told is shown on one page, once its opening is written."""

from flask import request as asked
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.pages import Form, done, go, invalid, keep, page_number, render
from admin_app.safeguarding import forms, operations, views
from admin_app.safeguarding.models import Report
from admin_app.safeguarding.office.pages import READ, Reply, entry, named_only, pages


@pages.get("/registre", allow=READ)
def register() -> str:
    """The reports, by their kind and their days alone."""
    named_only()
    chosen = asked.args.get("state", "open"), asked.args.get("category", "")
    return render("safeguarding/register.html", **views.register_page(*chosen, page_number()))


@pages.form("/registre/nouveau", allow=READ)
def add() -> Reply:
    """Enter what someone told."""
    named_only()
    form = forms.EnterForm(data={"received_on": clock.today()})
    if form.is_sent:
        made = keep(form, lambda: operations.report(form.told, by=current_actor(), at=clock.now()))
        if made is not None:
            return _back(made, f"{made.reference} est inscrit.")
    return _answer("safeguarding/add.html", form=form)


@pages.get("/registre/<int:report_id>", allow=READ)
def show(report_id: int) -> str:
    """One entry: what was done, who opened what was told."""
    return render("safeguarding/show.html", **views.entry_page(entry(report_id)))


@pages.post("/registre/<int:report_id>/recit", allow=READ)
def open_narrative(report_id: int) -> Reply:
    """What was told: the opening is written first."""
    row, form = entry(report_id), forms.OpenForm()
    if form.is_sent:
        opened = keep(
            form,
            lambda: operations.open_narrative(
                row,
                reason=form.reason.data or "",
                detail=form.detail.data or "",
                by=current_actor(),
                at=clock.now(),
                origin=origin(),
            ),
        )
        if opened is not None:
            return render("safeguarding/narrative.html", **views.narrative_page(row, opened))
    return _refused(row, open_form=form)


@pages.post("/registre/<int:report_id>/mesures", allow=READ)
def add_action(report_id: int) -> Reply:
    """Note what was done."""
    row, form = entry(report_id), forms.ActionForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.add_action(
                row, form.kind.data or "", on=form.on.data, by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            return _back(row, "Mesure notée.")
    return _refused(row, action_form=form)


@pages.post("/registre/<int:report_id>/notes", allow=READ)
def add_note(report_id: int) -> Reply:
    """Keep what was said since, with what was told."""
    row, form = entry(report_id), forms.NoteForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.add_note(
                row, form.text.data or "", by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            return _back(row, "Note gardée avec le récit.")
    return _refused(row, note_form=form)


@pages.form("/registre/<int:report_id>/fiche", allow=READ)
def qualify(report_id: int) -> Reply:
    """Correct the kind of a report, and its cohort."""
    row = entry(report_id)
    known = views.cohort_of(row)
    form = forms.QualifyForm(
        data={"category": row.category, "cohort": known.reference if known else ""}
    )
    if form.is_sent:
        done_so = keep(
            form,
            lambda: operations.qualify(
                row,
                category=form.category.data or "",
                cohort_id=form.found.id if form.found else None,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done_so is not None:
            return _back(row, "Fiche corrigée.")
    return _answer("safeguarding/qualify.html", form=form, row=row)


@pages.form("/registre/<int:report_id>/cloture", allow=READ)
def close(report_id: int) -> Reply:
    """Close a report."""
    row, form = entry(report_id), forms.CloseForm(data={"on": clock.today()})
    if form.is_sent:
        done_so = keep(
            form,
            lambda: operations.close(
                row,
                how=form.how.data or "",
                on=form.on.data,
                erase_after=form.erase_after.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done_so is not None:
            return _back(row, f"{row.reference} est clos.")
    return _answer("safeguarding/close.html", form=form, row=row)


@pages.post("/registre/<int:report_id>/rouvrir", allow=READ)
def reopen(report_id: int) -> Response:
    """Open a closed report again."""
    row = entry(report_id)
    return done(
        lambda: operations.reopen(row, by=current_actor(), at=clock.now()),
        "safeguarding_office.show",
        "Signalement rouvert.",
        report_id=row.id,
    )


@pages.form("/registre/<int:report_id>/effacement", allow=READ)
def erase(report_id: int) -> Reply:
    """Erase what was told; the entry stays."""
    row, form = entry(report_id), forms.EraseForm()
    if form.is_sent:
        done_so = keep(
            form,
            lambda: operations.erase(
                row, why=form.why.data or "", by=current_actor(), at=clock.now()
            ),
        )
        if done_so is not None:
            return _back(row, "Récit effacé. L’inscription au registre reste.")
    return _answer("safeguarding/erase.html", form=form, row=row)


def _refused(row: Report, **sent: Form) -> tuple[str, int]:
    return invalid("safeguarding/show.html", **views.entry_page(row, **sent))


def _back(row: Report, message: str) -> Response:
    return go("safeguarding_office.show", message, report_id=row.id)


def _answer(template: str, **context: object) -> str | tuple[str, int]:
    return invalid(template, **context) if asked.method == "POST" else render(template, **context)
