"""The house documents: what is in force, their versions, and a new one."""

from flask import request
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor, origin
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.documents.queries import by_id
from admin_app.documents.replies import reply
from admin_app.organisation import operations, queries
from admin_app.organisation.forms import HouseDocumentForm
from admin_app.organisation.house import BY_KEY, GROUPS, KINDS, laid_out, left_to_adapt
from admin_app.organisation.office.pages import MANAGE, Reply, pages


@pages.get("/documents", allow=MANAGE)
def house_documents() -> Reply:
    """The house documents by readers, what is in force, and what each still lacks."""
    return render(
        "organisation/house_documents.html",
        groups=GROUPS,
        kinds=KINDS,
        newest=queries.house_documents(),
        in_force=queries.in_force(clock.today()),
    )


@pages.get("/documents/<kind>", allow=MANAGE)
def house_document(kind: str) -> Reply:
    """The versions of one house document; the text of one of them."""
    about = or_404(BY_KEY.get(kind))
    page = queries.house_versions(kind, page_number())
    wanted = request.args.get("version", "")
    shown = (
        or_404(queries.house_document(kind, int(wanted)))
        if wanted.isdecimal() and len(wanted) < 7
        else next(iter(page.items), None)
    )
    return render(
        "organisation/house_document.html",
        kind=about,
        page=page,
        shown=shown,
        blocks=laid_out(shown.text) if shown else [],
        current=queries.house_document_on(kind, clock.today()),
        today=clock.today(),
    )


@pages.form("/documents/<kind>/publier", allow=MANAGE)
def publish(kind: str) -> Reply:
    """Write a new version, from the last one or from the starting text."""
    about, form = or_404(BY_KEY.get(kind)), HouseDocumentForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.publish(
                kind,
                form.text.data or "",
                in_force_from=form.in_force_from.data,
                approved_by=form.approved_by.data or "",
                approved_on=form.approved_on.data,
                by=current_actor(),
                at=clock.now(),
                origin=origin(),
            ),
        )
        if made is not None:
            words = f"{made.title} : la version {made.version} est publiée."
            return go("organisation_office.house_document", words, kind=kind)
    version = queries.last_version(kind)
    if request.method == "POST":
        return invalid("organisation/publish.html", form=form, kind=about, version=version)
    form.text.data = queries.text_to_start_from(kind)
    form.in_force_from.data = form.approved_on.data = clock.today()
    form.approved_by.data = queries.the_provider().representative
    left = len(left_to_adapt(form.text.data))
    return render("organisation/publish.html", form=form, kind=about, version=version, left=left)


@pages.get("/documents/<kind>/<int:version>.pdf", allow=MANAGE)
def house_pdf(kind: str, version: int) -> Response:
    """A version as it was published."""
    found = or_404(queries.house_document(kind, version))
    return reply(or_404(by_id(found.document_id or 0)))
