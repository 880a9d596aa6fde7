"""Places where training happens."""

from flask import request

from admin_app.core import clock
from admin_app.core.access import Permission, current_actor, origin
from admin_app.core.pages import done, go, invalid, keep, or_404, page_number, render
from admin_app.organisation import operations, queries
from admin_app.organisation.forms import PlaceForm
from admin_app.organisation.office.pages import Reply, pages

WHO = Permission.COHORTS_MANAGE


@pages.get("/lieux", allow=WHO)
def places() -> Reply:
    """The places in use, or the archived ones."""
    archived = request.args.get("etat") == "archives"
    page = queries.places(page_number(), text=request.args.get("q", ""), archived=archived)
    return render("organisation/places.html", page=page, archived=archived)


@pages.form("/lieux/ajouter", allow=WHO)
def add_place() -> Reply:
    """Add a place."""
    form = PlaceForm()
    if form.is_sent:
        place = keep(
            form,
            lambda: operations.add_place(
                form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if place is not None:
            return go("organisation_office.places", f"Lieu ajouté\u00a0: {place.name}.")
    if request.method == "POST":
        return invalid("organisation/place.html", form=form, place=None)
    return render("organisation/place.html", form=form, place=None)


@pages.form("/lieux/<int:place_id>", allow=WHO)
def place(place_id: int) -> Reply:
    """Change a place."""
    found, form = or_404(queries.place(place_id)), PlaceForm()
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.change_place(
                found, form.details(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if changed is not None:
            return go("organisation_office.places", f"{changed.name} est modifié.")
    if request.method == "POST":
        return invalid("organisation/place.html", form=form, place=found)
    form.show(found)
    return render("organisation/place.html", form=form, place=found)


@pages.post("/lieux/<int:place_id>/archiver", allow=WHO)
def archive_place(place_id: int) -> Reply:
    """Offer a place no more."""
    found = or_404(queries.place(place_id))
    return done(
        lambda: operations.archive_place(
            found, by=current_actor(), at=clock.now(), origin=origin()
        ),
        "organisation_office.places",
        f"{found.name} est archivé.",
    )


@pages.post("/lieux/<int:place_id>/reprendre", allow=WHO)
def restore_place(place_id: int) -> Reply:
    """Offer an archived place again."""
    found = or_404(queries.place(place_id))
    return done(
        lambda: operations.restore_place(
            found, by=current_actor(), at=clock.now(), origin=origin()
        ),
        "organisation_office.places",
        f"{found.name} est de nouveau proposé.",
    )
