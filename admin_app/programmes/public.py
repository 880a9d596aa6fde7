"""The public catalogue: what may be known of a training before asking for anything."""

from flask import request

from admin_app.core import clock
from admin_app.core.access import PUBLIC, Pages
from admin_app.core.pages import or_404, page_number, render
from admin_app.organisation.queries import provider
from admin_app.programmes import queries, views
from admin_app.programmes.panels import CATALOGUE, panels_of

pages = Pages("programmes", "public", prefix="/catalogue")


@pages.get("/", allow=PUBLIC)
def catalogue() -> str:
    """The programmes that are in force."""
    found = queries.catalogue(on=clock.today(), number=page_number(), q=request.args.get("q", ""))
    return render(
        "programmes/catalogue.html",
        page=found,
        provider=provider(),
        panels=panels_of(CATALOGUE),
        **views.WORDS,
    )


@pages.get("/<slug>", allow=PUBLIC)
def show(slug: str) -> str:
    """The page of the version in force."""
    found = or_404(queries.public_version(slug, clock.today()))
    return render("programmes/public.html", **views.public_page(found, clock.today()))


@pages.get("/<slug>/versions/<int:number>", allow=PUBLIC)
def version(slug: str, number: int) -> str:
    """A version of the past, marked as replaced; the one in force reads the same."""
    found = or_404(queries.public_version_numbered(slug, number, clock.today()))
    return render("programmes/public.html", **views.public_page(found, clock.today()))
