"""The human review of pieces: those that wait, what was decided, and deciding."""

from flask import request
from flask_login import current_user

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.coverage import queries
from admin_app.coverage.office.pages import READ, REVIEW, Reply, pages, section_tabs
from admin_app.coverage.review import operations
from admin_app.coverage.review import queries as reviews_read
from admin_app.coverage.review.forms import HINTS, ReviewForm
from admin_app.coverage.views import citations
from admin_app.evidence.models import Evidence
from admin_app.evidence.queries import piece as piece_by_id
from admin_app.practices.queries import book
from compliance.vocabulary import ReviewDecision

DECISIONS = [(one.value, one.label) for one in ReviewDecision]
SHAPES = {
    ReviewDecision.ACCEPTED: "covered",
    ReviewDecision.REJECTED: "late",
    ReviewDecision.TO_EXAMINE: "review",
}


@pages.get("/couverture/examen", allow=READ)
def reviews() -> str:
    """The pieces that call for a look."""
    text = request.args.get("q", "")
    edition = queries.edition_in_use()
    return render(
        "coverage/reviews.html",
        page=reviews_read.waiting(edition, clock.today(), text, page_number()),
        is_filtered=bool(text),
        tabs_of_section=section_tabs(),
    )


@pages.get("/couverture/examen/decisions", allow=READ)
def decisions() -> str:
    """What was decided, latest first."""
    text, wanted = request.args.get("q", ""), request.args.get("decision", "")
    return render(
        "coverage/decisions.html",
        page=reviews_read.decided(text, wanted, page_number()),
        decisions=DECISIONS,
        shapes=SHAPES,
        is_filtered=bool(text or wanted),
        tabs_of_section=section_tabs(),
    )


@pages.get("/preuves/<int:evidence_id>/examen", allow=READ)
def review(evidence_id: int) -> str:
    """A piece, what it serves, what was decided; and the form for those who may."""
    piece = or_404(piece_by_id(evidence_id))
    return render("coverage/review.html", **_context(piece, ReviewForm(seen=piece.sha256)))


@pages.post("/preuves/<int:evidence_id>/examen", allow=REVIEW)
def decide(evidence_id: int) -> Reply:
    """Write the decision."""
    piece, form = or_404(piece_by_id(evidence_id)), ReviewForm()
    if form.is_sent and keep(form, lambda: _decide(piece, form)) is not None:
        return go("coverage_office.review", "Décision enregistrée.", evidence_id=piece.id)
    return invalid("coverage/review.html", **_context(piece, form))


def _decide(piece: Evidence, form: ReviewForm) -> object:
    return operations.decide(
        piece,
        decision=form.decision.data or "",
        reason=form.reason.data or "",
        seen=form.seen.data or "",
        by=current_actor(),
        at=clock.now(),
    )


def _context(piece: Evidence, form: ReviewForm) -> dict[str, object]:
    edition = queries.edition_in_use()
    expected = reviews_read.expected_for(piece)
    known = piece.piece in book()
    entry = book().piece(piece.piece) if known else None
    form.seen.data = piece.sha256  # what is shown now: a refusal shows the present piece again
    return {
        "piece": piece,
        "form": form,
        "hints": {key.value: words for key, words in HINTS.items()},
        "view": reviews_read.piece_content(piece),
        "expected": expected,
        "status": queries.row_status(expected, clock.today()) if expected else None,
        "indicators": reviews_read.indicators_served(piece.piece, edition),
        "citations": citations(entry.layer, entry.citations) if entry else [],
        "edition": edition,
        "history": reviews_read.history(piece),
        "shapes": SHAPES,
        "may_decide": REVIEW in current_user.permissions and piece.withdrawn_at is None,
    }
