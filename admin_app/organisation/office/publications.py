"""What is published, read again each year: reviews, what was found, what was put right."""

from flask import url_for

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.formatting import day as day_words
from admin_app.core.pages import go, keep, or_404, page_number, render
from admin_app.core.pages.answers import answer, did
from admin_app.organisation import operations, register_queries
from admin_app.organisation.forms.looking import CorrectedForm, PublicationForm, WhyForm
from admin_app.organisation.office.pages import MANAGE, Reply, pages
from admin_app.organisation.words import FINDINGS, MEDIA, POINTS


@pages.get("/publications", allow=MANAGE)
def publications() -> str:
    """The reviews, the last first, and when the next is due."""
    return render(
        "organisation/publications.html",
        page=register_queries.publication_reviews(page_number()),
        next_on=register_queries.next_review_on(),
        **_words(),
    )


@pages.form("/publications/relire", allow=MANAGE)
def review_publications() -> Reply:
    """Say what was read again and what was found."""
    form = PublicationForm(data={"on": clock.today(), "who": current_actor().label})
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.review_publications(
                form.reread(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            words = "La relecture est notée."
            return go("organisation_office.publication_review", words, review_id=made.id)
    return answer("organisation/publication_edit.html", form=form, **_words())


@pages.get("/publications/<int:review_id>", allow=MANAGE)
def publication_review(review_id: int) -> Reply:
    """One review."""
    found = or_404(register_queries.publication_review(review_id))
    return render("organisation/publication.html", review=found, **_words())


@pages.form("/publications/<int:review_id>/corriger", allow=MANAGE)
def correct_publications(review_id: int) -> Reply:
    """Say that the rest was put right."""
    found = or_404(register_queries.publication_review(review_id))
    form = CorrectedForm(data={"on": clock.today()})
    if did(
        form,
        lambda: operations.correct_publications(
            found,
            on=form.on.data,
            words=form.words.data or "",
            by=current_actor(),
            at=clock.now(),
            origin=origin(),
        ),
    ):
        words = "Les corrections sont notées."
        return go("organisation_office.publication_review", words, review_id=review_id)
    return answer("organisation/publication_correct.html", form=form, review=found)


@pages.form("/publications/<int:review_id>/retirer", allow=MANAGE)
def remove_review(review_id: int) -> Reply:
    """Take away a review entered by mistake."""
    found, form = or_404(register_queries.publication_review(review_id)), WhyForm()
    back = url_for("organisation_office.publication_review", review_id=review_id)
    if did(
        form,
        lambda: operations.remove_review(
            found, form.why.data or "", by=current_actor(), at=clock.now(), origin=origin()
        ),
    ):
        words = "La relecture est retirée ; sa trace reste."
        return go("organisation_office.publication_review", words, review_id=review_id)
    return answer(
        "organisation/remove.html",
        form=form,
        trail=[("Publications", url_for("organisation_office.publications"))],
        title="Retirer une relecture",
        about=f"Relecture du {day_words(found.reviewed_on)}, par {found.reviewed_by}",
        back=back,
    )


def _words() -> dict[str, object]:
    return {"media": MEDIA, "points": POINTS, "findings": FINDINGS, "today": clock.today()}
