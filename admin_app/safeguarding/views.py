"""What the pages of safeguarding show, gathered once; no page queries."""

from datetime import timedelta
from typing import Any

from flask_login import current_user

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.pages import Form
from admin_app.organisation.queries import house_document_on, provider
from admin_app.safeguarding import forms, queries
from admin_app.safeguarding.models import Report
from admin_app.safeguarding.operations import Opened
from admin_app.safeguarding.words import (
    ACTIONS,
    AUTHORS,
    CATEGORIES,
    CHANNELS,
    ERASURES,
    OUTCOMES,
    REASONS,
    STATES,
)

WORDS: dict[str, Any] = {
    "actions_words": ACTIONS,
    "authors": AUTHORS,
    "categories": CATEGORIES,
    "channels": CHANNELS,
    "erasures": ERASURES,
    "outcomes": OUTCOMES,
    "reasons": REASONS,
    "states": STATES,
}
PROCEDURE = "safeguarding-procedure"


def home_page(number: int) -> dict[str, Any]:
    """Prevention: contacts, procedure, who was told; the register's door, for who is named."""
    today, now = clock.today(), clock.now()
    readers = queries.readers(now)
    is_named = any(one.user.id == current_user.id for one in readers)
    return {
        "contacts": queries.contacts(),
        "procedure": house_document_on(PROCEDURE, today),
        "readers": readers,
        "is_named": is_named,
        "counts": queries.counts(today) if is_named else (0, 0),
        "page": queries.informed(today, number),
    }


def register_page(state: str, category: str, number: int) -> dict[str, Any]:
    """The register: no line loads what was told."""
    today = clock.today()
    shown = state if state in STATES else "open"
    page = queries.lines(state=shown, category=category, number=number)
    is_filtered = shown != "open" or bool(category)
    return WORDS | {
        "page": page,
        "state": shown,
        "is_filtered": is_filtered,
        "is_new": not page.items and not is_filtered and not queries.has_any(),
        "late_before": today - timedelta(days=queries.HANDLE_DAYS),
    }


def entry_page(row: Report, **sent: Form) -> dict[str, Any]:
    """One entry: what was done, who opened what was told; what was told is not loaded."""
    today = clock.today()
    return WORDS | {
        "row": row,
        "cohort": cohort_of(row),
        "actions": queries.actions(row.id),
        "openings": queries.openings(row.id),
        "notes": queries.note_count(row.id),
        "due_on": row.received_on + timedelta(days=queries.HANDLE_DAYS),
        "today": today,
        "rules": house_document_on("house-rules", today),
        "open_form": sent.get("open_form") or forms.OpenForm(formdata=None),
        "action_form": sent.get("action_form")
        or forms.ActionForm(formdata=None, data={"on": today}),
        "note_form": sent.get("note_form") or forms.NoteForm(formdata=None),
    }


def narrative_page(row: Report, opened: Opened) -> dict[str, Any]:
    """What was told, once its opening is written."""
    return WORDS | {"row": row, "cohort": cohort_of(row), "opened": opened}


def cohort_of(row: Report) -> Cohort | None:
    """The cohort that a report is about, if it says."""
    return cohort_by_id(row.cohort_id) if row.cohort_id else None


def asking_page(form: Form, cohort: Cohort | None = None) -> dict[str, Any]:
    """The page of whoever reports: who reads it, what happens then, who else may help."""
    today = clock.today()
    blocks = queries.procedure_blocks(today)
    return {
        "form": form,
        "cohort": cohort,
        "contacts": queries.contacts(),
        "help": queries.outside_help(blocks),
        "procedure": blocks,
        "provider": provider(),
    }


def told_page(row: Report, cohort: Cohort | None = None) -> dict[str, Any]:
    """What happens next: nothing of what was told is shown again."""
    return asking_page(forms.NoteForm(formdata=None), cohort) | {"reference": row.reference}


def contacts_page(form: Form) -> dict[str, Any]:
    """Whom to talk to, now and before."""
    return {
        "form": form,
        "contacts": queries.contacts(),
        "former": queries.former_contacts(),
    }


def readers_page(form: forms.ReaderForm) -> dict[str, Any]:
    """Who is named to keep the register."""
    form.offer(queries.may_be_named())
    return {"form": form, "readers": queries.readers(clock.now())}


def trainers_page(cohort: Cohort) -> dict[str, Any]:
    """The trainers of a cohort, told or not."""
    return {
        "cohort": cohort,
        "teaching": queries.teaching(cohort.id),
        "procedure": house_document_on(PROCEDURE, clock.today()),
    }
