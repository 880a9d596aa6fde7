"""The navigation of every signed-in space, as data, filtered by what the reader may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from admin_app.core.access import Permission

Count = Callable[[], int]
counts: dict[str, Count] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    label: str
    endpoint: str
    permission: Permission


SECTIONS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("Aujourd’hui", "spaces_office.today", Permission.COHORTS_READ),
            Entry("Adaptations", "adaptations_office.index", Permission.ADAPTATIONS_DECIDE),
            Entry("Sessions", "cohorts_office.index", Permission.COHORTS_READ),
            Entry("Conventions", "agreements_office.index", Permission.AGREEMENTS_MANAGE),
            Entry("Messages", "messages_office.index", Permission.COHORTS_READ),
            Entry("Ma journée", "attendance_trainer.index", Permission.TRAINER_SPACE),
            Entry("Aménagements", "adaptations_office.accommodations", Permission.DISABILITY_READ),
        ),
    ),
    (
        "Référentiel",
        (
            Entry("Formations", "programmes_office.index", Permission.PROGRAMMES_MANAGE),
            Entry("Stagiaires", "people_office.trainees", Permission.PEOPLE_MANAGE),
            Entry("Formateurs", "people_office.trainers", Permission.PEOPLE_MANAGE),
            Entry("Clients", "people_office.clients", Permission.PEOPLE_MANAGE),
        ),
    ),
    (
        "Qualité",
        (
            Entry("Couverture", "coverage_office.index", Permission.COVERAGE_READ),
            Entry("Audits", "audits_office.index", Permission.AUDIT_MANAGE),
            Entry("Journal", "journal_office.index", Permission.JOURNAL_READ),
        ),
    ),
    (
        "Organisme",
        (
            Entry("Identité", "organisation_office.identity", Permission.ORGANISATION_MANAGE),
            Entry(
                "Documents internes",
                "organisation_office.house_documents",
                Permission.ORGANISATION_MANAGE,
            ),
            Entry("Lieux", "organisation_office.places", Permission.COHORTS_MANAGE),
            Entry("Accès", "accounts_office.index", Permission.ACCOUNTS_MANAGE),
        ),
    ),
)


def navigation() -> list[dict[str, Any]]:
    """The sections that the reader may open, each with its entries."""
    if not current_user.is_authenticated:
        return []
    allowed = current_user.permissions
    shown = [
        {"title": title, "entries": [_entry(one) for one in entries if _open(one, allowed)]}
        for title, entries in SECTIONS
    ]
    return [section for section in shown if section["entries"]]


def _open(entry: Entry, allowed: frozenset[Permission]) -> bool:
    return entry.permission in allowed and entry.endpoint in current_app.view_functions


def _entry(entry: Entry) -> dict[str, Any]:
    count = counts.get(entry.endpoint)
    here = (request.endpoint or "").partition(".")[0] == entry.endpoint.partition(".")[0]
    return {
        "label": entry.label,
        "url": url_for(entry.endpoint),
        "active": request.endpoint == entry.endpoint or (here and _alone(entry)),
        "count": count() if count else 0,
    }


def _alone(entry: Entry) -> bool:
    """Whether no other entry leads to the same pages (then all of them light this one up)."""
    room = entry.endpoint.partition(".")[0]
    entries = [one for _, group in SECTIONS for one in group]
    return sum(one.endpoint.partition(".")[0] == room for one in entries) == 1


def init_navigation(app: Flask) -> None:
    """Give the navigation to every layout."""
    app.context_processor(lambda: {"navigation": navigation})
