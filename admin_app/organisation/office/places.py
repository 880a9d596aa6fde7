"""Places where training happens."""

from datetime import timedelta

from flask import request, url_for

from admin_app.core import clock
from admin_app.core.access import Permission, current_actor, origin
from admin_app.core.formatting import day as day_words
from admin_app.core.pages import done, go, invalid, keep, or_404, page_number, render
from admin_app.core.pages.answers import answer, did
from admin_app.organisation import operations, queries, register_queries
from admin_app.organisation.forms import PlaceForm
from admin_app.organisation.forms.looking import PlaceCheckForm, WhyForm
from admin_app.organisation.models import Place
from admin_app.organisation.office.pages import Reply, pages
from admin_app.organisation.words import LOOKS

WHO = Permission.COHORTS_MANAGE


@pages.get("/lieux", allow=WHO)
def places() -> Reply:
    """The places in use, or the archived ones."""
    state, today = request.args.get("etat"), clock.today()
    condition = register_queries.to_check(today)
    page = queries.places(
        page_number(),
        text=request.args.get("q", ""),
        archived=state == "archives",
        only=condition if state == "a-revoir" else None,
    )
    return render(
        "organisation/places.html",
        page=page,
        archived=state == "archives",
        to_check=register_queries.places_to_check(today),
        last_good=today - timedelta(days=register_queries.fresh_days("place-checked")),
        is_filtered=bool(request.args.get("q") or state in ("archives", "a-revoir")),
    )


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
        return invalid("organisation/place.html", form=form, **_with_checks(found))
    form.show(found)
    return render("organisation/place.html", form=form, **_with_checks(found))


@pages.form("/lieux/<int:place_id>/verifier", allow=WHO)
def check_place(place_id: int) -> Reply:
    """Say that a place was looked at, and what was seen."""
    found = or_404(queries.place(place_id))
    form = PlaceCheckForm(data={"on": clock.today(), "who": current_actor().label})
    if did(
        form,
        lambda: operations.check_place(
            found, form.looked(), by=current_actor(), at=clock.now(), origin=origin()
        ),
    ):
        return go("organisation_office.place", "La vérification est notée.", place_id=place_id)
    return answer("organisation/place_check.html", form=form, place=found)


@pages.form("/lieux/<int:place_id>/verifications/<int:check_id>/retirer", allow=WHO)
def remove_check(place_id: int, check_id: int) -> Reply:
    """Take away a check entered by mistake."""
    found = or_404(queries.place(place_id))
    check = or_404(register_queries.place_check(check_id, place_id))
    form = WhyForm()
    if did(
        form,
        lambda: operations.remove_check(
            found,
            check,
            form.why.data or "",
            by=current_actor(),
            at=clock.now(),
            origin=origin(),
        ),
    ):
        words = "La vérification est retirée ; sa trace reste."
        return go("organisation_office.place", words, place_id=place_id)
    return answer(
        "organisation/remove.html",
        form=form,
        trail=[
            ("Lieux", url_for("organisation_office.places")),
            (found.name, url_for("organisation_office.place", place_id=place_id)),
        ],
        title="Retirer une vérification",
        about=f"{found.name}, vérifié le {day_words(check.checked_on)}",
        back=url_for("organisation_office.place", place_id=place_id),
    )


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


def _with_checks(found: Place) -> dict[str, object]:
    checks = register_queries.place_checks(found.id, page_number())
    return {"place": found, "checks": checks, "looks": LOOKS}
