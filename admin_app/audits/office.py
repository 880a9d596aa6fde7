"""Audits, for the quality manager: preparing and closing the reading room."""

from flask import request
from werkzeug.wrappers import Response

from admin_app.accounts.operations import invite_auditor
from admin_app.audits import operations, queries
from admin_app.audits.forms import AuditForm
from admin_app.audits.models import Audit
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.pages import go, invalid, keep, or_404, page_number, paginate, render
from admin_app.core.transaction import transaction

pages = Pages("audits", "office", "/audits")


@pages.get("/", allow=Permission.AUDIT_MANAGE)
def index() -> str:
    """The audits, newest first."""
    page = paginate(queries.audits(), page_number())
    return render("audits/index.html", page=page, kinds=operations.KINDS, now=clock.now())


@pages.form("/nouveau", allow=Permission.AUDIT_MANAGE)
def create() -> str | Response | tuple[str, int]:
    """Prepare a reading room and invite its reader."""
    form = AuditForm()
    if form.is_sent:
        audit = keep(form, lambda: _open(form))
        if audit is not None:
            return go("audits_office.show", "La salle de lecture est prête.", audit_id=audit.id)
    shown = invalid if request.method == "POST" else render
    return shown("audits/create.html", form=form)


@pages.get("/<int:audit_id>", allow=Permission.AUDIT_MANAGE)
def show(audit_id: int) -> str:
    """One audit: who reads, until when."""
    audit = or_404(queries.audit(audit_id))
    return render(
        "audits/show.html",
        audit=audit,
        readers=queries.readers(audit_id),
        kinds=operations.KINDS,
        now=clock.now(),
    )


@pages.post("/<int:audit_id>/fermer", allow=Permission.AUDIT_MANAGE)
def close(audit_id: int) -> Response:
    """End every access, now."""
    audit = or_404(queries.audit(audit_id))
    if audit.closed_at is None:
        operations.close_audit(audit, by=current_actor(), at=clock.now())
    return go("audits_office.show", "La salle de lecture est fermée.", audit_id=audit_id)


def _open(form: AuditForm) -> Audit:
    by, at = current_actor(), clock.now()
    with transaction():
        audit = operations.open_audit(
            kind=form.kind.data,
            audit_on=form.audit_on.data,
            body=(form.body.data or "").strip(),
            period_from=form.period_from.data,
            period_to=form.period_to.data,
            access_until=form.access_until.data,
            by=by,
            at=at,
        )
        user = invite_auditor(
            name=(form.name.data or "").strip(),
            email=(form.email.data or "").strip(),
            access_until=audit.closes_at,
            by=by,
            at=at,
            why=operations.said_to_reader(audit),
        )
        operations.add_reader(audit, user_id=user.id, name=user.name, by=by, at=at)
    return audit
