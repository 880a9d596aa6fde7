"""What a check of a place and a review of what is published prove, in the reading room."""

from typing import Any

from admin_app.core.formatting import day
from admin_app.organisation import queries, register_queries
from admin_app.organisation.words import FINDINGS, LOOKS, MEDIA, POINTS

Content = tuple[str, dict[str, Any]]
TEMPLATE = "organisation/piece.html"


def place_check_piece(check_id: int) -> Content | None:
    """A check: when, by whom, what was seen."""
    found = register_queries.place_check(check_id)
    if found is None:
        return None
    place = queries.place(found.place_id)
    facts = [
        ("Lieu", place.name if place else ""),
        ("Vérifié le", f"{day(found.checked_on)}, par {found.checked_by}"),
        ("Équipement", _said(LOOKS[found.equipment], found.equipment_words)),
        ("Accessibilité", _said(LOOKS[found.accessibility], found.accessibility_words)),
        ("Autres remarques", found.remarks),
    ]
    return TEMPLATE, {"title": "Lieu vérifié", "facts": facts}


def publication_piece(review_id: int) -> Content | None:
    """A review: what was read again, each point, what was put right."""
    found = register_queries.publication_review(review_id)
    if found is None:
        return None
    facts = [
        ("Relu le", f"{day(found.reviewed_on)}, par {found.reviewed_by}"),
        (
            "Ce qui a été relu",
            _said(", ".join(MEDIA[one] for one in found.media), found.media_words),
        ),
        *((label, FINDINGS[found.points[key]]) for key, label in POINTS.items()),
        ("Ce qui était inexact", found.findings),
        ("Ce qui a été corrigé", " ".join((found.corrections, found.corrected_words)).strip()),
    ]
    return TEMPLATE, {"title": "Relecture de ce qui est publié", "facts": facts}


def _said(state: str, words: str) -> str:
    return f"{state} – {words}" if words else state
