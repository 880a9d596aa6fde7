"""Funders: what they are asked each year, and what they say."""

from datetime import timedelta
from typing import Any

from flask import request

from admin_app.core import clock
from admin_app.core.access import Permission, current_actor
from admin_app.core.pages import go, or_404, page_number, render
from admin_app.core.pages.answers import answer, did
from admin_app.core.pages.forms import choices
from admin_app.people import forms, operations, panels, queries
from admin_app.people.models import Client
from admin_app.people.office.pages import Reply, pages
from admin_app.people.words import ASKED_HOW, FUNDER_OUTCOMES

FUNDERS = Permission.FUNDERS_FOLLOW
ACT = "layouts/act.html"
ONE = "/financeurs/<int:client_id>"
HOME: tuple[str, str, dict[str, Any]] = ("Financeurs", "people_office.funders", {})
MESSAGE = (
    "Vous avez financé des formations de notre organisme cette année. Qu’en pensez-vous ?\n"
    "Préparation, déroulement, documents remis, résultats : "
    "vos remarques nous servent à progresser."
)


@pages.get("/financeurs", allow=FUNDERS)
def funders() -> Reply:
    """The funders, and when each last said what it thinks."""
    today, sought = clock.today(), request.args
    is_late = sought.get("etat") == "late"
    return render(
        "people/funders.html",
        page=queries.funders(page_number(), today, text=sought.get("q", ""), late=is_late),
        is_filtered=any(sought.get(name) for name in ("q", "etat")),
        limit=today - timedelta(days=365),
    )


@pages.get(ONE, allow=FUNDERS)
def funder(client_id: int) -> Reply:
    """One funder: what it was asked, what it said, what it funds."""
    return render(
        "people/funder.html",
        funder=or_404(queries.funder(client_id)),
        notes=queries.feedback_of(client_id),
        panels=panels.of("client", client_id),
        hows=ASKED_HOW,
        outcomes=FUNDER_OUTCOMES,
    )


@pages.form(f"{ONE}/appreciation", allow=FUNDERS)
def note_funder_feedback(client_id: int) -> Reply:
    """Keep what it was asked, what it said, or its silence."""
    found = or_404(queries.funder(client_id))
    form = forms.FeedbackForm(data={"happened_on": clock.today()})
    if did(
        form,
        lambda: operations.note_feedback(found, form.details(), by=current_actor(), at=clock.now()),
    ):
        return go("people_office.funder", "C’est consigné.", client_id=client_id)
    return _answer(form, found, "Consigner une appréciation")


@pages.form(f"{ONE}/demander", allow=FUNDERS)
def ask_funder(client_id: int) -> Reply:
    """Ask it by mail."""
    found = or_404(queries.funder(client_id))
    form = forms.AskForm(data={"message": MESSAGE})
    form.contact_id.choices = choices(
        (one.id, f"{one.name} – {one.email}") for one in found.contacts
    )
    if form.is_sent:
        contact = queries.contact(client_id, form.contact_id.data)
        if contact is None:
            form.contact_id.errors = ["Choisissez un contact de ce financeur."]
        elif did(
            form,
            lambda: operations.ask_funder(
                found, contact, form.message.data or "", by=current_actor(), at=clock.now()
            ),
        ):
            return go("people_office.funder", "Le message part.", client_id=client_id)
    return _answer(form, found, "Demander son appréciation")


@pages.form(f"{ONE}/ecarter/<int:feedback_id>", allow=FUNDERS)
def set_funder_feedback_aside(client_id: int, feedback_id: int) -> Reply:
    """Set a note aside."""
    found = or_404(queries.funder(client_id))
    row, form = or_404(queries.feedback(client_id, feedback_id)), forms.RemovalForm()
    if did(
        form,
        lambda: operations.set_feedback_aside(
            found, row, form.why.data or "", by=current_actor(), at=clock.now()
        ),
    ):
        return go("people_office.funder", "C’est écarté.", client_id=client_id)
    return _answer(form, found, "Écarter cette note")


def _answer(form: Any, found: Client, title: str) -> Reply:
    one = (found.name, "people_office.funder", {"client_id": found.id})
    return answer(ACT, form=form, title=title, subtitle=found.name, trail=[HOME, one])
