"""Every session at a glance: cohorts × indicators, today or on a day to come."""

from dataclasses import replace

from flask import request

from admin_app.cohorts.state import SHAPES, CohortState, state_of
from admin_app.core.pages import page_number, paginate, render
from admin_app.coverage.office.pages import READ, pages, section_tabs, the_day
from admin_app.coverage.portfolio.cells import lines
from admin_app.coverage.portfolio.selection import ORDERS, STATUSES, selection, wanted_from
from admin_app.coverage.shown import ShownDay
from admin_app.organisation.queries import provider

PAST = (
    "Le tableau des sessions montre aujourd’hui ou un jour à venir ; ouvrez une session, ou "
    "l’organisme, pour les revoir à une date passée."
)
STATES = [(state.value, state.label) for state in CohortState]


@pages.get("/couverture/sessions", allow=READ)
def portfolio() -> str:
    """The map: a line a cohort, a column an indicator."""
    wanted, shown = wanted_from(request.args), _today_or_later(the_day())
    statement = selection(wanted, shown.edition, today=shown.today, day=shown.day)
    page = paginate(statement, page_number())
    indicators, found = lines(
        page.items, provider(), shown.edition, day=shown.day, wanted=wanted.criterion
    )
    return render(
        "coverage/portfolio.html",
        page=page,
        lines=found,
        indicators=indicators,
        criteria=shown.edition.criteria,
        wanted=wanted,
        shown=shown,
        statuses=STATUSES,
        orders=ORDERS,
        states=STATES,
        shapes=SHAPES,
        state_of=state_of,
        tabs_of_section=section_tabs(),
    )


def _today_or_later(shown: ShownDay) -> ShownDay:
    """Rows say what is known now: a past day is computed session by session, not here."""
    if not shown.is_past:
        return shown
    return replace(
        shown,
        day=shown.today,
        audit_on=shown.next_audit_on,
        edition=shown.other_edition or shown.edition,
        problem=PAST,
    )
