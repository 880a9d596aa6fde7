"""What the pages of complaints and incidents show, gathered once; no page queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app, url_for
from flask_login import current_user

from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import half_days
from admin_app.core import clock
from admin_app.core.access import Permission
from admin_app.core.formatting import day_short, plural
from admin_app.organisation.queries import provider
from admin_app.quality.complaints import forms, queries, standing
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.complaints.words import (
    AUTHORS,
    CHANNELS,
    DIRECTIONS,
    HOW,
    KINDS,
    SATISFIED,
    STATES,
    TOPICS,
)
from admin_app.quality.drawn import drawn_from

WORDS: dict[str, Any] = {
    "authors": AUTHORS,
    "channels": CHANNELS,
    "directions": DIRECTIONS,
    "kinds": KINDS,
    "satisfied_words": SATISFIED,
    "states": STATES,
    "topics": TOPICS,
}
ACTS = {
    "to-acknowledge": "complaints_office.acknowledge",
    "to-answer": "complaints_office.answer",
    "to-solve": "complaints_office.solve",
    "to-close": "complaints_office.close",
}
IMPROVEMENT = "improvements_office.add"
STATE_FILTERS = [
    ("late", "en retard"),
    *((key, words) for key, words in STATES.items() if key != "closed"),
    ("closed", "closes"),
    ("all", "toutes"),
]


def index_page(wanted: queries.Wanted, number: int) -> dict[str, Any]:
    """The list, with what waits and what is late."""
    today = clock.today()
    page = queries.lines(wanted, today, number)
    return WORDS | {
        "page": page.map(lambda line: row_view(line, today)),
        "counts": queries.counts(today),
        "is_filtered": wanted.is_narrow,
        "is_new": not page.items and not wanted.is_narrow and not queries.has_any(),
        "filters": STATE_FILTERS,
    }


def row_view(line: queries.Line, today: date) -> dict[str, Any]:
    """A line of the list, with its state in words."""
    row = line.complaint
    return {"row": row, "cohort": line.cohort, **_state(row, today)}


def show_page(row: Complaint) -> dict[str, Any]:
    """One complaint or incident: what remains to be done, by when, and what was said."""
    today = clock.today()
    assigning = forms.AssignForm(formdata=None, data={"user_id": row.assigned_id or 0})
    assigning.offer(queries.handlers())
    return (
        WORDS
        | short(row)
        | {
            "steps": [_step(row, one, today) for one in standing.steps(row)],
            "exchanges": queries.exchanges(row.id),
            "touched": queries.touched_half_days(row.id) if row.is_incident else [],
            "story": queries.story(row.id),
            "assign_form": assigning,
            "improvement_url": improvement_url(row),
            "drawn": drawn_from(row.kind, row.id),
            **_state(row, today),
        }
    )


def short(row: Complaint) -> dict[str, Any]:
    """A complaint or incident, for the small pages that act on it."""
    return {"row": row, "kind": KINDS[row.kind], "cohort": cohort_of(row)}


def cohort_of(row: Complaint) -> Cohort | None:
    """The cohort that it is about, if any."""
    return cohort_by_id(row.cohort_id) if row.cohort_id else None


def half_days_of(row: Complaint) -> Sequence[HalfDay]:
    """The half-days that an incident may have touched, the cancelled ones included."""
    return half_days(row.cohort_id, with_cancelled=True) if row.cohort_id else []


def improvement_url(row: Complaint) -> str:
    """Where an improvement is opened from this; empty when one may not, or cannot."""
    view = current_app.view_functions.get(IMPROVEMENT)
    if view is None or getattr(view, "access", None) not in current_user.permissions:
        return ""
    return url_for(
        IMPROVEMENT,
        origine=row.kind,
        cle=row.id,
        reference=row.reference,
        mots=row.label_short,
        lien=url_for("complaints_office.show", complaint_id=row.id),
    )


def promise(today: date) -> dict[str, Any]:
    """What is promised to whoever complains: delays in days, and whom to write to."""
    return {
        "acknowledge_days": standing.days_of(standing.ACKNOWLEDGE_DAYS, today),
        "answer_days": standing.days_of(standing.ANSWER_DAYS, today),
        "provider": provider(),
    }


def thanks_page(row: Complaint | None) -> dict[str, Any]:
    """What happens next, for whoever has just complained."""
    steps = standing.steps(row) if row is not None else []
    return promise(clock.today()) | {"row": row, "due": {one.key: one.due_on for one in steps}}


def space_page(row: Complaint) -> dict[str, Any]:
    """A client's own complaint: where it stands, what was answered."""
    return WORDS | thanks_page(row) | {"cohort": cohort_of(row), **_state(row, clock.today())}


def cohort_panel(cohort_id: int) -> tuple[str, dict[str, Any]]:
    """The complaints and incidents of a cohort on its page, for those who handle them."""
    is_allowed = Permission.COMPLAINTS_MANAGE in current_user.permissions
    today = clock.today()
    rows = queries.of_cohort(cohort_id) if is_allowed else []
    shown = [{"row": row, **_state(row, today)} for row in rows]
    context = {"rows": shown, "is_allowed": is_allowed, "cohort_id": cohort_id, "kinds": KINDS}
    return "quality/complaints/_cohort_panel.html", context


def piece(complaint_id: int) -> tuple[str, dict[str, Any]] | None:
    """A complaint or incident as the reading room shows it: its way, without anybody's name."""
    row = queries.complaint(complaint_id)
    if row is None:
        return None
    steps = [(one, one.days_over) for one in standing.steps(row)]
    touched = queries.touched_half_days(row.id) if row.is_incident else []
    return "quality/complaints/piece.html", short(row) | {
        "words": WORDS,
        "steps": steps,
        "touched": touched,
    }


def _state(row: Complaint, today: date) -> dict[str, Any]:
    step = standing.next_step(row)
    if step is None:
        words = "clos" if row.is_incident else STATES["closed"]
        return {"status": "ok", "state_words": words, "due_on": None, "due_words": ""}
    left = (step.due_on - today).days
    shape = "late" if left < 0 else "warn" if left <= 2 else "info"
    return {
        "status": shape,
        "state_words": STATES[step.key],
        "due_on": step.due_on,
        "due_words": _left_words(left),
    }


def _left_words(left: int) -> str:
    if left < 0:
        return f"{plural(-left, 'jour')} de retard"
    return "aujourd’hui" if left == 0 else f"dans {plural(left, 'jour')}"


def _step(row: Complaint, step: standing.Step, today: date) -> dict[str, Any]:
    upcoming = standing.next_step(row)
    ways = {"to-acknowledge": row.acknowledged_how, "to-answer": row.answered_how}
    is_possible = step.key != "to-close" or upcoming is None or upcoming.key == "to-close"
    return {
        "step": step,
        "how": HOW.get(ways.get(step.key, ""), ""),
        "status": "ok" if step.done_on else "late" if step.is_late(today) else "info",
        "when": day_short(step.done_on or step.due_on),
        "url": "" if step.done_on or not is_possible else _act_url(row, step.key),
    }


def _act_url(row: Complaint, key: str) -> str:
    return url_for(ACTS[key], complaint_id=row.id)
