"""The reading room: indicators on the left, the piece on the right; nothing can be changed."""

from flask import abort, request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.audits import operations, queries, reading
from admin_app.audits.models import Audit
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor, origin
from admin_app.core.formatting import moment
from admin_app.core.pages import or_404, page_number, paginate, render
from admin_app.core.received import asked_key
from admin_app.documents.queries import by_id
from admin_app.documents.replies import reply

pages = Pages("audits", "auditor", "/audit")


@pages.get("/", allow=Permission.AUDIT_READ)
def index() -> str:
    """The audits that this person may read."""
    found = queries.open_for(current_user.id, clock.now())
    return render("audits/rooms.html", audits=found, kinds=operations.KINDS)


@pages.get("/<int:audit_id>", allow=Permission.AUDIT_READ)
def room(audit_id: int) -> str:
    """The cohorts to draw from."""
    audit = _audit(audit_id)
    text = request.args.get("q", "")
    _look("la liste des sessions.", ("audit", audit.id))  # written before anything is read
    page = paginate(queries.cohorts_of(audit, text), page_number())
    return render("audits/room.html", audit=audit, page=page, text=text, kinds=operations.KINDS)


@pages.get("/<int:audit_id>/sessions/<int:cohort_id>", allow=Permission.AUDIT_READ)
def cohort(audit_id: int, cohort_id: int) -> str:
    """A cohort, indicator by indicator, and the piece that is open."""
    audit, found = _cohort(audit_id, cohort_id)
    shown = reading.cohort_reading(
        audit,
        found,
        number=asked_key("indicateur"),
        evidence_id=asked_key("piece"),
    )
    if shown.piece is None:
        _look(f"session {found.reference}, {shown.where}.", ("cohort", found.id), found.id)
    else:
        what = f"session {found.reference}, « {shown.piece.label} »."
        _look(what, ("evidence", shown.piece.id), found.id)
    return render(
        "audits/cohort.html",
        audit=audit,
        cohort=found,
        reading=shown,
        kinds=operations.KINDS,
        mark=_mark(),
    )


@pages.get(
    "/<int:audit_id>/sessions/<int:cohort_id>/pieces/<int:evidence_id>/document",
    allow=Permission.AUDIT_READ,
)
def piece_document(audit_id: int, cohort_id: int, evidence_id: int) -> Response:
    """The stored document of a piece."""
    _, found = _cohort(audit_id, cohort_id)
    piece = or_404(queries.piece_in(found, evidence_id))
    if piece.document_id is None:
        abort(404)
    _look(f"document « {piece.label} ».", ("evidence", piece.id), found.id)
    return reply(or_404(by_id(piece.document_id)), inline=True)


def _audit(audit_id: int) -> Audit:
    return or_404(queries.audit_for(audit_id, current_user.id, clock.now()))


def _cohort(audit_id: int, cohort_id: int) -> tuple[Audit, Cohort]:
    audit = _audit(audit_id)
    return audit, or_404(queries.cohort_in(audit, cohort_id))


def _look(what: str, subject: tuple[str, int], cohort_id: int | None = None) -> None:
    operations.note_look(
        what,
        subject=subject,
        cohort_id=cohort_id,
        by=current_actor(),
        at=clock.now(),
        origin=origin(),
    )


def _mark() -> str:
    return f"{current_user.name} · {moment(clock.now())}"
