"""What the network of partners proves, in the reading room. Free words stay out of it."""

from typing import Any

from admin_app.adaptations.models import NetworkCheck, NetworkContact, OfficerTraining
from admin_app.adaptations.network_words import HOW, TOPICS
from admin_app.adaptations.queries import network as queries
from admin_app.core.formatting import day

Content = tuple[str, dict[str, Any]]
TEMPLATE = "organisation/piece.html"


def check_piece(key: int) -> Content | None:
    """A check of the list, with the partners of that day."""
    found = queries.event("verifications", key)
    if not isinstance(found, NetworkCheck):
        return None
    facts = [
        ("Vérifiée le", f"{day(found.checked_on)}, par {found.checked_by}"),
        ("Partenaires ce jour-là", "\n".join(found.partners)),
    ]
    return TEMPLATE, {"title": "Réseau de partenaires du handicap", "facts": facts}


def contact_piece(key: int) -> Content | None:
    """A contact: with which partner, how, about what kind of thing."""
    found = queries.event("contacts", key)
    if not isinstance(found, NetworkContact):
        return None
    partner = queries.partner(found.partner_id)
    facts = [
        ("Partenaire", partner.name if partner else ""),
        ("Pris le", f"{day(found.made_on)}, par {found.made_by}, {HOW[found.how]}"),
        ("Sujet", TOPICS[found.topic]),
        ("Réponse", "obtenue" if found.answered else "aucune"),
    ]
    return TEMPLATE, {"title": "Contact avec un partenaire du handicap", "facts": facts}


def training_piece(key: int) -> Content | None:
    """What the officer followed."""
    found = queries.event("formations", key)
    if not isinstance(found, OfficerTraining):
        return None
    facts = [
        ("Suivie par", found.officer),
        ("Titre", found.title),
        ("Organisée par", found.organiser),
        ("Terminée le", day(found.ended_on)),
        ("Attestation", found.proof),
    ]
    return TEMPLATE, {"title": "Formation du référent handicap", "facts": facts}
