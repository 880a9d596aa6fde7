"""What the pages of results show, gathered once; no page queries."""

from datetime import date
from typing import Any

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.formatting import plural
from admin_app.people.figures import TrainerFigure
from admin_app.practices.queries import value_on
from admin_app.programmes.models import Programme
from admin_app.results import queries
from admin_app.results.figures import Tally, from_data
from admin_app.results.models import (
    CertificationAuthorisation,
    CertificationMatch,
    CertificationSheet,
    PlannedResults,
    PublishedResults,
)
from admin_app.results.operations.planned import LABELS
from admin_app.results.operations.publishing import FEWEST
from admin_app.results.words import AUTHORISATION_KINDS

Content = tuple[str, dict[str, Any]]


def worked_out_page(programme: Programme | None, first: date, last: date) -> dict[str, Any]:
    """The figures of a period as the office sees them, and what was published before."""
    key = programme.id if programme else None
    return {
        "programme": programme,
        "first": first,
        "last": last,
        "figures": queries.measured(key, first, last),
        "fewest": value_on(FEWEST, clock.today()),
        "publications": queries.publications_of(key),
        "is_certifying": queries.is_certifying(key) if key else False,
    }


def publication_page(row: PublishedResults) -> dict[str, Any]:
    """A publication as it was frozen."""
    return {
        "row": row,
        "figures": [from_data(one) for one in row.figures],
        "too_few": {one["key"] for one in row.figures if one["too_few"]},
        "programme": db.session.get(Programme, row.programme_id) if row.programme_id else None,
    }


def certification_page(programme: Programme) -> dict[str, Any]:
    """All that is known of the certification of a programme."""
    sheets = queries.sheets_of(programme.id)
    return {
        "programme": programme,
        "is_certifying": queries.is_certifying(programme.id),
        "sheets": sheets,
        "sheet": sheets[0] if sheets else None,
        "rates": rates(sheets[0]) if sheets else None,
        "matches": queries.matches_of(programme.id),
        "authorisations": queries.authorisations_of(programme.id),
        "kinds": AUTHORISATION_KINDS,
        "today": clock.today(),
    }


def rates(sheet: CertificationSheet) -> dict[str, str]:
    """The presentation and obtention rates, in words; empty when they rest on too few people."""
    fewest = value_on(FEWEST, clock.today())
    return {
        "presented": _rate(sheet.presented, sheet.entered, fewest),
        "obtained": _rate(sheet.obtained, sheet.presented, fewest),
    }


def _rate(part: int, whole: int, fewest: int) -> str:
    return f"{round(part * 100 / whole)} %" if whole and whole >= fewest else ""


def office_panel(programme_id: int) -> Content:
    """The results on the office's page of a programme."""
    return "results/_office_panel.html", {
        "programme_id": programme_id,
        "row": queries.shown_to_public(programme_id),
        "is_certifying": queries.is_certifying(programme_id),
    }


def public_panel(programme_id: int) -> Content | None:
    """What the public reads of the results of a programme, and of its certification."""
    row, sheet = queries.shown_to_public(programme_id), queries.sheet(programme_id)
    if row is None and sheet is None:
        return None
    shown = publication_page(row) if row else {"row": None}
    return "results/_public_panel.html", shown | {
        "sheet": sheet,
        "rates": rates(sheet) if sheet else None,
    }


def catalogue_panel(_programme_id: int) -> Content | None:
    """What the public reads of the results of the whole house."""
    row = queries.shown_to_public(None)
    if row is None:
        return None
    return "results/_public_panel.html", publication_page(row) | {"sheet": None, "rates": None}


def trainer_figures(trainer_id: int, first: date, last: date) -> list[TrainerFigure]:
    """What trainees said and reached in the cohorts of a trainer; nothing without any answer."""
    tallies = queries.trainer_tallies(trainer_id, first, last)
    marks, reached = tallies["trainers"], tallies["objectives"]
    found = []
    if marks.whole:
        mean = str(round(marks.part / marks.whole, 1)).replace(".", ",")
        detail = f"{marks.whole} avis pour {plural(marks.asked or 0, 'demande')}"
        found.append(TrainerFigure("L’animation a aidé à apprendre", f"{mean} sur 5", detail))
    if reached.whole:
        detail = f"{reached.whole} objectifs évalués"
        found.append(TrainerFigure("Objectifs atteints", _percent(reached), detail))
    return found


def _percent(tally: Tally) -> str:
    return f"{round(tally.part * 100 / tally.whole)} %"


def published_piece(key: int) -> Content | None:
    """A publication as the reading room shows it."""
    row = queries.publication(key)
    return ("results/piece_published.html", publication_page(row)) if row else None


def sheet_piece(key: int) -> Content | None:
    """A certification sheet as the reading room shows it."""
    row = db.session.get(CertificationSheet, key)
    return ("results/piece_sheet.html", {"sheet": row, "rates": rates(row)}) if row else None


def match_piece(key: int) -> Content | None:
    """A match of contents as the reading room shows it."""
    row = db.session.get(CertificationMatch, key)
    return ("results/piece_match.html", {"row": row}) if row else None


def authorisation_piece(key: int) -> Content | None:
    """An authorisation as the reading room shows it."""
    row = db.session.get(CertificationAuthorisation, key)
    context = {"row": row, "kinds": AUTHORISATION_KINDS}
    return ("results/piece_authorisation.html", context) if row else None


def planned_piece(key: int) -> Content | None:
    """The measures chosen in advance as the reading room shows them."""
    row = db.session.get(PlannedResults, key)
    return ("results/piece_planned.html", {"row": row, "labels": LABELS}) if row else None
