"""What a first run or a change of identity sends, complete and right."""

from datetime import date
from io import BytesIO
from typing import Any

from admin_app.organisation.operations import ProviderDetails

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
IDENTITY = {
    "name": "Atelier des Territoires",
    "legal_form": "SARL",
    "siret": "732 829 320 00074",
    "activity_number": "75 33 12345 67",
    "activity_region": "Nouvelle-Aquitaine",
    "address": "12 rue des Tilleuls",
    "postcode": "33 000",
    "city": "Bordeaux",
    "email": "Contact@atelier.example.org",
    "phone": "05.56.00.00.00",
    "website": "www.atelier.example.org",
    "representative": "Hélène Marchand",
    "representative_quality": "gérante",
    "certificate_number": "FR-0001",
    "certificate_body": "Certif Exemple",
    "certified_on": "2025-03-10",
    "vat_status": "exempt-3511",
    "time_zone": "Europe/Paris",
}
PASSWORD = "Sept chevaux verts boivent du lait tiède"


def details(**changes: Any) -> ProviderDetails:
    """The same, as the operations take it."""
    return ProviderDetails(**(IDENTITY | {"certified_on": date(2025, 3, 10)} | changes))


def logo(content: bytes = PNG, name: str = "logo.png") -> tuple[BytesIO, str]:
    """A file as a browser sends it."""
    return BytesIO(content), name
