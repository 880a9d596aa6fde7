"""Yearly reviews: those that were held, one that is held, with its figures."""

from datetime import date, timedelta

from flask import request
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, keep, or_404, page_number, render
from admin_app.quality.answers import Reply, answer, did, filters
from admin_app.quality.fields import WhyForm
from admin_app.quality.improvements import forms, operations
from admin_app.quality.improvements.office.pages import MANAGE, READ, pages
from admin_app.quality.improvements.queries import actions
from admin_app.quality.improvements.queries import reviews as queries
from admin_app.quality.improvements.words import ADDRESS_OF, REVIEW_ADDRESSES, REVIEWS
from admin_app.quality.pieces import YEAR, last_days, rhythm


@pages.get("/revues/<nature>", allow=READ)
def reviews(nature: str) -> str:
    """The reviews of a kind, latest first, and when the next is due."""
    kind = or_404(REVIEW_ADDRESSES.get(nature))
    return render(
        "quality/improvements/reviews.html",
        kind=kind,
        nature=nature,
        words=REVIEWS[kind],
        page=queries.reviews(kind, page_number()),
        due=rhythm(last_days([kind]).get(kind), YEAR, clock.today()),
    )


@pages.form("/revues/<nature>/tenir", allow=MANAGE)
def hold(nature: str) -> Reply:
    """Hold a review: its figures over a period that the address may say (« du », « au »)."""
    kind = or_404(REVIEW_ADDRESSES.get(nature))
    period, is_odd = _period()
    form = forms.ReviewForm(data={"held_on": clock.today()})
    figures = queries.figures(kind, *period)
    if form.is_sent:
        kept = keep(
            form,
            lambda: operations.hold(
                form.held(kind, period), figures, by=current_actor(), at=clock.now()
            ),
        )
        if kept is not None:
            return _back(kept.id, f"{REVIEWS[kind].capitalize()} enregistrée.")
    return answer(
        "quality/improvements/hold.html",
        form=form,
        kind=kind,
        nature=nature,
        words=REVIEWS[kind],
        figures=figures,
        period=period,
        is_odd=is_odd,
    )


@pages.get("/revues/<int:review_id>", allow=READ)
def review(review_id: int) -> str:
    """One review, as it was held, and the actions opened from it."""
    found = or_404(queries.review(review_id))
    return render(
        "quality/improvements/review.html",
        review=found,
        nature=ADDRESS_OF[found.kind],
        words=REVIEWS[found.kind],
        opened=actions.coming_from("feedback-analysis", review_id),
    )


@pages.form("/revues/<int:review_id>/ecarter", allow=MANAGE)
def remove_review(review_id: int) -> Reply:
    """Set a review aside."""
    found, form = or_404(queries.review(review_id)), WhyForm()
    if did(
        form,
        lambda: operations.set_aside(
            found, form.why.data or "", by=current_actor(), at=clock.now()
        ),
    ):
        return _back(review_id, "Elle est écartée et ne compte plus ; elle reste lisible.")
    context = {"words": REVIEWS[found.kind], "nature": ADDRESS_OF[found.kind]}
    return answer("quality/improvements/review_remove.html", form=form, review=found, **context)


def _period() -> tuple[tuple[date, date], bool]:
    """The period that the address asks for, else the last twelve months; whether it was odd."""
    today = clock.today()
    usual = (today - timedelta(days=YEAR - 1), today)
    sought = filters("du", "au")
    if not any(sought.values()):
        return usual, False
    try:
        first = date.fromisoformat(sought["du"]) if sought["du"] else usual[0]
        last = date.fromisoformat(sought["au"]) if sought["au"] else today
    except ValueError:
        return usual, True
    is_right = date(1990, 1, 1) <= first <= last <= today
    return ((first, last), False) if is_right else (usual, request.method == "GET")


def _back(review_id: int, words: str) -> Response:
    return go("improvements_office.review", words, review_id=review_id)
