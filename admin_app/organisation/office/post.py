"""The mail server: setting it, trying it."""

from typing import Any

from flask import current_app, flash, request
from flask_login import current_user

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.addresses import clean_email
from admin_app.core.pages import done, go, invalid, keep, render
from admin_app.core.smtp import send_trial
from admin_app.organisation import operations, queries
from admin_app.organisation.context import mail_sender
from admin_app.organisation.forms import MailServerForm
from admin_app.organisation.office.pages import MANAGE, Reply, pages
from admin_app.organisation.operations.post import check_server


@pages.form("/courrier", allow=MANAGE)
def mail_server() -> Reply:
    """The mail server that messages leave through; `essai` sends a trial and keeps nothing."""
    form = MailServerForm()
    if form.is_sent and "essai" in request.form:
        if keep(form, lambda: _try_out(form)):
            flash(f"Le message d’essai est parti vers {form.trial_to.data}.", "success")
            return render("organisation/mail_server.html", form=form, **_shown())
    elif form.is_sent and keep(form, lambda: _change(form)) is not None:
        return go("organisation_office.first_steps", "Le serveur de messagerie est enregistré.")
    if request.method == "POST":
        return invalid("organisation/mail_server.html", form=form, **_shown())
    form.show(queries.the_provider().mail_settings, current_user.email)
    return render("organisation/mail_server.html", form=form, **_shown())


@pages.post("/courrier/retirer", allow=MANAGE)
def forget_mail_server() -> Reply:
    """Send through no server any more."""
    return done(
        lambda: operations.forget_mail_server(by=current_actor(), at=clock.now(), origin=origin()),
        "organisation_office.mail_server",
        "Le serveur de messagerie est retiré.",
    )


def _change(form: MailServerForm) -> object:
    return operations.change_mail_server(
        form.server(queries.mail_server()),
        sender=form.sender.data or "",
        by=current_actor(),
        at=clock.now(),
        origin=origin(),
    )


def _try_out(form: MailServerForm) -> bool:
    server, sender = form.server(queries.mail_server()), form.sender.data or ""
    check_server(server, sender)
    send_trial(
        server,
        sender=sender or mail_sender(),
        to=clean_email(form.trial_to.data or "", "trial_to"),
        subject="Essai d’envoi depuis Liasse",
        text="Si vous lisez ce message, le serveur de messagerie est bien réglé.\n",
    )
    return True


def _shown() -> dict[str, Any]:
    return {
        "by_setting": bool(current_app.config["SETTINGS"].smtp_url),
        "is_set": queries.mail_server() is not None,
    }
