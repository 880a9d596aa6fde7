"""Clients: the list, a file, its changes."""

from flask import request

from admin_app.accounts.queries import users_of_client
from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.pages import done, go, invalid, keep, or_404, page_number, render
from admin_app.people import operations, panels, queries
from admin_app.people.forms import ClientForm, ContactForm
from admin_app.people.models import Client
from admin_app.people.office.pages import MANAGE, Reply, pages
from admin_app.people.words import CLIENT_KINDS


@pages.get("/clients", allow=MANAGE)
def clients() -> Reply:
    """The clients."""
    sought = request.args
    archived = sought.get("etat") == "archives"
    page = queries.clients(
        page_number(), text=sought.get("q", ""), kind=sought.get("sorte", ""), archived=archived
    )
    return render("people/clients.html", page=page, kinds=CLIENT_KINDS, archived=archived)


@pages.form("/clients/ajouter", allow=MANAGE)
def add_client() -> Reply:
    """Add a client."""
    form = ClientForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.create_client(
                form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            words = f"Client ajouté\u00a0: {made.name}. Indiquez maintenant qui y joindre."
            return go("people_office.client", words, client_id=made.id)
    if request.method == "POST":
        return invalid("people/client_edit.html", form=form, client=None)
    return render("people/client_edit.html", form=form, client=None)


@pages.get("/clients/<int:client_id>", allow=MANAGE)
def client(client_id: int) -> Reply:
    """A client's file."""
    return shown(or_404(queries.client(client_id)))


@pages.form("/clients/<int:client_id>/modifier", allow=MANAGE)
def edit_client(client_id: int) -> Reply:
    """Change a client."""
    found, form = or_404(queries.client(client_id)), ClientForm()
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.change_client(
                found, form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if changed is not None:
            words = f"{changed.name} est enregistré."
            return go("people_office.client", words, client_id=client_id)
    if request.method == "POST":
        return invalid("people/client_edit.html", form=form, client=found)
    form.show(found)
    return render("people/client_edit.html", form=form, client=found)


@pages.post("/clients/<int:client_id>/archiver", allow=MANAGE)
def archive_client(client_id: int) -> Reply:
    """Offer a client no more."""
    found = or_404(queries.client(client_id))
    return done(
        lambda: operations.archive_client(
            found, by=current_actor(), at=clock.now(), origin=origin()
        ),
        "people_office.clients",
        f"{found.name} est archivé.",
    )


@pages.post("/clients/<int:client_id>/reprendre", allow=MANAGE)
def restore_client(client_id: int) -> Reply:
    """Offer an archived client again."""
    found = or_404(queries.client(client_id))
    return done(
        lambda: operations.restore_client(
            found, by=current_actor(), at=clock.now(), origin=origin()
        ),
        "people_office.client",
        f"{found.name} est de nouveau proposé.",
        client_id=client_id,
    )


def shown(client: Client, *, contact_form: ContactForm | None = None, status: int = 200) -> Reply:
    """A client's file, with the form that was sent if it was refused."""
    page = render(
        "people/client.html",
        client=client,
        kinds=CLIENT_KINDS,
        accounts=users_of_client(client.id),
        panels=panels.of("client", client.id),
        contact_form=contact_form or ContactForm(formdata=None),
    )
    return page if status == 200 else (page, status)
