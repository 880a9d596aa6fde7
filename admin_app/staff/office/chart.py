"""The functional chart: roles, approvals."""

from flask_login import current_user

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, or_404, page_number, render
from admin_app.core.pages.answers import Reply, answer, did
from admin_app.staff import forms, operations, queries
from admin_app.staff.office.pages import ACT, FOLLOW, HOME, MANAGE, Crumb, pages
from admin_app.staff.words import ROLES

CHART: Crumb = ("Organigramme", "staff_office.chart", {})
NAMED = ("disability", "teaching", "quality", "safeguarding")


@pages.get("/organigramme", allow=FOLLOW)
def chart() -> str:
    """Who does what, the roles that nobody holds, and the charts approved so far."""
    roles = queries.current_roles()
    held = {one.kind for one in roles}
    return render(
        "staff/chart.html",
        roles=roles,
        vacant=[ROLES[kind] for kind in NAMED if kind not in held],
        page=queries.approvals(page_number()),
        duty=queries.house(clock.today()).chart,
    )


@pages.form("/organigramme/roles/ajouter", allow=FOLLOW)
def give_role() -> Reply:
    """Say who holds a role."""
    form = forms.RoleForm(data={"since": clock.today()})
    form.offer(queries.choices())
    if did(form, lambda: operations.give_role(form.details(), by=current_actor(), at=clock.now())):
        return go("staff_office.chart", "Le rôle est attribué : l’organigramme est à approuver.")
    return answer(ACT, form=form, title="Attribuer un rôle", trail=[HOME, CHART])


@pages.form("/organigramme/roles/<int:role_id>/terminer", allow=FOLLOW)
def end_role(role_id: int) -> Reply:
    """End a role."""
    found, form = or_404(queries.role(role_id)), forms.WhyForm()
    if did(
        form,
        lambda: operations.end_role(found, form.why.data or "", by=current_actor(), at=clock.now()),
    ):
        return go("staff_office.chart", "Le rôle est terminé : l’organigramme est à approuver.")
    subtitle = f"{found.title} – {found.holder}"
    title = "Terminer un rôle"
    return answer(ACT, form=form, title=title, subtitle=subtitle, trail=[HOME, CHART])


@pages.form("/organigramme/approuver", allow=MANAGE)
def approve_chart() -> Reply:
    """Approve the chart as it stands."""
    form = forms.ApprovalForm(data={"approved_on": clock.today(), "approved_by": current_user.name})
    if did(
        form,
        lambda: operations.approve_chart(form.details(), by=current_actor(), at=clock.now()),
    ):
        return go("staff_office.chart", "L’organigramme est approuvé.")
    return answer(
        "staff/approve.html",
        form=form,
        title="Approuver l’organigramme",
        trail=[HOME, CHART],
        roles=queries.current_roles(),
    )
