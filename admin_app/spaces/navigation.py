"""The navigation of every signed-in space, as data, filtered by what the reader may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user
from markupsafe import Markup

from admin_app.core.access import Permission, may_open
from admin_app.core.formatting import tally
from admin_app.core.waiting import waiting

WAITING = Markup(' <span class="count">{}<span class="visually-hidden"> à traiter</span></span>')


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    label: str
    endpoint: str


Sections = tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]

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
            Entry("Référentiel Qualiopi", "referentiel_office.index"),
            Entry("Registres", "quality_office.index"),
            Entry("Veille", "watch_office.index"),
            Entry("Réclamations", "complaints_office.index"),
            Entry("Améliorations", "improvements_office.index"),
            Entry("Risques", "risks_office.index"),
            Entry("Signalements", "safeguarding_office.index"),
            Entry("Équipe", "staff_office.index"),
            Entry("Réseau handicap", "adaptations_office.network"),
            Entry("Sous-traitance", "subcontracting_office.index"),
            Entry("Financeurs", "people_office.funders"),
            Entry("Résultats", "results_office.index"),
            Entry("Audits", "audits_office.index"),
            Entry("Journal", "journal_office.index"),
        ),
    ),
    (
        "Organisme",
        (
            Entry("Identité", "organisation_office.identity"),
            Entry("Documents internes", "organisation_office.house_documents"),
            Entry("Publications", "organisation_office.publications"),
            Entry("Lieux", "organisation_office.places"),
            Entry("Accès", "accounts_office.index"),
        ),
    ),
)


def menu() -> Markup:
    """The sections that the reader may open, each with its entries; one is where the reader is."""
    if not current_user.is_authenticated:
        return Markup("")
    sections = _open_to(current_user.permissions)
    here = _here(url for _, entries in sections for _, _, url in entries)
    return _written(sections, here, tuple(waiting().items()))


@lru_cache(maxsize=512)  # on every page; readers of the same kind see the same few
def _written(sections: Sections, here: str, counts: tuple[tuple[str, int], ...]) -> Markup:
    waits = dict(counts)
    return Markup("").join(
        _section(rank, title, [_entry(one, here, waits) for one in entries])
        for rank, (title, entries) in enumerate(sections, 1)
    )


def _section(rank: int, title: str, lines: list[Markup]) -> Markup:
    items = Markup("\n").join(lines)
    if not title:
        return Markup("<ul>\n{}\n</ul>\n").format(items)
    return Markup(
        '<p class="nav-title" id="nav-{0}">{1}</p>\n<ul aria-labelledby="nav-{0}">\n{2}\n</ul>\n'
    ).format(rank, title, items)


def _entry(entry: tuple[str, str, str], here: str, waits: dict[str, int]) -> Markup:
    label, endpoint, url = entry
    current = Markup(' aria-current="page"') if url == here else ""
    count = waits.get(endpoint, 0)
    said = WAITING.format(tally(count)) if count else ""
    return Markup('<li><a href="{}"{}>{}{}</a></li>').format(url, current, label, said)


def _open_to(permissions: frozenset[Permission]) -> Sections:
    """What these permissions open, with addresses: worked out once for all who hold them."""
    known: dict[Any, Sections] = current_app.extensions.setdefault("liasse.navigation", {})
    key = (request.script_root, permissions)
    if key not in known:
        shown = (
            (title, tuple((one.label, one.endpoint, url_for(one.endpoint)) for one in entries))
            for title, all_entries in SECTIONS
            if (entries := [one for one in all_entries if may_open(one.endpoint)])
        )
        known[key] = tuple(shown)
    return known[key]


def _here(urls: Iterable[str]) -> str:
    """The entry under which the page stands: the longest address that begins like its own."""
    path = request.script_root + request.path
    above = [url for url in urls if path == url or path.startswith(f"{url.rstrip('/')}/")]
    return max(above, key=len, default="")


def init_navigation(app: Flask) -> None:
    """Give the menu to every layout."""
    app.jinja_env.globals["menu"] = menu
