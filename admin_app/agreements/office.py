"""Conventions and contracts, for the office."""

from collections.abc import Callable

from flask import Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from admin_app.agreements import operations, queries, remedies
from admin_app.agreements.forms import PaperForm, ReasonForm, SignForm, TermsForm
from admin_app.agreements.models import State
from admin_app.agreements.words import consent_of
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor, origin
from admin_app.core.errors import Refused
from admin_app.core.pages import Form, go, invalid, keep, or_404, page_number, render
from admin_app.core.uploads import read_upload
from admin_app.documents.rendering import render as draft_pdf
from admin_app.documents.replies import pdf_reply
from admin_app.organisation.queries import the_provider

pages = Pages("agreements", "office")
MANAGE = Permission.AGREEMENTS_MANAGE
Reply = str | tuple[str, int] | BaseResponse
SCANS = frozenset({"pdf", "jpeg", "png"})


@pages.get("/conventions", allow=MANAGE)
def index() -> str:
    """Every agreement, by state."""
    state, kind = request.args.get("etat", ""), request.args.get("type", "")
    text = request.args.get("q", "")
    page = queries.agreements(state=state, kind=kind, text=text, page=page_number())
    return render(
        "agreements/index.html",
        page=page,
        states=[(one.value, one.label) for one in State],
        filtered=bool(state or kind or text),
    )


@pages.get("/sessions/<int:cohort_id>/conventions", allow=MANAGE)
def cohort(cohort_id: int) -> str:
    """With whom an agreement is due in a cohort, and where each stands."""
    shown = or_404(queries.cohort_agreements(cohort_id))
    return render("agreements/cohort.html", shown=shown)


@pages.post("/sessions/<int:cohort_id>/conventions/client/<int:row_id>", allow=MANAGE)
def draft_convention(cohort_id: int, row_id: int) -> Reply:
    """A new convention with a client of the cohort."""
    return _drafted(
        cohort_id,
        lambda: operations.draft_convention(row_id, by=current_actor(), at=clock.now()).id,
    )


@pages.post("/sessions/<int:cohort_id>/conventions/stagiaire/<int:row_id>", allow=MANAGE)
def draft_contract(cohort_id: int, row_id: int) -> Reply:
    """A new contract with a trainee who pays."""
    return _drafted(
        cohort_id, lambda: operations.draft_contract(row_id, by=current_actor(), at=clock.now()).id
    )


@pages.get("/conventions/<int:agreement_id>", allow=MANAGE)
def show(agreement_id: int) -> str:
    """Where it stands, who has the ball, the document itself."""
    return _page(the(agreement_id), ReasonForm())


@pages.form("/conventions/<int:agreement_id>/modifier", allow=MANAGE)
def edit(agreement_id: int) -> Reply:
    """Change a draft."""
    one = the(agreement_id)
    form = TermsForm.of(one.agreement)
    if form.is_sent:
        done = keep(form, lambda: _edit(one, form))
        if done is not None:
            return go("agreements_office.show", "Projet enregistré.", agreement_id=agreement_id)
    return _form("agreements/edit.html", one=one, form=form)


@pages.get("/conventions/<int:agreement_id>/projet.pdf", allow=MANAGE)
def preview(agreement_id: int) -> Response:
    """The draft as a PDF, marked as such on each page."""
    one = the(agreement_id)
    kind = operations.DOCUMENT[one.agreement.kind]
    data = draft_pdf(kind, queries.document_data(one.agreement))
    return pdf_reply(data, f"{one.agreement.reference}-projet.pdf")


@pages.post("/conventions/<int:agreement_id>/etablir", allow=MANAGE)
def issue(agreement_id: int) -> Reply:
    """Fix the document."""
    one = the(agreement_id)
    return _do(
        one,
        lambda: operations.issue_agreement(one.agreement, by=current_actor(), at=clock.now()),
        "Document établi : il est prêt à envoyer.",
    )


@pages.post("/conventions/<int:agreement_id>/envoyer", allow=MANAGE)
def send(agreement_id: int) -> Reply:
    """Send the link, or a reminder."""
    one = the(agreement_id)
    return _do(
        one,
        lambda: operations.send_agreement(one.agreement, by=current_actor(), at=clock.now()),
        f"Message envoyé à {one.agreement.signatory_name}.",
    )


@pages.post("/conventions/<int:agreement_id>/reprendre", allow=MANAGE)
def reopen(agreement_id: int) -> Reply:
    """Back to a draft."""
    one = the(agreement_id)
    return _do(
        one,
        lambda: operations.reopen_agreement(one.agreement, by=current_actor(), at=clock.now()),
        "De nouveau en projet. Les liens déjà envoyés n’ouvrent plus rien.",
    )


@pages.post("/conventions/<int:agreement_id>/remplacer", allow=MANAGE)
def revise(agreement_id: int) -> Reply:
    """A new draft that will replace it."""
    one = the(agreement_id)
    try:
        fresh = operations.revise_agreement(one.agreement, by=current_actor(), at=clock.now())
    except Refused as refused:
        return _told(refused, agreement_id)
    return go(
        "agreements_office.edit",
        f"Projet {fresh.reference} prêt : il remplacera {one.agreement.reference} une fois signé.",
        agreement_id=fresh.id,
    )


@pages.form("/conventions/<int:agreement_id>/contresigner", allow=MANAGE)
def countersign(agreement_id: int) -> Reply:
    """Sign last, in the name of the organisation's representative."""
    one = the(agreement_id)
    provider = the_provider()
    form = SignForm(name=provider.representative, quality=provider.representative_quality)
    form.consent.label.text = consent_of(
        one.agreement.kind, one.agreement.reference, "l’organisme de formation"
    )
    if form.is_sent:
        done = keep(form, lambda: _countersign(one, form))
        if done is not None:
            return go(
                "agreements_office.show",
                "Contresigné. Chacun reçoit son exemplaire.",
                agreement_id=agreement_id,
            )
    return _form("agreements/countersign.html", one=one, form=form, **queries.papers(one.agreement))


@pages.form("/conventions/<int:agreement_id>/papier", allow=MANAGE)
def paper(agreement_id: int) -> Reply:
    """A paper signed by hand, scanned."""
    one = the(agreement_id)
    provider = the_provider()
    form = PaperForm(
        client_name=one.agreement.signatory_name,
        client_quality=one.agreement.signatory_quality,
        provider_name=provider.representative,
        provider_quality=provider.representative_quality,
    )
    if form.is_sent:
        done = keep(form, lambda: _paper(one, form))
        if done is not None:
            return go(
                "agreements_office.show", "Exemplaire papier enregistré.", agreement_id=agreement_id
            )
    return _form("agreements/paper.html", one=one, form=form)


@pages.post("/conventions/<int:agreement_id>/annuler", allow=MANAGE)
def cancel(agreement_id: int) -> Reply:
    """Cancel, with the reason."""
    one = the(agreement_id)
    form = ReasonForm()
    if form.is_sent:
        done = keep(form, lambda: _cancel(one, form))
        if done is not None:
            return go("agreements_office.show", "Annulation faite.", agreement_id=agreement_id)
    return _page(one, form), 422


def the(agreement_id: int) -> queries.Listed:
    """The agreement of the address, or the page « introuvable »."""
    return or_404(queries.listed(agreement_id))


def _page(one: queries.Listed, form: ReasonForm) -> str:
    missing = (
        remedies.of(one, operations.missing(one.agreement, at=clock.now()))
        if one.agreement.status is State.DRAFT
        else []
    )
    return render(
        "agreements/show.html",
        one=one,
        form=form,
        missing=missing,
        replacement=queries.replaced_by(one.agreement.id),
        history=queries.history(one.agreement.id),
        **queries.papers(one.agreement),
    )


def _form(template: str, **context: object) -> Reply:
    return (invalid if request.method == "POST" else render)(template, **context)


def _do(one: queries.Listed, act: Callable[[], object], message: str) -> Reply:
    try:
        act()
    except Refused as refused:
        return _told(refused, one.agreement.id)
    return go("agreements_office.show", message, agreement_id=one.agreement.id)


def _told(refused: Refused, agreement_id: int) -> BaseResponse:
    for problem in refused.problems:
        flash(problem.message, "danger")
    return redirect(url_for("agreements_office.show", agreement_id=agreement_id), code=303)


def _drafted(cohort_id: int, act: Callable[[], int]) -> Reply:
    try:
        agreement_id = act()
    except Refused as refused:
        flash(refused.message, "danger")
        return redirect(url_for("agreements_office.cohort", cohort_id=cohort_id), code=303)
    return go("agreements_office.show", "Projet préparé.", agreement_id=agreement_id)


def _edit(one: queries.Listed, form: TermsForm) -> bool:
    operations.edit_agreement(one.agreement, form.terms, by=current_actor(), at=clock.now())
    return True


def _countersign(one: queries.Listed, form: SignForm) -> object:
    return operations.countersign(
        one.agreement, form.signing, by=current_actor(), at=clock.now(), origin=origin()
    )


def _paper(one: queries.Listed, form: PaperForm) -> object:
    return operations.record_paper(
        one.agreement,
        read_upload(form.scan.data, kinds=SCANS, field="scan"),
        client=form.client,
        provider=form.provider,
        by=current_actor(),
        at=clock.now(),
    )


def _cancel(one: queries.Listed, form: Form) -> bool:
    operations.cancel_agreement(
        one.agreement, why=form.why.data or "", by=current_actor(), at=clock.now()
    )
    return True
