"""The story of one trainee: in a cohort, and of the person through all their enrolments."""

from typing import Any

from flask_login import current_user

from admin_app.cohorts.queries import enrolled
from admin_app.core import clock
from admin_app.core.access import Permission
from admin_app.core.pages import or_404, page_number, render
from admin_app.coverage import queries
from admin_app.coverage.acts import way_of
from admin_app.coverage.office.pages import READ, pages, the_cohort
from admin_app.coverage.thread.model import Chapter, Owed, Story
from admin_app.coverage.thread.queries import enrolments_of, stories
from admin_app.coverage.views import citations
from admin_app.people.queries import trainee as trainee_by_id
from admin_app.practices.queries import book
from compliance.vocabulary import PieceStatus


@pages.get("/sessions/<int:cohort_id>/stagiaires/<int:enrolment_id>/fil", allow=READ)
def trainee_thread(cohort_id: int, enrolment_id: int) -> str:
    """One enrolment, told from beginning to end; it prints on a page."""
    cohort = the_cohort(cohort_id)
    one = or_404(enrolled(enrolment_id))
    or_404(one if one.enrolment.cohort_id == cohort_id else None)
    edition = queries.edition_in_use()
    story = _told([(one.enrolment, cohort)])[0]
    return render(
        "coverage/trainee.html", cohort=cohort, one=one, story=story, edition=edition, **_words()
    )


@pages.get("/personnes/stagiaires/<int:trainee_id>/fil", allow=READ)
def person_thread(trainee_id: int) -> str:
    """A person through all their enrolments, latest first."""
    trainee = or_404(trainee_by_id(trainee_id))
    page = enrolments_of(trainee_id, page_number())
    edition = queries.edition_in_use()
    return render(
        "coverage/person.html",
        trainee=trainee,
        page=page,
        stories=_told([tuple(row) for row in page.items]),
        edition=edition,
        **_words(),
    )


def _told(rows: list[Any]) -> list[Story]:
    return stories(
        rows,
        queries.edition_in_use(),
        today=clock.today(),
        closed=Permission.DISABILITY_READ in current_user.permissions,
    )


def _words() -> dict[str, Any]:
    return {"chapters": list(Chapter), "owed_views": _owed_views}


def _owed_views(owed: list[Owed]) -> list[dict[str, Any]]:
    """What is still expected, for `components/gaps.html`, what presses first."""
    ordered = sorted(owed, key=lambda one: one.status is not PieceStatus.LATE)
    return [_owed_view(one) for one in ordered]


def _owed_view(one: Owed) -> dict[str, Any]:
    row = one.row
    piece = book().piece(row.piece)
    url, words = way_of(row.act, row.cohort_id, row.scope_id)
    return {
        "what": row.title,
        "whom": row.for_name,
        "owed_by": row.owed_name,
        "due": row.due_on,
        "status": one.status,
        "why": row.sentence,
        "citations": citations(piece.layer, piece.citations),
        "act_url": url,
        "act_label": words,
    }
