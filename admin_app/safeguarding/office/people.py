"""Who is named: the contacts that everyone sees, and those who keep the register."""

from flask import request as asked

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.pages import done, go, invalid, keep, or_404, render
from admin_app.safeguarding import forms, operations, queries, views
from admin_app.safeguarding.office.pages import ACCOUNTS, MANAGE, Reply, pages
from admin_app.safeguarding.operations.people import ContactDetails


@pages.form("/contacts", allow=MANAGE)
def contacts() -> Reply:
    """Name whom to talk to."""
    form = forms.ContactForm(data={"since": clock.today()})
    if form.is_sent:
        details = ContactDetails(
            name=form.name.data or "",
            quality=form.quality.data or "",
            email=form.email.data or "",
            phone=form.phone.data or "",
            since=form.since.data,
        )
        made = keep(
            form,
            lambda: operations.name_contact(
                details, by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            return go("safeguarding_office.contacts", f"{made.name} : contact nommé.")
    shown = invalid if asked.method == "POST" else render
    return shown("safeguarding/contacts.html", **views.contacts_page(form))


@pages.post("/contacts/<int:contact_id>/fin", allow=MANAGE)
def end_contact(contact_id: int) -> Reply:
    """Say that someone is no longer the contact."""
    row = or_404(queries.contact(contact_id))
    return done(
        lambda: operations.end_contact(row, by=current_actor(), at=clock.now(), origin=origin()),
        "safeguarding_office.contacts",
        f"{row.name} n’est plus contact.",
    )


@pages.form("/personnes", allow=ACCOUNTS)
def readers() -> Reply:
    """Name who keeps the register; the administrator is not, unless named."""
    form = forms.ReaderForm()
    form.offer(queries.may_be_named())
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.name_reader(
                form.user_id.data or 0, by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            return go("safeguarding_office.readers", "La liste est changée ; chacun est prévenu.")
    shown = invalid if asked.method == "POST" else render
    return shown("safeguarding/readers.html", **views.readers_page(form))


@pages.post("/personnes/<int:reader_id>/retirer", allow=ACCOUNTS)
def unname_reader(reader_id: int) -> Reply:
    """End someone's access to the register."""
    row = or_404(queries.reader(reader_id))
    return done(
        lambda: operations.unname_reader(row, by=current_actor(), at=clock.now(), origin=origin()),
        "safeguarding_office.readers",
        "La liste est changée ; chacun est prévenu.",
    )
