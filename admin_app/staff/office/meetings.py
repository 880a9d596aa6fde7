"""Meetings, plans of the year, and setting aside what was entered by mistake."""

from typing import Any

from flask_login import current_user
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.formatting import day
from admin_app.core.pages import go, or_404, page_number, render
from admin_app.core.pages.answers import Reply, answer, did
from admin_app.staff import forms, operations, queries
from admin_app.staff.office.pages import ACT, FOLLOW, HOME, MANAGE, Crumb, pages
from admin_app.staff.words import DEVELOPMENT, MEETING, NAMES

MEETINGS: Crumb = ("Réunions", "staff_office.meetings", {})
PLANS: Crumb = ("Plans", "staff_office.plans", {})


@pages.get("/reunions", allow=FOLLOW)
def meetings() -> str:
    """The meetings, latest first."""
    duty = queries.house(clock.today()).meeting
    return render("staff/meetings.html", page=queries.meetings(page_number()), duty=duty)


@pages.form("/reunions/ajouter", allow=FOLLOW)
def add_meeting() -> Reply:
    """Keep a meeting."""
    form = forms.MeetingForm(data={"held_on": clock.today()})
    if did(
        form,
        lambda: operations.record_meeting(form.details(), by=current_actor(), at=clock.now()),
    ):
        return go("staff_office.meetings", "La réunion est consignée.")
    return answer(ACT, form=form, title="Consigner une réunion", trail=[HOME, MEETINGS])


@pages.get("/plans", allow=FOLLOW)
def plans() -> str:
    """The plans, latest first."""
    duty = queries.house(clock.today()).plan
    return render("staff/plans.html", page=queries.plans(page_number()), duty=duty)


@pages.form("/plans/ajouter", allow=MANAGE)
def add_plan() -> Reply:
    """Keep the plan of a year."""
    today = clock.today()
    form = forms.PlanForm(data={"decided_on": today, "year": today.year})
    if did(
        form, lambda: operations.decide_plan(form.details(), by=current_actor(), at=clock.now())
    ):
        return go("staff_office.plans", "Le plan est arrêté.")
    title = "Arrêter le plan de développement"
    return answer(ACT, form=form, title=title, trail=[HOME, PLANS])


@pages.form("/ecarter/<kind>/<int:key>", allow=FOLLOW)
def set_aside(kind: str, key: int) -> Reply:
    """Set aside a meeting, a plan, a chart, a review or a development entered by mistake."""
    found: Any = or_404(queries.kept(kind, key))
    form = forms.WhyForm()
    if kind not in {MEETING, DEVELOPMENT} and MANAGE not in current_user.permissions:
        raise Forbidden
    if did(
        form,
        lambda: operations.set_aside(
            kind, found, form.why.data or "", by=current_actor(), at=clock.now()
        ),
    ):
        return _home(found)
    subtitle = f"Consigné le {day(clock.day_of(found.recorded_at))} par {found.recorded_by}."
    title = f"Écarter {NAMES[kind]}"
    return answer(ACT, form=form, title=title, subtitle=subtitle, trail=[HOME], submit="Écarter")


def _home(row: Any) -> Response:
    words = "C’est écarté : cela ne compte plus, et reste lisible."
    if hasattr(row, "member_id"):
        return go("staff_office.show", words, member_id=row.member_id)
    pages_of = {"team_meeting": "meetings", "development_plan": "plans", "chart_approval": "chart"}
    return go(f"staff_office.{pages_of[row.__tablename__]}", words)
