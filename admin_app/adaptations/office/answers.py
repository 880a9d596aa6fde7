"""The office analyses a request, decides, has its programme made, and says what was applied."""

from werkzeug.wrappers import Response

from admin_app.adaptations import operations, views
from admin_app.adaptations.forms import requests as forms
from admin_app.adaptations.office.pages import DECIDE, pages
from admin_app.adaptations.office.requests import Reply, answer, back, refused_page
from admin_app.adaptations.queries import requests as queries
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.errors import Refused
from admin_app.core.pages import go, keep, or_404, render


@pages.form("/<int:request_id>/besoin", allow=DECIDE)
def analyse(request_id: int) -> Reply:
    """Write down what was said with the client."""
    found = or_404(queries.request(request_id))
    form = views.analysis_form_of(found, current_actor().label)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.record_needs_analysis(
                found, form.text, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return back(found, "Analyse du besoin enregistrée.")
    return answer("adaptations/analyse.html", form=form, **views.short(found))


@pages.form("/<int:request_id>/decision", allow=DECIDE)
def decide(request_id: int) -> Reply:
    """Accept or decline, with the reason."""
    found = or_404(queries.request(request_id))
    form = forms.decide_form(found)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.decide(
                found,
                accepted=form.outcome.data == "accepted",
                reason=form.reason.data or "",
                promises=form.promises.data or (),
                changes_programme=form.changes_programme.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return back(found, f"Décision enregistrée et envoyée à {found.email}.")
    return answer("adaptations/decide.html", form=form, **views.decide_page(found))


@pages.form("/<int:request_id>/reprendre", allow=DECIDE)
def reopen(request_id: int) -> Reply:
    """Take a decision back."""
    found = or_404(queries.request(request_id))
    form = forms.WhyForm()
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.reopen(
                found, why=form.why.data or "", by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return back(found, "Décision reprise : la demande attend une nouvelle réponse.")
    return answer("adaptations/reopen.html", form=form, **views.short(found))


@pages.post("/<int:request_id>/programme", allow=DECIDE)
def make_adapted(request_id: int) -> Reply:
    """Copy the standard programme for this client."""
    found = or_404(queries.request(request_id))
    try:
        made = operations.make_adapted(found, by=current_actor(), at=clock.now())
    except Refused as refused:
        return refused_page(found, refused)
    words = "Programme copié : adaptez-le, puis publiez-le."
    return go("programmes_office.edit", words, version_id=made.id)


@pages.get("/<int:request_id>/differences", allow=DECIDE)
def differences(request_id: int) -> str:
    """The adapted programme beside the standard one."""
    found = or_404(queries.request(request_id))
    return render("adaptations/differences.html", **or_404(views.differences_page(found)))


@pages.form("/<int:request_id>/promesses", allow=DECIDE)
def promises(request_id: int) -> Reply:
    """Write the list of promised changes anew."""
    found = or_404(queries.request(request_id))
    standing = [one.adaptation.label for one in queries.promises(request_id)]
    form = forms.PromisesForm(data={"promises": standing})
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.set_promises(
                found, form.promises.data or (), by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return back(found, "Adaptations promises enregistrées.")
    return answer("adaptations/promises.html", form=form, **views.short(found))


@pages.form("/<int:request_id>/promesses/<int:adaptation_id>", allow=DECIDE)
def applied(request_id: int, adaptation_id: int) -> Reply:
    """Say in which half-day a promised change was applied."""
    found = or_404(queries.request(request_id))
    one = or_404(queries.promise(request_id, adaptation_id))
    half_days = views.half_days_of(found)
    form = forms.AppliedForm(data={"half_day_id": one.half_day_id, "note": one.note})
    form.offer(half_days)
    if form.is_sent:
        chosen = or_404(next((it for it in half_days if it.id == form.half_day_id.data), None))
        done = keep(
            form,
            lambda: operations.mark_applied(
                one, chosen, note=form.note.data or "", by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return back(found, "Adaptation située dans le déroulé.")
    return answer("adaptations/applied.html", form=form, promise=one, **views.short(found))


@pages.post("/<int:request_id>/promesses/<int:adaptation_id>/reprendre", allow=DECIDE)
def unapplied(request_id: int, adaptation_id: int) -> Response | tuple[str, int]:
    """Take back a half-day that was said by mistake."""
    found = or_404(queries.request(request_id))
    one = or_404(queries.promise(request_id, adaptation_id))
    try:
        operations.unmark_applied(one, by=current_actor(), at=clock.now())
    except Refused as refused:
        return refused_page(found, refused)
    return back(found, "Adaptation détachée de sa demi-journée.")
