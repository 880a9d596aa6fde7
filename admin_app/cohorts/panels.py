"""The cohorts of a trainee, a trainer, a client, on their own pages."""

from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, or_, select

from admin_app.cohorts.models import Assignment, Cohort, CohortClient, CohortFunder, Enrolment
from admin_app.cohorts.state import SHAPES, state_of
from admin_app.core import clock
from admin_app.core.access import way_to
from admin_app.core.database import db
from admin_app.core.formatting import day_range
from admin_app.people.panels import Line, Panel, add_panel

MOST = 12


def init_panels(app: Flask) -> None:
    """Show them."""
    add_panel(app, "trainee", of_trainee)
    add_panel(app, "trainer", of_trainer)
    add_panel(app, "client", of_client)


def of_trainee(key: int) -> Panel:
    """The enrolments of that trainee, latest first; a departure is said."""
    statement = (
        select(Cohort, Enrolment)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.trainee_id == key)
    )
    lines = [_line(cohort, _departure(enrolment)) for cohort, enrolment in _latest(statement)]
    return Panel("Inscriptions", lines, "Aucune inscription pour l’instant.")


def of_trainer(key: int) -> Panel:
    """The cohorts that trainer teaches, latest first."""
    statement = (
        select(Cohort, Assignment.id)
        .join(Assignment, Assignment.cohort_id == Cohort.id)
        .where(Assignment.trainer_id == key, Assignment.ended_at.is_(None))
    )
    lines = [_line(cohort) for cohort, _ in _latest(statement)]
    more = (way_to("cohorts_office.index", formateur=key) or "") if len(lines) == MOST else ""
    return Panel("Sessions animées", lines, "Aucune session pour l’instant.", more)


def of_client(key: int) -> Panel:
    """The cohorts that client buys, funds or sends people to, latest first."""
    statement = select(Cohort, Cohort.id).where(
        or_(_is_of(CohortClient, key), _is_of(CohortFunder, key))
    )
    lines = [_line(cohort) for cohort, _ in _latest(statement)]
    more = (way_to("cohorts_office.index", client=key) or "") if len(lines) == MOST else ""
    return Panel("Sessions", lines, "Aucune session pour l’instant.", more)


def _is_of(link: Any, key: int) -> ColumnElement[bool]:
    return select(link.id).where(link.cohort_id == Cohort.id, link.client_id == key).exists()


def _latest(statement: Any) -> list[Any]:
    ordered = statement.order_by(Cohort.starts_on.desc(), Cohort.id.desc()).limit(MOST)
    return list(db.session.execute(ordered))


def _line(cohort: Cohort, detail: str = "") -> Line:
    state = state_of(cohort, clock.today())
    return Line(
        title=cohort.title,
        url=way_to("cohorts_office.show", cohort_id=cohort.id) or "",
        detail=detail or cohort.reference,
        when=day_range(cohort.starts_on, cohort.ends_on),
        state=SHAPES[state],
        state_label=state.label,
    )


def _departure(enrolment: Enrolment) -> str:
    words = {
        "withdrawn": "inscription retirée",
        "replaced": "a laissé sa place",
        "dropout": "a quitté la formation",
    }
    return words.get(enrolment.departure, "")
