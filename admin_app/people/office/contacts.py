"""The people at a client's."""

from flask import request

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.pages import done, go, invalid, keep, or_404, render
from admin_app.people import operations, queries
from admin_app.people.forms import ContactForm
from admin_app.people.office.clients import shown
from admin_app.people.office.pages import MANAGE, Reply, pages


@pages.post("/clients/<int:client_id>/contacts", allow=MANAGE)
def add_contact(client_id: int) -> Reply:
    """Add someone at a client's."""
    found, form = or_404(queries.client(client_id)), ContactForm()
    if form.is_sent:
        contact = keep(
            form,
            lambda: operations.add_contact(
                found, form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if contact is not None:
            words = f"{contact.name} est ajouté(e)."
            return go("people_office.client", words, client_id=client_id)
    return shown(found, contact_form=form, status=422)


@pages.form("/clients/<int:client_id>/contacts/<int:contact_id>", allow=MANAGE)
def edit_contact(client_id: int, contact_id: int) -> Reply:
    """Change someone at a client's."""
    found = or_404(queries.client(client_id))
    contact, form = or_404(queries.contact(client_id, contact_id)), ContactForm()
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.change_contact(
                found, contact, form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if changed is not None:
            words = f"{changed.name} est enregistré(e)."
            return go("people_office.client", words, client_id=client_id)
    if request.method == "POST":
        return invalid("people/contact.html", form=form, client=found, contact=contact)
    form.show(contact)
    return render("people/contact.html", form=form, client=found, contact=contact)


@pages.post("/clients/<int:client_id>/contacts/<int:contact_id>/retirer", allow=MANAGE)
def remove_contact(client_id: int, contact_id: int) -> Reply:
    """Take a contact away."""
    found = or_404(queries.client(client_id))
    contact = or_404(queries.contact(client_id, contact_id))
    words = f"{contact.name} est retiré(e)."
    return done(
        lambda: operations.remove_contact(
            found, contact, by=current_actor(), at=clock.now(), origin=origin()
        ),
        "people_office.client",
        words,
        client_id=client_id,
    )
