"""The office writes programmes, publishes versions and compares them."""

from flask import request

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.errors import Refused
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.programmes import forms, operations, queries, views
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.office.pages import MANAGE, Reply, answer, pages
from admin_app.programmes.starting import starting_text


@pages.get("/", allow=MANAGE)
def index() -> str:
    """Every programme, what is in force and what is being written."""
    chosen = {name: request.args.get(name, "") for name in ("q", "state", "kind")}
    page = queries.lines(on=clock.today(), number=page_number(), **chosen)
    return render(
        "programmes/index.html",
        page=page,
        states=list(queries.STATES.items()),
        is_filtered=any(chosen.values()),
    )


@pages.form("/nouvelle", allow=MANAGE)
def create() -> Reply:
    """A new programme."""
    form = forms.CreateForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.create_programme(
                form.reference.data or "",
                starting_text(form.title.data or ""),
                is_public=form.is_public.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if made is not None:
            words = "Formation créée\u00a0: complétez sa fiche."
            return go("programmes_office.edit", words, version_id=made.id)
    return answer("programmes/create.html", form=form)


@pages.get("/<int:programme_id>", allow=MANAGE)
def show(programme_id: int) -> str:
    """A programme and its versions."""
    found = or_404(queries.programme(programme_id))
    return render("programmes/show.html", **views.programme_page(found, clock.today()))


@pages.form("/<int:programme_id>/nouvelle-version", allow=MANAGE)
def new_version(programme_id: int) -> Reply:
    """Prepare the next version as a draft."""
    programme = or_404(queries.programme(programme_id))
    form = forms.NewVersionForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.new_version(
                programme, note=form.note.data or "", by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            words = f"Version {made.number} en préparation."
            return go("programmes_office.edit", words, version_id=made.id)
    return answer("programmes/new_version.html", form=form, programme=programme)


@pages.get("/versions/<int:version_id>", allow=MANAGE)
def version(version_id: int) -> str:
    """A version as it reads, and what it still lacks when it is a draft."""
    found = or_404(queries.version(version_id))
    return render("programmes/version.html", form=forms.publish_form(), **_version_page(found))


@pages.post("/versions/<int:version_id>", allow=MANAGE)
def publish(version_id: int) -> Reply:
    """Publish a draft from a given day."""
    found = or_404(queries.version(version_id))
    form = forms.PublishForm()
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.publish(
                found,
                in_force_from=form.in_force_from.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            words = f"Version {done.number} publiée."
            return go("programmes_office.version", words, version_id=version_id)
    return invalid("programmes/version.html", form=form, **_version_page(found))


@pages.form("/versions/<int:version_id>/modifier", allow=MANAGE)
def edit(version_id: int) -> Reply:
    """Write a draft. The buttons of the contents arrange what is typed without saving it."""
    found = or_404(queries.version(version_id))
    form = forms.draft_form(found, queries.trainer_choices(views.named(found)))
    if form.arrange(request.form.get("arrange", "")):
        return render("programmes/edit.html", form=form, **views.edit_page(found, form.text))
    if form.is_sent and keep(form, lambda: _save(found, form)):
        to = "edit" if request.form.get("then") == "stay" else "version"
        return go(f"programmes_office.{to}", "Brouillon enregistré.", version_id=version_id)
    form.show_empty_part()
    return answer("programmes/edit.html", form=form, **views.edit_page(found, form.text))


@pages.get("/versions/<int:version_id>/differences", allow=MANAGE)
def differences(version_id: int) -> str:
    """What changed since the version before, or since the standard one."""
    found = or_404(queries.version(version_id))
    former = or_404(queries.former_of(found))
    return render("programmes/differences.html", **views.differences_page(former, found))


@pages.post("/versions/<int:version_id>/abandonner", allow=MANAGE)
def discard(version_id: int) -> Reply:
    """Give a draft up."""
    found = or_404(queries.version(version_id))
    try:
        operations.discard_draft(found, by=current_actor(), at=clock.now())
    except Refused as refused:
        return _refused(found, refused)
    return go("programmes_office.show", "Brouillon abandonné.", programme_id=found.programme_id)


@pages.post("/<int:programme_id>/archiver", allow=MANAGE)
def archive(programme_id: int) -> Reply:
    """Take a programme out of the catalogue."""
    found = or_404(queries.programme(programme_id))
    try:
        operations.archive(found, by=current_actor(), at=clock.now())
    except Refused as refused:
        return _refused_programme(programme_id, refused)
    words = "Formation archivée\u00a0: elle n’est plus au catalogue."
    return go("programmes_office.show", words, programme_id=programme_id)


@pages.post("/<int:programme_id>/retablir", allow=MANAGE)
def restore(programme_id: int) -> Reply:
    """Put an archived programme back."""
    found = or_404(queries.programme(programme_id))
    try:
        operations.restore(found, by=current_actor(), at=clock.now())
    except Refused as refused:
        return _refused_programme(programme_id, refused)
    return go("programmes_office.show", "Formation rétablie.", programme_id=programme_id)


def _save(found: ProgrammeVersion, form: forms.DraftForm) -> bool:
    operations.save_draft(
        found,
        form.text,
        trainers=form.trainers.data or (),
        change_note=form.change_note.data or "",
        seen=form.seen_at,
        by=current_actor(),
        at=clock.now(),
    )
    return True


def _version_page(found: ProgrammeVersion) -> dict[str, object]:
    return views.version_page(found, clock.today())


def _refused(found: ProgrammeVersion, refused: Refused) -> tuple[str, int]:
    form = forms.publish_form()
    form.refuse(refused)
    return invalid("programmes/version.html", form=form, **_version_page(found))


def _refused_programme(programme_id: int, refused: Refused) -> tuple[str, int]:
    found = or_404(queries.programme(programme_id))
    context = views.programme_page(found, clock.today())
    return invalid("programmes/show.html", refused=refused.message, **context)
