"""The navigation of every signed-in space, as data, filtered by what the reader may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
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
            Entry("Formateurs", "people_office.trainers", Permission.TRAINERS_FOLLOW),
            Entry("Clients", "people_office.clients", Permission.PEOPLE_MANAGE),
        ),
    ),
    (
        "Qualité",
        (
            Entry("Couverture", "coverage_office.index", Permission.COVERAGE_READ),
            Entry("Référentiel Qualiopi", "referentiel_office.index", Permission.COVERAGE_READ),
            Entry("Registres", "quality_office.index", Permission.QUALITY_READ),
            Entry("Veille", "watch_office.index", Permission.QUALITY_READ),
            Entry("Réclamations", "complaints_office.index", Permission.COMPLAINTS_MANAGE),
            Entry("Améliorations", "improvements_office.index", Permission.QUALITY_READ),
            Entry("Risques", "risks_office.index", Permission.QUALITY_READ),
            Entry("Signalements", "safeguarding_office.index", Permission.SAFEGUARDING_READ),
            Entry("Équipe", "staff_office.index", Permission.STAFF_FOLLOW),
            Entry("Réseau handicap", "adaptations_office.network", Permission.NETWORK_READ),
            Entry(
                "Sous-traitance", "subcontracting_office.index", Permission.SUBCONTRACTING_FOLLOW
            ),
            Entry("Financeurs", "people_office.funders", Permission.FUNDERS_FOLLOW),
            Entry("Résultats", "results_office.index", Permission.RESULTS_MANAGE),
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
            Entry(
                "Publications",
                "organisation_office.publications",
                Permission.ORGANISATION_MANAGE,
            ),
            Entry("Lieux", "organisation_office.places", Permission.COHORTS_MANAGE),
            Entry("Accès", "accounts_office.index", Permission.ACCOUNTS_MANAGE),
        ),
    ),
)


def navigation() -> list[dict[str, Any]]:
    """The sections that the reader may open, each with its entries; one is where the reader is."""
    if not current_user.is_authenticated:
        return []
    here = _here([url_for(one.endpoint) for _, entries in SECTIONS for one in entries])
    shown = [
        {"title": title, "entries": [_entry(one, here) for one in entries if _open(one)]}
        for title, entries in SECTIONS
    ]
    return [section for section in shown if section["entries"]]


def _open(entry: Entry) -> bool:
    return entry.permission in current_user.permissions


def _entry(entry: Entry, here: str) -> dict[str, Any]:
    count = counts.get(entry.endpoint)
    url = url_for(entry.endpoint)
    return {
        "label": entry.label,
        "url": url,
        "active": url == here,
        "count": count() if count else 0,
    }


def _here(urls: list[str]) -> str:
    """The entry under which the page stands: the longest address that begins like its own."""
    path = request.path
    above = [url for url in urls if path == url or path.startswith(f"{url.rstrip('/')}/")]
    return max(above, key=len, default="")


def init_navigation(app: Flask) -> None:
    """Give the navigation to every layout."""
    app.context_processor(lambda: {"navigation": navigation})
