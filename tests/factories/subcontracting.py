"""Subcontractors, made by their own acts."""

from datetime import UTC, date, datetime
from typing import Any

from admin_app.core.actor import Actor, ActorKind
from admin_app.core.uploads import Upload
from admin_app.subcontracting import operations
from admin_app.subcontracting.models import Subcontract, Subcontractor
from tests.factories import ProviderFactory

QUALITY = Actor(ActorKind.USER, "Nora Lenoir", 1)
TODAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SCAN = Upload("contrat.pdf", "pdf", b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")


def entered(name: str = "Atelier Brume", **changes: Any) -> Subcontractor:
    """A subcontractor taken on 2 February 2026."""
    ProviderFactory()
    typed: dict[str, Any] = {
        "name": name,
        "kind": "subcontractor",
        "added_on": date(2026, 2, 2),
    }
    return operations.add_subcontractor(
        operations.SubcontractorDetails(**(typed | changes)), by=QUALITY, at=TODAY
    )


def signed(row: Subcontractor, **changes: Any) -> Subcontract:
    """A contract of 2026."""
    typed: dict[str, Any] = {
        "signed_on": date(2026, 2, 2),
        "starts_on": date(2026, 2, 2),
        "ends_on": date(2026, 12, 31),
        "missions": "Animer les formations d’accueil.",
    }
    details = operations.ContractDetails(**(typed | changes))
    return operations.sign_contract(row, details, file=SCAN, by=QUALITY, at=TODAY)
