"""The other side reads, signs or refuses, from its personal link."""

from flask import Response, g, request
from werkzeug.wrappers import Response as BaseResponse

from admin_app.agreements import operations, queries
from admin_app.agreements.forms import ReasonForm, SignForm
from admin_app.agreements.models import State
from admin_app.agreements.words import consent_of
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked, origin
from admin_app.core.pages import go, invalid, keep, or_404, render
from admin_app.documents.replies import reply

pages = Pages("agreements", "client")
ALLOW = linked(Purpose.AGREEMENT)
Reply = str | tuple[str, int] | BaseResponse


@pages.form("/l/<token>/accord", allow=ALLOW)
def show(token: str) -> Reply:
    """The whole document, then the signature; afterwards, where it stands."""
    one = _mine()
    form = _sign_form(one)
    if form.is_sent:
        done = keep(form, lambda: _sign(one, form))
        if done is not None:
            return go("agreements_client.show", token=token)
    return _page(one, token, form, ReasonForm())


@pages.post("/l/<token>/accord/refus", allow=ALLOW)
def refuse(token: str) -> Reply:
    """Say no, with the reason."""
    one = _mine()
    form = ReasonForm()
    if form.is_sent:
        done = keep(form, lambda: _refuse(one, form))
        if done is not None:
            return render("agreements/refused.html", one=one)
    return _page(one, token, _sign_form(one), form)


@pages.get("/l/<token>/accord.pdf", allow=ALLOW)
def document(token: str) -> Response:
    """The PDF: the copy signed by both once it exists, else the document to sign."""
    papers = queries.papers(_mine().agreement)
    found = or_404(papers["signed"] or papers["document"])
    return reply(found, inline="telecharger" not in request.args)


def _mine() -> queries.Listed:
    """The agreement that the link is about."""
    found = queries.listed(g.link.subject_id) if g.link.subject_kind == "agreement" else None
    return or_404(found)


def _sign_form(one: queries.Listed) -> SignForm:
    agreement = one.agreement
    form = SignForm(name=agreement.signatory_name, quality=agreement.signatory_quality)
    form.consent.label.text = consent_of(agreement.kind, agreement.reference, one.party)
    if not agreement.is_convention:
        del form.quality
    return form


def _page(one: queries.Listed, token: str, form: SignForm, refusal: ReasonForm) -> Reply:
    answer = invalid if request.method == "POST" else render
    papers = queries.papers(one.agreement, with_text=True)
    form.shown.data = papers["document"].sha256 if papers["document"] else ""
    return answer(
        "agreements/sign.html",
        one=one,
        token=token,
        form=form,
        refusal=refusal,
        is_open=one.agreement.status is State.SENT,
        **papers,
    )


def _sign(one: queries.Listed, form: SignForm) -> object:
    return operations.sign_as_client(
        one.agreement,
        form.signing,
        shown_sha256=form.shown.data or "",
        by=current_actor(),
        at=clock.now(),
        origin=origin(),
    )


def _refuse(one: queries.Listed, form: ReasonForm) -> bool:
    operations.refuse_as_client(
        one.agreement,
        why=form.why.data or "",
        by=current_actor(),
        at=clock.now(),
        origin=origin(),
    )
    return True
