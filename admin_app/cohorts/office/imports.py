"""Enrolling a list: send it, look at what was understood, confirm. Nothing is sent twice."""

from flask import flash, redirect, url_for

from admin_app.cohorts import forms, operations, queries
from admin_app.cohorts.forms.enrolments import LATER, PERSONALLY
from admin_app.cohorts.imports import KINDS, MOST_LINES, Preview
from admin_app.cohorts.jobs import LONG, start_import
from admin_app.cohorts.late import proposed_first_day
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.office.pages import MANAGE, Reply, answer, pages, the_cohort
from admin_app.cohorts.stored import Stored, open_token, token_of
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.pages import go, invalid, keep, render
from admin_app.core.received import key_of
from admin_app.core.storage import store
from admin_app.core.uploads import read_upload

SHOWN = 50
MOST_SHOWN_PROBLEMS = 200


@pages.form("/<int:cohort_id>/stagiaires/importer", allow=MANAGE)
def send_list(cohort_id: int) -> Reply:
    """Send a list; it is kept, and shown as it was understood."""
    cohort = the_cohort(cohort_id)
    first = proposed_first_day(cohort, clock.today())
    form = forms.UploadForm(takes_part_from=first)
    form.offer(queries.clients_of(cohort_id))
    if form.is_sent:
        token = keep(form, lambda: _keep_list(cohort, form))
        if token is not None:
            return redirect(_preview_url(cohort_id, token), code=303)
    has_begun = cohort.starts_on <= clock.today()
    return answer(
        "cohorts/import.html", form=form, cohort=cohort, most=MOST_LINES, has_begun=has_begun
    )


@pages.get("/<int:cohort_id>/stagiaires/importer/<liste>", allow=MANAGE)
def preview_list(cohort_id: int, liste: str) -> Reply:
    """What was understood of a list: people to enrol, or problems to mend."""
    cohort, stored = the_cohort(cohort_id), open_token(liste, cohort_id)
    if stored is None:
        return _too_old(cohort_id)
    preview = operations.preview_import(cohort, stored.data, stored.kind, at=clock.now())
    answer_with = invalid if preview.problems else render
    form = forms.ConfirmForm()
    return answer_with("cohorts/preview.html", **_page(cohort, stored, preview, liste, form))


@pages.post("/<int:cohort_id>/stagiaires/importer/<liste>", allow=MANAGE)
def confirm_list(cohort_id: int, liste: str) -> Reply:
    """Enrol everyone of a list that was looked at."""
    cohort, stored = the_cohort(cohort_id), open_token(liste, cohort_id)
    if stored is None:
        return _too_old(cohort_id)
    preview = operations.preview_import(cohort, stored.data, stored.kind, at=clock.now())
    form = forms.ConfirmForm()
    if preview.problems or not form.is_sent:
        return invalid("cohorts/preview.html", **_page(cohort, stored, preview, liste, form))
    if preview.accepted > LONG:
        job = start_import(
            cohort,
            stored,
            preview,
            tidy_names=form.tidy_names,
            by=current_actor(),
            at=clock.now(),
        )
        return go("spaces_office.job", job_id=job.id)
    return _enrol(cohort, stored, liste, tidy_names=form.tidy_names)


def _enrol(cohort: Cohort, stored: Stored, token: str, *, tidy_names: bool) -> Reply:
    try:
        made = operations.import_trainees(
            cohort,
            stored.data,
            stored.kind,
            payer=stored.payer,
            takes_part_from=stored.first_day,
            name=stored.name,
            tidy_names=tidy_names,
            by=current_actor(),
            at=clock.now(),
        )
    except Refused as refused:  # someone else enrolled one of them in between, or it is cancelled
        flash(refused.message, "danger")
        return redirect(_preview_url(cohort.id, token), code=303)
    words = f"{plural(len(made), 'stagiaire inscrit', 'stagiaires inscrits')}."
    return go("cohorts_office.trainees", words, cohort_id=cohort.id)


def _keep_list(cohort: Cohort, form: forms.UploadForm) -> str:
    """Keep the file once it can be read at all; the token of its preview."""
    first = operations.first_day(cohort, form.takes_part_from.data)
    upload = read_upload(form.file.data, kinds=KINDS, field="file")
    operations.preview_import(cohort, upload.data, upload.kind, at=clock.now())
    payer = form.payer.data
    return token_of(
        Stored(
            cohort_id=cohort.id,
            sha256=store.put(upload.data),
            kind=upload.kind,
            name=upload.name,
            client_id=key_of(payer),
            personally=payer == PERSONALLY,
            later=payer == LATER,
            takes_part_from=first.isoformat() if first else "",
        )
    )


def _preview_url(cohort_id: int, token: str) -> str:
    return url_for("cohorts_office.preview_list", cohort_id=cohort_id, liste=token)


def _too_old(cohort_id: int) -> Reply:
    flash("Cette liste a été envoyée il y a plus d’un jour : envoyez-la de nouveau.", "warning")
    return redirect(url_for("cohorts_office.send_list", cohort_id=cohort_id), code=303)


def _page(
    cohort: Cohort, stored: Stored, preview: Preview, token: str, form: forms.ConfirmForm
) -> dict[str, object]:
    return {
        "cohort": cohort,
        "stored": stored,
        "preview": preview,
        "token": token,
        "shown": preview.listed[:SHOWN],
        "problems": preview.problems[:MOST_SHOWN_PROBLEMS],
        "form": form,
        "offered": preview.offered,
        "example": _example(preview),
        "shows_first_day": stored.first_day is not None or preview.has_first_days,
    }


def _example(preview: Preview) -> str:
    """« DUPONT » deviendrait « Dupont »: the first of the names that can be written otherwise."""
    for one in preview.offered:
        for name in ("last_name", "first_name"):
            written, shown = getattr(one.person, name), getattr(one.offered, name)
            if written != shown:
                return f"« {written} » deviendrait « {shown} »."
    return ""
