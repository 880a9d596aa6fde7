"""The analysis of risks as a whole: approved, and read as it was."""

from typing import Any

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, keep, or_404, page_number, render
from admin_app.quality.answers import Reply, answer
from admin_app.quality.pieces import YEAR, last_days, rhythm
from admin_app.quality.risks import forms, operations, queries
from admin_app.quality.risks.office.pages import MANAGE, READ, pages
from admin_app.quality.risks.operations.approving import PIECE
from admin_app.quality.risks.words import DOMAINS, IMPACTS, LIKELIHOODS, SCALE_SENTENCE


@pages.get("/analyses", allow=READ)
def analyses() -> str:
    """The analyses that were approved, and when the next is due."""
    return render(
        "quality/risks/analyses.html",
        page=queries.analyses(page_number()),
        due=rhythm(last_days([PIECE]).get(PIECE), YEAR, clock.today()),
    )


@pages.form("/analyses/approuver", allow=MANAGE)
def approve() -> Reply:
    """Approve the analysis, with the risks as they stand."""
    today = clock.today()
    form = forms.ApproveForm(data={"on": today})
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.approve(form.approved(), by=current_actor(), at=clock.now()),
        )
        if made is not None:
            words = (
                "L’analyse est approuvée ; les risques sont gardés tels qu’ils sont aujourd’hui."
            )
            return go("risks_office.analysis", words, analysis_id=made.id)
    context = {"counts": queries.counts(today), "matrix": queries.matrix()}
    return answer("quality/risks/approve.html", form=form, **context, **_words())


@pages.get("/analyses/<int:analysis_id>", allow=READ)
def analysis(analysis_id: int) -> str:
    """One analysis, with the risks as they stood."""
    found = or_404(queries.analysis(analysis_id))
    return render("quality/risks/analysis.html", analysis=found, **_words())


def _words() -> dict[str, Any]:
    return {
        "domains": DOMAINS,
        "likelihoods": LIKELIHOODS,
        "impacts": IMPACTS,
        "scale_sentence": SCALE_SENTENCE,
    }
