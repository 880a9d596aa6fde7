"""The navigation of every signed-in space, as data, filtered by what the reader may open."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from admin_app.core.access import may_open
from admin_app.core.waiting import waiting


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    label: str
    endpoint: str

    @property
    def is_open(self) -> bool:
        """Whether the reader may open its page."""
        return may_open(self.endpoint)


SECTIONS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("Aujourd’hui", "spaces_office.today"),
            Entry("Adaptations", "adaptations_office.index"),
            Entry("Sessions", "cohorts_office.index"),
            Entry("Conventions", "agreements_office.index"),
            Entry("Messages", "messages_office.index"),
            Entry("Ma journée", "attendance_trainer.index"),
            Entry("Aménagements", "adaptations_office.accommodations"),
        ),
    ),
    (
        "Référentiel",
        (
            Entry("Formations", "programmes_office.index"),
            Entry("Stagiaires", "people_office.trainees"),
            Entry("Formateurs", "people_office.trainers"),
            Entry("Clients", "people_office.clients"),
        ),
    ),
    (
        "Qualité",
        (
            Entry("Couverture", "coverage_office.index"),
            Entry("Audits", "audits_office.index"),
            Entry("Journal", "journal_office.index"),
        ),
    ),
    (
        "Organisme",
        (
            Entry("Identité", "organisation_office.identity"),
            Entry("Documents internes", "organisation_office.house_documents"),
            Entry("Lieux", "organisation_office.places"),
            Entry("Accès", "accounts_office.index"),
        ),
    ),
)


def navigation() -> list[dict[str, Any]]:
    """The sections that the reader may open, each with its entries; one is where the reader is."""
    if not current_user.is_authenticated:
        return []
    here = _here([url_for(one.endpoint) for _, entries in SECTIONS for one in entries])
    shown = [
        {"title": title, "entries": [_entry(one, here) for one in entries if one.is_open]}
        for title, entries in SECTIONS
    ]
    return [section for section in shown if section["entries"]]


def _entry(entry: Entry, here: str) -> dict[str, Any]:
    url = url_for(entry.endpoint)
    return {
        "label": entry.label,
        "url": url,
        "active": url == here,
        "count": waiting().get(entry.endpoint, 0),
    }


def _here(urls: list[str]) -> str:
    """The entry under which the page stands: the longest address that begins like its own."""
    path = request.path
    above = [url for url in urls if path == url or path.startswith(f"{url.rstrip('/')}/")]
    return max(above, key=len, default="")


def init_navigation(app: Flask) -> None:
    """Give the navigation to every layout."""
    app.context_processor(lambda: {"navigation": navigation})
