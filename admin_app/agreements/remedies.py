"""From a mention that is missing to the page where it is filled (pages only)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from admin_app.agreements.queries import Listed
from admin_app.core.access import way_to
from admin_app.core.errors import Refused

# what the draft itself holds: the field of its form
OWN = {
    "means": "means",
    "monitoring": "monitoring",
    "recognition": "recognition",
    "price": "price",
    "payment": "payment_terms",
    "cancellation": "cancellation_terms",
    "early-end": "cancellation_terms",
    "headcount": "headcount",
    "signatory": "signatory_name",
    "trainee": "address",
}
PROGRAMME = frozenset({"title", "objectives", "object", "contents", "programme", "prerequisites"})
HOUSE = frozenset({"provider", "activity-number"})
COHORT = frozenset({"period", "place", "conditions", "running", "duration"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """A missing mention, and the link to where it is filled (empty when closed to the reader)."""

    sentence: str
    url: str
    words: str


def of(one: Listed, missing: Iterable[Refused]) -> list[Remedy]:
    """Each missing mention with its link."""
    return [Remedy(found.message, *_place(one, found.field or "")) for found in missing]


def _place(one: Listed, key: str) -> tuple[str, str]:
    agreement, cohort = one.agreement, one.cohort
    if key in OWN:
        edit = url_for("agreements_office.edit", agreement_id=agreement.id, _anchor=OWN[key])
        return edit, "Compléter le projet"
    if key in HOUSE:
        return _url("organisation_office.identity"), "Ouvrir la fiche de l’organisme"
    if key in PROGRAMME or key == "assessment":
        url = _url("programmes_office.version", version_id=cohort.version_id)
        return url, "Ouvrir le programme"
    if key in COHORT:
        return _url("cohorts_office.edit", cohort_id=cohort.id), "Ouvrir la session"
    if key == "trainers":
        return _url("cohorts_office.trainers", cohort_id=cohort.id), "Ouvrir les intervenants"
    if key == "client" and agreement.client_id is not None:
        return _url("people_office.client", client_id=agreement.client_id), "Ouvrir le client"
    return _url("cohorts_office.show", cohort_id=cohort.id), "Ouvrir la session"


def _url(endpoint: str, **values: Any) -> str:
    return way_to(endpoint, **values) or ""
