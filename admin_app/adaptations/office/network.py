"""The network of partners for disability: the officer keeps it, the office reads it."""

from collections.abc import Callable

from flask import abort, request, url_for

from admin_app.adaptations.forms import network as forms
from admin_app.adaptations.models import NetworkPartner
from admin_app.adaptations.network_words import EVENTS, HOW, KINDS, TOPICS
from admin_app.adaptations.office.pages import NETWORK, NETWORK_READ, pages
from admin_app.adaptations.operations import network as operations
from admin_app.adaptations.queries import network as queries
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.errors import Refused
from admin_app.core.pages import done, go, keep, or_404, page_number, render
from admin_app.core.pages.answers import Reply, answer, did, filters
from admin_app.organisation.queries import the_provider


@pages.get("/reseau", allow=NETWORK_READ)
def network() -> str:
    """The partners, and where each duty stands."""
    sought = filters("q", "nature", "etat")
    return render(
        "adaptations/network/index.html",
        page=queries.lines(
            page_number(),
            text=sought["q"],
            kind=sought["nature"],
            archived=sought["etat"] == "archives",
        ),
        is_filtered=any(sought.values()),
        duties=queries.duties(),
        today=clock.today(),
        kinds=KINDS,
    )


@pages.get("/reseau/historique", allow=NETWORK_READ)
def network_history() -> Reply:
    """What was done: contacts, checks of the list, what the officer followed."""
    kind = request.args.get("quoi", "contacts")
    read: dict[str, Callable[[int], object]] = {
        "contacts": queries.contacts,
        "verifications": queries.checks,
        "formations": queries.trainings,
    }
    page = or_404(read.get(kind))(page_number())
    context = {"kind": kind, "events": EVENTS, "how": HOW, "topics": TOPICS}
    return render("adaptations/network/history.html", page=page, **context)


@pages.form("/reseau/ajouter", allow=NETWORK)
def add_partner() -> Reply:
    """Add a partner."""
    form = forms.PartnerForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.add_partner(form.details(), by=current_actor(), at=clock.now()),
        )
        if made is not None:
            words = f"{made.name} est dans la liste."
            return go("adaptations_office.partner", words, partner_id=made.id)
    return answer("adaptations/network/edit.html", form=form, partner=None)


@pages.get("/reseau/<int:partner_id>", allow=NETWORK_READ)
def partner(partner_id: int) -> str:
    """One partner, and the contacts made with it."""
    return render(
        "adaptations/network/show.html",
        partner=or_404(queries.partner(partner_id)),
        page=queries.contacts(page_number(), partner_id),
        kinds=KINDS,
        how=HOW,
        topics=TOPICS,
    )


@pages.form("/reseau/<int:partner_id>/modifier", allow=NETWORK)
def edit_partner(partner_id: int) -> Reply:
    """Change a partner."""
    found, form = or_404(queries.partner(partner_id)), forms.PartnerForm()
    if did(
        form,
        lambda: operations.change_partner(
            found, form.details(), by=current_actor(), at=clock.now()
        ),
    ):
        return go("adaptations_office.partner", "C’est modifié.", partner_id=partner_id)
    if request.method != "POST":
        form.show(found)
    return answer("adaptations/network/edit.html", form=form, partner=found)


@pages.post("/reseau/<int:partner_id>/archiver", allow=NETWORK)
def archive_partner(partner_id: int) -> Reply:
    """Take a partner off the list."""
    found = or_404(queries.partner(partner_id))
    return done(
        lambda: operations.archive_partner(found, by=current_actor(), at=clock.now()),
        "adaptations_office.network",
        f"{found.name} est archivé.",
    )


@pages.post("/reseau/<int:partner_id>/reprendre", allow=NETWORK)
def restore_partner(partner_id: int) -> Reply:
    """Put a partner back on the list."""
    found = or_404(queries.partner(partner_id))
    return done(
        lambda: operations.restore_partner(found, by=current_actor(), at=clock.now()),
        "adaptations_office.partner",
        f"{found.name} est de nouveau dans la liste.",
        partner_id=partner_id,
    )


@pages.form("/reseau/verifier", allow=NETWORK)
def check_network() -> Reply:
    """Say that the list was gone through."""
    form = forms.CheckForm(data={"on": clock.today(), "who": current_actor().label})
    if did(
        form,
        lambda: operations.check_network(
            form.on.data,
            form.who.data or "",
            form.words.data or "",
            by=current_actor(),
            at=clock.now(),
        ),
    ):
        return go("adaptations_office.network", "La vérification de la liste est notée.")
    return answer("adaptations/network/check.html", form=form, names=queries.names())


@pages.form("/reseau/contact", allow=NETWORK)
def note_contact() -> Reply:
    """Note a contact with a partner."""
    asked = request.args.get("partenaire", "")
    start = {
        "on": clock.today(),
        "who": current_actor().label,
        "answered": "yes",
        "partner": int(asked) if asked.isdecimal() and len(asked) < 10 else 0,
    }
    form = forms.ContactForm(data=start)
    form.offer(queries.choices())
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.note_contact(
                _chosen(form), form.made(), by=current_actor(), at=clock.now()
            ),
        )
        if made is not None:
            words = "Le contact est noté."
            return go("adaptations_office.partner", words, partner_id=made.partner_id)
    return answer("adaptations/network/contact.html", form=form)


@pages.form("/reseau/formation", allow=NETWORK)
def note_training() -> Reply:
    """Note what the officer followed."""
    start = {"officer": the_provider().disability_officer or current_actor().label}
    form = forms.TrainingForm(data=start)
    if did(
        form,
        lambda: operations.note_training(
            form.on.data,
            form.officer.data or "",
            form.title.data or "",
            form.organiser.data or "",
            form.proof.data or "",
            by=current_actor(),
            at=clock.now(),
        ),
    ):
        words = "La formation est notée."
        return go("adaptations_office.network_history", words, quoi="formations")
    return answer("adaptations/network/training.html", form=form)


@pages.form("/reseau/historique/<kind>/<int:event_id>/retirer", allow=NETWORK)
def remove_event(kind: str, event_id: int) -> Reply:
    """Take away what was entered by mistake."""
    found = queries.event(kind, event_id)
    if found is None:
        abort(404)
    form = forms.WhyForm()
    if did(
        form,
        lambda: operations.remove_event(
            found, form.why.data or "", by=current_actor(), at=clock.now()
        ),
    ):
        return go("adaptations_office.network_history", "C’est retiré ; la trace reste.", quoi=kind)
    return answer(
        "organisation/remove.html",
        form=form,
        trail=[("Réseau handicap", url_for("adaptations_office.network"))],
        title="Signaler une erreur",
        about=EVENTS[kind],
        back=url_for("adaptations_office.network_history", quoi=kind),
    )


def _chosen(form: forms.ContactForm) -> NetworkPartner:
    """The partner that was chosen.

    Raises:
        Refused: none, or one that is not there.
    """
    key = form.partner.data or 0
    found = queries.partner(key) if 0 < key < 2**31 else None
    if found is None:
        raise Refused("Choisissez un partenaire de la liste.", "partner")
    return found
