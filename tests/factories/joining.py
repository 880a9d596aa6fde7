"""A cohort whose trainees can be sent their joining instructions."""

from datetime import date
from typing import Any

from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.core.storage import store
from admin_app.documents.models import Document
from admin_app.organisation.models import HouseDocument
from admin_app.organisation.queries import provider
from tests.factories.base import A_DAY, committed
from tests.factories.house import ProviderFactory
from tests.factories.training import cohort_with

HOUSE = {
    "house-rules": "Règlement intérieur",
    "welcome-booklet": "Livret d’accueil",
    "safeguarding-procedure": "Procédure de prévention",
}


def house_document(kind: str, version: int = 1, since: date = date(2026, 1, 1)) -> HouseDocument:
    """A house document in force, with its PDF (a stand-in: this is not what is tested)."""
    pdf = f"%PDF-1.7 {kind} {version}".encode()
    with committed():
        document = Document(
            number=f"{kind.upper()}-{version}",
            kind=kind,
            version=version,
            title=HOUSE[kind],
            label="",
            subject_kind="provider",
            subject_id=1,
            issued_at=A_DAY,
            issued_by="Hélène Marchand",
            template_version="1",
            data={},
            data_sha256="0" * 64,
            sha256=store.put(pdf),
            size=len(pdf),
        )
        db.session.add(document)
        db.session.flush()
        row = HouseDocument(
            kind=kind,
            version=version,
            title=HOUSE[kind],
            text="…",
            in_force_from=since,
            document_id=document.id,
            created_at=A_DAY,
            created_by="Hélène Marchand",
        )
        db.session.add(row)
    return row


def cohort_ready_to_join(
    trainees: int = 2, *, kinds: tuple[str, ...] = tuple(HOUSE), **cohort: Any
) -> Cohort:
    """A cohort for which nothing is missing, with the house documents in force."""
    if provider() is None:
        ProviderFactory()
    for kind in kinds:
        house_document(kind)
    return cohort_with(trainees, **cohort)
