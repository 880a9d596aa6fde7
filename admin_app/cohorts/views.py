"""What the office's pages show of a cohort, in the shapes of the components."""

from typing import Any

from flask import current_app, render_template
from markupsafe import Markup

from admin_app.cohorts import queries
from admin_app.cohorts.models import HalfDay
from admin_app.cohorts.particulars import KINDS
from admin_app.cohorts.queries import Overview
from admin_app.cohorts.state import SHAPES, CohortState
from admin_app.core import clock
from admin_app.core.access import way_to
from admin_app.core.formatting import day_long, minutes_as_hours, plural
from compliance.vocabulary import Departure, HalfDayPeriod, Modality

PANELS = "liasse.cohort_panels"


def half_day_label(half_day: HalfDay) -> str:
    """« jeudi 17 septembre 2026, matin »."""
    return f"{day_long(half_day.day)}, {HalfDayPeriod(half_day.period).label}"


def departure_label(kind: str) -> str:
    """« abandon en cours de formation »."""
    return Departure(kind).label if kind else ""


def modality_label(kind: str) -> str:
    """« présentiel »."""
    return Modality(kind).label


def overview_page(one: Overview) -> dict[str, Any]:
    """The page of a cohort: where it stands, what remains to be settled, the pieces of the rest."""
    return {
        "one": one,
        "cohort": one.cohort,
        "shape": SHAPES[one.state],
        "tasks": tasks(one),
        "following": following(one),
        "panels": panels(one.cohort.id),
        "minutes_gap": minutes_gap(one),
        "modality": modality_label(one.cohort.modality),
    }


def following(one: Overview) -> HalfDay | None:
    """The half-day under way, or the next one to come."""
    now = clock.now()
    return next((half for half in one.held if half.ends_at > now), None)


def minutes_gap(one: Overview) -> str:
    """How the planned time differs from the programme's, empty when it does not."""
    wanted = one.version.duration_minutes
    if wanted is None or wanted == one.minutes:
        return ""
    gap = minutes_as_hours(abs(one.minutes - wanted))
    return f"{gap} de {'plus' if one.minutes > wanted else 'moins'} que le programme"


def tasks(one: Overview) -> list[dict[str, Any]]:
    """What this room itself sees left to settle, each with the page where it is done."""
    if one.state is CohortState.CANCELLED:
        return []
    untold = [half for half in one.held if not half.theme]
    gap = minutes_gap(one)
    found = (
        (not one.trainers, "Affecter un formateur ou une formatrice", "trainers", "Affecter"),
        (
            one.unexplained,
            f"Compétence à établir ou à motiver : {', '.join(one.unexplained)}",
            "trainers",
            "Motiver",
        ),
        (not one.is_placed, "Indiquer le lieu ou le lien de connexion", "edit", "Indiquer"),
        (untold, f"Donner un thème à {plural(len(untold), 'demi-journée')}", "half_days", "Écrire"),
        (gap, f"Durée prévue : {gap}", "half_days", "Vérifier"),
        (
            not one.sponsors and not one.trainees,
            "Inscrire des stagiaires, ou ajouter un client",
            "trainees",
            "Inscrire",
        ),
        (
            one.without_payer,
            f"Préciser qui paie pour {plural(one.without_payer, 'stagiaire')}",
            "trainees",
            "Préciser",
        ),
        (
            one.without_reason,
            f"Consigner le motif de {plural(one.without_reason, 'abandon')}",
            "trainees",
            "Consigner",
        ),
    )
    return [
        {
            "title": title,
            "url": way_to(f"cohorts_office.{page}", cohort_id=one.cohort.id),
            "label": label,
        }
        for is_open, title, page, label in found
        if is_open
    ]


def panels(cohort_id: int) -> list[Markup]:
    """What rooms add to the page of a cohort: each gives a template and its context, or nothing."""
    suppliers = current_app.extensions.get(PANELS, ())
    found = [supply(cohort_id) for supply in suppliers]
    return [
        Markup(render_template(one[0], **one[1]))  # noqa: S704 - our own template
        for one in found
        if one is not None
    ]


def particulars_panel(cohort_id: int) -> tuple[str, dict[str, Any]] | None:
    """The special follow-up on the page of a cohort; nothing when no fact calls for it."""
    cohort = queries.cohort(cohort_id)
    lines = queries.particular_lines(cohort, clock.today()) if cohort else []
    if not lines:
        return None
    return "cohorts/_particulars_panel.html", {"lines": lines, "cohort": cohort}


def particular_piece(note_id: int) -> tuple[str, dict[str, Any]] | None:
    """A note of the special follow-up as the reading room shows it."""
    found = queries.particular(note_id)
    if found is None:
        return None
    context = {"note": found.note, "trainee": found.trainee, "kind": KINDS[found.note.kind]}
    return "cohorts/particular_piece.html", context
