"""The référentiel for the office: an edition, an indicator, what changed, what we choose."""

from flask import request

from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor, origin
from admin_app.core.jobs import Job
from admin_app.core.pages import done, go, invalid, keep, or_404, page_number, render
from admin_app.core.transaction import transaction
from admin_app.coverage.operations.rebuild import start_rebuild
from admin_app.coverage.queries import audit_day
from admin_app.practices import operations
from admin_app.practices.queries import chosen, own_value, own_values, without
from admin_app.referentiel import queries, stale, views
from admin_app.referentiel.added import read_now, read_when_started
from admin_app.referentiel.forms import ValueForm, WithoutForm
from admin_app.referentiel.queries.impact import lacking_words, mentions_added
from compliance import expectations as rules
from compliance.referentiel import Edition, load
from compliance.vocabulary import ChangeKind, Layer

pages = Pages("referentiel", "office", prefix="/referentiel")
READ = Permission.COVERAGE_READ
CHOOSE = Permission.PRACTICES_MANAGE


@pages.get("", allow=READ)
def index() -> str:
    """The edition of the next audit."""
    return _edition_page(load().edition_on(audit_day()))


@pages.get("/editions/<edition>", allow=READ)
def edition(edition: str) -> str:
    """One edition: its criteria and indicators, and which apply to the organisation."""
    return _edition_page(_edition(edition))


@pages.get("/editions/<edition>/<key>", allow=READ)
def indicator(edition: str, key: str) -> str:
    """One indicator: what the text says, what the guide expects, the pieces we hang on it."""
    found = _edition(edition)
    one = or_404(found.by_key(key) if found.has(key) else None)
    known = queries.house()
    applicability = known.applicability(found)
    aside = next((x for x in applicability.not_applicable if x.indicator.key == key), None)
    return render(
        "referentiel/indicator.html",
        edition=found,
        indicator=one,
        criterion=found.criterion(one.criterion),
        aside=aside,
        awaited=[item for item in applicability.awaited if item.requirement == key],
        notes=[
            (note, views.cited(note.says.layer, note.says.citations))
            for note in found.notes_on(key)
        ],
        challenge=next((x for x in known.challenges(found) if x.indicator.key == key), None),
        former=views.former_guide(found, key),
        change=views.change_of(found, key),
        pieces=views.piece_lines(views.pieces_of(key, found), found, without()),
        texts=views.cited(Layer.LAW, one.citations),
        gravity_texts=views.cited(Layer.LAW, one.gravity_citations),
        guide_texts=views.cited(Layer.READING, one.expected_citations),
    )


@pages.get("/changements", allow=READ)
def changes() -> str:
    """What changed from an edition to the next, and what it means for the organisation."""
    before, after = _step()
    found = load().diff(before.key, after.key)
    return render(
        "referentiel/changes.html",
        before=before,
        after=after,
        changes=[
            (one, views.cited(Layer.LAW, one.citations))
            for one in found
            if one.kind is not ChangeKind.UNCHANGED
        ],
        unchanged=[one for one in found if one.kind is ChangeKind.UNCHANGED],
        applicability=queries.house().applicability(after),
        impact=queries.impact(before, after),
        piece_title=lambda key: rules.catalogue().piece(key).title,
    )


@pages.get("/changements/formations", allow=READ)
def programmes() -> str:
    """The published programmes that lack a mention which the new edition asks for."""
    _, after = _step()
    page = queries.programmes_to_review(after, page_number())
    return render(
        "referentiel/programmes.html",
        after=after,
        mentions=mentions_added(after),
        page=page.map(lambda one: (one, lacking_words(one, after))),
    )


@pages.get("/textes", allow=READ)
def texts() -> str:
    """Texts added, awaited, provisional, and those that nobody has read again for long."""
    now = read_now()
    return render(
        "referentiel/texts.html",
        used=read_when_started().accepted,
        refused=now.refused,
        to_restart=[one.file for one in now.accepted]
        != [one.file for one in read_when_started().accepted],
        found=stale.to_look_at(clock.today(), chosen()),
    )


@pages.get("/pratiques", allow=READ)
def practices() -> str:
    """The pieces of good practice, which the organisation may do without."""
    pieces = [one for one in rules.catalogue().pieces if one.is_optional]
    return render("referentiel/practices.html", pieces=views.piece_lines(pieces, None, without()))


@pages.form("/pratiques/<piece>", allow=CHOOSE)
def without_piece(piece: str) -> object:
    """Do without a piece of good practice, with the reason."""
    book = rules.catalogue()
    found = or_404(book.piece(piece) if piece in book else None)
    or_404(found if found.is_optional else None)
    form = WithoutForm()
    if form.is_sent:
        job = keep(form, lambda: _then_rebuild(lambda: _do_without(piece, form), found.title))
        if job is not None:
            return go("referentiel_office.practices", f"« {found.title} » n’est plus attendue.")
    shown = {"form": form, "line": views.piece_lines([found], None, without())[0]}
    if request.method == "POST":
        return invalid("referentiel/without.html", **shown)
    return render("referentiel/without.html", **shown)


@pages.post("/pratiques/<piece>/reprendre", allow=CHOOSE)
def expect_again(piece: str) -> object:
    """Expect again a piece of good practice."""
    found = or_404(rules.catalogue().piece(piece) if piece in rules.catalogue() else None)
    return done(
        lambda: _then_rebuild(
            lambda: operations.expect_again(
                piece, by=current_actor(), at=clock.now(), origin=origin()
            ),
            found.title,
        ),
        "referentiel_office.practices",
        f"« {found.title} » est de nouveau attendue.",
    )


@pages.get("/valeurs", allow=READ)
def values() -> str:
    """The delays and thresholds: those of texts, awaited ones, and those one may choose."""
    return render("referentiel/values.html", values=own_values(), cited=views.cited)


@pages.form("/valeurs/<key>", allow=CHOOSE)
def value(key: str) -> object:
    """Choose a number of one's own."""
    found = or_404(own_value(key))
    form = ValueForm()
    if form.is_sent:
        job = keep(form, lambda: _then_rebuild(lambda: _choose(key, form), found.value.label))
        if job is not None:
            return go("referentiel_office.values", f"« {found.value.label} » est enregistré.")
    shown = {"form": form, "line": found, "texts": views.cited(Layer.OURS, found.value.citations)}
    if request.method == "POST":
        return invalid("referentiel/value.html", **shown)
    form.number.data = found.used
    form.why.data = found.why
    return render("referentiel/value.html", **shown)


@pages.post("/valeurs/<key>/oublier", allow=CHOOSE)
def forget_value(key: str) -> object:
    """Come back to the number that Liasse proposes."""
    found = or_404(own_value(key))
    return done(
        lambda: _then_rebuild(
            lambda: operations.forget_value(
                key, by=current_actor(), at=clock.now(), origin=origin()
            ),
            found.value.label,
        ),
        "referentiel_office.values",
        f"« {found.value.label} » reprend le nombre proposé par Liasse.",
    )


def _choose(key: str, form: ValueForm) -> object:
    return operations.choose_value(
        key,
        form.number.data or 0,
        why=form.why.data or "",
        by=current_actor(),
        at=clock.now(),
        origin=origin(),
    )


def _do_without(piece: str, form: WithoutForm) -> object:
    return operations.do_without(
        piece, why=form.why.data or "", by=current_actor(), at=clock.now(), origin=origin()
    )


def _then_rebuild(act: object, what: str) -> Job:
    """An act that changes what is expected everywhere, and the work that follows it."""
    with transaction():
        act()  # type: ignore[operator]
        return start_rebuild(why=f"« {what} » a été changé.", by=current_actor(), at=clock.now())


def _edition_page(found: Edition) -> str:
    known = queries.house()
    applicability = known.applicability(found)
    return render(
        "referentiel/index.html",
        edition=found,
        editions=load().editions_on(clock.today()),
        in_use=load().edition_on(audit_day()).key,
        audit_day=audit_day(),
        lines=views.lines(found, applicability),
        applicable=len(applicability.applicable),
        challenges=known.challenges(found),
        has_cohorts=known.cohorts > 0,
        newest=load().steps[-1] if load().steps else None,
    )


def _edition(key: str) -> Edition:
    """The edition of an address, as it is read for the next audit."""
    found = or_404(key if key in {one.key for one in load().editions} else None)
    return load().edition(found, audit_day())


def _step() -> tuple[Edition, Edition]:
    """The last step from an edition to the next, or the one asked for in the address."""
    asked = (request.args.get("de", ""), request.args.get("vers", ""))
    steps = {(one.before, one.after): one for one in load().steps}
    step = steps.get(asked) or or_404(load().steps[-1] if load().steps else None)
    return _edition(step.before), _edition(step.after)
