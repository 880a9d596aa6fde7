"""Who the organisation is, and the first steps after the first run."""

from flask import request

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.pages import go, invalid, keep, render
from admin_app.core.transaction import transaction
from admin_app.organisation import operations
from admin_app.organisation.first_steps import first_steps as steps
from admin_app.organisation.forms import ChangeIdentityForm
from admin_app.organisation.models import Provider
from admin_app.organisation.office.pages import MANAGE, Reply, pages
from admin_app.organisation.queries import the_provider
from admin_app.organisation.vat import VAT_STATUSES


@pages.form("", allow=MANAGE)
def identity() -> Reply:
    """Who the organisation is: what every document prints."""
    row, form = the_provider(), ChangeIdentityForm()
    if form.is_sent and keep(form, lambda: _change(form)) is not None:
        return go("organisation_office.identity", "L’identité de l’organisme est enregistrée.")
    shown = {"form": form, "provider": row, "vat": _vat_words()}
    if request.method == "POST":
        return invalid("organisation/identity.html", **shown)
    form.show(row)
    return render("organisation/identity.html", **shown)


@pages.get("/premiers-pas", allow=MANAGE)
def first_steps() -> Reply:
    """What to do first, and what is done already."""
    found = steps()
    return render("organisation/first_steps.html", steps=found, left=sum(not s.done for s in found))


def _change(form: ChangeIdentityForm) -> Provider:
    logo, by, at, where = form.sent_logo(), current_actor(), clock.now(), origin()
    with transaction():
        row = operations.change_identity(form.details(), by=by, at=at, origin=where)
        if logo is not None or (form.without_logo.data and row.logo_sha256):
            operations.change_logo(logo, by=by, at=at, origin=where)
    return row


def _vat_words() -> dict[str, str]:
    today = clock.today()
    return {
        status.key: f"{status.explanation} Mention : « {status.mention_on(today)} »."
        for status in VAT_STATUSES
    }
